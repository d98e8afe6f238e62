"""Forms that hang on the day of publication or on what was named before: 近日, 本周, 三年来, 当天; and feasts, plans, decades."""

import datetime
import re

from chipnotes.rules import calendar
from chipnotes.rules.numerals import small
from chipnotes.rules.time_forms import BEFORE, CLOCK, TO, N, of_months
from chipnotes.rules.time_years import FUTURE, YEAR, Reading, form, reported, year_of

FORMS = []
_UNPUBLISHED = "no publication date"
# 2026年中 before what is done then; 年中国 and 年中期 are something else.
MIDDLE = r"中(?=[,，。、;；前]|投|建成|建好|完[工成]|竣工|交付|[动开]工|启[用动]|达产|量产|试[产运]|起|开始|举[行办]|推出|实现|正式|即?将)"
# Behind 年内: what has happened (年内第三次, 年内已开工), so the year up to publication is meant.
_SO_FAR = re.compile(r"(?:的?第[一二三四五六七八九十\d]+次|已|首次|累计|[^,，。;；!?\n]{0,4}新[高低])")


# 2025年春节, 国庆假期, “五一”期间; not 春节档, 五一路, 五一 alone
@form(
    FORMS,
    rf"{YEAR}?[“\"]?(?P<feast>元旦|春节|国庆节?|劳动节|(?<=[年“\"])五一|五一(?=[”\"假小长黄期]))[”\"]?"
    r"(?P<holiday>假期|小?长假|黄金周|期间)?(?![路店档])",
)
def feast(match, context):
    """A feast, or the days of its holiday.

    >>> shown("2025年春节,国庆假期")
    '2025年春节 2025-01-29 2025-01-29 day; 国庆假期 2024-10-01 2024-10-07 range'
    """
    name, whole = match["feast"], match["holiday"]
    usual = calendar.feast(name, 2024)[0]
    year = year_of(match, context, usual.month, usual.day)
    first, last = calendar.feast(name, year.number) if year.number else (None, None)
    return Reading(first, last if whole else first, "range" if whole else "day", name, year)


# 本月15日, 上月底, 这个月, 上年同月, 当月; not 历史上月均, 上月度, 成本月降
@form(
    FORMS,
    rf"{YEAR}?(?<![史以])(?P<which>这个月|(?<![成资基版日])本月|当月|同月|次月|(?<![网线])上个?月|(?<![线])下个?月)(?!度)"
    rf"(?:(?P<day>\d{{1,2}})[日号]{CLOCK})?(?P<decade>上旬|中旬|下旬|初|底|末)?",
)
def relative_month(match, context):
    """A month by the one of publication, or by the date named before it (当月, 同月, 次月; 上月 in a comparison).

    >>> shown("本月15日,上月底")
    '本月15日 2024-11-15 2024-11-15 day; 上月底 2024-10-21 2024-10-31 month'
    >>> shown("2024年12月增长3%,比上月快", "2025-01-08")
    '2024年12月 2024-12-01 2024-12-31 month; 上月 2024-11-01 2024-11-30 month'
    """
    which, anchor, period = match["which"], context.published, context.period
    if which in ("当月", "同月", "次月"):
        anchor = context.last and context.last.day
    elif which[0] == "上" and period and period.precision == "month" and compared(match):
        anchor = period.first
    precision = "day" if match["day"] else "month"
    if not anchor:
        return Reading(None, None, precision, f"{which}; no date to hang it on")
    said = match["word"] or match["year"]
    year = year_of(match, context) if said else None
    if said and not year.number:
        return Reading(None, None, precision, which, year)
    away = {"上": -1, "下": 1, "次": 1}.get(which[0], 0)
    point = calendar.months(year.number if said else anchor.year, anchor.month + away)[0]
    note = f"{which}: by {anchor.isoformat()}"
    if match["day"]:
        found = calendar.day(point.year, point.month, small(match["day"]))
        return found and Reading(found, found, "day", note, year)
    return Reading(*calendar.part_of_month(point.year, point.month, match["decade"]), "month", note, year)


def compared(match):
    """Does 比 or 较 stand before an expression?"""
    return match.string[match.start() - 1 : match.start()] in ("比", "较")


# 2020年度, 去年, 2025年底, 明年年初, 2026年中投产, 今年内; not 年内容
@form(FORMS, rf"{YEAR}(?:年?(?P<part>初|底|末|内(?![容部外涵地])|{MIDDLE}){BEFORE})?")
def year(match, context):
    """A year, its first, middle or last month, or what is left of it.

    >>> shown("2020年度,明年,2025年底")
    '2020年度 2020-01-01 2020-12-31 year; 明年 2025-01-01 2025-12-31 year; 2025年底 2025-12-01 2025-12-31 month'
    """
    part, of = (match["part"] or "")[:1], year_of(match, context)
    if part == "内":
        return rest_of(of, context)
    if part:
        month = {"初": 1, "中": 6}.get(part, 12)
        return of_months(of, month, month, "month", f"{part}: month {month}", is_period=False)
    return of_months(of, 1, 12, "year", "")


def rest_of(year, context):
    """A year from the day of publication on if that lies in it."""
    first, last = calendar.months(year.number, 1, 12) if year.number else (None, None)
    inside = first and context.published and context.published.year == year.number
    return Reading(
        context.published if inside else first, last, "range", "rest of the year", year, is_period=False
    )


# “十四五”期间, 十五五规划, “十四五”末, “八五”; not 二十四五岁, 十四五个
@form(
    FORMS,
    r"(?:[“\"](?P<quoted>十[一二三四五六]五|[六七八九十]五)[”\"]"
    r"|(?<![一二三四五六七八九几数百])(?P<plain>十[一二三四五六]五)(?![岁万亿千百倍元天月周号位米吨件台套座亩层\d]"
    r"|年(?![均度末底初])|个(?!人)|家(?![庭居电])|人(?![才口力])|名(?!单)|公[里斤顷分]|分钟|项(?!目)|小时|种|日|条))"
    r"(?:规划)?(?:时期|期间)?(?P<end>末|初)?",
)
def five_year_plan(match, context):
    """The five years of a plan, its first or its last.

    >>> shown("“十四五”末,十五五规划,二十四五岁")
    '“十四五”末 2025-01-01 2025-12-31 year; 十五五规划 2026-01-01 2030-12-31 range'
    """
    first = calendar.PLANS[match["quoted"] or match["plain"]]
    if match["end"]:
        year, which = (first + 4, "last") if match["end"] == "末" else (first, "first")
        return Reading(*calendar.years(year, year), "year", f"five-year plan, its {which} year")
    return Reading(*calendar.years(first, first + 4), "range", "five-year plan")


# 九十年代, 1990年代, 上世纪八十年代
@form(FORMS, r"(?:上世纪|20世纪|(?<!\d)(?:19)?(?=[五六七八九5-9]))(?P<tens>[2-9二三四五六七八九])[0十]年代")
def decade(match, context):
    """A decade of the twentieth century.

    >>> shown("九十年代,1990年代")
    '九十年代 1990-01-01 1999-12-31 range; 1990年代 1990-01-01 1999-12-31 range'
    """
    first = 1900 + 10 * small(match["tens"])
    return Reading(*calendar.years(first, first + 9), "range", "decade")


# 近三年, 过去五年, 最近3个月, 近半年, 三年来; not 将近三年, 接近10年, 未来三年
@form(
    FORMS,
    rf"(?:(?<![将接临靠附逼邻])近|过去|最近|这(?!一))的?(?P<back>{N}|半(?=年))(?:多|余)?"
    r"(?:个?(?P<unit>(?:完整)?(?:会计|自然|财政)?年度|季度|年|周|天)|个(?P<months>月))(?:多|来|以来|间|里|内)?"
    rf"|(?<![上下])(?P<years>{N}|半)年以?来",
)
def back(match, context):
    """A span counted back from publication.

    >>> shown("近三年,半年来,将近三年")
    '近三年 2021-11-20 2024-11-20 range; 半年来 2024-05-20 2024-11-20 range'
    """
    count, unit = match["back"] or match["years"], match["unit"] or match["months"] or "年"
    size = {"年": 12, "季": 3, "月": 1}
    months = next((size[name] for name in size if name in unit), 0) * small(count) if count != "半" else 6
    days = {"周": 7, "天": 1}.get(unit, 0) * small(count)
    if not months and not days:
        return None
    if not context.published:
        return Reading(None, None, "range", f"{match[0]}; {_UNPUBLISHED}")
    first = calendar.back(context.published, months, days)
    note = f"counted back from publication {context.published.isoformat()}"
    return Reading(first, context.published, "range", note)


# 三年前, 十年以前; not 满3年前, 截止三年前往
@form(FORMS, rf"(?<![满于届提\d])(?P<count>{N})年(?:多|以)?前(?![后往])")
def years_ago(match, context):
    """The year some years before publication.

    >>> shown("三年前")
    '三年前 2021-01-01 2021-12-31 year'
    """
    count = small(match["count"])
    if not count:
        return None
    if not context.published:
        return Reading(None, None, "year", f"{match[0]}; {_UNPUBLISHED}")
    year = context.published.year - count
    note = f"{match[0]}: by the year of publication {context.published.year}"
    return Reading(*calendar.years(year, year), "year", note)


# 近日, 目前, 近年来, 至今. Not 附近日期, 项目前期, 截止日前, 每日前来, 体现在, 例如今年, 应当前往, 离这里最近, 最近的地铁站
@form(
    FORMS,
    r"""(?<![附临将靠最逼贴接邻])近(?:日(?![落照])|期|年来?|些年来?|几年来?|来|几个月来?)
    | (?<![出体实表呈发展再浮兑涌])现在 | 现时 | 现如今 | (?<![比例譬假])如今(?![年天日晨早晚])
    | (?<![生节假末昨今工截止每当同次翌到期隔即\d一二三四五六七八九十两几数])日前 | (?<=[^到效保截]期)日前
    | (?<![题项科栏数曲剧节盲名注瞩])目前 | (?<![应适恰相担])当前(?!往) | (?<![应适恰相担])当下(?![半个旬降跌行达发滑调])
    | 眼下 | (?<!\w)时下 | 前不久 | 不久前 | 迄今(?:为止)? | 至今(?![年天日晨早晚春夏秋冬])
    | (?<![离距])最近(?![邻处点端])(?!的(?!一?[次期轮]|消息|数据|报|研究|会议|政策|情况|变化|进展|动态|新闻|调[查研]|采访))""",
)
def vague(match, context):
    """A time that is not after publication, and no more is said.

    >>> shown("近日,目前,截止日前,最近的地铁站")
    '近日 - 2024-11-20 vague; 目前 - 2024-11-20 vague'
    """
    note = "not after publication" if context.published else _UNPUBLISHED
    return Reading(None, context.published, "vague", f"vague; {note}")


# 截至发稿, 截至记者发稿时
@form(FORMS, r"(?:(?<=截[至止])|(?<=截[至止]到))(?:记者)?发稿时?")
def going_to_press(match, context):
    """The hour at which a page went to press.

    >>> shown("截至发稿")
    '截至发稿 - 2024-11-20 vague'
    """
    return Reading(
        None,
        context.published,
        "vague",
        f"going to press; {'not after publication' if context.published else _UNPUBLISHED}",
    )


# 年初, 年底, 年内, 岁末, 年中投产; not 每年初, 三年内, 2年底, 年中国, 半年中
@form(
    FORMS,
    rf"(?<![\d一二三四五六七八九十百两几多数半周整当今学每历各逐隔])"
    rf"(?P<edge>年初|年底|年末|岁末|年内|年{MIDDLE}|(?<!\w)年中(?![国央间等型小心期考报])){BEFORE}",
)
def edge_of_year(match, context):
    """The first, middle or last month of the year, or what is left of it.

    >>> shown("年底前,年内投产,年内第三次,每年初")
    '年底前 2024-12-01 2024-12-31 month; 年内 2024-11-20 2024-12-31 range; 年内 2024-01-01 2024-11-20 range'
    """
    edge, year = match["edge"][:2], year_of(match, context)
    if edge in ("年末", "岁末") or match["until"]:
        year = reported(match, context, year)
    if edge == "年内":
        if (
            context.published
            and context.published.year == year.number
            and _SO_FAR.match(match.string, match.end())
        ):
            first = calendar.years(year.number, year.number)[0]
            return Reading(first, context.published, "range", "the year up to publication", is_period=False)
        return rest_of(year, context)
    month = {"年初": 1, "年中": 6}.get(edge, 12)
    return of_months(year, month, month, "month", f"{edge}: month {month}", is_period=False)


# 月底前, 月初 at the head of a clause or behind 到, 至; 1个月底 is a span
@form(FORMS, rf"(?:(?<!\w)|(?<=[到至]))月(?P<part>[初底末]|中(?=[,，。、;；])){BEFORE}")
def edge_of_month(match, context):
    """A part of the month of publication.

    >>> shown("月底前完工")
    '月底前 2024-11-21 2024-11-30 month'
    """
    published = context.published
    if not published:
        return Reading(None, None, "month", f"{match[0]}; {_UNPUBLISHED}")
    days = calendar.part_of_month(published.year, published.month, match["part"])
    return Reading(*days, "month", f"{match[0]}: of the month of publication")


# 今天上午, 昨日, 昨收, 即日; 当天, 次日, 同一天 by the day named before
@form(
    FORMS,
    r"(?:(?P<now>今天|今日|今晨|今早|今晚|即日|昨(?=收|公布|宣布|表示|发布)|昨天|昨日|昨晚|昨夜|前天|(?<![之以今])后天|明天|明日)"
    rf"|(?P<then>当天|当日|当晚|同日|同一天|同一时间(?=[,，])|次日|翌日|隔日|这一天)){CLOCK}",
)
def day_word(match, context):
    """A day by that of publication, or by the day named before.

    >>> shown("3月5日签约。当天投产,昨日验收")
    '3月5日 2024-03-05 2024-03-05 day; 当天 2024-03-05 2024-03-05 day; 昨日 2024-11-19 2024-11-19 day'
    """
    word = match["now"] or match["then"]
    if match["now"]:
        anchor, by, missing = context.published, "by the publication date", _UNPUBLISHED
    else:
        anchor, by, missing = context.last_day, "by the day named before it", "no day before it"
    if not anchor:
        return Reading(None, None, "day", f"{word}; {missing}")
    away = {"昨": -1, "前": -2, "明": 1, "后": 2, "次": 1, "翌": 1, "隔": 1}.get(word[0], 0)
    date = anchor + datetime.timedelta(days=away)
    return Reading(date, date, "day", f"{word}: {by}")


# 本周五, 上星期, 下周一; 周三 alone. Not 本周期, 上周年, 日本周刊, 网上周边, 周一至周五, 一周五次, 本周一直
@form(
    FORMS,
    rf"(?:(?P<week>(?<![成资基版日])本|这|(?<![以网线身之])上|(?<![以线天])下)个?(?:周(?![年刊报边]|期(?![间货待末]))|星期)"
    r"(?:(?P<weekday>[一二三四五六日天])(?![直定共起些均]))?"
    r"|(?<![、本这上下每至到个一二两三四五六七八九十\d])(?:周|星期)(?P<alone>[一二三四五六日天])(?![次回个期年家边带均直])"
    rf"(?!{TO}(?:周|星期))){CLOCK}",
)
def week(match, context):
    """A week, or a day of one; a weekday alone is the last such day unless it is announced.

    >>> shown("记者周三获悉,上星期五,本周期")
    '周三 2024-11-20 2024-11-20 day; 上星期五 2024-11-15 2024-11-15 day'
    """
    published, which, weekday = context.published, match["week"], match["weekday"] or match["alone"]
    if not published:
        return Reading(None, None, "day" if weekday else "range", f"{match[0]}; {_UNPUBLISHED}")
    monday, sunday = calendar.week_of(published, {"上": -1, "下": 1}.get(which, 0))
    note = f"{match[0]}: by the publication date"
    if not weekday:
        return Reading(monday, sunday, "range", note)
    day = monday + datetime.timedelta(days=min("一二三四五六日天".index(weekday), 6))
    announced = FUTURE.search(match.string, max(0, match.start() - 24), match.start())
    if not which and day > published and not announced:
        day -= datetime.timedelta(days=7)
    return Reading(day, day, "day", note)


# 本季度, 上季度末, 较上季, 下一季度; not 成本季节
@form(FORMS, r"(?P<which>上|(?<![成资基版日])本|下|今)(?:一|个)?季(?:度|(?!节))(?P<end>末|底)?")
def relative_quarter(match, context):
    """A quarter by that of publication; in a comparison by the one that is reported.

    >>> shown("上季度末,本季度")
    '上季度末 2024-09-01 2024-09-30 month; 本季度 2024-10-01 2024-12-31 quarter'
    """
    anchor, period = context.published, context.period
    if not anchor:
        return Reading(None, None, "quarter", f"{match[0]}; {_UNPUBLISHED}")
    if period and period.precision == "quarter" and compared(match):
        anchor = period.first
    first = calendar.quarter_of(anchor) * 3 - 2 + {"上": -3, "下": 3}.get(match["which"], 0)
    note = f"{match[0]}: by {anchor.isoformat()}"
    if match["end"]:
        return Reading(*calendar.months(anchor.year, first + 2), "month", note)
    return Reading(*calendar.months(anchor.year, first, first + 2), "quarter", note)


# 今明两年, 2022、2023两年
@form(FORMS, r"(?:(?P<words>今明|去今)|(?<!\d)(?P<one>20\d\d)[、和](?P<two>20\d\d))两年")
def two_years(match, context):
    """Two years that follow each other.

    >>> shown("今明两年,2022、2023两年")
    '今明两年 2024-01-01 2025-12-31 range; 2022、2023两年 2022-01-01 2023-12-31 range'
    """
    if not match["words"]:
        first, last = int(match["one"]), int(match["two"])
        return Reading(*calendar.years(first, last), "range", "two years") if last == first + 1 else None
    if not context.published:
        return Reading(None, None, "range", f"{match[0]}; {_UNPUBLISHED}")
    first = context.published.year - (match["words"] == "去今")
    note = f"two years; by the year of publication {context.published.year}"
    return Reading(*calendar.years(first, first + 1), "range", note)


# 4日, 17日晚, 3-5日; not 5日内, 3日游, 为期3日, 第3日, 每月15日
@form(
    FORMS,
    rf"(?<![\d.年月第每满共期])(?:(?P<from>\d{{1,2}}){TO})?(?P<day>[12]\d|3[01]|0?[1-9])日(?![内均游后前间化]){CLOCK}",
)
def bare_day(match, context):
    """A day of the month named before it, else the last such day before publication.

    >>> shown("9月20日开幕,22日闭幕")
    '9月20日 2024-09-20 2024-09-20 day; 22日 2024-09-22 2024-09-22 day'
    """
    number, last, published = int(match["day"]), context.last, context.published
    near = last and last.precision in ("day", "month") and "\n" not in match.string[last.end : match.start()]
    if near and (last.precision == "day" or last.day.day <= number <= last.last.day):
        day, note = calendar.day(last.day.year, last.day.month, number), "day of the month named before it"
    elif published:
        month = calendar.months(published.year, published.month - (number > published.day))[0]
        day = calendar.day(month.year, month.month, number)
        note = f"day; last such day before publication {published.isoformat()}"
    else:
        return Reading(None, None, "day", f"day without a month; {_UNPUBLISHED}")
    if day and match["from"] and 0 < int(match["from"]) < number:
        return Reading(day.replace(day=int(match["from"])), day, "range", note)
    return day and Reading(day, day, "day", note)


# 2023成渝峰会, 数说2024; not 2030台展示机, 近2000名, 型号2024
@form(
    FORMS,
    r"""(?<![\da-zA-Z.+\-/#第])(?P<event>20[0-4]\d)(?=[^\W\d_])
        (?![年万亿千百多余名家个项人元台件种辆位次块片颗套座所条亩米吨户款单度克瓦倍股]|公里|平方|以上|纳米|左右|小时|分钟)
        (?=[^,，。;；!?\n]{0,28}(?:峰会|大会|论坛|展|博览会|年会|活动|赛|周|会议|报告|榜|白皮书|版|行动|方案|计划|规划|年度
            |中国|全球|世界|国际))
    | (?<=数说|回眸|回顾|回望|展望|盘点|再见|告别|迎接)(?P<title>20[0-4]\d)(?![\w.])""",
)
def year_in_a_name(match, context):
    """The year in the name of an event or the title of a review.

    >>> shown("2023成渝集成电路峰会,数说2024,2024款")
    '2023 2023-01-01 2023-12-31 year; 2024 2024-01-01 2024-12-31 year'
    """
    year = int(match["event"] or match["title"])
    return Reading(
        *calendar.years(year, year),
        "year",
        f"year in the name of {'an event' if match['event'] else 'a review'}",
    )
