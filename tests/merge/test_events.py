"""What becomes an event, which claims are one, and how it stands."""

from __future__ import annotations

import itertools
import random

import pytest
from made_claims import coded, official

from reportedly.merge import Merger, merge_claims

SHIPS = {"evidence": "four ships were attacked off Fujairah", "on": "four ships", "count": (4, "ships")}
TANKERS = {"evidence": "tankers sabotaged near Fujairah", "on": "tankers"}
ROCKET = {"evidence": "a rocket hit an oil firm in Basra", "on": "oil firm", "at": "Basra", "day": "2019-05-12"}


def told(base=SHIPS, **more):
    return {**base, **more}


def events(*reports):
    return merge_claims(reports)


# --- one or two ------------------------------------------------------------------------------------------------------


def test_two_reports_of_one_attack_are_one_event():
    (event,) = events(coded("a", SHIPS), coded("b", TANKERS))
    assert set(event.reports) == {"a", "b"}


@pytest.mark.parametrize(
    "other",
    [
        ROCKET,
        told(day="2019-06-13"),
        told(event="AID", evidence="aid reached Fujairah"),
        told(at="Khartoum", evidence="boats came under fire", on="boats"),
    ],
    ids=["elsewhere", "a month later", "another type", "in another country"],
)
def test_another_act_is_another_event(other):
    assert len(events(coded("a", SHIPS), coded("b", other, published="2019-06-14"))) == 2


def test_an_undated_mention_joins_the_act_that_it_recalls():
    later = told(TANKERS, day="2019-05-20", inferred=True)
    assert len(events(coded("a", SHIPS), coded("b", later, published="2019-05-20"))) == 1


def test_what_was_printed_before_the_act_cannot_tell_it():
    earlier = told(TANKERS, day="")
    assert len(events(coded("a", SHIPS), coded("b", earlier, published="2019-05-01"))) == 2


def test_words_of_two_speakers_are_two_events():
    urged = {"event": "REQUEST", "day": "2019-05-12", "evidence": "Iran urged restraint in the Gulf after the attack"}
    other = told(urged, by="Saudi Arabia", evidence="Riyadh urged all sides in the Gulf to show restraint")
    assert len(events(coded("a", told(urged, by="Iran")), coded("b", other))) == 2


def test_one_bold_likeness_does_not_chain_two_attacks_together():
    monday, tuesday = told(day="2019-05-12"), told(day="2019-05-19", evidence="four ships were attacked again")
    vague = told(TANKERS, day="2019-05-15", inferred=True)
    found = events(coded("a", monday), coded("b", tuesday, published="2019-05-20"), coded("c", vague))
    assert len(found) == 2


def test_every_merge_says_why():
    (event,) = events(coded("a", SHIPS), coded("b", TANKERS))
    (decision,) = event.decisions
    assert decision.same
    assert "same_type 1: +1.0" in decision.because
    assert decision.score == pytest.approx(sum(float(b.split()[-1]) for b in decision.because), abs=0.3)


def test_a_refused_merge_can_be_looked_up_with_its_reasons():
    merger = Merger()
    first, second = coded("a", SHIPS), coded("b", told(day="2019-05-16"), published="2019-05-17")
    merger.add(first)
    merger.add(second)
    (decision,) = merger.decisions(first.claims[0].id)
    assert not decision.same
    assert "days_apart 4: -6.4" in decision.because


# --- order and time --------------------------------------------------------------------------------------------------


def crisis():
    days = [f"2019-05-{day:02}" for day in range(10, 20)]
    reports = []
    for i, (base, day) in enumerate(itertools.product((SHIPS, TANKERS, ROCKET), days)):
        published = f"2019-05-{int(day[-2:]) + 1:02}"
        reports.append(coded(f"r{i:02}", told(base, day=day, inferred=i % 4 == 0), published=published))
    return reports


def test_the_order_of_reports_makes_no_difference():
    reports = crisis()
    expected = merge_claims(reports)
    for seed in range(4):
        random.Random(seed).shuffle(reports)
        assert merge_claims(reports) == expected


def test_asking_in_between_makes_no_difference():
    merger = Merger()
    for one in crisis():
        merger.add(one)
        merger.events()
    assert merger.events() == merge_claims(crisis())


def test_a_report_that_comes_twice_changes_nothing():
    assert merge_claims([*crisis(), *crisis()]) == merge_claims(crisis())


def test_a_later_report_does_not_change_the_id_of_an_event():
    (before,) = events(coded("a", SHIPS))
    (after,) = events(coded("a", SHIPS), coded("b", TANKERS, published="2019-05-14"))
    assert before.id == after.id


# --- how it stands ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("aspect", ["future", "hypothetical", "habitual"])
def test_what_is_feared_or_planned_or_usual_is_no_event(aspect):
    assert events(coded("a", told(aspect=aspect))) == ()


def test_that_nothing_happened_is_no_event():
    assert events(coded("a", told(polarity="negated"))) == ()


def test_what_is_only_denied_is_an_event_that_is_denied():
    (event,) = events(coded("a", told(polarity="denied", says=(official(),))))
    assert event.status == "denied"


def test_a_denial_of_what_others_affirm_makes_it_disputed():
    denial = told(polarity="denied", says=(official(),))
    (event,) = events(coded("a", SHIPS), coded("b", denial))
    assert (event.status, event.independent_sources) == ("disputed", 1)
    assert [source.denies for source in event.sources] == [True, False]


def test_who_denies_a_part_in_it_disputes_the_doer_and_not_the_event():
    (event,) = events(
        coded("a", SHIPS), coded("b", told(by="Iran")), coded("c", told(by="Iran", polarity="denied"))
    )  # fmt: skip
    doer = event.field("actor")
    assert event.status == "corroborated"
    assert (doer.best, doer.disputed, len(doer.values[0].denied_by)) == ("Iran", True, 1)


def test_rival_doers_are_shown_with_their_claims():
    (event,) = events(coded("a", told(by="Iran")), coded("b", told(by="Saudi Arabia")))
    doer = event.field("actor")
    assert doer.disputed
    assert {value.value for value in doer.values} == {"Iran", "Saudi Arabia"}


def test_agreeing_fields_are_not_disputed():
    (event,) = events(coded("a", SHIPS), coded("b", told(by="Iran")))
    assert not any(field.disputed for field in event.fields)


def test_numbers_have_a_lowest_a_best_and_a_highest():
    dead = {"evidence": "people were killed in Kadugli", "on": "people", "at": "Kadugli", "trigger": "killed"}
    counts = {"a": 5, "b": 6, "c": 6}
    (event,) = events(*(coded(name, told(dead, count=(n, "people"))) for name, n in counts.items()))
    killed = event.field("killed")
    assert (killed.low, killed.best, killed.high, killed.disputed) == (5, "6", 6, True)


# --- corrections -----------------------------------------------------------------------------------------------------


def test_a_correction_replaces_the_publishers_first_figure_and_keeps_it_on_record():
    first = coded("a", told(count=(7, "ships")), publisher="Gulf Courier", published="2019-05-12T16:00")
    words = "The first report gave seven ships. The correct number is four."
    later = coded("b", SHIPS, publisher="Gulf Courier", published="2019-05-13T09:00", text=words)
    (event,) = events(first, later)
    assert event.superseded == (first.claims[0].id,)
    assert event.claims == (first.claims[0].id, later.claims[0].id)
    assert (event.field("ships").low, event.field("ships").high) == (4, 4)


def test_another_publishers_figure_replaces_nothing():
    assert events(coded("a", told(count=(7, "ships"))), coded("b", SHIPS, published="2019-05-14"))[0].superseded == ()


def test_an_event_that_its_only_publisher_takes_back_is_retracted():
    first = coded("a", SHIPS, publisher="Gulf Courier", published="2019-05-12T16:00")
    words = "Correction: no ships were attacked."
    later = coded("b", told(polarity="denied"), publisher="Gulf Courier", published="2019-05-13", text=words)
    (event,) = events(first, later)
    assert event.status == "retracted"


# --- links -----------------------------------------------------------------------------------------------------------


def test_an_event_that_answers_another_is_linked_to_it():
    first = coded("a", SHIPS)
    answer = {"event": "COERCE", "evidence": "ships were seized in retaliation", "by": "Iran", "at": "Basra"}
    second = coded("b", told(answer, day="2019-05-15", because_of=(first.claims[0].id,)), published="2019-05-16")
    attack, seizure = events(first, second)
    assert seizure.because_of == (attack.id,)
    assert attack.because_of == ()
