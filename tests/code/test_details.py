"""Modes, contexts, quantities, quotations, evidence."""

from __future__ import annotations

import pytest

from reportedly import plover


@pytest.fixture
def claim(coded_from):
    """A function from a text to its first claim."""
    return lambda text, **about: coded_from(text, **about).claims[0]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Rebels shelled a village.", "heavy-weapons"),
        ("A drone attacked a village near Mosul.", "drone"),
        ("Soldiers shot a farmer.", "firearms"),
        ("Rebels attacked a village with machetes.", "primitive"),
        ("Police arrested a farmer.", "arrest"),
        ("Chad sent troops to Bria.", "troops"),
        ("Workers went on strike in Tunis.", "strike"),
    ],
)
def test_words_beside_the_act_show_its_mode(claim, text, mode):
    assert mode in claim(text).modes


def test_a_mode_is_one_of_its_types(coded_from):
    text = "Jets bombed a camp near Bria. Police arrested a farmer. Chad threatened to expel the ambassador of Mali."
    for one in coded_from(text).claims:
        assert set(one.modes) <= set(plover.event_types()[one.event].modes)


def test_what_is_threatened_gives_the_threat_its_mode(claim):
    assert claim("Chad threatened to attack Sudan.").modes == ("violence",)


def test_the_score_is_that_of_the_mode_where_it_has_one(claim):
    plain, drone = claim("Rebels attacked a convoy."), claim("Rebels attacked a convoy with a drone.")
    assert (plain.score, drone.score) == (-9.0, -9.5)


def test_contexts_come_from_the_words_of_the_sentence(claim):
    contexts = claim("A court convicted a farmer of smuggling heroin.").contexts
    assert "legal" in contexts
    assert "illegal_drugs" in contexts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Police arrested four farmers.", 4),
        ("Police arrested at least 1,200 farmers.", 1200),
        ("Police arrested twenty-two farmers.", 22),
    ],
)
def test_a_number_before_a_participant_is_a_quantity(claim, text, number):
    assert (number, "farmers") in [(q.number, q.what) for q in claim(text).quantities]


def test_participants_without_a_number_give_no_quantity(claim):
    assert claim("Police arrested farmers.").quantities == ()


def test_a_quotation_around_the_act_is_its_quote(claim):
    assert claim('"Soldiers shot a farmer in Gao," the mayor said.').quote == "Soldiers shot a farmer in Gao,"
    assert claim("Soldiers shot a farmer in Gao, the mayor said.").quote is None


def test_evidence_stays_inside_its_sentence_and_holds_the_act(claim):
    text = "It was cold. Rebels attacked a convoy near Mosul on Monday, the mayor said. It snowed."
    evidence = claim(text).evidence
    assert text[evidence.start : evidence.end] == evidence.text
    assert "attacked a convoy" in evidence.text
    assert "cold" not in evidence.text
    assert "snowed" not in evidence.text


def test_an_act_told_by_a_noun_takes_its_verb_into_its_evidence(claim):
    told = claim("Officials said that loud explosions were heard at the airport on Friday, but nobody came.")
    assert told.evidence.text == "loud explosions were heard at the airport on Friday"


def test_a_demand_takes_what_is_demanded_into_its_evidence(claim):
    assert "withdraw its troops" in claim("Cyprus demanded that Turkey withdraw its troops.").evidence.text


def test_ids_are_those_of_the_words_and_stay(claim):
    text = "Rebels attacked a convoy near Mosul."
    assert claim(text).id == claim(text).id
    assert claim(text).id != claim(text + " It snowed.", published="2024-05-10").report
    assert claim(text).id != claim("It snowed. " + text).id
