"""Which words name acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.code import lexicon
from reportedly.code.acts import find_acts
from reportedly.errors import KnowledgeBroken


@pytest.fixture
def acts(resolved_from):
    """A function from a text to (word, type) of the acts that it names, whoever does them."""

    def find(text):
        return [(act.trigger.text, act.event) for act in find_acts(resolved_from(text)).acts]

    return find


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rebels attacked a convoy.", [("attacked", "ASSAULT")]),
        ("An attack by rebels on a convoy was long.", [("attack", "ASSAULT")]),
        ("France met Chad in Paris.", [("met", "CONSULT")]),
        ("Troops were deployed near Bria.", [("deployed", "MOBILIZE")]),
        ("Kenya is ready to help Haiti.", [("ready", "AGREE"), ("help", "AID")]),
        ("The clerk filed the papers.", []),
    ],
)
def test_verbs_nouns_and_adjectives_name_acts(acts, text, wanted):
    assert acts(text) == wanted


@pytest.mark.parametrize(
    ("plain", "special"),
    [
        (("Police fired at students.", "ASSAULT"), ("The president fired the minister.", "COERCE")),
        (("The general withdrew from Bria.", "RETREAT"), ("The state withdrew aid from Mali.", "SANCTION")),
        (("Rebels struck a bridge.", "ASSAULT"), ("Rebels struck a deal with Chad.", "AGREE")),
        (("Troops launched missiles.", "ASSAULT"), ("Troops launched an inquiry into the mayor.", "ACCUSE")),
    ],
)
def test_the_pattern_with_more_conditions_wins(acts, plain, special):
    for text, event in (plain, special):
        assert acts(text)[0][1] == event


def test_a_pattern_that_names_no_act_stops_the_search_and_says_so(resolved_from):
    found = find_acts(resolved_from("The heart attack was sudden."))
    assert found.acts == []
    assert [(d.text, d.outcome) for d in found.decisions] == [("attack", "not coded")]
    assert "names no act" in found.decisions[0].because


def test_a_light_verb_carries_the_noun_that_names_the_act(resolved_from):
    (act,) = find_acts(resolved_from("Rebels launched an attack on a convoy.")).acts
    assert (act.trigger.text, act.verb.text, act.nominal, act.suffered) == ("attack", "launched", True, False)


def test_a_verb_of_suffering_makes_its_subject_the_victim(resolved_from):
    (act,) = find_acts(resolved_from("The convoy suffered an attack.")).acts
    assert (act.trigger.text, act.verb.text, act.suffered) == ("attack", "suffered", True)


def test_the_noun_of_a_verbs_own_pattern_is_no_second_act(acts):
    assert acts("France and Chad held talks in Paris.") == [("held", "CONSULT")]


def test_a_noun_that_modifies_another_names_no_act(acts):
    assert acts("Attack helicopters flew over the lake.") == []


def test_a_definite_noun_with_nothing_of_its_own_takes_up_an_earlier_act(resolved_from):
    found = find_acts(resolved_from("Rebels attacked a convoy on Monday. The attack lasted an hour."))
    assert [act.trigger.text for act in found.acts] == ["attacked"]
    assert [noun.text for noun in found.anaphors] == ["attack"]


def test_a_definite_noun_that_says_where_is_an_act_of_its_own(acts):
    assert ("attack", "ASSAULT") in acts("The attack on the village of Bria lasted an hour.")


def test_patterns_come_most_specific_first():
    for rows in lexicon.patterns().values():
        counts = [len(pattern.conditions) for pattern in rows]
        assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    "row",
    [
        {"pattern": "attack/X", "event": "ASSAULT", "modes": ""},
        {"pattern": "attack/V", "event": "ASSAULTS", "modes": ""},
        {"pattern": "attack/V", "event": "ASSAULT", "modes": "nuclear"},
        {"pattern": "attack/V @person", "event": "ASSAULT", "modes": ""},
        {"pattern": "attack/V >@nobodies", "event": "ASSAULT", "modes": ""},
    ],
)
def test_a_broken_line_of_acts_tsv_is_named_with_a_hint(row):
    with pytest.raises(KnowledgeBroken) as caught:
        lexicon._read({"recipient": "obj", "actor": "", **row}, 1)
    assert row["pattern"].split()[-1].lstrip(">") in caught.value.message
    assert caught.value.hint


def test_every_sign_of_a_condition_is_explained_in_the_docs():
    docs = (Path(__file__).parents[2] / "docs" / "acts.md").read_text(encoding="utf-8")
    assert [sign for sign in lexicon.SIGNS if f"| `{sign}" not in docs] == []
