"""One act told twice is one claim."""

from __future__ import annotations


def test_a_second_telling_adds_its_evidence_and_no_claim(coded_from):
    (claim,) = coded_from("Chad bombed a camp near Bria. Chad bombed the camp on Monday.").claims
    assert [span.text for span in (claim.evidence, *claim.also)] != [claim.evidence.text]
    assert claim.when.first == "2024-05-06"
    assert claim.where.name == "Bria"


def test_two_days_are_two_acts(coded_from):
    claims = coded_from("Chad bombed a camp near Bria on Monday. Chad bombed a camp near Bria on Wednesday.").claims
    assert [claim.when.first for claim in claims] == ["2024-05-06", "2024-05-08"]


def test_two_places_are_two_acts(coded_from):
    claims = coded_from("Chad bombed a camp near Bria. Chad bombed a camp near Mosul.").claims
    assert [claim.where.name for claim in claims] == ["Bria", "Mosul"]


def test_two_doers_are_two_acts(coded_from):
    claims = coded_from("Chad bombed a camp near Bria on Monday. Rebels bombed a camp near Bria on Monday.").claims
    assert len(claims) == 2


def test_a_denial_is_not_joined_with_what_it_denies(coded_from):
    claims = coded_from("Villagers said Chad bombed a camp near Bria. Chad denied bombing the camp near Bria.").claims
    assert sorted(c.polarity for c in claims if c.event == "ASSAULT") == ["affirmed", "denied"]


def test_a_strike_that_killed_is_one_act(coded_from):
    (claim,) = coded_from("A Turkish air strike killed two farmers near Mosul on Monday.").claims
    assert claim.event == "ASSAULT"
    assert [p.actor.country for p in claim.actors] == ["TUR"]


def test_telling_an_act_twice_does_not_change_its_type(coded_from):
    once = coded_from("Mali expelled two diplomats on Monday.").claims
    twice = coded_from("Mali expelled two diplomats on Monday. Mali expelled the diplomats.").claims
    assert [c.event for c in once] == [c.event for c in twice] == ["SANCTION"]
