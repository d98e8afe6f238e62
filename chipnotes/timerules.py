"""Read dates off a text: what each time expression stands for, hung on the publication date or on a date before it."""

import datetime
import re
from calendar import monthrange

from chipnotes.numerals import fold, small, year_number
from chipnotes.timewords import (
    BEGIN,
    DAYS,
    EVENT_NAME,
    FUTURE,
    GOAL_AFTER,
    MEASURE,
    NOT_VAGUE_AFTER,
    PARTS,
    PATTERN,
    PLANS,
    SINCE_AFTER,
    WORDS,
)


def find_dates(text, published=None):
    """Time expressions of a text: a list of (start, end, date_start, date_end, precision, how); dates are datetime.date or None."""
    return _Reader(text, published).read()


class _Reader:
    """One pass over a text; keeps what has been named so far, because 4日, 当天, 同年 hang on it."""

    def __init__(self, text, published):
        self.text, self.folded, self.published = text, fold(text), published
        self.last = None  # (start, end, month named?, position) of the last date that rests on an explicit day, month or year
        self.last_day = None

    def read(self):
        found, at = [], 0
        for begin in BEGIN.finditer(self.folded):
            if begin.start() < at:
                continue
            match = PATTERN.match(self.folded, begin.start())
            if not match or match.end() == match.start():
                continue
            result = self._resolve(match)
            if result is None:
                continue
            start, end, *rest = result
            found.append((start, end, *rest))
            at = end
        return found

    # ------------------------------------------------------------ one expression

    def _resolve(self, m):
        resolved = self._meaning(m)
        if resolved is None:
            return None
        first, last, precision, how = resolved
        start, end = m.span()
        if m["vague"] or m["dayword"]:
            pass
        elif m["since"] or m["now"]:
            last, precision, how = self.published, "range", how + "; from then to publication"
        elif (
            precision in ("year", "month", "day")
            and self.folded[m.start() - 1 : m.start()] in ("自", "从")
            and self._since_later(end)
        ):
            start, last, precision, how = start - 1, self.published, "range", how + "; 自 … 以来: from then to publication"
        elif m["until"]:
            first, how = None, how + "; open before"
        if last is None and first is None and self.published:
            return None
        if (last or first) and precision in ("day", "month", "year", "quarter") and not m["until"]:
            self.last = (first, last, precision, m.end(), bool(m["year"] or m["short"] or m["iso"] or m["word"]))
            if precision == "day":
                self.last_day = first
        return start, end, first, last, precision, how

    def _since_later(self, end):
        return bool(SINCE_AFTER.match(self.folded, end))

    def _meaning(self, m):
        """(date_start, date_end, precision, how), or None if this is no date."""
        if m["iso"]:
            return self._day(*map(int, re.split(r"[-/.]", m["iso"])), "year, month and day")
        if m["y1"]:
            first, last = int(m["y1"]), int(m["y2"])
            return _span(first, last, "years") if first < last else None
        if m["month"]:
            return self._month(m)
        if m["month5"]:
            return self._months(m, small(m["month5"]), small(m["month6"]))
        if m["months"]:
            return self._months(m, 1, small(m["months"])) if small(m["months"]) > 1 else None
        if m["week"]:
            return self._week(m)
        for group, method in (("quarters", self._quarter), ("half", self._quarter), ("quarter", self._quarter), ("coded", self._quarter), ("whole", self._whole),
                              ("relmonth", self._relative_month), ("monthedge", self._month_edge), ("fyp", self._plan), ("tens", self._tens), ("back", self._back),
                              ("byear", self._back), ("vague", self._vague), ("edge", self._edge), ("dayword", self._day_word),
                              ("bareday", self._bare_day), ("event", self._event)):  # fmt: skip
            if m[group]:
                return method(m)
        return self._year(m)

    # ------------------------------------------------------------ years

    def _base(self, m, month=1, day=1, cumulative_end=None):
        """The year of an expression and how it was found; (None, how) if it hangs on a publication date that the page lacks."""
        if m["year"]:
            return year_number(m["year"]), "year stated"
        if m["short"]:
            return 2000 + int(m["short"]), "year stated in two digits"
        if m["word"]:
            return self._word_year(m["word"])
        context = self._context(m)
        if context:
            return context, "year of the date before it"
        if not self.published:
            return None, "no publication date"
        year = self.published.year
        point = cumulative_end or (month, min(day, monthrange(year, month)[1]))
        if datetime.date(year, *point) > self.published and not FUTURE.search(self.folded, max(0, m.start() - 24), m.start()):
            return year - 1, f"year before publication, because {year} would lie after it"
        return year, f"year of publication {year}"

    def _word_year(self, word):
        if word in ("当年", "同年", "次年", "翌年"):
            if not self.last:
                return None, f"{word} without a year before it"
            return (self.last[0] or self.last[1]).year + (word in ("次年", "翌年")), f"{word}: by the date before it"
        if not self.published:
            return None, f"{word}; no publication date"
        return self.published.year + WORDS[word], f"{word}: by the year of publication {self.published.year}"

    def _context(self, m):
        """The explicit year of a date shortly before: in the same sentence, or a month or day in the same paragraph."""
        if not self.last or not self.last[4]:
            return None
        first, last, precision, end, _ = self.last
        between = self.folded[end : m.start()]
        near = 0 <= m.start() - end <= (120 if precision in ("month", "day") else 40)
        parted = "\n" in between or precision == "year" and re.search("[。;；!?今去]", between)
        compared = re.search(r"[比较与于]$", self.folded[max(0, end - 8) : end - len("2020年")])
        year = (first or last).year
        month = small(m["month"] or "") if m["month"] else 0
        if month and self.published and year != self.published.year:
            # A day or month shortly before publication is the news; a story goes on in the order of its months.
            recent = 0 <= (self.published.year * 12 + self.published.month) - (self.published.year * 12 + month) <= 1
            if recent and "。" in between or precision in ("month", "day") and month < (first or last).month:
                return None
        if near and not parted and not compared and (not self.published or year <= self.published.year):
            return year
        return None

    def _year(self, m):
        year, how = self._base(m)
        if m["part"] == "内":
            if year is None:
                return None, None, "range", how
            inside = self.published and self.published.year == year
            return (
                self.published if inside else datetime.date(year, 1, 1),
                datetime.date(year, 12, 31),
                "range",
                how + "; rest of the year",
            )
        if m["part"]:
            month = {"初": 1, "中": 6}.get(m["part"], 12)
            if year is None:
                return None, None, "month", how
            return (*_month_span(year, month), "month", how + f"; {m['part']}: month {month}")
        if year is None:
            return None, None, "year", how
        return *_year_span(year), "year", how

    def _whole(self, m):
        year, how = self._reported(m, *self._base(m))
        return (*(_year_span(year) if year else (None, None)), "year", how)

    def _reported(self, m, year, how):
        """全年 and 年末 in a report of the first months of a year are of the year before it, unless they are said of a goal."""
        stated = m["year"] or m["short"] or m["word"] or self._context(m)
        if stated or not self.published or year != self.published.year or self.published.month > 6:
            return year, how
        if FUTURE.search(self.folded, max(0, m.start() - 24), m.start()) or GOAL_AFTER.match(self.folded, m.end()):
            return year, how
        named_before = self.last and self.last[4] and (self.last[0] or self.last[1]).year == year - 1
        if named_before or self.published.month <= 3:
            return year - 1, f"year before publication {self.published.isoformat()}, because it is reported as over"
        return year, how

    # ------------------------------------------------------------ months and days

    def _day(self, year, month, day, how):
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            return None
        return date, date, "day", how

    def _month(self, m):
        month = small(m["month"])
        if not 1 <= month <= 12:
            return None
        day = m["day"] or m["day3"]
        if m["month4"]:
            return self._months(m, month, small(m["month4"]))
        if day:
            number = small(day)
            if not 1 <= number <= 31:
                return None
            year, how = self._base(m, month, number)
            how = f"month and day; {how}"
            if year is None:
                return None, None, "day", how
            one = self._day(year, month, number, how)
            later = m["day2"] or m["day4"]
            if not one or not later:
                return one
            month2 = small(m["month2"] or m["month3"] or m["month"])
            two = self._day(year + (month2 < month), month2, small(later), how) if 1 <= month2 <= 12 else None
            return (one[0], two[0], "range", how) if two else None
        part = PARTS.get(m["decade"], (1, 31))
        year, how = self._base(m, month, part[0])
        how = f"month; {how}"
        if year is None:
            return None, None, "month", how
        length = monthrange(year, month)[1]
        if m["decade"]:
            how += f"; {m['decade']}: days {part[0]} to {min(part[1], length)}"
        return datetime.date(year, month, part[0]), datetime.date(year, month, min(part[1], length)), "month", how

    def _months(self, m, first, last):
        if not 1 <= first <= 12 or not 1 <= last <= 12 or (first >= last and not m["year4"]):
            return None
        year, how = self._base(m, cumulative_end=(last, 1))
        if year is None:
            return None, None, "range", f"months {first} to {last}; {how}"
        year2 = year + (m["year4"] == "次年") if not m["year4"] or m["year4"] == "次年" else int(m["year4"][:4])
        start, end = datetime.date(year, first, 1), _month_span(year2, last)[1]
        return (start, end, "range", f"months {first} to {last}; {how}") if start <= end else None

    def _relative_month(self, m):
        word = m["relmonth"]
        anchor = self.published
        if word in ("当月", "同月"):
            anchor = self.last[0] or self.last[1] if self.last else None
        if anchor is None:
            return None, None, "month", f"{word}; no date to hang it on"
        month = anchor.year * 12 + anchor.month - 1 + {"上": -1, "下": 1}.get(word[0], 0)
        first, last = _month_span(month // 12, month % 12 + 1)
        if m["relday"]:
            return self._day(first.year, first.month, small(m["relday"]), f"{word}: by {anchor.isoformat()}")
        if m["decade2"]:
            part = PARTS[m["decade2"]]
            first, last = first.replace(day=part[0]), last.replace(day=min(part[1], last.day))
        return first, last, "month", f"{word}: by {anchor.isoformat()}"

    def _month_edge(self, m):
        if self.published is None:
            return None, None, "month", f"{m['monthedge']}; no publication date"
        part = PARTS[m["monthedge"][1]]
        length = monthrange(self.published.year, self.published.month)[1]
        first, last = self.published.replace(day=part[0]), self.published.replace(day=min(part[1], length))
        return first, last, "month", f"{m['monthedge']}: of the month of publication"

    def _quarter(self, m):
        if m["quarters"]:
            count = small(re.search(r"(.)个?季度", m["quarters"])[1])
            year, how = self._base(m, cumulative_end=(count * 3, 1))
            return (*_months_span(year, 1, count * 3), "range", f"first {count} quarters; {how}")
        if m["half"] or (m["coded"] or "").startswith("H"):
            half = m["half"] or "上下"[int(m["coded"][1]) - 1]
            first = 1 if half[0] == "上" else 7
            year, how = self._base(m, first)
            return (*_months_span(year, first, first + 5), "range", f"half-year; {how}")
        number = int(m["coded"][1]) if m["coded"] else 1 if m["quarter"] == "首" else small(m["quarter"])
        if m["qend"]:
            year, how = self._base(m, number * 3)
            return (*_months_span(year, number * 3, number * 3), "month", f"last month of quarter {number}; {how}")
        year, how = self._base(m, number * 3 - 2)
        return (*_months_span(year, number * 3 - 2, number * 3), "quarter", f"quarter {number}; {how}")

    def _bare_day(self, m):
        number = small(m["bareday"])
        if not 1 <= number <= 31:
            return None
        anchor = self.last
        if anchor and anchor[2] in ("day", "month") and "\n" not in self.folded[anchor[3] : m.start()]:
            date = anchor[0] or anchor[1]
            return self._day(date.year, date.month, number, "day of the month named before it")
        if not self.published:
            return None, None, "day", "day without a month; no publication date"
        month = self.published.year * 12 + self.published.month - 1 - (number > self.published.day)
        return self._day(
            month // 12, month % 12 + 1, number, f"day; last such day before publication {self.published.isoformat()}"
        )

    def _day_word(self, m):
        word = m["dayword"]
        if word not in DAYS:
            if not self.last_day:
                return None, None, "day", f"{word} without a day before it"
            date = self.last_day + datetime.timedelta(days=word in ("次日", "翌日"))
            return date, date, "day", f"{word}: by the day named before it"
        if not self.published:
            return None, None, "day", f"{word}; no publication date"
        date = self.published + datetime.timedelta(days=DAYS[word])
        return date, date, "day", f"{word}: by the publication date"

    def _week(self, m):
        word = m["week"]
        if not self.published:
            return None, None, "range", f"{word}; no publication date"
        monday = self.published - datetime.timedelta(days=self.published.weekday() - {"上": -7, "下": 7}.get(word[0], 0))
        if m["weekday"]:
            day = monday + datetime.timedelta(days="一二三四五六日天".index(m["weekday"]) % 7 if m["weekday"] != "天" else 6)
            return day, day, "day", f"{word}: by the publication date"
        return monday, monday + datetime.timedelta(days=6), "range", f"{word}: by the publication date"

    # ------------------------------------------------------------ spans of years, and what has no calendar

    def _plan(self, m):
        first = PLANS[m["fyp"].strip('“”"')[1]]
        if m["fypend"]:
            year = first + (4 if m["fypend"] == "末" else 0)
            return *_year_span(year), "year", "five-year plan, its " + ("last" if m["fypend"] == "末" else "first") + " year"
        return *_span(first, first + 4, "five-year plan")[:3], "five-year plan"

    def _tens(self, m):
        digit = m["tens"] if m["tens"].isascii() else str(small(m["tens"]))
        return _span(1900 + int(digit) * 10, 1909 + int(digit) * 10, "decade")

    def _back(self, m):
        count, unit = small(m["back"] or m["byear"]), m["backunit"] or "年"
        word = m[0][:2]
        if not count:
            return None
        if unit == "月" and "个" not in m[0]:
            return None
        if not self.published:
            return None, None, "range", f"{m[0]}; no publication date"
        there = _shift(self.published, count * (1 if word == "未来" else -1), unit)
        first, last = min(there, self.published), max(there, self.published)
        return first, last, "range", f"counted {'on' if word == '未来' else 'back'} from publication {self.published.isoformat()}"

    def _vague(self, m):
        before = self.folded[max(0, m.start() - 1) : m.start()]
        if before and before in NOT_VAGUE_AFTER.get(m["vague"][0], ""):
            return None
        if m["vague"] == "日前" and before.isdigit():
            return None
        how = "vague; not after publication" if self.published else "vague; no publication date"
        return None, self.published, "vague", how

    def _edge(self, m):
        if re.search(r"[\d一二三四五六七八九十百两几多数半周整当今学]$", self.folded[max(0, m.start() - 1) : m.start()]):
            return None
        year, how = self._base(m)
        if m["edge"] in ("年末", "岁末") or m["until"]:
            year, how = self._reported(m, year, how)
        if year is None:
            return None, None, "range" if m["edge"] == "年内" else "month", how
        if m["edge"] == "年内":
            inside = self.published and self.published.year == year
            return (
                self.published if inside else datetime.date(year, 1, 1),
                datetime.date(year, 12, 31),
                "range",
                "rest of the year; " + how,
            )
        month = 1 if m["edge"] == "年初" else 12
        return *_month_span(year, month), "month", f"{m['edge']}: month {month}; {how}"

    def _event(self, m):
        after = self.folded[m.end() : m.end() + 30]
        if MEASURE.match(after) or not EVENT_NAME.search(re.split(r"[,，。;；!?\n]", after)[0]):
            return None
        return *_year_span(int(m["event"])), "year", "year in the name of an event"


def _month_span(year, month):
    return datetime.date(year, month, 1), datetime.date(year, month, monthrange(year, month)[1])


def _months_span(year, first, last):
    if year is None:
        return None, None
    return datetime.date(year, first, 1), _month_span(year, last)[1]


def _year_span(year):
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def _span(first, last, how):
    return datetime.date(first, 1, 1), datetime.date(last, 12, 31), "range", how


def _shift(date, count, unit):
    if unit in ("天", "周"):
        return date + datetime.timedelta(days=count * (7 if unit == "周" else 1))
    months = date.year * 12 + date.month - 1 + count * (12 if unit == "年" else 1)
    year, month = months // 12, months % 12 + 1
    return datetime.date(year, month, min(date.day, monthrange(year, month)[1]))
