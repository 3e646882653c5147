"""What pronouns and definite descriptions take up."""

from __future__ import annotations

import pytest


@pytest.fixture
def antecedent(resolved_from):
    """A function from a text and a word, at its last place, to the word that it stands for, None if there is none."""

    def find(text, word):
        resolved = resolved_from(text)
        token = [t for t in resolved.parsed.doc if t.text == word][-1]
        mention = resolved.mentions.get(token.i)
        if mention is None or mention.antecedent is None:
            return None
        return resolved.parsed.doc[mention.antecedent].text

    return find


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("The army shelled a village. It lost two tanks.", "It", "army"),
        ("Rebels fled. They left two tanks.", "They", "Rebels"),
        ("The minister met the rebels. He gave them money.", "He", "minister"),
        ("The minister met the rebels. He gave them money.", "them", "rebels"),
        ("Chad moved its troops.", "its", "Chad"),
        ("Angela Merkel arrived in Mosul. She met the mayor.", "She", "Merkel"),
    ],
)
def test_a_pronoun_stands_for_the_nearest_phrase_that_agrees(antecedent, text, word, wanted):
    assert antecedent(text, word) == wanted


@pytest.mark.parametrize(
    "text",
    ["The army waited. It rained.", "The army waited. It was unclear whether rebels would come.", "It is cold."],
)
def test_it_may_stand_for_nothing(antecedent, text):
    assert antecedent(text, "It") is None


def test_a_pronoun_does_not_reach_far_back(antecedent):
    text = "The army waited. " + "Snow fell. " * 5 + "It lost two tanks."
    assert antecedent(text, "It") is None


def test_the_group_is_the_group_named_before(antecedent):
    assert antecedent("Hezbollah fired rockets. The group lost two men.", "group") == "Hezbollah"


def test_the_militants_are_the_armed_group_named_before(antecedent):
    assert antecedent("Al-Shabaab attacked a village. The militants burned a school.", "militants") is not None


def test_an_indefinite_phrase_is_somebody_new(antecedent):
    assert antecedent("Hezbollah fired rockets. A group of men fled.", "group") is None


def test_a_pronoun_has_its_antecedents_actor(resolved_from):
    resolved = resolved_from("Chad bombed a camp. It lost two jets.")
    token = next(t for t in resolved.parsed.doc if t.text == "It")
    assert resolved.mentions[token.i].actor.country == "TCD"
