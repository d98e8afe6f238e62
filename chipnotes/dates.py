"""Dates: every time expression that can be hung on the calendar, what it stands for, and how that was found."""

import datetime
import re
from calendar import monthrange

from chipnotes import handmade
from chipnotes.amounts import fold, small, tight, year_number
from chipnotes.corpus import documents
from chipnotes.text import frame

COLUMNS = {
    "seed": "str", "start": "int64", "end": "int64", "surface": "str", "date_start": "datetime64[s]", "date_end": "datetime64[s]",
    "precision": "str", "how": "str",
}  # fmt: skip
LEDGER = "date_ledger.tsv"
PRECISIONS = ("day", "month", "quarter", "year", "range", "vague")


def dates(corpus, ledger=True):
    """One row a time expression that can be hung on the calendar.

    Columns: seed, start, end (offsets in `doc.text`), surface, date_start, date_end (datetime64; NaT open or unknown), precision
    (day month quarter year range vague), how (how it was resolved, in words). Relative expressions hang on the publication date
    (`doc.card["published"]`); a page without one leaves them NaT, and `how` says so. A month or day without a year takes the year
    of an explicit date shortly before it, else the year of publication, one back if that would lie after publication and is no plan
    (计划3月, 排到10月, 10月底前: the coming one).
    For the five seeds data/date_ledger.tsv overrides what only a reader can tell; `ledger=False` gives the rules alone.
    Raises ValueError for a ledger row that no longer fits its page.
    """
    rows = [
        (document.id, start, end, document.text[start:end], *rest)
        for document in documents(corpus)
        for start, end, *rest in resolved_dates(document, ledger)
    ]
    return frame(rows, COLUMNS)


def resolved_dates(document, ledger=True):
    """The dates of a document as `find_dates` gives them, with the ledger's words in place of the rules'."""
    found = find_dates(document.text, document.card.get("published"))
    if not ledger:
        return found
    keys = ("start", "end", "date_start", "date_end", "precision", "how")
    rows = [dict(zip(keys, date, strict=True)) | {"surface": document.text[date[0] : date[1]]} for date in found]
    rows = handmade.overlay(document, LEDGER, ("date_start", "date_end", "precision", "how"), rows)
    return [tuple(row[key] for key in keys) for row in rows]


# ------------------------------------------------------------ how pages write time

# 2026年中 before what is done then; 年中国 and 年中期 are something else.
_MID = r"中(?=[,，。、;；前]|投|建成|建好|完[工成]|竣工|交付|[动开]工|启[用动]|达产|量产|试[产运]|起|开始|举[行办]|推出|实现|正式|即?将)"
_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_TO = r"[ ]?(?:-{1,2}|—{1,2}|–|~|～|至|到)[ ]?"
_CLOCK = (
    r"(?:[ ]?\(?(?:星期|周)[一二三四五六日天]\)?)?(?:[ ]?(?:清晨|凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间|晚))?"
    r"(?:[ ]?\d{1,2}(?::\d{2}(?::\d{2})?|[时点](?:\d{1,2}分|半|许)?))?"
)
_TIME = rf"{_CLOCK}(?:{_TO}\d{{1,2}}:\d{{2}})?"
_PATTERN = re.compile(
    rf"""
    (?P<until>截至到?|截止到?)?(?:早在)?
    (?:
      (?P<iso>(?<![\d.])(?:19|20)\d\d(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,2}}(?!\d))(?:{_TO}(?P<iso2>\d{{1,2}}(?P=sep)\d{{1,2}})(?![\d.])|{_TIME})
    | (?P<y1>(?<![\d.])(?:19|20)\d\d){_TO}(?P<y2>20\d\d)(?:年度?(?!\d)|(?![\d.\-a-zA-Z]))
    | (?:(?:(?P<year>(?<![\d.])(?:19|20)\d\d|[一二][零〇一二三四五六七八九]{{3}})(?:财?年度?(?!代)|(?=[QH][1-4]))
          |(?<![\d.])(?P<short>0\d(?=年[^\W\d_])|[129]\d(?=年(?:底|初|末|\d{{1,2}}月|[一二三四]季度|[上下]半年|前三季度|Q|全年|同期)))年
          |(?P<word>今年|去年|明年|(?:(?<!\w)|(?<=[到至在比于较]))[前后]年|本年度?|(?<![以历史])上年(?![均轻龄产])度?|上一年度?
            |当年|(?<!相)同年(?!级)|(?<![\d一二首每多两几本])次年|翌年)))?
      (?:
          (?<![\d.第])(?P<month>{_N})月(?:
              (?P<day>{_N})[日号]{_TIME}
            | (?P<day1>\d{{1,2}})(?:{_TO}|[、和])(?P<day2>\d{{1,2}})[日号]{_TIME}
            | 份?(?:当月)?(?P<decade>上旬|中旬|中下旬|下旬|初|底|末|中(?=[,，。、;；]))?(?:前(?!往))?
          )
        | (?<![\d.])(?P<month1>{_N}){_TO}(?P<month2>{_N})月份?(?![\d底初末上中下])
        | (?:(?<![提目此以之先当天月日会])(?(year)|(?(word)|(?(short)|(?<!年))))前|(?<!后)(?<!后的)头)(?P<months>{_N})个?月(?!内)
        | (?P<quarters>前[一二两三123]个?季(?:度|(?!节))|[一1]{_TO}[二三四234]季度)
        | (?P<half>[上下]半年)(?P<halfend>末|底)?
        | 第?(?P<quarter>[一二三四1234首])季(?:度|(?:(?<=第.季)|(?<=首季))(?![节度军]))(?P<quarterend>末|底)?
        | (?<![a-zA-Z])(?P<coded>Q[1-4]|H[12])(?![a-zA-Z\d])
        | (?P<whole>全年)
        | (?P<same>同期)
        | [“"]?(?P<feast>元旦|春节|国庆节?|五一|劳动节)[”"]?(?P<holiday>假期|小?长假|黄金周|期间)?(?![路店档])
        | (?<![史以])(?P<relmonth>这个月|本月|当月|同月|次月|上个?月|下个?月)(?!度)(?:(?P<relday>\d{{1,2}})[日号]{_TIME})?(?P<reldecade>上旬|中旬|下旬|初|底|末)?
        | (?(year)|(?(word)|(?(short)|(?!))))(?:年?(?P<part>初|底|末|内(?![容部外涵地])|{_MID})(?:前(?!往))?)?
      )
    | (?P<plan>[“"]?十[一二三四五六]五[”"]?|[“"][六七八九十]五[”"])(?:规划)?(?:时期|期间)?(?P<planend>末|初)?
    | (?:上世纪|20世纪|(?<!\d)(?:19)?(?=[五六七八九5-9]))(?P<tens>[2-9二三四五六七八九])[0十]年代
    | (?:近|过去|最近|这)的?(?P<back>{_N}|半)(?:多|余)?个?(?P<backunit>(?:完整)?(?:会计|自然|财政)?年度|季度|年|月|周|天)(?:多|来|以来|间|里|内)?
    | (?<!上)(?<!下)(?P<since1>{_N}|半)年以?来
    | (?<![满于届提\d])(?P<ago>{_N})年(?:多|以)?前(?![后往])
    | (?P<vague>(?<![出体实表呈发展再浮])现在|现时|近日|日前|近期|近年来?|近些年来?|近几年来?|近来|近几个月来?|目前|当前|当下|眼下|如今|现如今|(?<!\w)时下|最近|前不久|不久前
        |迄今(?:为止)?|至今(?![年天日晨早晚春夏秋冬]))
    | (?P<press>(?:记者)?发稿时?)
    | (?P<edge>年初|年底|年末|岁末|年内|年{_MID}|(?<!\w)年中(?![国央间等型小心期考报]))(?:前(?!往))?
    | (?<![\w])(?P<monthedge>月[初底末]|月中(?=[,，。、;；]))(?:前(?!往))?
    | (?P<dayword>今天|今日|今晨|今早|今晚|昨(?=收|公布|宣布|表示|发布)|昨天|昨日|昨晚|昨夜|前天|(?<![之以今])后天|明天|明日|当天|当日|当晚|同日|同一天|同一时间(?=[,，])|次日|翌日|隔日|即日){_TIME}
    | (?P<week>[本这上下]个?(?:周|星期))(?P<weekday>[一二三四五六日天])?{_TIME}
    | (?<![、本这上下每至到个一二两三四五六七八九十\d])(?:周|星期)(?P<bareweekday>[一二三四五六日天])(?![次回个期年家边带])(?!{_TO}(?:周|星期)){_TIME}
    | (?P<relquarter>[上本下今])(?:一|个)?季(?:度|(?!节))(?P<relend>末|底)?
    | (?P<pair>[今去][明今]|(?<!\d)20\d\d[、和]20\d\d)两年
    | (?<![\d.年月第每满共期])(?:(?P<fromday>\d{{1,2}}){_TO})?(?P<bareday>\d{{1,2}})日(?![内均游后前间化]){_TIME}
    | (?<![\da-zA-Z.+\-/#第])(?P<event>20[0-4]\d)(?=[^\W\d_])
    | (?<=数说|回眸|回顾|回望|展望|盘点|再见|告别|迎接)(?P<titled>20[0-4]\d)(?![\w.])
    )
    (?P<since>年?以来|起?至今(?![年天日晨早晚春夏秋冬])|到现在)?
    """,
    re.VERBOSE,
)
# Where a date can begin: a cheap first look, so that the long pattern is tried at few places only.
_BEGIN = re.compile(
    r"(?=[\d一二两三四五六七八九十“\"截今去明前后本上下当同次翌头第首全这早QH近过未最接日目眼如现时不迄至年岁月昨即隔周星元春国劳半])"
    r"(?:(?<!\d)(?:20\d\d(?=[^\W\d_])|(?<=[说眸顾望点见别接])20\d\d|\d{1,4}(?=[ ]?[年月日至到QH\-—–~～/.]))|[一二三四五六七八九十][零〇一二三四五六七八九十]{0,3}[月年季至到]|两年|[一二][零〇一二三四五六七八九]{3}年"
    r"|[“\"]?(?:十[一二三四五六]五|五一)|[“\"][六七八九十]五|截[至止]|[今去明前后本上当同次翌][年一]|[上下]半年|[前头][一二两三四五六七八九十\d]|第?[首一二三四1-4]季|全年"
    r"|(?:这个|[本当同次上下]个?)月|早在|[QH][1-4]|上世纪|20世纪|[近这]|过去|半年|最近|日前|[目当]前|当下|眼下|如今|现如今|现[在时]|时下|前不久|不久前"
    r"|迄今|至今(?![年天日晨早晚春夏秋冬])|年[初底末内中]|岁末|(?<!\w)月[初底末中]|[今昨前明后当同次翌即隔][天日晨早晚夜]|同一[天时]|昨(?=[收公宣表发])|[本这上下]个?[周星]|[周星](?=[一二三四五六日天期])|[上本下今][一个]?季|[今去][明今]两|20\d\d[、和]20|元旦|春节|国庆|劳动节)"
)
_JOIN = re.compile(rf"(?:起|开始)?{_TO}")
_FUTURE = re.compile(
    r"(?:将|拟|计划|预计|力争|争取|定于|有望|确保|截止|排[到至]|原定|时间[为:]|报名|申报|受理)[^,，。;；!?\n]{0,12}$"
)
_NEXT = re.compile(r"(?:将|拟|定|计划|预计)(?:于|在)$|(?:计划|预计|力争|争取|有望|最快|最早)(?:到|至)?$")
_FUTURE_AFTER = re.compile(r"(?:前|之前|以前)(?!往)|[^,，。;；!?\n]{0,3}(?:将|拟|计划|力争|有望|截止)")
_SO_FAR = re.compile(r"(?:的?第[一二三四五六七八九十\d]+次|已|首次|累计|[^,，。;；!?\n]{0,4}新[高低])")
_FROM_THEN = re.compile("起(?!至?今)")
_GOAL_AFTER = re.compile(r"[^,，。;；!?\n]{0,8}(?:目标|计划|预期|任务|预计|力争|将)")
_EVENT_NAME = re.compile(
    r"峰会|大会|论坛|展|博览会|年会|活动|赛|周|会议|报告|榜|白皮书|版|行动|方案|计划|规划|年度|中国|全球|世界|国际"
)
_MEASURE = re.compile(
    r"(?:[年万亿千百多余名家个项人元台件种辆位次块片颗套座所条亩米吨户款单度克瓦倍股]|公里|平方|以上|纳米|左右|小时|分钟)"
)
_SINCE_AFTER = re.compile(r"[^,，。;；!?\n]{0,40}?以来")
_EACH = re.compile(r"每(?:个?月|年|季度?|周)的?(?:\d{1,2}[月日]?[、和及])?$")
_WORDS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1, "后年": 2}
_DAYS = {"今": 0, "即": 0, "昨": -1, "前": -2, "明": 1, "后": 2}
_PARTS = {"初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20), "底": (21, 31), "末": (21, 31), "中下旬": (11, 31), "下旬": (21, 31)}  # fmt: skip
_PLANS = {
    name: 1981 + 5 * at for at, name in enumerate("六五 七五 八五 九五 十五 十一五 十二五 十三五 十四五 十五五 十六五".split())
}
_FEASTS = {
    "元旦": (1, 1, 3),
    "五一": (5, 1, 5),
    "劳动节": (5, 1, 5),
    "国庆": (10, 1, 7),
    "国庆节": (10, 1, 7),
}  # and days of holiday
_SPRING = {2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29),
           2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3)}  # fmt: skip
_NOT_VAGUE_AFTER = {"近": "附临将靠最逼贴", "目": "题项", "日": "生节假末昨今工"}


def find_dates(text, published=None):
    """Time expressions of a text: a list of (start, end, date_start, date_end, precision, how); dates are datetime.date or None.

    `published`: the day that 今年, 昨日, 近日 hang on (datetime.date), or None.
    """
    text, offsets = tight(text)
    return [(offsets[start], offsets[end - 1] + 1, *rest) for start, end, *rest in _Reader(text, published).read()]


class _Reader:
    """One pass over a text; keeps what has been named so far, because 4日, 当天, 同年, 去年同期 hang on it."""

    def __init__(self, text, published):
        self.text, self.published = fold(text), published
        self.last = None  # (start, end, precision, position, year stated?) of the last date that rests on a day, month or year
        self.last_day = None
        self.topic = None  # (year, position, stated in digits?) of the last whole year named
        self.period = None  # (start, end, precision) of the last span of months or more within one year
        self.ways = {"iso": self._iso, "y1": self._years, "month": self._month, "month1": self._months, "months": self._months,
                     "week": self._week, "bareweekday": self._week, "quarters": self._quarter, "half": self._quarter,
                     "quarter": self._quarter, "coded": self._quarter, "relquarter": self._relative_quarter, "whole": self._whole,
                     "same": self._same, "relmonth": self._relative_month, "monthedge": self._month_edge, "plan": self._plan,
                     "tens": self._tens, "pair": self._pair, "back": self._back, "since1": self._back, "ago": self._ago, "vague": self._vague,
                     "press": self._press, "edge": self._edge, "dayword": self._day_word, "feast": self._feast,
                     "bareday": self._bare_day, "event": self._event, "titled": self._event}  # fmt: skip

    def read(self):
        found, at = [], 0
        for begin in _BEGIN.finditer(self.text):
            if begin.start() < at:
                continue
            match = _PATTERN.match(self.text, begin.start())
            result = self._resolve(match) if match and match.end() > match.start() else None
            if result:
                joined = self._joined(found[-1], result, match) if found else None
                found[-1:] = [joined] if joined else [*found[-1:], result]
                at = result[1]
        return found

    def _resolve(self, m):
        """The row of one expression, or None if it is no date."""
        if _EACH.search(self.text, max(0, m.start() - 9), m.start()):
            return None
        resolved = next((way for group, way in self.ways.items() if m[group]), self._year)(m)
        if resolved is None:
            return None
        first, last, precision, how = resolved
        start, end = m.start(), m.end()
        if m["vague"] or m["press"]:
            return start, end, first, last, precision, how
        if m["since"] and not (first and self.published and first > self.published):
            last, precision, how = self.published, "range", how + "; from then to publication"
        elif (
            precision in ("year", "month", "day")
            and self.text[start - 1 : start] in ("自", "从")
            and _SINCE_AFTER.match(self.text, end)
        ):
            start, last, precision, how = start - 1, self.published, "range", how + "; 自 … 以来: from then to publication"
        elif m["until"]:
            first, how = None, how + "; open before"
        if last is None and first is None and self.published:
            return None
        named = (
            not m["edge"]
            and not m["part"]
            and m["word"] not in ("去年", "上年")
            and self.text[start - 1 : start] not in ("比", "较", "与")
        )
        if named and first and last and precision != "day" and first.year == last.year and (last - first).days > 26:
            self.period = (first, last, precision)
        if (last or first) and precision in ("day", "month", "year", "quarter") and not m["until"]:
            stated = bool(m["year"] or m["short"] or m["iso"] or m["word"]) or "year of the date before it" in how
            self.last = (first, last, precision, m.end(), stated)
            if precision == "day":
                self.last_day = first
            if precision == "year" and m["word"] != "上年":
                self.topic = (last.year, m.end(), bool(m["year"]))
        return start, end, first, last, precision, how

    def _joined(self, one, two, m):
        """One row for two expressions with 至 or a dash between them: 10月底至11月初, 28日至30日, 即日起至12月31日; or None."""
        points = ("day", "month", "quarter", "year")
        if (
            not _JOIN.fullmatch(self.text, one[1], two[0])
            or one[4] not in points
            or two[4] not in points
            or not (one[2] and two[2])
        ):
            return None
        first, last = one[2], two[3]
        if first > last and not m["year"]:
            last = last.replace(year=last.year + 1) if (last.month, last.day) != (2, 29) else None
        elif m["year"] and "year stated" not in one[5] and one[4] != "year" and (last - first).days > 366:
            year = last.year - (first.month > last.month)
            first = first.replace(year=year, day=min(first.day, monthrange(year, first.month)[1]))
        if not last or first >= last or m["until"]:
            return None
        self.period = (first, last, "range") if first.year == last.year and (last - first).days > 26 else self.period
        return one[0], two[1], first, last, "range", f"from {one[5]}, to {two[5]}"

    # ------------------------------------------------------------ years

    def _base(self, m, month=1, day=1, cumulative_end=None):
        """The year of an expression and how it was found; (None, how) if it hangs on a publication date that the page lacks."""
        if m["year"]:
            return year_number(m["year"]), "year stated"
        if m["short"]:
            return (1900 if m["short"][0] == "9" else 2000) + int(m["short"]), "year stated in two digits"
        if m["word"]:
            return self._word_year(m)
        context = self._context(m, cumulative_end)
        if context:
            return context, "year of the date before it"
        if not self.published:
            return None, "no publication date"
        year = self.published.year
        point = datetime.date(year, *(cumulative_end or (month, min(day, monthrange(year, month)[1]))))
        near = max(0, m.start() - 24)
        before = self.last if (m["month"] or m["bareday"]) and self.last and m.start() - self.last[3] <= 120 else None
        if before and before[0] and before[0] > self.published and not re.search(r"[。!?\n]", self.text[before[3] : m.start()]):
            following = point.replace(year=before[0].year, day=min(point.day, 28))
            if following >= before[0]:
                return following.year, "year of the coming date before it"
        if (
            point > self.published
            and not _FUTURE.search(self.text, near, m.start())
            and not _FUTURE_AFTER.match(self.text, m.end() - m[0].endswith("前"))
            and not ((point - self.published).days < 183 and _FROM_THEN.match(self.text, m.end()))
        ):
            return year - 1, f"year before publication, because {year} would lie after it"
        if (m["month"] or m["bareday"]) and (self.published - point).days > 31 and _NEXT.search(self.text, near, m.start()):
            return year + 1, f"year after publication, because it is announced and {year} would lie before it"
        return year, f"year of publication {year}"

    def _word_year(self, m):
        word = m["word"].removesuffix("度")
        if word in ("当年", "同年", "次年", "翌年"):
            if not self.last:
                return None, f"{word} without a year before it"
            return (self.last[0] or self.last[1]).year + (word in ("次年", "翌年")), f"{word}: by the date before it"
        if not self.published:
            return None, f"{word}; no publication date"
        year = self.published.year + _WORDS[word]
        if word == "上年" and self.topic:
            # The year before the one that is reported: a year stated in this sentence, or last year's in a report of its results.
            named, position, stated = self.topic
            near = stated and named < self.published.year and m.start() - position <= 120
            here = near and not re.search("[。;；!?\n]", self.text[position : m.start()])
            if here or named == year and self.published.month <= 6:
                return named - 1, f"上年: the year before {named}, which is reported"
        return year, f"{word}: by the year of publication {self.published.year}"

    def _context(self, m, cumulative):
        """The explicit year of a date shortly before: in the same sentence, or a month or day in the same paragraph."""
        if not self.last or not self.last[4]:
            return None
        first, last, precision, end, _ = self.last
        if m.start() - end > (120 if precision in ("month", "day") else 40):
            return None
        between = self.text[end : m.start()]
        if "\n" in between:
            return None
        if (
            precision == "year"
            and re.search("[。;；!?今去]", between)
            or cumulative
            and re.search("目前|当前|眼下|如今|今年", between)
        ):
            return None
        compared = re.search(r"[比较与于]$", self.text[max(0, end - 8) : end - len("2020年")])
        year = (first or last).year
        month = small(m["month"] or "") if m["month"] else 0
        if month and self.published and year != self.published.year:
            # A day or month shortly before publication is the news; a story goes on in the order of its months.
            recent = 0 <= (self.published.year * 12 + self.published.month) - (self.published.year * 12 + month) <= 1
            if recent and "。" in between or precision in ("month", "day") and month < (first or last).month:
                return None
        return year if not compared and (not self.published or year <= self.published.year) else None

    def _years(self, m):
        first, last = int(m["y1"]), int(m["y2"])
        return _span(first, last, "years") if first < last else None

    def _year(self, m):
        year, how = self._base(m)
        part = m["part"]
        if year is None:
            return None, None, {None: "year", "内": "range"}.get(part, "month"), how
        if part == "内":
            return self._rest_of(year, how)
        if part:
            month = {"初": 1, "中": 6}.get(part, 12)
            return *_months_span(year, month, month), "month", f"{how}; {part}: month {month}"
        return *_months_span(year, 1, 12), "year", how

    def _rest_of(self, year, how):
        inside = self.published and self.published.year == year
        first = self.published if inside else datetime.date(year, 1, 1)
        return first, datetime.date(year, 12, 31), "range", "rest of the year; " + how

    def _whole(self, m):
        year, how = self._reported(m, *self._base(m))
        return *_months_span(year, 1, 12), "year", how

    def _same(self, m):
        """去年同期: the period last named, in that year."""
        if not (m["year"] or m["short"] or m["word"]):
            return None
        year, how = self._base(m)
        if year is None or not self.period:
            return *_months_span(year, 1, 12), "year", how + "; 同期 of no period named before"
        first, last, precision = self.period
        year = year - 1 if first.year == year and m["word"] else year
        moved = [date.replace(year=year, day=min(date.day, monthrange(year, date.month)[1])) for date in (first, last)]
        if last.day == monthrange(last.year, last.month)[1]:
            moved[1] = _months_span(year, last.month, last.month)[1]
        return *moved, precision, f"{how}; 同期: the period named before it"

    def _reported(self, m, year, how):
        """全年 and 年末 in a report of the first months of a year are of the year before it, unless they are said of a goal."""
        stated = m["year"] or m["short"] or m["word"] or self._context(m, None)
        if stated or not self.published or year != self.published.year or self.published.month > 6:
            return year, how
        named_before = self.last and self.last[4] and (self.last[0] or self.last[1]).year == year - 1
        over = self.text.endswith(("完成", "达成"), 0, m.start()) or named_before and self.text.endswith("预计", 0, m.start())
        future = _FUTURE.search(self.text, max(0, m.start() - 24), m.start()) or _GOAL_AFTER.match(self.text, m.end())
        if future and not over:
            return year, how
        if named_before or self.published.month <= 3:
            return year - 1, f"year before publication {self.published.isoformat()}, because it is reported as over"
        return year, how

    # ------------------------------------------------------------ months and days

    def _iso(self, m):
        year, *rest = map(int, re.split(r"[-/.]", m["iso"]))
        one = _day(year, *rest, "year, month and day")
        if not one or not m["iso2"]:
            return one
        end = [int(part) for part in re.split(r"[-/.]", m["iso2"])]
        two = _day(year + (end < rest), *end, "")
        return (one[0], two[0], "range", one[3]) if two and one[0] < two[0] else one

    def _month(self, m):
        month, day = small(m["month"]), m["day"] or m["day1"]
        if not 1 <= month <= 12:
            return None
        if day:
            number = small(day)
            if not 1 <= number <= 31:
                return None
            year, how = self._base(m, month, number)
            how = f"month and day; {how}"
            if year is None:
                return None, None, "day", how
            one = _day(year, month, number, how)
            if not one or not m["day2"]:
                return one
            two = _day(year, month, small(m["day2"]), how)
            if two and one[0] < two[0]:
                return one[0], two[0], "range", how
            return one[0], None, "range", f"{how}; its end is no later day of the month"
        part = _PARTS.get(m["decade"], (1, 31))
        year, how = self._base(m, month, part[0])
        how = f"month; {how}"
        if year is None:
            return None, None, "month", how
        last = min(part[1], monthrange(year, month)[1])
        how += f"; {m['decade']}: days {part[0]} to {last}" if m["decade"] else ""
        return datetime.date(year, month, part[0]), datetime.date(year, month, last), "month", how

    def _months(self, m):
        first, last = (1, small(m["months"])) if m["months"] else (small(m["month1"]), small(m["month2"]))
        if not 1 <= first < last <= 12:
            return None
        year, how = self._base(m, cumulative_end=(last, 1))
        return *_months_span(year, first, last), "range", f"months {first} to {last}; {how}"

    def _relative_month(self, m):
        word = m["relmonth"]
        anchor = self.published
        compared = word[0] == "上" and self.text[m.start() - 1 : m.start()] in ("比", "较")
        if word in ("当月", "同月", "次月"):
            anchor = self.last[0] or self.last[1] if self.last else None
        elif compared and self.period and self.period[2] == "month":
            anchor = self.period[0]  # 12月…, 比上月: the month before the one that is reported
        if anchor is None:
            return None, None, "month", f"{word}; no date to hang it on"
        year = self._base(m)[0] if m["word"] or m["year"] else anchor.year
        if year is None:
            return None, None, "month", f"{word}; no publication date"
        month = year * 12 + anchor.month - 1 + {"上": -1, "下": 1, "次": 1}.get(word[0], 0)
        first, last = _months_span(month // 12, month % 12 + 1, month % 12 + 1)
        how = f"{word}: by {anchor.isoformat()}"
        if m["relday"]:
            return _day(first.year, first.month, small(m["relday"]), how)
        part = _PARTS.get(m["reldecade"], (1, 31))
        return first.replace(day=part[0]), last.replace(day=min(part[1], last.day)), "month", how

    def _month_edge(self, m):
        if self.published is None:
            return None, None, "month", f"{m['monthedge']}; no publication date"
        part = _PARTS[m["monthedge"][1]]
        last = min(part[1], monthrange(self.published.year, self.published.month)[1])
        first, last = self.published.replace(day=part[0]), self.published.replace(day=last)
        return first, last, "month", f"{m['monthedge']}: of the month of publication"

    def _quarter(self, m):
        if m["quarters"]:
            count = small(re.search(r"(.)个?季", m["quarters"])[1])
            year, how = self._base(m, cumulative_end=(count * 3, 1))
            return *_months_span(year, 1, count * 3), "range", f"first {count} quarters; {how}"
        half = m["half"] or (m["coded"] or "").replace("H1", "上").replace("H2", "下")
        if half[:1] in ("上", "下"):
            first, size, name, end = 1 if half[0] == "上" else 7, 6, "half-year", m["halfend"]
        else:
            number = int(m["coded"][1]) if m["coded"] else 1 if m["quarter"] == "首" else small(m["quarter"])
            first, size, name, end = number * 3 - 2, 3, f"quarter {number}", m["quarterend"]
        last = first + size - 1
        year, how = self._base(m, last if end else first)
        if end:
            return *_months_span(year, last, last), "month", f"last month of the {name}; {how}"
        return *_months_span(year, first, last), "range" if size == 6 else "quarter", f"{name}; {how}"

    def _relative_quarter(self, m):
        if not self.published:
            return None, None, "quarter", f"{m[0]}; no publication date"
        anchor = self.published
        if self.period and self.period[2] == "quarter" and self.text[m.start() - 1 : m.start()] in ("比", "较"):
            anchor = self.period[0]  # 第四季…, 较上季: the quarter before the one that is reported
        number = anchor.year * 4 + (anchor.month - 1) // 3 + {"上": -1, "下": 1}.get(m["relquarter"], 0)
        first = number % 4 * 3 + 1
        if m["relend"]:
            return *_months_span(number // 4, first + 2, first + 2), "month", f"{m[0]}: by the publication date"
        return *_months_span(number // 4, first, first + 2), "quarter", f"{m[0]}: by the publication date"

    def _bare_day(self, m):
        number = small(m["bareday"])
        if not 1 <= number <= 31:
            return None
        anchor = self.last
        part_of_month = anchor and anchor[2] == "month" and not (anchor[0] or anchor[1]).day <= number <= anchor[1].day
        if anchor and anchor[2] in ("day", "month") and not part_of_month and "\n" not in self.text[anchor[3] : m.start()]:
            date, how = anchor[0] or anchor[1], "day of the month named before it"
            return self._from_day(m, _day(date.year, date.month, number, how))
        if not self.published:
            return None, None, "day", "day without a month; no publication date"
        month = self.published.year * 12 + self.published.month - 1 - (number > self.published.day)
        how = f"day; last such day before publication {self.published.isoformat()}"
        return self._from_day(m, _day(month // 12, month % 12 + 1, number, how))

    def _from_day(self, m, found):
        """3-5日: from the first day named to the one found."""
        if not found or not m["fromday"] or not 0 < small(m["fromday"]) < found[0].day:
            return found
        return found[0].replace(day=small(m["fromday"])), found[0], "range", found[3]

    def _day_word(self, m):
        word = m["dayword"]
        if word[0] in _DAYS:
            anchor, away, by = self.published, _DAYS[word[0]], "by the publication date"
        else:
            anchor, away, by = self.last_day, int(word[0] in "次翌隔"), "by the day named before it"
        if not anchor:
            return None, None, "day", f"{word}; no publication date" if word[0] in _DAYS else f"{word} without a day before it"
        date = anchor + datetime.timedelta(days=away)
        return date, date, "day", f"{word}: {by}"

    def _week(self, m):
        word = m["week"] or ""
        if not self.published:
            return None, None, "range" if word else "day", f"{m[0]}; no publication date"
        monday = self.published - datetime.timedelta(days=self.published.weekday() + {"上": 7, "下": -7}.get(word[:1], 0))
        how = f"{m[0]}: by the publication date"
        weekday = m["weekday"] or m["bareweekday"]
        if not weekday:
            return monday, monday + datetime.timedelta(days=6), "range", how
        day = monday + datetime.timedelta(days=min("一二三四五六日天".index(weekday), 6))
        if not word and day > self.published and not _FUTURE.search(self.text, max(0, m.start() - 24), m.start()):
            day -= datetime.timedelta(days=7)
        return day, day, "day", how

    # ------------------------------------------------------------ feasts, spans of years, and what has no calendar

    def _feast(self, m):
        if m["feast"] == "五一" and not m["holiday"] and m[0] == "五一":
            return None
        month, day, days = _FEASTS.get(m["feast"], (2, 10, 7))
        year, how = self._base(m, month, day)
        if m["feast"] == "春节":
            month, day = _SPRING.get(year, (0, 0))
        if not year or not month:
            return None, None, "range" if m["holiday"] else "day", how
        first = datetime.date(year, month, day)
        last = first + datetime.timedelta(days=days - 1 if m["holiday"] else 0)
        return first, last, "range" if m["holiday"] else "day", f"{m['feast']}; {how}"

    def _plan(self, m):
        first = _PLANS[m["plan"].strip('“”"')]
        if m["planend"]:
            year, which = (first + 4, "last") if m["planend"] == "末" else (first, "first")
            return *_months_span(year, 1, 12), "year", f"five-year plan, its {which} year"
        return _span(first, first + 4, "five-year plan")

    def _tens(self, m):
        first = 1900 + 10 * small(m["tens"])
        return _span(first, first + 9, "decade")

    def _back(self, m):
        count, unit = m["back"] or m["since1"], m["backunit"] or "年"
        months = (
            6
            if count == "半"
            else small(count) * next((size for name, size in (("年", 12), ("季", 3), ("月", 1)) if name in unit), 0)
        )
        days = small(count) * {"周": 7, "天": 1}.get(unit, 0)
        if not (months or days) or count == "半" and unit != "年" or unit == "月" and "个" not in m[0]:
            return None
        if not self.published:
            return None, None, "range", f"{m[0]}; no publication date"
        month = self.published.year * 12 + self.published.month - 1 - months
        day = min(self.published.day, monthrange(month // 12, month % 12 + 1)[1])
        first = datetime.date(month // 12, month % 12 + 1, day) - datetime.timedelta(days=days)
        return first, self.published, "range", f"counted back from publication {self.published.isoformat()}"

    def _pair(self, m):
        """今明两年, 2022、2023两年: two years that follow each other."""
        if m["pair"][0] == "2":
            first, last = int(m["pair"][:4]), int(m["pair"][-4:])
            return _span(first, last, "two years") if last == first + 1 else None
        if not self.published:
            return None, None, "range", f"{m['pair']}; no publication date"
        first = self.published.year - (m["pair"][0] == "去")
        return _span(first, first + 1, f"two years; by the year of publication {self.published.year}")

    def _ago(self, m):
        if not self.published or not small(m["ago"]):
            return None
        year = self.published.year - small(m["ago"])
        return *_months_span(year, 1, 12), "year", f"{m[0]}: by the year of publication {self.published.year}"

    def _vague(self, m):
        before = self.text[max(0, m.start() - 1) : m.start()]
        if before and before in _NOT_VAGUE_AFTER.get(m["vague"][0], "") or m["vague"] == "日前" and before.isdigit():
            return None
        return None, self.published, "vague", "vague; " + ("not after publication" if self.published else "no publication date")

    def _press(self, m):
        return (None, self.published, "vague", "going to press; not after publication") if m["until"] else None

    def _edge(self, m):
        if re.search(r"[\d一二三四五六七八九十百两几多数半周整当今学]$", self.text[max(0, m.start() - 1) : m.start()]):
            return None
        year, how = self._base(m)
        if m["edge"] in ("年末", "岁末") or m["until"]:
            year, how = self._reported(m, year, how)
        if year is None:
            return None, None, "range" if m["edge"] == "年内" else "month", how
        if m["edge"] == "年内":
            so_far = self.published and self.published.year == year and _SO_FAR.match(self.text, m.end())
            if so_far:
                return datetime.date(year, 1, 1), self.published, "range", "the year up to publication"
            return self._rest_of(year, how)
        month = {"年初": 1, "年中": 6}.get(m["edge"], 12)
        return *_months_span(year, month, month), "month", f"{m['edge']}: month {month}; {how}"

    def _event(self, m):
        if m["titled"]:
            return *_months_span(int(m["titled"]), 1, 12), "year", "year in the name of a review"
        after = self.text[m.end() : m.end() + 30]
        if _MEASURE.match(after) or not _EVENT_NAME.search(re.split(r"[,，。;；!?\n]", after)[0]):
            return None
        return *_months_span(int(m["event"]), 1, 12), "year", "year in the name of an event"


def _day(year, month, day, how):
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    return date, date, "day", how


def _months_span(year, first, last):
    """The first day of one month and the last day of another of a year."""
    if year is None:
        return None, None
    return datetime.date(year, first, 1), datetime.date(year, last, monthrange(year, last)[1])


def _span(first, last, how):
    return datetime.date(first, 1, 1), datetime.date(last, 12, 31), "range", how
