"""Who and what the pages name: each mention of an actor, under one canonical name."""

import functools
import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

import ahocorasick

from chipnotes.corpus import documents
from chipnotes.paths import read_data
from chipnotes.text import frame, tokens


class Mention(NamedTuple):
    start: int
    end: int
    name: str
    type: str
    region: str
    source: str
    office: str = ""


# Full and half width, curly and straight are one when names are looked for; each character stays one character.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(a): b for group, b in (("“”„", '"'), ("‘’", "'"), ("•・‧∙", "·"), ("\u3000\xa0", " ")) for a in group}


def actors(corpus, lexicon=True, hmm=False):
    """One row a mention of an actor; mentions do not overlap, the longest name wins.

    Columns: seed (id of the document), start and end (offsets in `doc.text`), surface (the mention), name (canonical, Chinese),
    en (its English in the glossary, '' if it has none), type (government association company university institute platform park
    fund media person place document), office (of a person, as the page states it, '' if it does not), region (四川 重庆 川渝
    上海 常州 国家 other: by name, office or seat on the page; 川渝 also for 成渝, which is another name with another meaning),
    source (gazetteer: listed in `data/gazetteer.tsv`; rule: found by its last word, its brackets 《》 or its office).

    A bare name that several regions share (经信委) is the body of the region named last before it. 两地, 双方, 我市, 该平台 are
    no mentions. A firm's presence in a place is no seat: its region is then `other`. A name that is not listed begins and ends at
    the edges of words; `lexicon` and `hmm` choose these as in `chipnotes.text.words`.
    """
    english = _english()
    rows = []
    for doc in documents(corpus):
        for m in _mentions(doc.text, lexicon, hmm):
            surface = doc.text[m.start : m.end]
            rows.append((doc.id, m.start, m.end, surface, m.name, english.get(m.name, ""), m.type, m.office, m.region, m.source))
    texts = ("surface", "name", "en", "type", "office", "region", "source")
    return frame(rows, {"seed": "str", "start": int, "end": int} | dict.fromkeys(texts, "str"))


def _mentions(text, lexicon=True, hmm=False):
    text = text.translate(_FOLD)
    starts, at = [], 0
    for token in tokens(text, lexicon, hmm):
        starts.append(at)
        at += len(token)
    starts.append(at)
    known = _known(text, starts)
    chosen = _longest(known, [*_by_suffix(text, starts, known), *_titles(text)])
    persons = _persons(text, chosen)
    return sorted(m for m in [*chosen, *persons] if m.type != "none")


def _longest(known, ruled):
    """The leftmost and longest of the listed names and of those found by rule. A rule must not cut a listed name in two, nor
    hold two listed bodies, nor put words before a listed name."""
    rows, _ = _gazetteer()
    kept, first = [], 0
    for rule in sorted(ruled):
        while first < len(known) and known[first].end <= rule.start:
            first += 1
        near = [m for m in known[first : bisect_left(known, (rule.end,))] if m.end > rule.start]
        bodies = [m for m in near if m.type != "place" and m.name in rows]
        whole = all(rule.start <= m.start and m.end <= rule.end for m in near)
        if rule[:2] not in [m[:2] for m in near] and (rule.type == "document" or whole and len(bodies) < 2):
            if rule.type == "document" or not any(m.end == rule.end for m in bodies):
                kept.append(rule)
    chosen, last = [], 0
    for m in sorted([*known, *kept], key=lambda m: (m.start, -m.end)):
        if m.start >= last:
            chosen.append(m)
            last = m.end
    return chosen


# ---------------------------------------------------------------- names that are listed


@functools.cache
def _english():
    return dict(read_data("glossary.tsv")[["zh", "en"]].itertuples(index=False))


@functools.cache
def _gazetteer():
    """The rows of the gazetteer by name, and the automaton of their forms: form -> (form, [(how, name), …])."""
    rows = {row.name: row for row in read_data("gazetteer.tsv").itertuples(index=False)}
    forms = {}
    for name, row in rows.items():
        # Persons share names: one is only found by the office that the page gives.
        if row.type != "person":
            for how, cell in (("alias", f"{name}|{row.aliases}"), ("short", row.short), ("bare", row.bare)):
                for form in filter(None, cell.split("|")):
                    forms.setdefault(form.translate(_FOLD), []).append((how, name))
    automaton = ahocorasick.Automaton()
    for form, uses in forms.items():
        automaton.add_word(form, (form, uses))
    automaton.make_automaton()
    return rows, automaton


def _known(text, starts):
    """Mentions of listed names: leftmost, longest, a short form only after a long one of the same actor; `starts` are the edges
    of the tokens."""
    rows, automaton = _gazetteer()
    edges = set(starts)
    hits = [(end + 1 - len(form), end + 1, form, uses) for end, (form, uses) in automaton.iter(text)]
    mentions, seen, named_last = [], set(), {}
    for start, end, form, uses in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if mentions and start < mentions[-1].end or not _is_whole(text, start, end, edges):
            continue
        names = [name for how, name in uses if how == "alias" or how == "short" and name in seen]
        bare = [name for how, name in uses if how == "bare"]
        if bare and not names:
            if mentions and mentions[-1].end == start and mentions[-1].type == "place":
                # 广东省经信委 is the body of Guangdong or none that is listed.
                names = [name for name in bare if rows[name].region == mentions[-1].region]
                if not names:
                    continue
                start = mentions.pop().start
            elif not _begins_here(text, start, starts):
                continue
            else:
                # The region named last decides; without one the name stays as it is written.
                names = sorted((n for n in bare if rows[n].region in named_last), key=lambda n: named_last[rows[n].region])[-1:]
        if names:
            seen.add(names[0])
            mention = Mention(start, end, names[0], rows[names[0]].type, rows[names[0]].region, "gazetteer")
        elif bare:
            mention = Mention(start, end, form, rows[bare[0]].type, "other", "gazetteer")
        else:
            continue
        if mention.type in ("place", "government", "park"):
            named_last[mention.region] = start
        mentions.append(mention)
    return mentions


def _begins_here(text, start, starts):
    """Does a bare name begin here, or is it the end of a longer one: 市经信委 and 经信委 in 云澜市经信委?"""
    before = text[starts[max(0, bisect_left(starts, start) - 1)] : start]
    if text[start] in "省市":
        return not before or before in _BEFORE or not before[-1].isalnum()
    return not before.endswith(tuple("省市区县州"))


def _is_whole(text, start, end, edges):
    """Two or three characters must be whole tokens (no 华为 in 中华为何), Latin letters a whole word."""
    if _LATIN.fullmatch(text[max(0, start - 1) : start + 1]) or _LATIN.fullmatch(text[end - 1 : end + 1]):
        return False
    return end - start > 3 or start in edges and end in edges


_LATIN = re.compile(r"[A-Za-z0-9]{2}")


# ---------------------------------------------------------------- names that are not listed

# Last word: its type, and whether the name must begin with a place (or 国家, 中国, 省, 市 …) to be one.
_SUFFIXES = {
    **dict.fromkeys(("股份有限公司", "有限责任公司", "集团有限公司", "有限公司"), ("company", False)),
    **dict.fromkeys(("公司", "集团"), ("company", True)),
    **dict.fromkeys(("协会", "商会", "学会", "联盟"), ("association", False)),
    **dict.fromkeys(("大学", "职业技术学院"), ("university", False)),
    "学院": ("university", True),
    **dict.fromkeys(("研究院", "研究所", "实验室"), ("institute", False)),
    **dict.fromkeys(("医院", "研究中心"), ("institute", True)),
    "创新中心": ("platform", True),
    **dict.fromkeys(("局", "厅", "委员会", "管委会", "人民政府", "政府", "办公室", "服务中心"), ("government", True)),
    **dict.fromkeys(("经信委", "经信局", "发改委", "国资委", "科委", "工信局"), ("government", True)),
    **dict.fromkeys(("产业园区", "产业园", "科技园"), ("park", False)),
    **dict.fromkeys(("开发区", "高新区", "经开区", "保税区", "新片区", "新区", "科学城", "科技城"), ("park", True)),
}
_SUFFIX = re.compile(
    rf"(?:(?<![格布结全大时棋破开残僵])局|(?<![客餐展歌舞大])厅|{'|'.join(sorted(set(_SUFFIXES) - {'局', '厅'}, key=len, reverse=True))})"
    r"(?!部门|机构|采购|引导|补贴|特殊|工作报告|生|军|面|限|势)"
)
_BEGINNING = re.compile(r"国家|中国|中共|[\u4e00-\u9fff]{0,4}?(?<!地)[省市区县州](?![场域级直])")
# 和 and 与 within a name join no two bodies.
_JOINT = re.compile(
    r"(?:(?:经济|工业)和(?=信息)|发展和(?=改革)|文化和(?=旅游)|住房和(?=城乡)|人力资源和(?=社会)|规划和(?=自然)|科技和(?=人才)"
    r"|教育和(?=体育)|农业和(?=农村)|卫生和(?=健康)|[与和](?=[^,。;、\s与和]{2,10}(?:重点|联合|工程)实验室))"
)
# Words that come before a name and are no part of it.
_BEFORE = frozenset(
    "和 与 及 以及 暨 同 在 于 由 对 向 从 到 为 是 的 了 着 等 将 会 据 经 被 把 让 使 就 以 按 按照 根据 随着 也 又 还 并 且 而 但 则 即 其 该 本 各 某 "
    "这 那 其中 分别 先后 同时 共同 联合 携手 通过 包括 依托 支持 推动 推进 成立 组建 建设 设立 建立 共建 新设 建成 拥有 入选 获批 举行 举办 召开 获 获得 签约 "
    "签订 签署 走访 考察 调研 参观 前往 来到 走进 来自 位于 落户 入驻 引进 邀请 委托 授权 批准 认定 公布 发布 印发 出台 披露 表示 介绍 指出 称 说 牵头 "
    "组织 参与 参加 出席 会同 联手 对接 促进 鼓励 加快 打造 实现 合作 作为 成为 属于 隶属 旗下 以来 近日 日前 目前 当天 今天 昨天 今年 去年 一家 两家 多家 几家 "
    "首家 一批 一个 一所 本地 当地 我市 我省 我区 全国 全省 全市 全球 国内 国外 国际 相关 有关 部分 众多 许多 各地 企业 公司 单位 园区 机构 代表 负责人 主要 "
    "副 任 兼 原 设有 新增 新建 拓展 筹建 深入 赴 围绕 关于 针对 面向 此外 另外 例如 比如 如 像 收购 投资 控股 采购 超过 突破 进入 离开 会上 下一步 已 已经 正 正在 也是 都 均".split()
)
# What stands before a last word when it names a kind and no one.
_KINDS = re.compile(
    r"(?:行业|产业|两地|龙头|国家级?|[省市]级|国家重点|[省市]?重点|专业|工程|联合|创新|战略|知名|上市|科技型|分|子|总|母|现代|工业|先进|示范|公共|社会|民营"
    r"|国有|外资|合资|职业|综合|新型|高新技术|经济技术|特色|集成电路|微电子|半导体|技术|高等|双一流)*"
)


def _by_suffix(text, starts, known):
    """Mentions of names that end as those of organisations do; `starts` are the token edges."""
    body_ends = {m.end for m in known if m.type in ("association", "company", "government")}
    regional = [m for m in known if m.type in ("place", "park", "university")]
    joints = {m.end() - 1 for m in _JOINT.finditer(text)}
    edges = set(starts)
    found, first = [], 0
    for match in _SUFFIX.finditer(text):
        type, needs_place = _SUFFIXES[match[0]]
        last = match.start()
        if match.end() not in edges:
            continue  # 副局长, 大学生
        start = _first_token(text, last, starts, joints, body_ends)
        while first < len(regional) and regional[first].end <= start:
            first += 1
        near = (m for m in regional[first : first + 8] if start <= m.start and m.end <= last)
        place = next((m for m in near if "(" not in text[start : m.start]), None)
        if place and not text.startswith(("国家", "中国", "中共"), start) and last - place.end >= 2:
            start = place.start
        begun = place.end if place and place.start == start else start
        core = text[begun:last]
        if needs_place and begun == start and not _BEGINNING.match(text, start) or _OFFICE.search(text, start, last):
            continue
        kind_only = _KINDS.fullmatch(core) and (
            begun == start or type == "institute" or not core and type in ("company", "association")
        )
        if last - start < 2 or kind_only:
            continue
        region = place.region if place else "国家" if text.startswith(("国家", "中国"), start) else "other"
        found.append(Mention(start, match.end(), text[start : match.end()], type, region, "rule"))
        if type in ("association", "company", "government"):
            body_ends.add(match.end())
    return found


def _first_token(text, last, starts, joints, body_ends):
    """Where a name begins whose last word begins at `last`: from there to the left, token by token, at most 30 characters."""
    left = last
    i = bisect_right(starts, last) - 1
    if i >= 0 and starts[i] == last:
        i -= 1
    while i >= 0 and last - starts[i] <= 30 and left not in body_ends:
        token = text[starts[i] : left]
        if token == ")":
            opening = text.rfind("(", max(0, left - 12), left)
            if opening < 0 or not text[opening + 1 : left - 1].isalnum():
                break
            i = bisect_right(starts, opening) - 1
        elif starts[i] not in joints and (token in _BEFORE or not re.fullmatch(r"[\w·&-]+", token)):
            break
        left = starts[i]
        i -= 1
    return left


_TITLE = re.compile(
    r'(?<=《)[^《》\n]{2,120}(?=》)|(?<=")[^"\n]{6,60}(?:办法|方案|计划|规划|协议|意见|条例|通知|措施|纲要|细则)(?=")'
)


def _titles(text):
    """Mentions of papers: what stands in 《》, and what stands in quotation marks and ends as a regulation does."""
    return [Mention(*m.span(), m[0], "document", "other", "rule") for m in _TITLE.finditer(text)]


# ---------------------------------------------------------------- persons

_OFFICE = re.compile(
    r"(?:[省市区县]委|党委|党组|党工委|管委会|本报|本网|本刊|常务|执行|首席|高级|[一二三四]级)*副?"
    r"(?:书记|省长|市长|区长|县长|部长|司长|厅长|局长|处长|主任|主席|院长|校长|所长|会长|理事长|秘书长|董事长|总经理|总裁|总监|总工程师|巡视员|调研员"
    r"|创始人|教授|院士|研究员|工程师|科学家|分析师|记者|通讯员)"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江"
    "尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤于阎颜梅盛童季葛庞邢倪纪裴祝阮柴鲍卓褚冉游穆娄岳皮恽宁牛凌耿祁霍尚甘柯柳简蓝费温欧俞翁包翟乔"
    "章施左詹骆舒焦巩管解卜伍闵席屈项成樊蒲明齐关符车"
)
_FAMILY = rf"(?:欧阳|司马|上官|诸葛|司徒|皇甫|尉迟|[{_SURNAMES}])"
# The shorter name first: 刘忠等 is 刘忠 and 等. What may follow a name parts it from the text.
_NAME = re.compile(
    rf"{_FAMILY}[\u4e00-\u9fff]{{1,2}}?(?=$|[\s,。;:、()!?\"'《》/]|[说等也在与和率]|表示|指出|认为|介绍|强调|透露|告诉|坦言|直言|一行|出席|参加|走访|调研|考察|带队"
    r"|深入|来到|前往|率队|先后|检查|督导|实地|要求|详细|听取|讲话|见证|主持|致辞|做客|接受|受访|会见|宣布|宣读|分析|教授|院士|博士|先生|女士|同志|整理|摄|代表|陪同|作|向记者|对记者|就此)"
)
_NO_NAMES = re.compile(
    r"于[近日今]|向[大记全]|任[何期务]|成[为立]|高[度级]|明[年确]|关于|方面|何[时]|解[决读]|万[元亿]|季度|尚[未]"
)


def _persons(text, others):
    """Mentions of persons: after an office, and from there on the same name without one."""
    rows, _ = _gazetteer()
    organisations = {m.end: m for m in others if m.type != "document"}
    taken = {m.start for m in others}
    found, stated = {}, {}
    for match in _OFFICE.finditer(text):
        names = re.compile(r"[ \u2003]?").match(text, match.end()).end()
        many = match[0].endswith(("记者", "通讯员"))
        while (name := _NAME.match(text, names)) and not _NO_NAMES.match(name[0]) and name.start() not in taken:
            first, organisation = _office(text, match, organisations)
            office, region = text[first : match.end()], organisation.region if organisation else ""
            stated.setdefault(name[0], (office, region))
            found[name.start()] = (name.end(), name[0], office, region)
            names = name.end() + 1
            if not many or text[name.end() : names] not in (" ", "、"):
                break
    if stated:
        for name in re.finditer("|".join(sorted(map(re.escape, stated), key=len, reverse=True)), text):
            before = bisect_right(others, (name.end(),)) - 1
            if name.start() not in found and (before < 0 or others[before].end <= name.start()):
                found[name.start()] = (name.end(), name[0], *stated[name[0]])
    persons = []
    for start, (end, name, office, region) in found.items():
        # Another bearer of a listed name holds another office.
        row = rows.get(name)
        listed = row if row and row.type == "person" and any(word in office for word in row.aliases.split("|")) else None
        region = region or (listed.region if listed else "other")
        persons.append(Mention(start, end, name, "person", region, "gazetteer" if listed else "rule", office))
    return persons


def _office(text, match, organisations):
    """Where the offices of a person begin, the last of which is `match`, and the organisation of the first of them."""
    first, last, organisation = *match.span(), None
    while True:
        # 上海市委 is listed and 市委书记 an office: the body may end inside the office.
        body = next((organisations[end] for end in range(first, last) if end in organisations), None)
        if body:
            first, organisation = body.start, body
        earlier = [m for m in _OFFICE.finditer(text, max(0, first - 12), first - 1) if m.end() == first - 1]
        # 某协会会长、某公司总经理周某 holds both offices.
        if not earlier or text[first - 1] != "、":
            return first, organisation
        first, last = earlier[0].span()
