"""What only a reader can decide about seeds 003 and 004, proved as far as it can be."""

import re
import tomllib

import pytest

from chipnotes.clean import pinyin, simplify
from chipnotes.paths import EDITIONS, read_data

FULL_WIDTH = str.maketrans(",():?!;", "\uff0c\uff08\uff09\uff1a\uff1f\uff01\uff1b")
ASCII = {v: k for k, v in FULL_WIDTH.items()}
BRACKET = re.compile(r"([\u4e00-\u9fff])\(([^()]*)\)")


def edition(seed):
    return tomllib.loads((EDITIONS / f"{seed}.toml").read_text(encoding="utf-8"))


def external_facts():
    return read_data("external_facts.tsv").set_index("id")


# ---------------------------------------------------------------- 003: the injector


def inject(text, readings):
    """Put each character's pinyin after it, as the mirror's injector did: on GBK bytes, blind to character boundaries."""
    table = {c.encode("gbk"): c.encode("gbk") + f"({reading})".encode("gbk") for c, reading in readings.items()}
    anywhere = re.compile(b"|".join(map(re.escape, table)))
    return anywhere.sub(lambda match: table[match[0]], text.encode("gbk"))


def decode_pairs(data):
    """GBK bytes read in pairs as the mirror's server reads them: a pair that is no character becomes one question mark."""
    out, at = [], 0
    while at < len(data):
        step = 1 if data[at] < 0x80 else 2
        try:
            out.append(data[at : at + step].decode("gb18030"))
        except UnicodeDecodeError:
            out.append("?")
        at += step
    return "".join(out)


def injector_run(page):
    """A page of plain Traditional text through injector and crawl; &nbsp; is ASCII in the page's HTML, punctuation full-width."""
    readings = dict(m.groups() for m in BRACKET.finditer(page["damaged"]) if pinyin(m[0])) | {"準": "zhǔn"}
    plain = page["reading"].translate(FULL_WIDTH).replace("\xa0", "&nbsp;")
    return decode_pairs(inject(plain, readings)).replace("&nbsp;", "\xa0").translate(ASCII)


@pytest.fixture
def page_003(corpus):
    (repair,) = edition("003")["repair"]
    raw = corpus["003"].raw
    repaired = raw.replace(repair["raw"], repair["reading"])
    injected = {at for start, end in pinyin(repaired) for at in range(start, end)}
    reading = "".join(c for at, c in enumerate(repaired) if at not in injected)
    return {"damaged": raw, "reading": reading, "repair": repair}


def test_the_injector_run_on_the_reading_gives_the_seed(page_003):
    assert injector_run(page_003) == page_003["damaged"]


@pytest.mark.parametrize("wrong", ["式招商\uff0c圍繞", "式招引\uff0c围繞", "式招引圍繞", "式招引\u3001圍繞"])
def test_no_other_reading_gives_the_seed(page_003, wrong):
    page = page_003 | {"reading": page_003["reading"].replace(page_003["repair"]["reading"], wrong)}
    assert injector_run(page) != page_003["damaged"]


def test_the_injector_always_reads_a_character_it_reads_once(page_003):
    """The table that the proof uses is the page's own: each of its characters is injected each time it stands, and one way."""
    raw = page_003["damaged"]
    found = [m.groups() for m in BRACKET.finditer(raw) if pinyin(m[0])]
    assert len(found) == 223 and len(set(found)) == len({c for c, _ in found})
    for character in {c for c, _ in found}:
        assert page_003["reading"].count(character) == sum(c == character for c, _ in found)


def test_the_two_brackets_that_are_no_pinyin_survive(corpus):
    assert "澎芯半导体(常州)有限公司" in corpus["003"].text and "领先光学技术(江苏)有限公司" in corpus["003"].text
    assert len(re.findall(r"\(", corpus["003"].raw)) == 225


def test_the_text_of_the_repair_is_its_reading_simplified(page_003):
    repair = page_003["repair"]
    assert repair["text"] == simplify(repair["reading"]).translate(ASCII)


# ---------------------------------------------------------------- 004: the order


def pieces(corpus):
    lines = corpus["004"].raw.split("\n")
    for paragraph in edition("004")["paragraph"]:
        yield [(p["line"], lines[p["line"] - 1]) for p in paragraph["pieces"]]


def test_the_order_is_a_permutation_of_the_page(corpus):
    """Each piece of the page is used once: nothing but spaces and the listed drops is left over (read_edition checks each
    character), and the text has as many of each character as the lines it is made of."""
    document = corpus["004"]
    apparatus = document.apparatus
    left = "".join(document.raw[r.start : r.end] for r in apparatus[apparatus.action == "drop"].itertuples())
    left = re.sub(r"\s", "", left)
    assert sorted(left) == sorted("技有限,位于荣昌公司的" + "仓出" + ">>>" + "■" * 6 + "□" * 2 + "*" * 8)
    joined = sorted(re.sub(r"\s", "", document.text))
    kept = sorted(re.sub(r"[\s■□*>]", "", document.raw.replace("技有限 ,位于荣昌 公司的", "").replace("仓出", "").replace("'", '"')))
    assert joined == kept


def test_only_the_first_article_is_out_of_order(corpus):
    order = [number for paragraph in pieces(corpus) for number, _ in paragraph]
    first = [n for n in order if n <= 85]
    assert first != sorted(first)
    assert order[len(first) :] == sorted(order[len(first) :])


# Each join of two pieces, as a reader hears it: the words on both sides of the seam, in the order of the article.
JOINS = """
等六大重点合作事项,努力提升成渝地区
已有近50家川渝地区汽车产业企业
在该平台上发布供需信息
川渝两地经信部门
工作专班,落实专人专责
具体工作任务,解决产业发展过程
集中各类资源要素
汽车产业协同发展。
川渝两地同样有"大动作"。
成渝地区电子信息产业政府部门
举行深化合作峰会
将共建成渝电子信息产业经济走廊
世界级电子信息产业高端研发制造基地
关联程度较高、互补性较强
发展的基础和条件。"四川省经济和信息化厅
为支撑的电子信息产业生态圈
两地制造业协同发展的支撑点
集群关联程度较高
联合微电子中心与电子科技大学
享受国务院政府特殊津贴
科技活动专家服务
创新中心等话题展开对话。
不但联合成都高新区
2所国际医院;区域协同联动发展
协同发展出台政策2-3项
60余家单位
""".split()


def test_hand_picked_joins_occur_in_order(corpus):
    text, at = corpus["004"].text, 0
    for join in JOINS:
        assert join in text[at:], f"{join} does not follow what stands before it"
        at = text.index(join, at)


def test_every_seam_is_among_the_hand_picked_joins(corpus):
    seams = 0
    for paragraph in pieces(corpus):
        for (_, before), (_, after) in zip(paragraph, paragraph[1:], strict=False):
            tail, head = (re.sub(r"[\s■□*]", "", part) for part in (before, after))
            seam = [join for join in JOINS if any(tail.endswith(join[:k]) and (head.startswith(join[k:]) or join[k:].startswith(head)) for k in range(1, len(join)))]
            assert seam, f"no hand-picked join for …{tail[-6:]}|{head[:6]}…"
            seams += 1
    assert seams == sum(len(p["pieces"]) - 1 for p in edition("004")["paragraph"])


def test_nothing_is_joined_that_does_not_read_on(corpus):
    """A paragraph of running text ends a sentence, or its lost line end is a lacuna of the edition."""
    document = corpus["004"]
    lost = {document.raw.split("\n")[entry["line"] - 1].replace(" ", "")[-4:] for entry in edition("004")["lacuna"]}
    bodies = document.paragraphs.query("role == 'body'")
    open_ended = [document.text[p.start : p.end] for p in bodies.itertuples() if not re.search(r'[。]["”]?$', document.text[p.start : p.end])]
    assert len(open_ended) == len(lost) == 5
    assert {text[-4:] for text in open_ended} == lost


# ---------------------------------------------------------------- 004: lacunae and drops are notes


def test_lacunae_are_notes_with_their_evidence_and_never_text(corpus):
    document, facts = corpus["004"], external_facts()
    notes = document.apparatus[document.apparatus.note.str.startswith("lacuna")].note.tolist()
    assert len(notes) == 5
    supplied = dict(re.findall(r"another copy has (\S+) \((x\d+)\)", " ".join(notes)))
    assert supplied == {facts.statement[x]: x for x in ("x21", "x22", "x23")}
    for note, words in (("迅速实现", "供需配套"), ("对项目", "进行资助"), ("奠定了", "坚实基础")):
        assert any(note in n for n in notes)
        assert note + words not in document.text
    assert "〔" not in document.text


def test_the_emendation_closes_the_only_open_quotation(corpus):
    document = corpus["004"]
    for paragraph in document.paragraphs.itertuples():
        assert document.text[paragraph.start : paragraph.end].count('"') % 2 == 0
    assert "'" not in document.text and document.raw.count("'") == 1


def test_caption_debris_is_dropped_with_its_note(corpus):
    apparatus = corpus["004"].apparatus.query("rule == 'debris'")
    raw = corpus["004"].raw
    assert [raw[r.start : r.end] for r in apparatus.itertuples()] == ["技有限 ,位于荣昌 公司的", "仓出"]
    assert all(apparatus.note)
    assert "x24" in apparatus.note.iloc[0] and "弘耀" in external_facts().statement["x24"]
