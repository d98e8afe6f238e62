"""What the checks on notebooks share: the notebooks, their figures, and whether an output bears the numbers that prose states."""

import functools
import json
import re

from bs4 import BeautifulSoup

from chipnotes.paths import NOTEBOOKS

PATHS = sorted(path for path in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb") if not path.name.startswith("00_"))


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell):
    return "".join(cell["source"])


def findings(notebook):
    """The numbers of the findings as the first cell lists them: ["1", "2", …]."""
    return re.findall(r"^(\d+)\. ", source(notebook["cells"][0]).partition("**Findings**")[2], re.M)


def is_figure(output):
    return "image/svg+xml" in output.get("data", {})


def figures(notebook):
    """(SVG, PNG in base64, the words of title, caption, alt) of each figure shown."""
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            if is_figure(output):
                data = output["data"]
                words = dict(re.findall(r"^(title|caption|alt): (.*)$", "".join(data["text/plain"]), re.M))
                yield "".join(data["image/svg+xml"]), "".join(data["image/png"]), words


# ---------------------------------------------------------------- numbers, dates and words of a text

# A number may have a unit behind it (28nm, 3x). One with a leading zero is an id (004), one with two points a version.
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])[-−]?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*|0)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d_]|\.\d|,\d{3}(?!\d))"
)
NAMES = re.compile(r"\b(?:[2-6]G|[23]D|x\d\d|per 1,000)\b|\b(?=[0-9 ]*[A-F])[A-F0-9]{2}(?: [A-F0-9]{2})+\b")  # 5G, ids, bytes
MONTHS = "January February March April May June July August September October November December".split()
DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b|(?<!\d)(\d{{4}})-(\d\d)-(\d\d)(?!\d)|(?:(\d{{4}})年)?(\d{{1,2}})月(\d{{1,2}})日"
)
PERCENT = {"%", "perce", "share", "rate", "growt"}
# Words that stand beside any number say nothing of what it counts.
COMMON = frozenset(
    "about after all also and any are been before between both but can each for from had has have here how into its may more most not one "
    "only other others out over page pages per same said says see seed seeds than that the their there these they this those two under "
    "was were what when where which who will with".split()
)


def value(number):
    """13,335 and 13335 are one, −2 and -2 too."""
    return float(number.replace(",", "").replace("−", "-"))


def numbers(text):
    """The numbers in a text, as values."""
    return {value(m[0]) for m in NUMBER.finditer(text)}


def dates(text):
    """The days that a text names, as (month, day), and (year, month, day) where it has the year."""
    found = set()
    for m in DATE.finditer(text):
        day, month, year = (m[1], MONTHS.index(m[2]) + 1, m[3]) if m[2] else (m[6], m[5], m[4]) if m[4] else (m[9], m[8], m[7])
        found |= {(int(month), int(day))} | ({(int(year), int(month), int(day))} if year else set())
    return found


def words(text):
    """What a text speaks of: English words by their beginning, without the ending of a plural, and in short names such as AI; pairs
    of Chinese characters, ids of pages, the percent sign."""
    found = {
        re.sub(r"ies$|(?<=x)es$|(?<!s)s$", lambda end: "y" if end[0] == "ies" else "", word)[:5]
        for word in re.findall(r"[a-z]{3,}", text.lower())
        if word not in COMMON
    }
    found |= set(re.findall(r"\b[A-Z]{2}\b", text))
    found |= {pair[1] for pair in re.finditer(r"(?=([\u4e00-\u9fff]{2}))", text)}
    return found | set(re.findall(r"\b0\d\d\b|%", text))


# ---------------------------------------------------------------- what prose states


def sentences(text, known=0):
    """The sentences of a markdown text without what states nothing: code, links, names, numbers of lists, of notebooks and of
    figures, and references to findings, of which the notebook has `known`."""
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+", " ", text, flags=re.S)
    lines, due = [], 1
    for line in text.splitlines():
        item = re.match(r"\s*(\d+)\. ", line)
        if item and int(item[1]) in (1, due):
            due = int(item[1]) + 1
            line = "\n\n" + line[item.end() :]
        lines.append(re.sub(r"^# \d\d · |^#+ |^\s*[-*] ", "\n\n", line))
    numbers_of_notebooks = {path.name[:2] for path in PATHS}
    for paragraph in re.split(r"\n\s*\n", NAMES.sub(" ", "\n".join(lines))):
        paragraph = _without(paragraph, r"\b[Nn]otebooks?", lambda number: number in numbers_of_notebooks)
        paragraph = _without(paragraph, r"\b[Ff]indings?", lambda number: 0 < int(number) <= known)
        paragraph = _without(paragraph, r"\b[Ff]igures?", lambda number: number in {"1", "2", "3"})  # a notebook has no more
        if paragraph.lstrip().startswith("How sure"):  # 1 to 3 are exact counts
            paragraph = re.sub(r"(?<![\d.,])\d(?![\d.,]*\d|\s*%)", lambda m: " " if 0 < int(m[0]) <= known else m[0], paragraph)
        yield from filter(str.strip, re.split(r"(?<=[.?])\s+", paragraph))


def _without(text, name, is_reference):
    """A text without the numbers that follow a name: findings 2 and 3."""

    def blank(m):
        return m[1] + re.sub(r"\d+", lambda number: " " if is_reference(number[0]) else number[0], m[2])

    return re.sub(rf"({name})((?:(?:,|\s+and|\s+to|\s+or)?\s+\d+(?![\d.,]*\d|\s*%))+)", blank, text)


def stated(text, known=0):
    """The numbers that a text states."""
    return set().union(*(numbers(DATE.sub(" ", sentence)) for sentence in sentences(text, known)))


def lacking(text, outputs, known=0):
    """What a text states and no output prints: a list of "number: sentence".

    A day must be printed as a day. A number counts as printed only in an output that has a word of the number's own sentence beside
    it, in its row, its column's name or its line. A percentage needs a percent sign, share, rate or growth there. Years, and numbers
    inside Chinese quotations, need no word.
    """
    missing = []
    for sentence in sentences(text, known):
        own = words(sentence) - {"%"}
        for m in DATE.finditer(sentence):
            day = max(dates(m[0]), key=len)
            if not any(day in output.days for output in outputs):
                missing.append((m[0], sentence))
        plain = DATE.sub(lambda m: " " * len(m[0]), sentence)
        for m in NUMBER.finditer(plain):
            number, percent = value(m[0]), re.match(r"\s?%", plain[m.end() :])
            quoted = re.search(r"[\u4e00-\u9fff]$", plain[: m.start()]) or re.match(r"[\u4e00-\u9fff]", plain[m.end() :])
            free = quoted or 1990 <= number <= 2035 and not percent
            if not any(
                number in output.numbers and (free or own & output.words and (not percent or output.percent))
                for output in outputs
            ):
                missing.append((m[0], sentence))
    return [f"{number}: {' '.join(sentence.split())}" for number, sentence in missing]


# ---------------------------------------------------------------- what outputs print

PLACES = {"start", "end", "line", "column", "finding", "para", "unit"}  # columns that say where, not how much


class Printed:
    """A cell of a table, or a line, that an output prints: its numbers and days, and the words beside them."""

    def __init__(self, text, around=frozenset(), table=frozenset()):
        self.days = dates(text)
        self.numbers = numbers(DATE.sub(lambda m: m[3] or m[4] or m[7] or " ", text))  # a month and a day count nothing
        self.words = words(text) | around
        self.percent = bool(PERCENT & (self.words | table))


@functools.cache
def printed(path):
    """What the compared outputs of a notebook print: no figures' words, no row numbers, no columns that only say where."""
    return printed_by(code_cells(load(path)))


def printed_by(cells):
    found = []
    for cell in cells:
        for output in cell["outputs"]:
            data = output.get("data", {})
            if is_figure(output):
                continue
            if "text/html" in data:
                found += _shown(BeautifulSoup("".join(data["text/html"]), "html.parser"))
            else:
                found += [Printed(line) for line in "".join(output.get("text", data.get("text/plain", ""))).splitlines()]
    return [one for one in found if one.numbers or one.days]


def _shown(soup):
    for table in soup.find_all("table"):
        head = [_wide(row) for row in table.thead.find_all("tr")] if table.thead else []
        corner = words(" ".join(row[0] for row in head))
        title = words(" ".join(name for row in head for name in row))
        yield from (Printed(name, corner) for row in head for name in row)
        labels = {}  # of outer levels, which pandas prints once for several rows
        for row in (table.tbody or table).find_all("tr"):
            cells = [(cell.name, cell.get_text(), int(cell.get("rowspan", 1))) for cell in row.find_all(["th", "td"])]
            around = words(" ".join([*labels, *(text for _, text, _ in cells)])) | corner
            shift = len(head[0]) - len(cells) if head else 0
            for k, (tag, text, _) in enumerate(cells, shift):
                names = [row[k] for row in head if k < len(row)]
                is_row_number = tag == "th" and text.isdigit() and len(text) < 3
                if not is_row_number and not PLACES & set(names):
                    yield Printed(text, around | words(" ".join(names)), title)
            labels |= {text: rows for _, text, rows in cells}
            labels = {text: rows - 1 for text, rows in labels.items() if rows > 1}
        table.decompose()
    for place in soup.find_all("b"):
        place.decompose()
    yield Printed(re.sub(r"(?:raw )?line \d+:", " ", soup.get_text(" ")))


def _wide(row):
    """The names of a line of a table's head, one for each column."""
    return [cell.get_text() for cell in row.find_all("th") for _ in range(int(cell.get("colspan", 1)))]
