"""What people rule outweighs likeness; of contradicting rulings the newer one holds."""

from __future__ import annotations

import pytest
from made_claims import coded

from reportedly.merge import Merger, Ruling
from reportedly.merge.rulings import Rulings

SHIPS = {"evidence": "four ships were attacked off Fujairah", "on": "four ships", "count": (4, "ships")}
ROCKET = {"evidence": "a rocket hit an oil firm in Basra", "on": "oil firm", "at": "Basra"}
REPORTS = (coded("a", SHIPS), coded("b", SHIPS), coded("c", SHIPS), coded("d", ROCKET))
A, B, C, D = (report.claims[0].id for report in REPORTS)


def events(*rulings, reports=REPORTS):
    merger = Merger(rulings)
    for report in reports:
        merger.add(report)
    return merger.events()


def groups(*rulings, reports=REPORTS):
    return {"".join(sorted(event.reports)) for event in events(*rulings, reports=reports)}


def split(these, those, because="judgement 1: split"):
    return Ruling(tuple(these), tuple(those), False, because)


def merge(these, those, because="judgement 2: merge"):
    return Ruling(tuple(these), tuple(those), True, because)


def test_without_rulings_likeness_decides():
    assert groups() == {"abc", "d"}


def test_a_claim_that_was_split_off_is_an_event_of_its_own():
    assert groups(split([A], [B, C])) == {"a", "bc", "d"}


def test_claims_that_were_split_off_together_stay_together():
    assert groups(split([A, D], [B, C])) == {"ad", "bc"}


def test_events_that_were_merged_are_one_however_unlike():
    assert groups(merge([A, B, C], [D])) == {"abcd"}


def test_a_later_report_joins_either_half_but_bridges_none():
    more = (*REPORTS, coded("e", SHIPS))
    assert groups(split([A], [B, C]), reports=more) in ({"ae", "bc", "d"}, {"a", "bce", "d"})


@pytest.mark.parametrize(
    ("rulings", "found"),
    [
        ((merge([A], [D]), split([D], [A, B, C])), {"abc", "d"}),
        ((split([A], [B, C]), merge([A], [B])), {"ab", "c", "d"}),
        ((merge([A], [D]), merge([D], [B]), split([A], [B])), {"ac", "bd"}),
    ],
    ids=["split after merge", "merged after split", "in a roundabout way"],
)
def test_of_contradicting_rulings_the_newer_one_holds(rulings, found):
    assert groups(*rulings) == found


def test_the_order_of_reports_makes_no_difference():
    rulings = (merge([A], [D]), split([B], [A, C, D]))
    assert events(*rulings) == events(*rulings, reports=REPORTS[::-1])


def test_an_event_says_who_put_its_claims_together():
    (event,) = events(merge([A, B, C], [D], "judgement 2: merge, by Ann"))
    decision = next(d for d in event.decisions if D in (d.this, d.that))
    assert (decision.same, decision.because[-1]) == (True, "judgement 2: merge, by Ann")
    assert decision.score < 0


def test_both_halves_of_a_split_say_who_took_them_apart():
    found = events(split([A], [B, C], "judgement 1: split, by Ann"))
    parted = [d for event in found for d in event.decisions if not d.same]
    assert [d.because[-1] for d in parted] == ["judgement 1: split, by Ann"] * 2
    assert all(A in (d.this, d.that) for d in parted)


def test_a_ruling_about_claims_that_are_gone_does_nothing():
    assert groups(merge(["gone"], [D]), split(["gone"], [A])) == {"abc", "d"}


def test_rulings_on_one_pair_name_the_newest():
    rulings = Rulings([merge(["x"], ["y"], "older"), merge(["x"], ["y"], "newer")])
    assert rulings.why("y", "x") == "newer"
    assert rulings.why("x", "z") is None
