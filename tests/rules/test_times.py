"""Times: a fixture a rule, the examples of each form, the readers' gold, and texts that break things."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipnotes.files import read_tsv
from chipnotes.rules.time_years import BOOK, TABLE
from chipnotes.rules.times import PRECISIONS, find_times
from gold import both_left_out, both_marked

CASES = read_tsv(Path(__file__).parent / "fixtures" / "times.tsv").to_dict("records")
EXAMPLES = [
    (name, text, "passes" not in kind)
    for name, row in TABLE["form"].items()
    for kind in ("reads", "passes")
    for text in row.get(kind, ())
]
DAY = datetime.date(2024, 11, 20)
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)  # what a card may say
# What times are written with, and what breaks them.
LETTERS = (
    "0123456789０１٣一二两三四五六七八九十零〇半年月日号底初末中内以来近前后去今明昨本上下这当同次季度周期星旬全期间"
    '截止至到自从起现在目最如每十四五QH“”"天晚点分:：-—~/.、,，。;\n 财代春节国庆劳动假个多余将接'
)
# Pieces that fit each other, so that whole expressions and broken ones come up.
PIECES = st.sampled_from(
    "2024年 2023年 24年 今年 去年 上年 当年 1月 2月 12月 29日 30日 31日 2月29日 至 - 、 到 "
    "上半年 三季度 前8个月 Q3 H2 年底 年内 初 末 底 "
    "以来 至今 截至 早在 自 "
    "近三年 将近 三年前 最近 日前 本周 上周五 周三 次日 当天 全年 同期 “十四五” 春节 假期 "
    "9999年 1900年 0日 13月 "
    "2024-02-30 2024-1-1 10:30 上午 每年 比 的 , 。 \n".split(" ")
)


def shown(text, published):
    """What is read in a text: surface, first and last day (- open) and precision, parted by ;."""
    return "; ".join(
        f"{text[t.start : t.end]} {t.date_start or '-'} {t.date_end or '-'} {t.precision}"
        for t in find_times(text, published)
    )


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['rule']}" for n, case in enumerate(CASES, 3)])
def test_a_rule(case):
    published = datetime.date.fromisoformat(case["published"]) if case["published"] else None
    assert shown(case["text"].replace("\\n", "\n"), published) == case["expected"]


def sentence(example):
    """The text of an example, and what is read in it."""
    text, arrow, expected = example.rpartition(" → ")
    return (text if arrow else ",".join(part.rsplit(" ", 3)[0] for part in example.split("; "))), expected


@pytest.mark.parametrize("name, example, read", EXAMPLES, ids=[f"{n}: {t}" for n, t, _ in EXAMPLES])
def test_an_example_of_a_form(name, example, read):
    text, expected = sentence(example)
    assert shown(text, DAY) == (expected if read else "")
    if read:
        assert BOOK.forms[name]["fits"].match(text, find_times(text, DAY)[-1].start), "it is of another form"


def test_every_form_has_an_example():
    assert [name for name, row in TABLE["form"].items() if not row.get("reads")] == []


@pytest.mark.parametrize("name", BOOK.forms)
def test_without_a_publication_date_a_form_says_what_it_lacks(name):
    """Nothing hangs on a day that the page does not give, and no expression goes in silence."""
    text, _ = sentence(TABLE["form"][name]["reads"][-1])
    dated, undated = find_times(text, DAY), find_times(text)
    assert [(t.start, t.end) for t in undated] == [(t.start, t.end) for t in dated]
    other = find_times(text, datetime.date(2019, 5, 6))
    for one, two, three in zip(dated, other, undated, strict=True):
        hangs = (one.date_start, one.date_end) != (two.date_start, two.date_end)
        assert (three.date_start, three.date_end) == (
            (None, None) if hangs else (one.date_start, one.date_end)
        )
        assert ("no publication date" in three.how or "no day before it" in three.how) == hangs


def test_how_says_where_the_year_is_from():
    how = [t.how for t in find_times("2023年8月签约,11月投产", datetime.date(2025, 3, 1))]
    assert how == ["month; year stated", "month; year of the date before it"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1" * 400,
        "2024年" * 2000,
        "一" * 20_000,
        "的" * 20_000,
        "1-2-" * 5000,
        "20" * 10_000,
        "年" * 20_000,
    ]
    + [
        "2024年1",
        "截至",
        "明年以来",
        "十" * 10_000,
        "3月" * 5_000,
        "今年去年" * 5000,
        "周一至" * 5000,
        "公司介绍,当年全年产值增长5%。",
        "近" * 10_000,
    ]
    + ["2024年2月30日,2023年13月45日,0000年0月0日,9999年12月31日,2月29日,99月,32日,十三月,二十五时,第九季度"]
    + ["2024年1月2日" * 100 + "1月2日至" * 100 + "2020-" * 200 + "去年今年明年" * 100],
    ids=lambda text: text[:8] or "nothing",
)
def test_bad_input_gives_a_result(text):
    lawful(text, DAY)


WORDS = (
    "今年去年明年前年后年上年同年次年年初年末年底年内月初月末上月下月本月当月昨日今日明日近日次日上周下周本周周五上季度一季度前三季度"
    "上半年过去五年未来三年近10年近99年三年后九十九年前1月2日2日11-2月今年2月全年以来十四五期间截至目前春节国庆假期"
)


@pytest.mark.parametrize("day", [EARLIEST, datetime.date(2000, 2, 29), LATEST], ids=str)
def test_relative_times_at_the_ends_of_what_a_card_may_say(day):
    for size in (2, 3, 4, 5):
        lawful("。".join(WORDS[at : at + size] for at in range(len(WORDS))), day)


def times_of(corpus):
    """The times of the five pages by rule: (seed, time)."""
    return [(doc.id, time) for doc in corpus for time in find_times(doc.text, doc.card["published"])]


def test_every_date_that_both_readers_marked_is_found(corpus):
    marked = both_marked(corpus, "dates", ("date_start", "date_end", "precision"))
    assert len(marked) == 53 and sum(len(cells) for *_, cells in marked) == 159, (
        "what the readers agree on has changed"
    )
    found, wrong = times_of(corpus), []
    for seed, start, end, cells in marked:
        got = next((t._asdict() for s, t in found if s == seed and t.start < end and t.end > start), {})
        # one day is told by what the page says of itself only: 今天 was spoken the day before
        spoken = seed == "001" and corpus[seed].text[start:end] == "今天"
        if any(str(got.get(key) or "") != value for key, value in cells.items()) and not spoken:
            wrong.append((seed, corpus[seed].text[start:end], got, cells))
    assert wrong == []


def test_nothing_that_both_readers_left_out_is_a_date(corpus):
    left = both_left_out(corpus)
    assert len(left) >= 100
    found = times_of(corpus)
    hits = [
        (s, t) for seed, start, end in left for s, t in found if s == seed and t.start < end and t.end > start
    ]
    assert hits == []


def lawful(text, published):
    """Spans in order and inside the text, first day not after the last."""
    at = 0
    for found in find_times(text, published):
        assert at <= found.start < found.end <= len(text) and found.precision in PRECISIONS
        assert found.how or found.precision == "year", found
        assert not found.date_start or not found.date_end or found.date_start <= found.date_end
        at = found.end


@given(st.text(LETTERS, max_size=40), st.none() | st.dates(EARLIEST, LATEST))
def test_any_text_gives_ordered_spans_and_days(text, published):
    lawful(text, published)


@given(
    st.lists(PIECES, max_size=12).map("".join),
    st.none() | st.dates(EARLIEST, LATEST),
)
def test_any_pieces_give_ordered_spans_and_days(text, published):
    lawful(text, published)
