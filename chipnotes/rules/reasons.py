"""Why a numeral states no quantity: an ordered list of reasons, each with the test that tells it."""

import re
from typing import Any, NamedTuple

from chipnotes.rules.numerals import SCALES

LIST = re.compile(r"[ ]?(?:、|和|与|及|以及)[ ]?")  # 100、200和500万元
TO = re.compile(r"(?:\(不?含\))?[ ]?(?:-{1,2}|—{1,2}|–|~|～|至|到)[ ]?")  # 3-5个, 10%至15%
GRADE = re.compile("量?级")  # 百亿级: an order of magnitude
# What stands before a rank (居全国第2, 排名前三) and after it.
RANKED = re.compile(
    r"(?:居|列|排名?|名次|位次|位于|升至|升到|跃|稳居|蝉联|进入|跻身|保持|列入|占|由|从|连续\d+年|总量|增速)[^,，。;；\n]{0,12}\Z"
    r"|(?:全[国省市区县球]|世界|国内|[中东西]部|沿海|行业|同类)[^,，。;；\n]{0,6}\Z"
)
RANK_END = re.compile(r"[位名大强]?(?=[,，。;；、!?\n)”\"的和]|\Z)|[位名]|大")
CLAUSE_END = r"[,，。;；、\n]|\Z"
NO_VALUE = "no number: digits or numeral characters that give no value"
NO_MEASURE = "number without a unit or a word that measures: label"
JOINED = "label: digits joined to letters or signs"
IN_WORD = "numeral character in a word"

_LABEL_BEFORE = r"[A-Za-z][-_/.]?|双|[+#@=*×/\\]|[〔\[]|\d[-:.]"  # Type-C3, 双5, 1+12, 〔2023〕
_LABEL_AFTER = (
    r"[-+]?[A-Za-z]|[时点](?!间)|[+:/×](?=\d)|[〕\]]|号|级|代|期|型|线|强|版|届|纪|大会|对\d|\.\d|-\d"
)
_CODE = r"(?:电话|热线|传真|邮编|邮政编码|QQ|微信|代码|编号|ISBN|ISSN|许可证|备案|股票)[^,，。;；\n]{0,16}"
_STATES = r"(?:[为达至到是:：]|规模|总数|得分|指数|系数|排名|数量|PUE|PMI)值?"  # PUE值1.25
_ONE_MORE = r"(?:再添|新添|又添|增添|再增|新增|增加|仅|只有|仅有|唯一|共有?|减少)了?"  # 新增一家
# What lasts so long: 工期一年.
_LASTS = (
    "(?:工期|为期|历时|历经|期限|时限|有效期|任期|质保期?|保质期|保修|周期|存续期|建设期|试用期|用时|耗时|时长|需|需要"
    "|[只仅才][用需]|花了?|用了|延长|延期|缩短|提前|推迟|超期)(?:为|是|约|了)?"
)
_SPENT = "(?:[斥耗注融募筹集投出]资|总投资|豪掷|砸下?|狂揽|揽金)(?:超|近|约|了|达)?"  # 斥资百亿


class Number(NamedTuple):
    """A numeral with its tail, as the tests below see it."""

    match: re.Match
    found: Any  # amounts.Found: its range joined, its bound not yet
    word: str  # the numeral
    unit: str  # as it stands on the page
    before: str  # up to 24 characters
    after: str  # up to 8 characters behind the unit
    bound: str  # what a word of bound before it says, or ""
    more: bool  # is there 余, 多, 半, 以上 … in or after it?
    listed: bool  # does a list go on from it to a number with a unit: 100、200、500万元?
    counted: bool  # is the amount shortly before it of the same unit: 瞪羚企业两家,上市一家?

    @property
    def digits(self):
        return self.found.arabic

    @property
    def strong(self):
        return self.bound not in ("", "exact")

    @property
    def scales(self):
        """Scale characters alone: 百亿, 万; not 十, which is a number."""
        return self.word != "十" and set(self.word) <= set(SCALES)

    @property
    def one(self):
        return self.word == "一" and bool(self.unit)

    def behind(self, pattern):
        """Does a pattern end right before it?"""
        return re.search(rf"(?:{pattern})\Z", self.before)

    def ahead(self, pattern):
        """Does a pattern begin right after it?"""
        return re.match(pattern, self.after)


def _session(n):
    counted = n.behind("(?:连续|共|已|举办|举行)了?")
    meeting = n.behind(r"(?:届|人大|政协|党代会|全会|委员会)[^,，。;；\n]{0,6}")
    return n.unit == "届" and not counted or n.unit == "次" and meeting and n.ahead("会议|全会|全体")


def _quoted(n):
    marks = n.before.endswith(("“", '"', "“新", "双")) and n.after.startswith(("”", '"'))
    return marks and len(n.word) < 3 and n.found.family == "count" and n.unit


def _later(n):
    later = n.ahead("后(?![期续端备缀])") or n.behind("(?:未来|今后|接下来|此后|其后|随后|再过)的?")
    return n.unit in ("年", "个月") and not n.bound and not n.more and later


def _calendar(n):
    year = re.fullmatch(r"(?:19|20)\d\d|[一二][零〇一二三四五六七八九]{3}", n.word)
    return year and n.unit in ("年", "年度") and not (n.strong and n.word.endswith("00"))


def _one_counts(n):
    family = n.found.family
    if n.unit == "成" or family in ("times", "points") or n.strong or n.more:
        return True
    last = n.counted and n.ahead(CLAUSE_END) and not n.behind("[的这那每同某任另哪第]|(?:其中|之中)")
    return last or n.behind(_LASTS if family == "time" else _ONE_MORE) or n.behind(_ONE_MORE)


def _label_around(n):
    if n.found.unit and (
        n.found.scaled and n.before[-1:].isalpha() or n.found.family == "physical" and n.before.endswith("×")
    ):  # MCU1.1万片, 2毫米×3毫米
        return False
    return n.behind(_LABEL_BEFORE) and not TO.fullmatch(n.before[-1:] or "x")


def _label_after(n):
    bare = (not n.unit or n.unit == "对") and n.found.bound != "range"
    graded = n.found.scaled and n.ahead("量?级")
    return bare and not graded and re.match(_LABEL_AFTER, n.unit + n.after)


def _bare_digits(n):
    alone = n.before[-1:] in ("\n", "") and n.after[:1] in ("\n", "")
    stated = n.behind(_STATES) and not n.ahead(r"[^\W\d_]|[.、](?=[^\W\d_])")
    return not (n.found.unit or n.found.scaled or n.bound or n.more or alone or stated or n.listed)


def _plus(n):
    return n.digits and (
        n.before.endswith("再+") or n.before.endswith("+") and n.found.family in ("percent", "points")
    )


def _large(n):
    """Scale characters that count: 突破千亿, 百亿级, 百万元, 上百家, 斥资百亿."""
    large = len(n.word) > 1
    told = n.strong or n.more or n.ahead("量?级") or n.before[-1:] == "上" and n.unit
    told = told or large and (n.bound or n.found.family == "money" or n.behind(_SPENT))
    counted = (
        n.unit
        or n.ahead("量?级")
        or n.match["after"] in ("多", "余")
        or large
        and (n.bound or n.behind(_SPENT))
    )
    return told and counted


# Tried in order; the first test that holds decides, and the reason "" says that it is a quantity after all.
REASONS = [
    ("vague number (几, 数)", lambda n: not n.digits and (n.behind("几") or n.behind("数") and set(n.word) <= set(SCALES))),
    ("ordinal that names", _session),  # 十四届, 四次会议
    ("day or month that recurs", lambda n: n.unit in ("月", "日") and n.behind(r"每[月年]的?(?:\d{1,2}[月日]?[、和及])?")),
    ("name of a policy in quotation marks", _quoted),  # “双50条”
    ("name of a programme", lambda n: n.unit == "年" and n.ahead("行动|计划|规划|方案|攻坚")),
    ("time counted on from another", _later),  # 五年后, 未来三年
    ("year of the calendar", _calendar),
    ("day or month of a list of dates", lambda n: n.digits and not n.unit and n.ahead(r"[、和]\d{1,2}[月日]")),
    ("", lambda n: not n.digits and n.found.bound == "range" and (n.found.unit or n.found.scaled)),  # 三五家
    ("", lambda n: n.one and _one_counts(n)),
    ("一 with a measure word: indefinite article", lambda n: n.one),
    ("pronoun or name: numeral joined to a noun", lambda n: not n.digits and n.found.family == "noun" and not n.more and not n.strong),
    (IN_WORD, lambda n: not n.digits and n.found.family == "score" and not n.more),
    ("", lambda n: not n.digits and n.scales and _large(n)),
    ("round figure as a name, or numeral character in a word", lambda n: not n.digits and n.scales),
    ("二 with a measure word: ordinal or grade", lambda n: n.word == "二" and n.found.family == "count"),
    ("", lambda n: not n.digits and (n.unit or (n.match["scale"] or "").startswith("个"))),
    ("", lambda n: not n.digits and n.match["after"] in ("余", "出头") and n.word[-1] in SCALES),
    ("", lambda n: n.word[-1] in "万亿" and (n.strong or n.behind(_SPENT) or len(n.word) > 1 and n.ahead("量?级"))),
    ("", lambda n: re.fullmatch("[一二两三四五六七八九][百千万亿][一二三四五六七八九]", n.word) and n.ahead(CLAUSE_END)),  # 两万五
    ("number of a list item", lambda n: not n.digits and len(n.word) <= 2 and n.ahead("[是要、.]")),
    (IN_WORD, lambda n: not n.digits),
    ("", _plus),  # 再+1, +12.5%
    ("clock time or ratio", lambda n: n.ahead(r":\d") or n.behind(r"\d:")),
    (JOINED, _label_around),
    ("label: digits joined to letters, signs or a word of naming", _label_after),
    ("label: a year or number that names", lambda n: n.unit in ("款", "届", "期") and re.fullmatch(r"(?:19|20)\d\d", n.word)),
    ("telephone, postal or other code", lambda n: n.behind(_CODE)),
    (NO_MEASURE, _bare_digits),
]  # fmt: skip


def why_none(number):
    """The reason why a numeral states no quantity, or "" if it does."""
    return next((reason for reason, test in REASONS if test(number)), "")
