"""When and where an act happened."""

from __future__ import annotations

import pytest


@pytest.fixture
def days(coded_from):
    """A function from a text to first day, last day and whether they are inferred, of its first claim."""

    def find(text, **about):
        when = coded_from(text, **about).claims[0].when
        return when and (when.first, when.last, when.inferred)

    return find


@pytest.fixture
def place(coded_from):
    """A function from a text to the name of the place of its first claim."""

    def find(text):
        where = coded_from(text).claims[0].where
        return where and where.name

    return find


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chad bombed a camp on Monday.", ("2024-05-06", "2024-05-06", False)),
        ("On Monday Chad bombed a camp.", ("2024-05-06", "2024-05-06", False)),
        ("Chad bombed a camp in March 2024.", ("2024-03-01", "2024-03-31", False)),
        ("Chad bombed a camp.", ("2024-05-03", "2024-05-10", True)),
    ],
)
def test_the_day_is_that_of_the_act(days, text, wanted):
    assert days(text) == wanted


def test_the_day_of_saying_is_not_the_day_of_the_act(days):
    assert days("The mayor said on Thursday that Chad had bombed a camp on Monday.")[:2] == ("2024-05-06", "2024-05-06")


def test_each_of_two_verbs_has_its_own_day(coded_from):
    claims = coded_from("Chad bombed a camp on Monday, and its ambassador met the pope on Tuesday.").claims
    assert [claim.when.first for claim in claims] == ["2024-05-06", "2024-05-07"]


def test_the_following_day_counts_from_the_day_before(coded_from):
    claims = coded_from("Chad bombed a camp on Monday. The following day Sudan expelled two diplomats.").claims
    assert [claim.when.first for claim in claims] == ["2024-05-06", "2024-05-07"]


def test_without_a_day_of_publication_nothing_is_inferred(days):
    assert days("Chad bombed a camp.", published=None) is None


def test_when_points_at_its_words(coded_from):
    text = "Chad bombed a camp on Monday."
    when = coded_from(text).claims[0].when
    assert text[when.start : when.end] == when.text
    assert "Monday" in when.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rebels attacked a convoy near Mosul.", "Mosul"),
        ("Chad attacked a camp near Mosul, Iraq.", "Mosul"),
        ("Rebels attacked two Iraqi villages.", "Iraq"),
        ("Rebels attacked a convoy.", None),
    ],
)
def test_the_place_is_that_of_the_act(place, text, wanted):
    assert place(text) == wanted


def test_a_capital_that_stands_for_its_government_is_no_place(place):
    assert place("Moscow condemned the attack by rebels.") is None


def test_where_the_report_was_filed_is_not_where_it_happened(place):
    assert place("The mayor said in Paris that rebels had attacked a convoy near Mosul.") == "Mosul"
