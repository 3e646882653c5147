"""Standing ties between actors."""

from __future__ import annotations

import pytest


@pytest.fixture
def ties(coded_from):
    """A function from a text to its relations, as "who kind whom"."""

    def find(text):
        return [f"{r.source.actor.name} {r.kind} {r.target.actor.name}" for r in coded_from(text).relations]

    return find


def test_a_hyphenated_sponsor_backs(ties):
    assert ties("Iranian-backed rebels seized two ships.") == ["Iran backs Iranian-backed rebels"]


def test_an_office_in_apposition_leads(ties):
    text = "Qassem Soleimani, commander of the Quds Force, met militia leaders."
    assert ties(text) == ["Qassem Soleimani leads Quds Force"]


def test_a_spokesman_is_a_member(ties):
    assert ties("Hezbollah spokesman Ali Daher spoke in Beirut.") == ["Ali Daher member Hezbollah"]


def test_a_verb_in_the_present_ties(ties):
    assert ties("Iran funds Hezbollah.") == ["Iran backs Hezbollah"]


@pytest.mark.parametrize(
    "text", ["Iran does not fund Hezbollah.", "Iran may fund Hezbollah.", "Iran will lead Hezbollah."]
)
def test_a_tie_that_is_denied_or_only_possible_is_none(ties, text):
    assert ties(text) == []


def test_a_tie_told_twice_is_told_once(ties):
    assert ties("Iran funds Hezbollah. Iran funds Hezbollah.") == ["Iran backs Hezbollah"]


def test_a_tie_points_at_its_words(coded_from):
    text = "On Monday Iran said that it funds Hezbollah."
    for relation in coded_from(text).relations:
        assert text[relation.evidence.start : relation.evidence.end] == relation.evidence.text
