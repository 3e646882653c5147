"""Merging bit by bit in a store gives what merging everything at once in memory gives, whatever the order."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

import pytest
from made_claims import coded, official, outlet
from sqlalchemy import event as database_event

from reportedly import archive
from reportedly.archive import merging
from reportedly.merge import Merger, find_copies, merge_claims
from reportedly.store import Incoming, Key, open_store
from reportedly.store.reading import copies_among, find_events
from reportedly.store.schema import MERGING

PLACES = ("Fujairah", "Basra", "Kadugli", "Khartoum")
HIT = ("four ships", "two tankers", "an oil firm", "the market", "a school", "the port")
FURNITURE = (
    "Sign up to our morning newsletter and never miss a story from our award winning reporters in the region today."
)
WORDS = ("smoke", "road", "closed", "families", "left", "night", "rain", "council", "prices", "fuel", "water", "talks")


def archive_of(size: int, seed: int):
    """Reports of a few weeks: acts told again, copied, denied, corrected; causes, citations, and printed furniture."""
    dice = random.Random(seed)
    acts = [(dice.choice(PLACES), dice.choice(HIT), dice.randrange(1, 24)) for _ in range(size // 3)]
    reports = []
    for number in range(size):
        claims = []
        for nth in range(dice.choice((1, 1, 2, 3))):
            place, hit, day = dice.choice(acts)
            claims.append({
                "evidence": f"{hit} attacked in {place} on the {day}th by {dice.choice(('drones', 'rebels'))} ({nth})",
                "on": hit, "at": place, "day": f"2019-05-{day:02}", "inferred": dice.random() < 0.2,
                "by": dice.choice(("", "Iran", "Houthi movement")),
                "polarity": dice.choice(("affirmed",) * 5 + ("denied", "negated")),
                "count": dice.choice((None, (2, "people"), (3, "people"), (4, "ships"))),
                "says": dice.choice(((), (official(),), (outlet(),))),
            })  # fmt: skip
        made = coded(f"r{number:03}", *claims, publisher=f"Paper {dice.randrange(6)}",
                     published=f"2019-05-{dice.randrange(2, 29):02}", text=body(dice, reports))  # fmt: skip
        first = made.claims[0]
        causes = tuple(claim.id for claim in made.claims[1:] if dice.random() < 0.5)
        reports.append(replace(made, claims=(replace(first, because_of=causes), *made.claims[1:])))
    return reports


def body(dice, earlier):
    """A text of its own or another one's, with furniture below."""
    if earlier and dice.random() < 0.3:
        return dice.choice(earlier).report.text
    own = "\n".join(" ".join(dice.choices(WORDS, k=40)) for _ in range(3))
    return own + (f"\n{FURNITURE}" if dice.random() < 0.5 else "")


def incoming(one):
    return Incoming(Key(one.report.id, hashlib.sha256(one.report.id.encode()).hexdigest(), "[]"), one)


def store_bit_by_bit(path, reports, dice, monkeypatch):
    store = open_store(path, create=True)
    waiting = list(reports)
    while waiting:
        monkeypatch.setattr(merging, "CHUNK", dice.choice((1, 3, 7, 50)))
        size = dice.randrange(1, 15)
        store.add([incoming(one) for one in waiting[:size]], "test")
        del waiting[:size]
        if dice.random() < 0.7:
            archive.merge_store(store)
    archive.merge_store(store)
    return store


def events_in(store):
    return tuple(one.event for one in find_events(store))


def in_order(events):
    return tuple(sorted(events, key=lambda e: (e.first is None, e.first, e.id)))


@pytest.mark.parametrize("seed", range(4))
def test_any_order_in_any_batches_gives_the_events_of_one_full_merge(tmp_path, monkeypatch, seed):
    reports, dice = archive_of(45, seed), random.Random(seed)
    expected = in_order(merge_claims(reports))
    assert len({len(event.reports) for event in expected}) > 2  # or it would show nothing
    dice.shuffle(reports)
    store = store_bit_by_bit(tmp_path / "s.db", reports, dice, monkeypatch)
    assert events_in(store) == expected
    links = {link.report: link for group in find_copies(one.report for one in reports) for link in group.links}
    assert copies_among(store, [one.report.id for one in reports]) == links
    archive.merge_store(store, rebuild=True)
    assert events_in(store) == expected


@pytest.mark.parametrize("seed", range(4))
def test_recoding_some_reports_gives_the_events_of_one_full_merge(tmp_path, monkeypatch, seed):
    reports, dice = archive_of(36, seed), random.Random(seed)
    store = store_bit_by_bit(tmp_path / "s.db", reports, dice, monkeypatch)
    for _ in range(4):
        for place in dice.sample(range(36), 5):
            reports[place] = coded_otherwise(reports[place], dice)
            store.recode([reports[place]], "test 2")
        archive.merge_store(store)
        assert events_in(store) == in_order(merge_claims(reports))


def coded_otherwise(report, dice):
    """The report as another version might have coded it: a claim more or less, with another id, or other sources."""
    first, *others = report.claims
    says = (*first.attribution[:1], official(dice.choice(("the ministry", "the UN")), dice.choice(("ARE", "SDN"))))
    renamed = replace(first, id=first.id[::-1], polarity=dice.choice(("affirmed", "denied")))
    several = ((first,), (renamed, *others), (replace(first, attribution=says), *others), tuple(others) or (first,))
    return replace(report, claims=dice.choice(several))


@pytest.mark.parametrize("seed", range(3))
def test_judging_gives_the_events_of_one_full_merge(tmp_path, monkeypatch, seed):
    reports, dice = archive_of(36, seed), random.Random(seed)
    store = store_bit_by_bit(tmp_path / "s.db", reports, dice, monkeypatch)
    for _ in range(8):
        judge_something(store, dice)
        if dice.random() < 0.6:
            archive.merge_store(store)
    archive.merge_store(store)
    step_by_step = events_in(store)
    archive.merge_store(store, rebuild=True)
    assert events_in(store) == step_by_step
    assert step_by_step != in_order(merge_claims(reports))


def test_claims_that_only_a_person_put_together_hear_of_one_that_is_gone(tmp_path):
    ships = coded("a", {"evidence": "ships attacked off Fujairah", "on": "ships"})
    market = coded("b", {"evidence": "a market burnt in Basra", "on": "a market", "at": "Basra"})
    store = open_store(tmp_path / "s.db", create=True)
    store.add([incoming(ships), incoming(market)], "test")
    archive.merge_store(store)
    archive.judge_merge(store, *(event.id for event in events_in(store)), "Ann")
    archive.merge_store(store)
    assert [event.reports for event in events_in(store)] == [("a", "b")]
    store.recode([replace(market, claims=())], "test 2")
    archive.merge_store(store)
    assert events_in(store) == merge_claims([ships])


def judge_something(store, dice):
    events = sorted(events_in(store), key=lambda event: event.id)
    big, other = max(events, key=lambda event: len(event.claims)), dice.choice(events)
    kind = dice.choice(("split", "merge", "reject", "correct", "undo"))
    made = [judgement.number for judgement in store.judgements() if not judgement.undone]
    if kind == "split" and len(big.claims) > 1:
        archive.judge_split(store, big.id, dice.sample(big.claims, 1), "Ann")
    elif kind == "merge" and big.id != other.id:
        archive.judge_merge(store, big.id, other.id, "Ann")
    elif kind == "undo" and made:
        archive.judge_undo(store, dice.choice(made), "Ann")
    elif kind == "correct":
        archive.judge_one(store, other.claims[0], "correct", "Ann", field="date_from", value="2019-05-09")
    else:
        archive.judge_one(store, other.claims[0], "reject", "Ann")


def test_asking_in_between_makes_no_difference_in_memory(tmp_path):
    reports, merger = archive_of(60, 9), Merger()
    for one in reports:
        merger.add(one)
        merger.settle()
    assert merger.events() == merge_claims(reports)


def test_a_merge_that_is_killed_is_taken_up_by_the_next(tmp_path, monkeypatch):
    reports, store = archive_of(40, 1), open_store(tmp_path / "s.db", create=True)
    store.add([incoming(one) for one in reports], "test")
    monkeypatch.setattr(merging, "CHUNK", 5)
    real, calls = Merger.settle, []

    def settle(self):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        real(self)

    monkeypatch.setattr(Merger, "settle", settle)
    with pytest.raises(KeyboardInterrupt):
        archive.merge_store(store)
    assert store.merged() != store.revision()
    archive.merge_store(store)
    assert events_in(store) == in_order(merge_claims(reports))


def test_a_store_that_others_have_merged_is_merged_anew_and_keeps_nothing_of_claims_that_are_gone(
    tmp_path, monkeypatch
):
    reports, store = archive_of(30, 2), open_store(tmp_path / "s.db", create=True)
    store.add([incoming(one) for one in reports], "test")
    archive.merge_store(store)
    renewed = [replace(one, claims=()) for one in reports[:5]] + reports[5:]
    with store.writing() as connection:  # as an older version of the tables left it: it remembers nothing
        for table in MERGING:
            connection.execute(table.delete())
    store.recode(renewed[:5], "test 2")
    monkeypatch.setattr(merging, "rules", lambda: 7)
    archive.merge_store(store)
    assert events_in(store) == in_order(merge_claims(renewed))
    assert archive.merge_store(store) == -1


def test_a_new_report_reads_only_what_is_like_it(tmp_path):
    read = []
    for size in (40, 160):
        store = open_store(tmp_path / f"{size}.db", create=True)
        store.add([incoming(yearly(number)) for number in range(size)], "test")
        archive.merge_store(store)
        told = {"evidence": "ships came under attack", "on": "ships", "day": "2011-01-01"}
        store.add([incoming(coded("new", told, published="2011-01-02", text="Ships."))], "test")
        seen = []
        database_event.listen(store._engine, "after_cursor_execute", lambda *call, seen=seen: seen.append(call[2]))
        archive.merge_store(store)
        assert max(len(event.reports) for event in events_in(store)) == 2
        read.append(len(seen))
    assert read[0] == read[1] < 100


def yearly(number):
    """A report of one of four attacks a year, of which each has words of its own."""
    month = f"20{10 + number // 4}-0{1 + number % 4}"
    text = " ".join(hashlib.sha256(f"{number} {word}".encode()).hexdigest() for word in range(40))
    told = {"evidence": f"ships attacked, case {number}", "on": "ships", "day": f"{month}-01"}
    return coded(f"r{number:03}", told, published=f"{month}-02", text=text)
