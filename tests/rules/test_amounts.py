"""Amounts: a fixture a rule, the examples of forms and tables, the readers' gold, texts that break things."""

import datetime
import re
from pathlib import Path

import pytest
from gold import GOLD, both_left_out, both_marked
from hypothesis import given
from hypothesis import strategies as st

from chipnotes.files import read_data, read_tsv
from chipnotes.glyphs import NUMERALS
from chipnotes.rules.amounts import find_amounts
from chipnotes.rules.number import BOOK
from chipnotes.rules.numerals import chinese, ends, scale
from chipnotes.rules.times import find_times

CASES = read_tsv(Path(__file__).parent / "fixtures" / "amounts.tsv").to_dict("records")
BOUNDS = ("exact", "above", "at_least", "below", "at_most", "about", "range", "target")
KINDS = ("level", "growth", "share", "difference_pp", "rank", "count", "threshold", "target")
DAY = datetime.date(2024, 11, 20)


def _find(text, day=DAY):
    return find_amounts(text, find_times(text, day), day)


def _show(text):
    def plain(value):
        return "-" if value is None else str(int(value)) if value == int(value) else repr(value)

    return "; ".join(
        f"{text[a.start : a.end]} {plain(a.low)} {plain(a.high)} {a.bound} {a.unit or '/'} {a.kind}"
        for a in _find(text)[0]
    ).replace("\n", "\\n")


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['rule']}" for n, case in enumerate(CASES, 3)])
def test_a_rule(case):
    # "given up" is not found any more, as is known; a row that is found again must say so no longer
    found = _show(case["text"].replace("\\n", "\n")) == case["expected"]
    assert found != case["rule"].startswith("given up: ")


def test_a_year_alone_is_no_amount_though_no_date_is_passed():
    for text in ("2023年", "到2019年", "2024年度", "二〇二五年"):
        assert find_amounts(text)[0] == []


def test_without_a_day_of_publication_a_year_to_come_sets_a_goal():
    assert find_amounts("到2027年,企业达到50家")[0][-1].kind == "target"
    assert find_amounts("到2027年,企业达到50家", (), datetime.date(2028, 1, 1))[0][-1].kind == "count"


# ---------------------------------------------------------------- the tables of rules

WHY_NOT = read_data("numeral_reasons.tsv").to_dict("records")
KIND_RULES = read_data("amount_kinds.tsv").to_dict("records")


@pytest.mark.parametrize("row", WHY_NOT, ids=[f"{n}: {row['example']}" for n, row in enumerate(WHY_NOT, 3)])
def test_the_example_of_a_reason(row):
    amounts, none = find_amounts(row["example"])
    if row["reason"] == "-":
        assert amounts
    else:
        assert row["reason"] in {why for *_, why in none}


@pytest.mark.parametrize(
    "row", KIND_RULES, ids=[f"{n}: {row['example']}" for n, row in enumerate(KIND_RULES, 3)]
)
def test_the_example_of_a_kind(row):
    kinds = [amount.kind for amount in _find(row["example"].replace("…", "\n"))[0]]
    assert kinds and (row["kind"] in kinds if row["kind"] != "-" else set(kinds) - {"threshold", "target"})


HEAD, FIRSTS = BOOK.heads


@pytest.mark.parametrize("name", BOOK.forms)
def test_the_example_of_a_form(name):
    form = BOOK.forms[name]
    match = form["fits"].search(form["example"])
    amounts, none = find_amounts(form["example"])
    assert any(start < match.end() and match.start() < end for start, end, *_ in [*amounts, *none])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("四川", "place name"),
        ("两地", "pronoun: what was named before"),
        ("万国数据", "name of a firm, body or brand"),
        ("二级巡视员", "grade, phase or class"),
        ("第三代", "ordinal that names"),
        ("一批", "一 with a measure word: indefinite article"),
        ("数十家", "vague number (几, 数)"),
        ("零七碎八", "fixed word with a numeral character"),
        ("5G", "label: digits joined to letters, signs or a word of naming"),
        ("电话:0990-5550166", "telephone, postal or other code"),
        ("9" * 400, "no number: digits or numeral characters that give no value"),
    ],
)
def test_an_exclusion_says_why(text, reason):
    amounts, none = find_amounts(text)
    assert amounts == [] and reason in {why for *_, why in none}


# ---------------------------------------------------------------- the readers


def _found(corpus):
    """The amounts of each seed by rule."""
    return {doc.id: _find(doc.text, doc.card["published"])[0] for doc in corpus}


def test_every_quantity_that_both_readers_marked_is_found(corpus):
    found = _found(corpus)
    excused = {
        (row.seed, row.quote, row.column): row for row in read_tsv(GOLD / "adjudication.tsv").itertuples()
    }
    wrong, used = [], set()
    for seed, start, end, cells in both_marked(
        corpus, "quantities", ("low", "high", "bound", "unit", "kind")
    ):
        amounts = [amount for amount in found[seed] if amount.start < end and amount.end > start]
        quote = corpus[seed].text[start:end]
        if len(amounts) != 1:
            wrong.append((seed, quote, f"{len(amounts)} amounts"))
            continue
        for column, value in cells.items():
            got = getattr(amounts[0], column)
            got = "" if got is None else got
            same = (
                float(got) == float(value)
                if column in ("low", "high") and value and got != ""
                else got == value
            )
            exception = excused.get((seed, quote, column))
            if not same and exception and (exception.readers, exception.package) == (value, got):
                used.add((seed, quote, column))
            elif not same:
                wrong.append((seed, quote, column, got, value))
    assert wrong == []
    assert used == set(excused), "an exception in adjudication.tsv that excuses nothing"


def test_nothing_that_both_readers_left_out_is_found(corpus):
    found = _found(corpus)
    left = both_left_out(corpus)
    assert left
    assert [(s, a) for s, start, end in left for a in found[s] if a.start < end and a.end > start] == []


def test_nothing_is_found_that_a_reader_did_not_mark(corpus):
    marked = both_marked(corpus, "quantities", ())
    extra = [
        (seed, amount)
        for seed, amounts in _found(corpus).items()
        for amount in amounts
        if not any(s == seed and a < amount.end and b > amount.start for s, a, b, _ in marked)
    ]
    assert extra == []


# ---------------------------------------------------------------- laws


def _uses(text):
    """The numeral characters of a text that are not in just one of an amount, a time and an exclusion."""
    times = find_times(text, DAY)
    amounts, none = find_amounts(text, times, DAY)
    uses = [0] * len(text)
    for start, end, *_ in [*times, *amounts, *none]:
        for i in range(start, end):
            uses[i] += 1
    return [(i, c, uses[i]) for i, c in enumerate(text) if c in NUMERALS and uses[i] != 1]


def test_every_numeral_of_the_seeds_is_accounted_for_once(corpus):
    assert [_uses(doc.text) for doc in corpus] == [[]] * len(corpus)


def test_an_exclusion_is_numerals_only():
    text = "四川第1,234家,第3.5代,一二三产"
    assert all(set(text[start:end]) <= set(NUMERALS + ".,") for start, end, _ in find_amounts(text)[1])


PIECES = st.sampled_from(
    [
        *"0123456789０９零〇一二两三四五十百千万亿.,，、-—~至到和%％$个家元年月日",
        *"第前近约超多余半成倍番点分之级\n。 A+壹佰",
        *("百分之", "以上", "同比下降", "力争", "持平", "US$", "到2027年", "/5", "可达"),
    ]
)
# Two numbers with a dash: rising, falling, with scales and units on either or both sides.
END = st.tuples(
    st.sampled_from(["", "-", "近", "超过", "从", "降低", "$"]),
    st.sampled_from(["1", "3", "5", "0.5", "12", "80", "8000", "三", "五", "十", "二十四五", "九", "百"]),
    st.sampled_from(["", "千", "万", "亿", "百万"]),
    st.sampled_from(["", "元", "家", "%", "成", "年", "个半月", "个百分点", "倍"]),
).map("".join)
RANGES = st.lists(st.tuples(END, st.sampled_from("-—~至到、")).map("".join), min_size=2, max_size=4).map(
    "".join
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_every_numeral_of_any_text_is_accounted_for_once(text):
    assert _uses(text) == []


@given(st.lists(PIECES, max_size=25).map("".join))
def test_a_form_begins_as_its_entry_says(text):
    for name, form in BOOK.forms.items():
        for match in form["fits"].finditer(text):
            assert HEAD.match(text, match.start()) and form in FIRSTS[match[0][0]], name


@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), RANGES))
def test_any_text_gives_amounts_in_order_with_low_not_above_high(text):
    at = 0
    for amount in _find(text)[0]:
        assert at <= amount.start < amount.end <= len(text)
        assert amount.bound in BOUNDS and amount.kind in KINDS
        assert amount.low is not None or amount.high is not None
        assert amount.low is None or amount.high is None or amount.low <= amount.high
        assert (amount.high is None) == (amount.bound in ("above", "at_least"))
        assert (amount.low is None) == (amount.bound in ("below", "at_most"))
        at = amount.end


@given(RANGES)
def test_blanks_at_the_ends_of_a_text_change_nothing(text):
    assert [a[2:] for a in _find(text)[0]] == [a[2:] for a in _find(text + "\n\n")[0]]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("1234567890" * 10_000, 0),
        ("12 " * 5_000, 0),
        ("产值" + "9" * 400 + "亿元", 0),
        ("集成电路产业增长20亿元" * 1000, 1000),
        ("1.2%、" * 1000, 1000),
        ("一" * 20_000, 0),
        ("万" * 20_000, 0),
        ("1," * 10_000, 0),
        ("1,234" + ",234" * 5_000, 0),
        ("产值达到3", 1),
        ("产值3亿", 1),
        ("第", 0),
        ("第1", 0),
        ("1", 1),
        ("1.", 0),
        ("半月季", 0),
        ("位居前10", 1),
        ("3几家", 1),
        ("全市共-半年内", 1),
    ],
)
def test_bad_input_gives_a_result(text, count):
    assert len(_find(text)[0]) == count and _uses(text) == []


# ---------------------------------------------------------------- numerals


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("二十五", 25),
        ("两百", 200),
        ("百万", 10**6),
        ("十", 10),
        ("三千五百", 3500),
        ("万亿", 10**12),
        ("一点五", 1.5),
        ("两万五", 25_000),
        ("万十", None),
    ],
)
def test_chinese_numerals(word, value):
    assert chinese(word) == value


def test_scales():
    assert scale("") == 1 and scale("万亿") == 10**12 and scale("百万") == 10**6


def test_two_digits_side_by_side_are_two_ends():
    assert ends("二十四五") == (24, 25) and ends("七八百") == (700, 800) and ends("八七") == (None, None)


NOT = "不得|不能|不可|不应|不宜|不|未"
LESS, MORE = "低于|少于|小于|短于|下", "高于|多于|大于|长于|超过|超|逾"


def test_a_word_of_bound_says_the_same_on_either_side():
    assert read_data("bounds.tsv").groupby("word").bound.nunique().max() == 1


def test_a_word_of_bound_says_what_its_parts_say():
    """By its characters alone: more than, less than, and a not that turns either round."""
    parsed = 0
    for row in read_data("bounds.tsv").itertuples():
        match = re.fullmatch(rf"({NOT})?(?:({LESS})|({MORE}))", row.word)
        if match and row.side == "before":
            turned, less, _ = match.groups()
            wanted = ("at_least" if less else "at_most") if turned else ("below" if less else "above")
            assert row.bound == wanted, row.word
            parsed += 1
        for words, bound in (
            ("上限|封顶|以[下内]$|最[高多长]$|至多", "at_most"),
            ("下限|保底|以上$|最[低少]$|至少", "at_least"),
        ):
            if re.search(words, row.word):
                assert row.bound == bound, row.word
                parsed += 1
    assert parsed > 70
