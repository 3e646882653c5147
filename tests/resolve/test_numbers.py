"""Numbers in digits and words."""

from __future__ import annotations

import pytest

from reportedly.resolve.numbers import parse_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("4", 4),
        ("2,000", 2000),
        ("1.5 million", 1_500_000),
        ("three", 3),
        ("twenty - four", 24),
        ("two hundred and six", 206),
        ("a hundred", 100),
        ("three thousand five hundred", 3500),
        ("about 30", 30),
        ("more than 40", 40),
    ],
)
def test_a_number_is_read_from_digits_and_words(words, number):
    assert parse_number(words.split()) == number


@pytest.mark.parametrize(("words", "number"), [("a dozen", 12), ("two dozen", 24)])
def test_a_dozen_multiplies(words, number):
    assert parse_number(words.split()) == number


@pytest.mark.parametrize("words", ["", "a", "an", "several", "many ships", "4 ships", "1,00", "the third"])
def test_what_spells_no_number_gives_none(words):
    assert parse_number(words.split()) is None


def test_whole_numbers_are_integers():
    assert isinstance(parse_number(["2.0"]), int)
    assert isinstance(parse_number(["2.5"]), float)
