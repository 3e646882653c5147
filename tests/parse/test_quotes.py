"""Quotations of every style."""

from __future__ import annotations

import pytest

from reportedly.parse import find_quotes


@pytest.fixture
def quotes(nlp):
    """A function from a text to the texts of its quotations."""
    return lambda text: [quote.text for quote in find_quotes(nlp(text))]


@pytest.mark.parametrize(
    "text",
    [
        'He said "we will leave" today.',
        "He said “we will leave” today.",
        "He said ‘we will leave’ today.",
        "He said «we will leave» today.",
        "He said „we will leave” today.",
    ],
)
def test_every_style_of_marks_is_known(quotes, text):
    assert quotes(text) == ["we will leave"]


def test_an_apostrophe_opens_nothing(quotes):
    assert quotes("The rebels' base and the army's base burned.") == []


def test_two_quotations_of_one_sentence_are_two(quotes):
    assert quotes('"We lost," he said, "and we know it."') == ["We lost,", "and we know it."]


def test_each_paragraph_of_a_long_quotation_opens_anew(quotes):
    assert quotes("“We lost.\n“We know it.”") == ["We lost.", "We know it."]


def test_a_mark_that_is_never_closed_is_ignored_inside_a_paragraph(quotes):
    assert quotes('The 5" gun fired at dawn.\nIt rained.') == []


def test_a_quotation_points_at_its_words(nlp):
    text = 'The mayor said: "Soldiers burned the school."'
    doc = nlp(text)
    for quote in find_quotes(doc):
        assert text[quote.start : quote.end] == quote.text == doc[quote.first : quote.last].text
