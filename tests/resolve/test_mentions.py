"""Whom noun phrases stand for."""

from __future__ import annotations

import pytest


@pytest.fixture
def mention(resolved_from):
    """A function from a text and the head word of a phrase to its mention, None if it has none."""

    def find(text, word):
        resolved = resolved_from(text)
        token = next(t for t in resolved.parsed.doc if t.text == word)
        return resolved.mentions.get(token.i)

    return find


@pytest.mark.parametrize(
    ("text", "word", "country", "sector"),
    [
        ("Iraqi militias marched.", "militias", "IRQ", "PRM"),
        ("The Kenyan police waited.", "police", "KEN", "COP"),
        ("Brazil's president slept.", "president", "BRA", "GOV"),
        ("The ambassador of Peru spoke.", "ambassador", "PER", "GOV"),
        ("Villagers near Mosul fled.", "Villagers", "IRQ", "CVL"),
        ("Gunmen waited.", "Gunmen", None, "UAF"),
        ("Tehran replied.", "Tehran", "IRN", "GOV"),
        ("The Kremlin replied.", "Kremlin", "RUS", "GOV"),
        ("Nigerians voted.", "Nigerians", "NGA", "CVL"),
    ],
)
def test_a_description_gives_country_and_sector(mention, text, word, country, sector):
    actor = mention(text, word).actor
    assert (actor.country, actor.sector) == (country, sector)


def test_a_sponsor_is_no_home(mention):
    assert mention("Iranian-backed rebels waited.", "rebels").actor.country is None


def test_a_known_name_has_an_id(mention):
    actor = mention("Hezbollah replied.", "Hezbollah").actor
    assert actor.id is not None
    assert (actor.country, actor.kind) == ("LBN", "group")


def test_a_thing_does_not_act(mention):
    assert not mention("The treaty failed.", "treaty").acting
    assert mention("The minister failed.", "minister").acting


@pytest.mark.parametrize(
    ("text", "word", "count"),
    [("Four ships sank.", "ships", 4), ("At least 30 rebels fled.", "rebels", 30), ("Ships sank.", "Ships", None)],
)
def test_a_number_counts_its_noun(mention, text, word, count):
    assert mention(text, word).count == count


def test_in_hundreds_of_students_the_students_act(mention):
    found = mention("Hundreds of Kenyan students marched.", "Hundreds")
    assert found.acting
    assert found.actor.country == "KEN"


def test_a_person_of_no_public_role_is_not_named(mention):
    assert mention("Maria Lopes bought bread.", "Lopes").actor.name == "private person"


def test_a_bare_army_is_that_of_the_country_in_focus(mention):
    assert mention("Sudan closed its border. The army waited.", "army").actor.country == "SDN"


def test_mentions_are_words_of_the_text(resolved_from):
    text = "Two Saudi oil tankers, owned by a Greek firm, were hit off Fujairah on Sunday."
    for found in resolved_from(text).mentions.values():
        assert text[found.start : found.end] == found.text
