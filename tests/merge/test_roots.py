"""Twelve reports can be one source: chains are followed to their end."""

from __future__ import annotations

from made_claims import coded, official, outlet, unnamed

from reportedly.merge import merge_claims
from reportedly.records import Actor, Link

SHIPS = {"evidence": "four ships were attacked off Fujairah", "on": "four ships", "count": (4, "ships")}


def told(**more):
    return {**SHIPS, **more}


def only_event(*reports):
    (event,) = merge_claims(reports)
    return event


def test_two_papers_with_reports_of_their_own_are_two_sources():
    event = only_event(coded("a", told()), coded("b", told()))
    assert (event.told_by, event.status) == ("2 reports, 2 independent sources", "corroborated")


def test_papers_that_repeat_the_guardian_are_one_source_with_the_guardian():
    event = only_event(
        coded("g", told(), publisher="The Guardian"),
        coded("a", told(says=(outlet(),))),
        coded("b", told(says=(outlet("the Guardian"),))),
    )
    assert (event.told_by, event.status) == ("3 reports, 1 independent source", "single-source")


def test_the_unnamed_officials_of_one_report_are_one_source_whoever_carries_them():
    event = only_event(
        coded("g", told(says=(unnamed(),)), publisher="The Guardian"),
        coded("a", told(says=(outlet(), unnamed("two senior intelligence sources")))),
    )
    assert event.independent_sources == 1


def test_the_unnamed_officials_of_two_papers_are_two_sources():
    assert only_event(coded("a", told(says=(unnamed(),))), coded("b", told(says=(unnamed(),)))).independent_sources == 2


def test_one_ministry_statement_is_one_source_in_every_paper():
    event = only_event(coded("a", told(says=(official(),))), coded("b", told(says=(official("the ministry"),))))
    assert event.told_by == "2 reports, 1 independent source"


def test_ministries_of_two_states_are_two_sources():
    other = official("the kingdom's energy minister", "SAU")
    event = only_event(coded("a", told(says=(official(),))), coded("b", told(says=(other,))))
    assert event.independent_sources == 2


def test_a_reprint_is_no_second_source():
    text = "\n".join(" ".join(f"word{i}{j}" for j in range(60)) for i in range(5))
    event = only_event(
        coded("wire", told(), publisher="Example Wire", text=text, agency="Example Wire"),
        coded("a", told(), text=text, agency="Example Wire", published="2019-05-14"),
        coded("b", told(), text=text, agency="Example Wire", published="2019-05-14"),
    )
    assert (event.told_by, event.texts) == ("3 reports, 1 independent source", 1)


def test_reprints_of_an_agency_whose_own_report_is_missing_are_one_source():
    text = "\n".join(" ".join(f"word{i}{j}" for j in range(60)) for i in range(5))
    event = only_event(*(coded(name, told(), text=text, agency="Example Wire") for name in "abc"))
    assert [(s.name, len(s.reports)) for s in event.sources] == [("Example Wire", 3)]


def test_a_reports_own_headline_is_no_witness_beside_the_source_that_it_cites():
    headline = {**SHIPS, "evidence": "Four ships attacked off Fujairah"}
    assert only_event(coded("a", headline, told(says=(official(),)))).independent_sources == 1


def test_a_source_that_is_a_side_of_the_event_is_a_party():
    event = only_event(
        coded(
            "a", told(by="Iran", says=(Link("named", "Tehran", actor=Actor("iran", "Iran", "IRN", "GOV", "state")),))
        ),
        coded("b", told(by="Iran", says=(official("Oslo", "NOR"),))),
    )
    assert {source.name: source.party for source in event.sources} == {"Tehran": True, "Oslo": False}


def test_state_media_are_a_party_to_what_their_state_does():
    event = only_event(coded("a", told(by="Iran", says=(outlet("Press TV"),))), coded("b", told(by="Iran")))
    assert {source.name: source.party for source in event.sources} == {"Press TV": True, "b Gazette": None}
