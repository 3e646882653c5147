"""Who did it and to whom."""

from __future__ import annotations

import pytest


@pytest.fixture
def sides(coded_from):
    """A function from a text to the words of actors and recipients of its only claim."""

    def find(text):
        (claim,) = coded_from(text).claims
        return [p.text for p in claim.actors], [p.text for p in claim.recipients]

    return find


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Rebels attacked a convoy.", ["Rebels"], ["a convoy"]),
        ("A convoy was attacked by rebels.", ["rebels"], ["A convoy"]),
        ("A convoy was attacked.", [], ["A convoy"]),
        ("A raid by rebels killed two farmers.", ["rebels"], ["two farmers"]),
        ("Rebels launched an attack on a convoy.", ["Rebels"], ["a convoy"]),
        ("The convoy suffered an attack by rebels.", ["rebels"], ["The convoy"]),
        ("Soldiers who attacked a convoy fled.", ["Soldiers"], ["a convoy"]),
        ("France, Spain and Portugal condemned Chad.", ["France", "Spain", "Portugal"], ["Chad"]),
    ],
)
def test_the_same_sides_are_found_in_every_syntax(sides, text, actors, recipients):
    assert sides(text) == (actors, recipients)


def test_a_drone_leads_to_whoever_launched_it(sides):
    assert sides("Drones launched by rebels hit a convoy.")[0] == ["rebels"]


def test_a_rocket_that_nobody_is_said_to_have_fired_has_no_actor(sides):
    assert sides("A rocket hit a convoy near Bria on Monday.")[0] == []


def test_all_parties_of_a_meeting_take_part(sides):
    actors, recipients = sides("France met Chad in Paris.")
    assert sorted(actors + recipients) == ["Chad", "France"]


def test_we_is_whoever_speaks(coded_from):
    claims = coded_from('"We have killed two soldiers," Hezbollah said on Monday.').claims
    assert [[p.actor.name for p in claim.actors] for claim in claims] == [["Hezbollah"]]


def test_nobody_stands_on_both_sides(coded_from):
    for claim in coded_from("The army attacked the rebels, and the rebels attacked the army in Bria.").claims:
        assert not {p.start for p in claim.actors} & {p.start for p in claim.recipients}


def test_an_act_without_any_known_party_is_left_out_with_the_reason(coded_from):
    coded = coded_from("The flood hit a garden.")
    assert coded.claims == ()
    assert "hit" in [d.text for d in coded.decisions]


def test_the_doer_of_a_demand_is_not_taken_for_its_addressee(coded_from):
    (claim,) = coded_from("Cyprus demanded that Turkey withdraw its troops.").claims
    assert [p.text for p in claim.actors] == ["Cyprus"]
    assert [p.text for p in claim.recipients] == ["Turkey"]


def test_participants_point_at_their_words(coded_from):
    text = "Iraq's army shelled two villages near Mosul."
    for claim in coded_from(text).claims:
        for p in (*claim.actors, *claim.recipients):
            assert text[p.start : p.end] == p.text
