"""Forms of the calendar: days, months, quarters, years as pages write them. In order: the first form that fits at a place is read."""

from chipnotes.rules import calendar
from chipnotes.rules.numerals import small
from chipnotes.rules.time_years import YEAR, Reading, Why, Year, form, reported, year_of

FORMS = []

N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
TO = r"[ ]?(?:-{1,2}|—{1,2}|–|~|～|至|到)[ ]?"
BEFORE = r"(?:前(?!往))?"  # 10月底前, but 10月前往
# The hour behind a day belongs to it: (周二)上午9时30分, 10:30-11:00.
CLOCK = (
    r"(?:[ ]?\(?(?:星期|周)[一二三四五六日天]\)?)?(?:[ ]?(?:清晨|凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间|晚))?"
    rf"(?:[ ]?\d{{1,2}}(?::\d{{2}}(?::\d{{2}})?|[时点](?:\d{{1,2}}分|半|许)?))?(?:{TO}\d{{1,2}}:\d{{2}})?"
)
# Q3 and H2 behind a year or 在, or before what firms report; 奥迪Q3 is a car, (H2) hydrogen.
CODED = (
    r"(?:(?<=[年度])|(?<=20\d\d)|(?<=[在于到至从自较比计望])|(?<![\w(-])(?<!\w[ ])(?=[QH]\d[^,，。;；\n]{0,12}"
    r"(?:营收|收入|利|业绩|销[售量]|出货|交付|同比|环比|财报|增|产)))"
)


def of_months(year, first, last, precision, note, is_period=True):
    """The reading of months of a year; open at both ends if the year is not known."""
    span = calendar.months(year.number, first, last) if year.number else (None, None)
    return Reading(*span, precision, note, year, is_period)


# 2024-11-04, 2024/7/10—8/10, 2024.7.10 上午
@form(
    FORMS,
    rf"(?P<one>(?<![\d.])(?:19|20)\d\d(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,2}}(?!\d))"
    rf"(?:{TO}(?P<two>\d{{1,2}}(?P=sep)\d{{1,2}})(?![\d.])|{CLOCK})",
)
def full_date(match, context):
    """A full date in figures, or from one to a day given by month and day.

    >>> shown("2024-11-04发布,2024/7/10—8/10")
    '2024-11-04 2024-11-04 2024-11-04 day; 2024/7/10—8/10 2024-07-10 2024-08-10 range'
    """
    year, *start = map(int, match["one"].split(match["sep"]))
    first, stated = calendar.day(year, *start), Year(year, Why.STATED)
    if not first or not match["two"]:
        return first and Reading(first, first, "day", "", stated)
    end = [int(part) for part in match["two"].split(match["sep"])]
    last = calendar.day(year + (end < start), *end)
    if last and first < last:
        return Reading(first, last, "range", "", stated)
    return Reading(first, None, "range", "its end is no day", stated)


# 2024—2026年, 2021至2025年度
@form(
    FORMS,
    rf"(?P<from>(?<![\d.])(?:19|20)\d\d){TO}(?P<to>20\d\d)(?:年度?(?!\d)|(?![\d.\-a-zA-Z]))",
)
def years(match, context):
    """From one year to another.

    >>> shown("行动方案(2024—2026年)")
    '2024—2026年 2024-01-01 2026-12-31 range'
    """
    first, last = int(match["from"]), int(match["to"])
    return Reading(*calendar.years(first, last), "range", "years") if first < last else None


# 11月4日上午, 2024年11月4日, 今年7月21日, 5月3-5日, 11月8、9日
@form(
    FORMS,
    rf"{YEAR}?(?<![\d.第])(?P<month>{N})月(?:(?P<day>{N})|(?P<from>\d{{1,2}})(?:{TO}|[、和])(?P<to>\d{{1,2}}))[日号]{CLOCK}",
)
def day(match, context):
    """A day of a month, or from one day of it to another; nothing if there is no such day.

    >>> shown("将于12月26日举行,5月3-5日")
    '12月26日 2024-12-26 2024-12-26 day; 5月3-5日 2024-05-03 2024-05-05 range'
    >>> shown("2023年2月29日,13月5日")
    ''
    """
    month, number = small(match["month"]), small(match["day"] or match["from"])
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    year = year_of(match, context, month, number)
    if not year.number:
        return Reading(None, None, "day", "month and day", year)
    first = calendar.day(year.number, month, number)
    if not first or not match["to"]:
        return first and Reading(first, first, "day", "month and day", year)
    last = calendar.day(year.number, month, small(match["to"]))
    if last and first < last:
        return Reading(first, last, "range", "days of a month", year)
    return Reading(first, None, "range", "its end is no later day of the month", year)


# 9月份, 去年9月, 10月底前, 6月中旬, 4月当月
@form(
    FORMS,
    rf"{YEAR}?(?<![\d.第])(?P<month>{N})月份?(?:当月)?"
    rf"(?P<decade>上旬|中旬|中下旬|下旬|初|底|末|中(?=[,，。、;；]))?{BEFORE}",
)
def month(match, context):
    """A month or a part of one.

    >>> shown("9月份,去年9月底,今年6月中旬")
    '9月份 2024-09-01 2024-09-30 month; 去年9月底 2023-09-21 2023-09-30 month; 今年6月中旬 2024-06-11 2024-06-20 month'
    """
    number, part = small(match["month"]), match["decade"]
    if not 1 <= number <= 12:
        return None
    year = year_of(match, context, number, calendar.PARTS.get(part, (1, 31))[0])
    days = calendar.part_of_month(year.number, number, part) if year.number else (None, None)
    return Reading(*days, "month", f"{part} of the month" if part else "month", year)


# 1-9月, 今年1至5月, 3、4月份, 11月至2月 within 11-2月
@form(
    FORMS,
    rf"{YEAR}?(?<![\d.])(?P<from>{N})(?:{TO}(?P<to>{N})月份?|、(?P<and>{N})月份)(?![\d底初末上中下])",
)
def months(match, context):
    """From one month to another, over the year's turn if the second is the smaller.

    >>> shown("1-9月,今年1至5月")
    '1-9月 2024-01-01 2024-09-30 range; 今年1至5月 2024-01-01 2024-05-31 range'
    """
    first, last = small(match["from"]), small(match["to"] or match["and"])
    if not (1 <= first <= 12 and 1 <= last <= 12) or first == last:
        return None
    year = year_of(match, context, through=last)
    return of_months(year, first - 12 * (first > last), last, "range", f"months {first} to {last}")


# 前8个月, 今年前三个月, 头十个月; not 提前四个月, 通线后的头三个月, 前12个月内
@form(
    FORMS,
    rf"(?:{YEAR}(?:前|头)|(?<![年提目此以之先当天月日会])前|(?<!后)(?<!后的)头)(?P<count>{N})个?月(?!内)",
)
def first_months(match, context):
    """The first months of a year.

    >>> shown("前8个月,提前四个月")
    '前8个月 2024-01-01 2024-08-31 range'
    """
    last = small(match["count"])
    if not 1 < last <= 12:
        return None
    return of_months(year_of(match, context, through=last), 1, last, "range", f"months 1 to {last}")


# 前三季度, 今年前三季, 一至三季度
@form(
    FORMS,
    rf"{YEAR}?(?:前(?P<count>[一二两三123])个?季(?:度|(?!节))|[一1]{TO}(?P<to>[二三四234])季度)",
)
def first_quarters(match, context):
    """The first quarters of a year.

    >>> shown("一至三季度")
    '一至三季度 2024-01-01 2024-09-30 range'
    """
    count = small(match["count"] or match["to"])
    year = year_of(match, context, through=count * 3)
    return of_months(year, 1, count * 3, "range", f"first {count} quarters")


# 上半年, 2024年下半年, 上半年末, 2024H2; not 以上半年
@form(FORMS, rf"{YEAR}?(?:(?<!以)(?P<half>[上下])半年(?P<end>末|底)?|{CODED}H(?P<coded>[12])(?![a-zA-Z\d]))")
def half_year(match, context):
    """A half-year or its last month.

    >>> shown("2024H1,上半年末,氢气(H2)")
    '2024H1 2024-01-01 2024-06-30 range; 上半年末 2024-06-01 2024-06-30 month'
    """
    first = 1 if match["half"] == "上" or match["coded"] == "1" else 7
    return _part_of_year(match, context, first, 6, "half-year")


# 三季度, 2024年第一季度, 今年首季, 四季度末, 2024Q3; not 第三季节目, 四季如春
@form(
    FORMS,
    rf"{YEAR}?(?:第?(?P<quarter>[一二三四1234首])季(?:度|(?:(?<=第.季)|(?<=首季))(?![节度军]))(?P<end>末|底)?"
    rf"|{CODED}Q(?P<coded>[1-4])(?![a-zA-Z\d车款型轿版系]))",
)
def quarter(match, context):
    """A quarter or its last month.

    >>> shown("2024年第一季度,今年Q3,奥迪Q3")
    '2024年第一季度 2024-01-01 2024-03-31 quarter; 今年Q3 2024-07-01 2024-09-30 quarter'
    """
    number = int(match["coded"] or 0) or (1 if match["quarter"] == "首" else small(match["quarter"]))
    return _part_of_year(match, context, number * 3 - 2, 3, f"quarter {number}")


def _part_of_year(match, context, first, size, name):
    last = first + size - 1
    year = year_of(match, context, last if match["end"] else first)
    if match["end"]:
        return of_months(year, last, last, "month", f"last month of the {name}")
    return of_months(year, first, last, "range" if size == 6 else "quarter", name)


# 全年, 2023年全年
@form(FORMS, rf"{YEAR}?全年")
def whole_year(match, context):
    """The whole year; in a report of a year that is over, that one.

    >>> shown("2023年公报。全年增长5%", "2024-03-20")
    '2023年 2023-01-01 2023-12-31 year; 全年 2023-01-01 2023-12-31 year'
    """
    return of_months(reported(match, context, year_of(match, context)), 1, 12, "year", "the whole year")


# 去年同期, 2023年同期; 同期 alone hangs on nothing
@form(FORMS, rf"{YEAR}同期")
def same_period(match, context):
    """The period named before, in the year that is said.

    >>> shown("前三季度增长5%,比去年同期加快")
    '前三季度 2024-01-01 2024-09-30 range; 去年同期 2023-01-01 2023-09-30 range'
    """
    year, period = year_of(match, context), context.period
    if not year.number or not period:
        return of_months(year, 1, 12, "year", "同期 of no period named before")
    if period.first.year == year.number and match["word"]:
        year = year._replace(number=year.number - 1)
    first, last = (calendar.in_year(point, year.number) for point in (period.first, period.last))
    if period.last == calendar.months(period.last.year, period.last.month)[1]:
        last = calendar.months(year.number, period.last.month)[1]
    return Reading(first, last, period.precision, "同期: the period named before it", year)
