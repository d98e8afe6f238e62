"""Editions: refused where they do not fit their page; those of the seeds proved as far as they can be."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import PAGE, problems, write, write_edition

from chipnotes.files import SEEDS, read_tsv
from chipnotes.pages.corpus import load
from chipnotes.pages.marks import pinyin, simplify
from chipnotes.pages.seeds import SeedError

FULL_WIDTH = str.maketrans(",():?!;", "\uff0c\uff08\uff09\uff1a\uff1f\uff01\uff1b")
ASCII = {v: k for k, v in FULL_WIDTH.items()}
BRACKET = re.compile(r"([\u4e00-\u9fff])\(([^()]*)\)")


def edition(seed):
    return tomllib.loads((SEEDS / "editions" / f"{seed}.toml").read_text(encoding="utf-8"))


def external_facts():
    return read_tsv(SEEDS / "ledgers" / "external_facts.tsv").set_index("id")


# ---------------------------------------------------------------- 003: the injector


def inject(text, readings):
    """Put each character's pinyin after it as the injector did: on GBK bytes, blind to their borders."""
    table = {
        c.encode("gbk"): c.encode("gbk") + f"({reading})".encode("gbk") for c, reading in readings.items()
    }
    anywhere = re.compile(b"|".join(map(re.escape, table)))
    return anywhere.sub(lambda match: table[match[0]], text.encode("gbk"))


def decode_pairs(data):
    """GBK bytes read in pairs as the mirror's server reads them: a pair that is no character becomes a ?."""
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
    """A page of plain text through injector and crawl; &nbsp; is ASCII in its HTML, commas full-width."""
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
    """The table that the proof uses is the page's own: each character is injected wherever it is, one way."""
    raw = page_003["damaged"]
    found = [m.groups() for m in BRACKET.finditer(raw) if pinyin(m[0])]
    assert len(found) == 223 and len(set(found)) == len({c for c, _ in found})
    for character in {c for c, _ in found}:
        assert page_003["reading"].count(character) == sum(c == character for c, _ in found)


def test_the_two_brackets_that_are_no_pinyin_survive(corpus):
    assert (
        "澎芯半导体(常州)有限公司" in corpus["003"].text
        and "领先光学技术(江苏)有限公司" in corpus["003"].text
    )
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
    """Each piece of the page is used once: only spaces and listed drops are left (read_edition checks each
    character), and the text has as many of each character as the lines it is made of."""
    document = corpus["004"]
    apparatus = document.apparatus
    left = "".join(document.raw[r.start : r.end] for r in apparatus[apparatus.action == "drop"].itertuples())
    left = re.sub(r"\s", "", left)
    assert sorted(left) == sorted("技有限,位于荣昌公司的" + "仓出" + ">>>" + "■" * 6 + "□" * 2 + "*" * 8)
    joined = sorted(re.sub(r"\s", "", document.text))
    kept = sorted(
        re.sub(
            r"[\s■□*>]",
            "",
            document.raw.replace("技有限 ,位于荣昌 公司的", "").replace("仓出", "").replace("'", '"'),
        )
    )
    assert joined == kept


def test_only_the_first_article_is_out_of_order(corpus):
    order = [number for paragraph in pieces(corpus) for number, _ in paragraph]
    first = [n for n in order if n <= 85]
    assert first != sorted(first)
    assert order[len(first) :] == sorted(order[len(first) :])


# Each join of two pieces, as a reader hears it: the words on both sides of it, in the article's order.
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
            seam = [
                join
                for join in JOINS
                if any(
                    tail.endswith(join[:k]) and (head.startswith(join[k:]) or join[k:].startswith(head))
                    for k in range(1, len(join))
                )
            ]
            assert seam, f"no hand-picked join for …{tail[-6:]}|{head[:6]}…"
            seams += 1
    assert seams == sum(len(p["pieces"]) - 1 for p in edition("004")["paragraph"])


def test_nothing_is_joined_that_does_not_read_on(corpus):
    """A paragraph of running text ends a sentence, or its lost line end is a lacuna of the edition."""
    document = corpus["004"]
    lost = {
        document.raw.split("\n")[entry["line"] - 1].replace(" ", "")[-4:]
        for entry in edition("004")["lacuna"]
    }
    bodies = document.paragraphs.query("role == 'body'")
    open_ended = [
        document.text[p.start : p.end]
        for p in bodies.itertuples()
        if not re.search(r'[。]["”]?$', document.text[p.start : p.end])
    ]
    assert len(open_ended) == len(lost) == 5
    assert {text[-4:] for text in open_ended} == lost


# ---------------------------------------------------------------- 004: lacunae and drops are notes


def test_lacunae_are_notes_with_their_evidence_and_never_text(corpus):
    document, facts = corpus["004"], external_facts()
    notes = document.apparatus[document.apparatus.note.str.startswith("lacuna")].note.tolist()
    assert len(notes) == 5
    supplied = dict(re.findall(r"another copy has (\S+) \((?:outside fact )?(x\d+)\)", " ".join(notes)))
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


# ---------------------------------------------------------------- editions of one's own


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_folder_may_bring_its_own_edition(tmp_path, end):
    """Which counts lines by whatever ends them."""
    write(tmp_path, "page.txt", f"第二段在前,应当排在后面。{end}第一段在后,应当排在前面。{end}")
    entry = '[[paragraph]]\narticle = 1\nrole = "body"\npieces = [{{ line = {} }}]\n'
    write_edition(tmp_path, entry.format(2) + entry.format(1))
    assert load(tmp_path)["page"].text == "第一段在后,应当排在前面。\n第二段在前,应当排在后面。\n"


SPACE = "[[space]]\nline = {}\nto = '{} '\n"
BODY = "[[paragraph]]\narticle = 1\nrole = 'body'\npieces = [{ line = 1 }, { line = 2 }]\n"


@pytest.mark.parametrize(
    ("page", "space", "left"),
    [
        ("平台支持Chip\nSuite工具。\n", "", "平台支持Chip Suite工具。\n"),
        ("平台支持Chip \n Suite工具。\n", "", "平台支持Chip Suite工具。\n"),
        ("平台支持Chip \nSuite工具。\n", SPACE.format(1, "Chip"), "平台支持Chip Suite工具。\n"),
        ("发布平台 \n支持工具。\n", "", "发布平台支持工具。\n"),
        ("发布平台 \n支持工具。\n", SPACE.format(1, "平台"), "发布平台 支持工具。\n"),
        ("发布 平台\n支持工具。\n", SPACE.format(1, "发布"), "发布 平台支持工具。\n"),
        ("发布平台\n支持工具。 \n", SPACE.format(2, "。"), "发布平台支持工具。\n"),
    ],
)
def test_an_edition_joins_lines_with_the_spaces_that_it_keeps(tmp_path, page, space, left):
    """A line end between Latin words is a space; the apparatus keeps just what the text has."""
    write(tmp_path, "page.txt", page)
    write_edition(tmp_path, space + BODY)
    document = load(tmp_path)["page"]
    assert document.text == left
    kept = document.apparatus[document.apparatus.action != "drop"]
    assert (kept.end - kept.start).sum() == len(document.text)


PIECES = "[[paragraph]]\narticle = 1\nrole = 'body'\npieces = {}\n"
REPAIR = "[[repair]]\nraw = '{}'\ntext = '{}'\nplaces = {}\nrule = 'repair'\nnote = ''\n"


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        (PIECES.format("[{ line = 99 }]"), "paragraph 1: the page has no line 99; it has 6. Mend"),
        (
            PIECES.format("[{ line = 1 }]").replace("body", "poem"),
            "Invalid enum value 'poem' - at `$.role`. Mend",
        ),
        (PIECES.format("[{ line = 1 }]").replace("= 1\n", "= 0\n"), "Expected `int` >= 1 - at `$.article`"),
        (PIECES.format("[{ line = 1, from = '没有' }]"), "line 1 does not hold '没有' just once"),
        (PIECES.format("[{ line = 1, from = '新政', to = '芯片' }]"), "`to` stand before the words `from`"),
        (PIECES.format("[{ line = 1 }, { line = 1 }]"), "'芯' in line 1 of the page is used twice"),
        (PIECES.format("[{ line = 1 }]"), "line 2 of the page has no place"),
        ("[[paragraph]]\narticle = 1\nrole = 'body'\n", "Object missing required field `pieces`"),
        # A misspelt key must not be passed over: the whole line would be taken.
        (
            PIECES.format("[{ line = 1, frm = '产业' }]"),
            "Object contains unknown field `frm` - at `$.pieces[0]`",
        ),
        (
            PIECES.format("[{ line = 1, t0 = '产业' }]"),
            "Object contains unknown field `t0` - at `$.pieces[0]`",
        ),
        (PIECES.format("[{ line = 1 }]") + "rolle = 'box'\n", "Object contains unknown field `rolle`"),
        (REPAIR.format("没有", "x", "[0]"), "repair 1: '没有' does not stand just once in the page"),
        (REPAIR.format("来源:某网", "xy", "[0]"), "in order"),
        (REPAIR.format("来源:某网", "xy", "[1, 0]"), "in order"),
        (REPAIR.format("来源:某网", "xy", "[0, 9]"), "in order"),
        (REPAIR.format("来源:某网", "xy", "[0, 0]"), "in order"),
        (REPAIR.format("来源:某网", "", "[]"), "in order"),
        ("[[drop]]\nline = 1\nrule = 'whim'\n", "Invalid enum value 'whim'"),
        (
            "[[drop]]\nline = 1\nrule = 'tail'\n",
            "has no place. Give each piece of the page one place, in a [[paragraph]]",
        ),
        (SPACE.format(1, "芯片").replace(" '", "'"), "do not end in a space of the page"),
        ("[[lacuna]]\nline = 1\n", "Object missing required field `note`"),
        ("[[lakuna]]\nline = 1\n", "lakuna: no such entry. Write repair, lacuna, space, paragraph, drop"),
        ("repair = 3\n", "repair 1: Expected `object`, got `int`"),
        ("repair = [3]\n", "repair 1: Expected `object`, got `int`"),
    ],
)
def test_an_edition_that_does_not_fit_is_named_with_its_fault(tmp_path, toml, words):
    write(tmp_path, "page.txt", PAGE)
    write_edition(tmp_path, toml)
    found = problems(tmp_path)
    assert any(p.startswith("editions/page.toml: ") and words in p for p in found), found


def test_all_faults_of_an_edition_are_listed_at_once(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    write_edition(tmp_path, "[[drop]]\nline = 9\nrule = 'tail'\n[[drop]]\nlines = 1\n[[lacuna]]\nline = 1\n")
    assert [p.split(": ")[1] for p in problems(tmp_path)[:3]] == ["lacuna 1", "drop 1", "drop 2"]


@pytest.mark.parametrize(
    ("toml", "words"), [("sha256 = ", "broken TOML"), ("sha256 = 'ab'\n", "it is for sha256 ab,")]
)
def test_an_edition_of_another_page_is_refused(tmp_path, toml, words):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "editions/page.toml", toml)
    (problem,) = problems(tmp_path)
    assert "page.toml: " in problem and words in problem


def test_an_edition_without_a_page(tmp_path):
    write(tmp_path, "page.txt", PAGE)
    write(tmp_path, "editions/gone.toml", 'sha256 = ""\n')
    remedy = "Add the page gone.txt or remove the edition."
    assert problems(tmp_path) == [f"editions/gone.toml: an edition without a page. {remedy}"]


# ---------------------------------------------------------------- any edition

HOSTILE = Path(__file__).parent / "fixtures" / "hostile"


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.[ec]*")), ids=lambda path: path.name)
def test_what_once_broke_something_does_so_no_more(path, tmp_path):
    """Cards and editions in their smallest form; each is read, or refused with its name."""
    write(tmp_path, "page.txt", PAGE)
    if path.suffix == ".card":
        write(tmp_path, "sources.toml", "[page]\n" + path.read_text(encoding="utf-8"))
    else:
        write_edition(tmp_path, path.read_text(encoding="utf-8"))
    read_or_refused(tmp_path)


def read_or_refused(folder):
    try:
        load(folder)
    except SeedError as error:
        assert error.problems and all(": " in problem for problem in error.problems)


WORDS = st.sampled_from(
    ["1", "2", "-1", "nan", "true", '""', '"芯"', "[0]", "[-1]", "2024-05-06", '"body"', '"tail"']
)
PIECE = st.dictionaries(st.sampled_from(["line", "from", "to", "frm"]), WORDS, max_size=3).map(
    lambda piece: "{" + ", ".join(f"{key} = {value}" for key, value in piece.items()) + "}"
)
VALUES = WORDS | st.lists(PIECE | WORDS, max_size=3).map(lambda items: f"[{', '.join(items)}]")
ENTRY = st.dictionaries(
    st.sampled_from("article role pieces line from to rule raw text places note why".split()),
    VALUES,
    max_size=6,
).map(lambda entry: "".join(f"{key} = {value}\n" for key, value in entry.items()))
KINDS = st.sampled_from(["repair", "lacuna", "space", "drop", "paragraph"])
EDITION = st.lists(st.tuples(KINDS, ENTRY).map(lambda entry: f"[[{entry[0]}]]\n{entry[1]}"), max_size=3).map(
    "".join
) | st.tuples(KINDS, VALUES).map(lambda entry: f"{entry[0]} = {entry[1]}\n")


@given(EDITION)
def test_any_edition_is_read_or_refused(tmp_path_factory, edition):
    folder = tmp_path_factory.getbasetemp() / "any_edition"
    write(folder, "page.txt", "芯片产业新政发布\n某市今日发布集成电路产业新政,支持企业研发。\n")
    write_edition(folder, edition)
    read_or_refused(folder)
