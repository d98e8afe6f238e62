"""Baselines for benchmarks/facts.py: pages as JSON in, finds out; in its own environment.

Input: a list of {"text", "published"}. Output, after a line of its own that reads MARK: {tool:
{"quantities": [per page rows], "dates": [per page rows]}} with rows [start, end, low, high, bound] and
[start, end, date_start, date_end, precision], or {tool: "why it did not run"}. Each tool is given the
best reading that its output allows: bounds, half-open spans and precision are translated, never counted
against it.
"""

import datetime
import importlib
import json
import re
import sys

MARK = "==== results"
SCALES = {
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}


def precision(first, last):
    """What a span of days amounts to."""
    if first is None or last is None or first == last:
        return "day" if first == last and first else "vague"
    next_day = last + datetime.timedelta(days=1)
    if next_day.day == 1 and first.day == 1:
        months = (next_day.year - first.year) * 12 + next_day.month - first.month
        return {
            1: "month",
            3: "quarter" if first.month % 3 == 1 else "range",
            12: "year" if first.month == 1 else "range",
        }.get(months, "range")
    return "range"


def cn2an_scan(pages):
    """Every run of digits or Chinese numerals outside dates, with cn2an's value; all bounds exact."""
    cn2an = importlib.import_module("cn2an")
    number = re.compile(
        r"(\d+(?:\.\d+)?)(万亿|[百千]?[万亿]|[百千])?(?![\d年月日])|[一二两三四五六七八九十百千万亿]+"
    )
    rows = []
    for page in pages:
        found = []
        for m in number.finditer(page["text"]):
            try:
                value = (
                    float(m[1]) * SCALES.get(m[2], 1)
                    if m[1]
                    else float(cn2an.cn2an(m[0].replace("两", "二"), "smart"))
                )
            except (ValueError, KeyError):
                continue
            found.append([m.start(), m.end(), value, value, "exact"])
        rows.append(found)
    return {"quantities": rows, "dates": None}


def jionlp_tools(pages):
    """JioNLP: amounts of money (it has no other quantities) and times, both with parsing."""
    jio = importlib.import_module("jionlp")
    money, times = [], []
    for page in pages:
        day = datetime.date.fromisoformat(page["published"])
        found = []
        for item in jio.ner.extract_money(page["text"], with_parsing=True):
            value, kind = item["detail"]["num"], item["detail"]["definition"]
            low, high = (float(v) for v in (value if isinstance(value, list) else (value, value)))
            bound = {"blur-": "below", "blur+": "above", "accurate": "exact"}.get(
                kind, "about" if low == high else "at_least" if kind == "blur" else "range"
            )
            found.append(
                [
                    *item["offset"],
                    None if bound == "below" else low,
                    None if bound in ("above", "at_least") else high,
                    bound,
                ]
            )
        money.append(found)
        found = []
        base = {"year": day.year, "month": day.month, "day": day.day}
        for item in jio.ner.extract_time(page["text"], time_base=base, with_parsing=True):
            if item["type"] not in ("time_point", "time_span"):
                continue
            sides = []
            for side in item["detail"]["time"]:
                try:
                    sides.append(datetime.date.fromisoformat(side[:10]))
                except (TypeError, ValueError):
                    sides.append(day if side == "inf" else None)
            start, end = item["offset"]
            found.append([start, end, *[s and s.isoformat() for s in sides], precision(*sides)])
        times.append(found)
    return {"quantities": money, "dates": times}


def recognizers(pages):
    """Recognizers-Text: numbers and percentages outside dates; dates that do not lie after publication."""
    numbers = importlib.import_module("recognizers_number")
    times = importlib.import_module("recognizers_date_time")
    quantities, dates = [], []
    for page in pages:
        text, day = page["text"], datetime.date.fromisoformat(page["published"])
        found = []
        for item in times.recognize_datetime(
            text, times.Culture.Chinese, reference=datetime.datetime(day.year, day.month, day.day)
        ):
            spans = [_span(value) for value in (item.resolution or {}).get("values", [])]
            spans = [span for span in spans if span]
            if spans:
                first, last = max((s for s in spans if s[0] <= day), default=spans[0])
                found.append(
                    [item.start, item.end + 1, first.isoformat(), last.isoformat(), precision(first, last)]
                )
        dates.append(found)
        rows = []
        for find in (numbers.recognize_percentage, numbers.recognize_number):
            for item in find(text, numbers.Culture.Chinese):
                start, end = item.start, item.end + 1
                try:
                    value = float(item.resolution["value"].rstrip("%"))
                except (TypeError, ValueError, KeyError):
                    continue
                if not any(a < end and b > start for a, b, *_ in rows + found):
                    rows.append([start, end, value, value, "exact"])
        quantities.append(sorted(rows))
    return {"quantities": quantities, "dates": dates}


def _span(value):
    try:
        if value["type"] == "date":
            day = datetime.date.fromisoformat(value["value"])
            return day, day
        if value["type"] == "daterange":
            return datetime.date.fromisoformat(value["start"]), datetime.date.fromisoformat(
                value["end"]
            ) - datetime.timedelta(days=1)
    except (KeyError, TypeError, ValueError):
        pass
    return None


TOOLS = {"cn2an scan": cn2an_scan, "JioNLP 1.5.29": jionlp_tools, "Recognizers-Text 1.0.2a2": recognizers}

if __name__ == "__main__":
    pages = json.load(sys.stdin)
    results = {}
    for name, tool in TOOLS.items():
        try:
            results[name] = tool(pages)
        except Exception as error:  # a baseline may fail in any way; the benchmark reports it and goes on
            results[name] = f"{type(error).__name__}: {error}"
    print(MARK)
    json.dump(results, sys.stdout)
