"""What the running text of the notebooks says without a number, held against the pages and tables again.

A sentence may be written anew: a claim is found by its subject, and only its contrary is refused. The pages
that it names and its bounds are looked for in every sentence.
"""

import re

import generated
import nbreading
import pytest
from argument import worlds
from argument.findings import growth, places

import chipnotes as cn
from chipnotes.files import SEEDS, read_tsv

PATHS = {path.name[:2]: path for path in generated.notebooks()}
EACH = pytest.mark.parametrize("number", PATHS)
# How a sentence names a page.
NAMES = {
    "000": r"\bdeal\b",
    "001": r"\bsummit\b|\bYibin\b",
    "002": r"\bblog\b|\bShanghai\b",
    "003": r"\bWujin\b",
    "004": r"\bnewspaper\b|\bChongqing Daily\b",
}
COUNT = rf"\b(\d+|one|{'|'.join(nbreading.SMALL)})\b"


def body(number):
    """The sentences of a notebook outside its findings, section by section: (sentence, outputs)."""
    nb = nbreading.read(PATHS[number])
    for section in nb.sections:
        for sentence in nbreading.sentences(section.prose):
            yield sentence, section.outputs


def cells(number):
    return nbreading.read(PATHS[number]).code


# ---------------------------------------------------------------- any sentence


def elsewhere(sentence, texts):
    """The Chinese words of a sentence that stand on none of the pages that it names.

    >>> elsewhere("The deal has 甲 and 乙", {"000": "甲", "001": "乙"})
    ['乙']
    """
    named = [texts[page] for page, name in NAMES.items() if re.search(name, sentence)]
    quoted = re.findall("[\u4e00-\u9fff]+", sentence)
    return [words for words in quoted if named and not any(words in text for text in named)]


# Words of the trade and of outside copies, what a machine met, and what is said to stand nowhere.
OF_NO_PAGE = {"征求意见稿", "同口径", "制造业产值", "準", "招商", "错位"}


@EACH
def test_chinese_words_of_a_sentence_that_names_no_page_stand_on_some(number, corpus):
    own = cn.load(PATHS["90"].parent / "own_pages")
    known = "".join(doc.text + doc.raw for doc in [*corpus, *own])
    known += (SEEDS / "ledgers" / "external_facts.tsv").read_text("utf-8")
    told = [(s, known + "".join(map(nbreading.shown, outputs))) for s, outputs in body(number)]
    strange = [w for s, known in told for w in re.findall("[\u4e00-\u9fff]+", s) if w not in known]
    assert set(strange) <= OF_NO_PAGE


@EACH
def test_chinese_words_stand_on_a_page_that_their_sentence_names(number, corpus):
    texts = {doc.id: doc.text + doc.raw for doc in corpus}
    assert [sentence for sentence, _ in body(number) if elsewhere(sentence, texts)] == []


def bounds_against(sentence, outputs):
    """Its numbers that the outputs print only under a heading, or with words, against its word of bound."""
    wanted = {"at least": ("least", "most"), "at most": ("most", "least")}
    printed = " ".join(map(nbreading.shown, outputs))
    for word, number in re.findall(r"\b(at least|at most) (\d+(?:\.\d+)?)\b", sentence.lower()):
        against = "at most" if word == "at least" else "at least"
        if re.search(rf"\b{against}:? {number}\b", printed):
            yield f"{word} {number}"
        heads = []
        for table in (table for output in outputs for table in nbreading.tables(output)):
            for row in table[1:]:
                heads += [
                    f"{row[0]} {head}" for head, cell in zip(table[0], row, strict=False) if cell == number
                ]
        own, other = (
            any(re.search(rf"\b{side}\b", head) for head in heads if not re.search("least.*most", head))
            for side in wanted[word]
        )
        if other and not own:
            yield f"{word} {number}"


@EACH
def test_a_bound_is_that_of_the_table(number):
    assert [(words, s) for s, outputs in body(number) for words in bounds_against(s, outputs)] == []


SUM = re.compile(r"\d[\d.,]* (?:thousand|million|billion|trillion)\b")


@EACH
def test_a_sum_is_one_that_the_section_the_findings_or_an_outside_fact_has(number):
    """With its scale: 3 billion is not 30 billion, nor 3 million. The front page has findings of all."""
    told_by = PATHS if number == "00" else [number]
    known = "".join(nbreading.read(PATHS[one]).findings for one in told_by)
    known += "".join(worlds.published().facts.statement)
    told = [(s, known + "".join(map(nbreading.shown, outputs))) for s, outputs in body(number)]
    assert [s for s, known in told if not set(SUM.findall(s)) <= set(SUM.findall(known))] == []


FULL = {"deal": "Chip deal 2023", "summit": "Yibin summit 2020", "blog": "Shanghai blog 2024"}
FULL |= {"newspaper": "Chongqing Daily 2020"}


def counts_against(sentence, outputs):
    """What a sentence counts of a page (the blog has 6, 2 of the newspaper) and the page's row has not."""
    for name, page in FULL.items():
        found = re.findall(rf"\b{name} has (\d+)\b|\b(\d+) of the {name}\b", sentence)
        rows = [
            row for output in outputs for table in nbreading.tables(output) for row in table if page in row
        ]
        counted = {cell for row in rows for cell in row if cell.isdigit()}
        yield from (max(pair) for pair in found if counted and max(pair) not in counted)


@EACH
def test_a_count_of_a_page_is_that_of_its_row(number):
    assert [(words, s) for s, outputs in body(number) for words in counts_against(s, outputs)] == []


# What can have a share in what: the smaller number in the larger.
SIZES = {"chips": 0, "firm": 0, "park": 1, "city": 2, "Shanghai": 2, "Sichuan": 2, "Chongqing": 2, "Wujin": 1}
SIZES |= {"nation": 3, "country": 3, "China": 3, "world": 4}


def shares(text):
    """(whose share, in whose): the city's share of the nation's chips.

    >>> shares("the city's share of the nation's chips; chips' part of Shanghai's output")
    [('city', 'nation'), ('chips', 'Shanghai')]
    """
    return re.findall(r"\b(\w+)['’]s? (?:share|part) (?:of|in) (?:the )?(\w+)['’]s?\b", text)


def test_a_share_is_that_of_the_smaller_in_the_larger():
    told = [sentence for number in PATHS for sentence, _ in body(number)]
    told += [nbreading.read(path).findings for path in PATHS.values()]
    told += [nbreading.shown(output) for number in PATHS for cell in cells(number) for output in cell.outputs]
    told += [path.read_text("utf-8") for path in (PATHS["06"].parent / "argument").rglob("*.toml")]
    found = [pair for words in told for pair in shares(" ".join(words.split()))]
    known = [pair for pair in found if set(pair) <= SIZES.keys()]
    assert [pair for pair in known if SIZES[pair[0]] >= SIZES[pair[1]]] == [] and len(known) > 1


def test_who_is_named_with_sichuan_or_chengdu_is_chongqing():
    texts = [*PATHS.values(), *(SEEDS.parent / "figures").glob("*.txt"), SEEDS.parent / "README.md"]
    told = " ".join(" ".join(path.read_text("utf-8").split()) for path in texts)
    assert set(re.findall(r"\b(?:Sichuan|Chengdu)(?: and |–)(\w+)", told)) <= {"Chongqing", "others"}


# ---------------------------------------------------------------- by subject


def first(one, other, holds):
    """The word that is right, then the one that is wrong."""
    return (one, other) if holds else (other, one)


@pytest.fixture(scope="module")
def claims(corpus):
    """(notebook, words that a sentence on it has, what it must not say) by a name."""
    world = worlds.published()
    day = {doc.id: doc.card["published"] for doc in corpus}
    text = {doc.id: doc.text for doc in corpus}
    facts = {row["id"]: row for row in read_tsv(SEEDS / "ledgers/external_facts.tsv").to_dict("records")}

    def printed(fact):
        return growth.rate(world, fact)["printed"]

    faster, slower = "faster|more quickly", "more slowly|slower"
    rose, fell = "rose|gained", "fell|lost"
    earlier, later = r"\bearlier\b|\bbefore\b", r"\blater\b|\bafter\b"
    chongqing = "重庆市经济和信息化委员会二级巡视员刘成川表示" in text["000"]
    ranks = re.search(r"四川[^。]*?副厅长皮亦鸣.*?重庆[^。]*?副主任刘忠", text["001"])
    sizes = growth.second_year(world)
    codes = places.coded(world).query("place == 'Shanghai' and measure == 'talent'")
    of_talent = [text["002"][row.start : row.end] for row in codes.itertuples()]
    award = [words for words in of_talent if re.search("奖励|企业.*(?:满|条件|投入)|办法", words)]
    schools = [words for words in of_talent if re.search("上海交大|复旦|华东师大", words)]
    return {
        "city in yuan and in pieces": (
            "06",
            ("in yuan", "pieces", "Shanghai"),
            first(faster, slower, printed(growth.RATES["chips"]) > printed(growth.CITY))[1],
        ),
        "the city's share": (
            "06",
            (r"share", "percent of itself"),
            first(rose, fell, printed(growth.CITY) > printed(growth.NATION))[1],
        ),
        "exports for a chip": (
            "06",
            ("exports for each chip",),
            first(rose, fell, printed(growth.EXPORTS) > printed(growth.NATION))[1],
        ),
        "chips' part of growth": (
            "06",
            (r"one year's growth", r"next"),
            first(rose, fell, float(sizes["next"]) > float(sizes["growth"]))[1],
        ),
        "who speaks in the chip deal": (
            "02",
            ("lines? of speech",),
            f"(?:one|official) (?:from|of) {'Sichuan' if chongqing else 'Chongqing'}",
        ),
        "summit page and newspaper": (
            "02",
            ("weeks", "summit's page"),
            rf"weeks (?:{first(earlier, later, day['001'] < day['004'])[1]})",
        ),
        "Pi Yiming's office": ("04", ("Pi Yiming",), "Chongqing" if ranks else "Sichuan"),
        "the Shenzhen firm's partner": (
            "03",
            ("pairs? of firms", "Shenzhen"),
            "Shenzhen and Chongqing|Chongqing and Shenzhen"
            if "大途电子(深圳)有限公司与四川" in text["001"]
            else "Sichuan",
        ),
        "two totals": (
            "04",
            (r"2\.2 trillion", "the other"),
            first("a later one", "an earlier one", facts["x43"]["source_date"] > facts["x42"]["source_date"])[
                1
            ],
        ),
        "ranks of two years": (
            "05",
            ("second-class inspectors", r"In 20"),
            r"In 2020 both are" if "二级巡视员" in text["000"] else "In 2023 both are",
        ),
        "who praises what": (
            "05",
            ("names a laboratory",),
            "Chongqing names a laboratory"
            if "四川不仅建成电子薄膜与集成器件国家重点实验室" in text["000"]
            else "Sichuan names a laboratory",
        ),
        "what stands elsewhere in the newspaper": (
            "05",
            ("comes back", "nowhere"),
            r"^(?:a )?gaps? .*comes? back|[Ss]upply[^,]*nowhere" if "完善产业配套" in text["004"] else "$",
        ),
        "whose racks": (
            "07",
            ("numbers on computing are",),
            "the park's" if "临港新片区" in text["002"].split("机架")[0][-200:] else "New Area's",
        ),
        "two words and their months": (
            "08",
            ("September",),
            "[Ll]ow-altitude" if "September 2023" in facts["x51"]["statement"] else "New quality",
        ),
        "statements on one college": ("08", ("about one vocational college", "award"), of_count(8)),
        "statements on the award": (
            "08",
            ("about one vocational college", "award"),
            of_count(len(award), "about one draft award"),
        ),
        "statements on universities": (
            "08",
            ("about one vocational college", "award"),
            of_count(len(schools), "about (?:three )?universities"),
        ),
        "two zones": ("09", ("for the science city", "285"), r"169 for the zone|285 for the science city"),
        "CUMEC's founders": (
            "01",
            ("CUMEC", "was built by"),
            r"built by Sichuan" if "与我市合作建设的联合微电子中心" in text["004"] else "built by Chongqing",
        ),
        "readers": ("10", ("[Mm]ost decisions followed",), "followed reader B"),
    }


def of_count(number, what="about one vocational college"):
    """A pattern for another count of this."""
    small = ["one", *nbreading.SMALL]
    right = rf"(?:{number}|{small[number - 1]})" if number <= 12 else str(number)
    return rf"(?<![a-z\d])(?!{right}\b)(?:\d+|{'|'.join(small)}) (?:(?:are|is|of them are) )?{what}"


def said_of(claim):
    """The sentences on the subject of a claim, and those of them that say its contrary."""
    number, about, contrary = claim
    on_it = [s for s, _ in body(number) if all(re.search(word, s, re.I) for word in about)]
    return on_it, [sentence for sentence in on_it if re.search(contrary, sentence)]


def test_the_prose_says_no_contrary(claims):
    found = {name: said_of(claim) for name, claim in claims.items()}
    assert {name: against for name, (_, against) in found.items() if against} == {}
    # a sentence may go or be written anew, but not most of them unseen
    assert sum(bool(on_it) for on_it, _ in found.values()) > len(found) / 2
