"""Which claim follows from which."""

from __future__ import annotations

import pytest


@pytest.fixture
def links(coded_from):
    """A function from a text to the pairs (type of the effect, type of its cause)."""

    def find(text):
        claims = coded_from(text).claims
        by_id = {claim.id: claim.event for claim in claims}
        return [(claim.event, by_id[cause]) for claim in claims for cause in claim.because_of]

    return find


@pytest.mark.parametrize(
    "text",
    [
        "Mali expelled two diplomats after gunmen attacked a convoy near Gao.",
        "Mali expelled two diplomats following an attack by gunmen on a convoy near Gao.",
        "In retaliation for an attack by gunmen on a convoy, Mali expelled two diplomats.",
        "Gunmen of Chad attacked a convoy near Gao. In retaliation Mali expelled two diplomats.",
    ],
)
def test_a_connective_links_an_act_to_what_it_answers(links, text):
    assert links(text) == [("SANCTION", "ASSAULT")]


def test_acts_that_only_stand_beside_one_another_are_not_linked(links):
    assert links("Mali expelled two diplomats. Gunmen attacked a convoy near Mosul.") == []


def test_no_two_claims_cause_one_another(coded_from):
    text = "After gunmen attacked a convoy, Mali expelled two diplomats. In response, Chad recalled its ambassador."
    claims = coded_from(text).claims
    pairs = {(claim.id, cause) for claim in claims for cause in claim.because_of}
    assert not pairs & {(b, a) for a, b in pairs}


def test_causes_are_claims_of_the_same_report(coded_from):
    claims = coded_from("Mali expelled two diplomats after gunmen attacked a convoy near Gao.").claims
    ids = {claim.id for claim in claims}
    assert all(set(claim.because_of) <= ids for claim in claims)
