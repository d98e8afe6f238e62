"""Quantities and dates of a page: what hangs on the card of the page."""

import datetime

import pytest

import chipnotes as cn
from chipnotes.pages.document import clean


def test_a_past_year_is_no_goal_where_the_page_says_its_day():
    """What is a goal hangs on the day of publication, which the card has."""
    text = "云川市集成电路政策\n到2023年,全市产值达到300亿元。\n"
    kinds = {
        day: list(cn.quantities(clean(text, "page", {"published": datetime.date(day, 5, 6)})).kind)
        for day in (2020, 2024)
    }
    assert kinds == {2020: ["target"], 2024: ["level"]}


def test_a_second_page_is_not_taken_for_a_setting():
    with pytest.raises(TypeError):
        cn.quantities([], "002")
    with pytest.raises(TypeError):
        cn.dates([], "002")
