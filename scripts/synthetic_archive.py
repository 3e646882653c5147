"""A seeded archive of coded reports whose events are known, to measure the store and the merging.

    python scripts/synthetic_archive.py --reports 100000

Language is left out: claims are made as values, with the little differences that retellings have (the other type of a
neighbouring act, a place by its region, a day given as a week, a rounded number, copies). Each batch is stored and
merged before the next comes. Prints the rate of the first and the last tenth, memory, pairwise precision and recall of
the events, and whether storing it all again changes a row.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import comb
from pathlib import Path

from sqlalchemy import Table

from reportedly.archive import merge_store
from reportedly.pages import pages
from reportedly.pipeline import CODER
from reportedly.plover import event_types
from reportedly.records import (
    Actor,
    Claim,
    CodedReport,
    Link,
    Participant,
    Quantity,
    Report,
    Span,
    Toponym,
    When,
)  # fmt: skip
from reportedly.store import Incoming, Key, Store, open_store, schema
from reportedly.store.reading import find_events

SYLLABLES = ("ba", "do", "ka", "li", "ma", "ne", "ru", "sa", "to", "vi", "wa", "zu", "ge", "hi", "fo", "pe")
PLACES = 5_000
COUNTRIES = ("SDN", "YEM", "COD", "UKR", "SYR", "NGA", "MLI", "MMR", "AFG", "IRQ", "SOM", "LBY")
DOERS = (("rebels", "REB"), ("the army", "MIL"), ("gunmen", "UAF"), ("the police", "COP"), ("militia fighters", "PRM"))
HIT = [
    "a market",
    "a school",
    "an army base",
    "a hospital",
    "the airport",
    "a bridge",
    "a police post",
    "a village",
    "a convoy",
    "a power station",
    "a refugee camp",
    "the port",
    "a church",
    "a mosque",
    "a warehouse",
    "a bus",
]
KINDS = (("ASSAULT", "heavy-weapons", "shelled"), ("ASSAULT", "aerial", "bombed"), ("ASSAULT", "firearms", "attacked"),
         ("COERCE", "seize", "seized"), ("ASSAULT", "destroy", "burned down"))  # fmt: skip
FILLER = [
    "officials",
    "residents",
    "reported",
    "heavy",
    "smoke",
    "road",
    "closed",
    "families",
    "left",
    "night",
    "morning",
    "rain",
    "district",
    "council",
    "meeting",
    "prices",
    "fuel",
    "water",
    "supply",
    "talks",
    "region",
    "border",
    "drivers",
    "shops",
    "students",
    "doctors",
    "said",
    "after",
    "before",
    "during",
    "near",
    "without",
    "many",
]


@dataclass(frozen=True, slots=True)
class Act:
    """What really happened."""

    number: int
    kind: tuple[str, str, str]
    doer: tuple[str, str]
    hit: str
    place: str
    country: str
    lat: float
    lon: float
    day: date
    killed: int


def make_acts(dice: random.Random, count: int) -> Iterator[Act]:
    """Acts, 82 a day, at places that are hit again and again."""
    places = [_make_place(dice) for _ in range(PLACES)]
    for number in range(count):
        place, country, lat, lon = dice.choice(places)
        day = date(2023, 1, 1) + timedelta(days=number // 82)
        killed = dice.choice((0, 0, 1, 2, 3, 5, 8, 12, 30))
        yield Act(
            number, dice.choice(KINDS), dice.choice(DOERS), dice.choice(HIT), place, country, lat, lon, day, killed
        )


def _make_place(dice: random.Random) -> tuple[str, str, float, float]:
    name = "".join(dice.choices(SYLLABLES, k=4)).title()
    return name, dice.choice(COUNTRIES), dice.uniform(-30, 50), dice.uniform(-15, 100)


def make_archive(reports: int, seed: int, truth: dict[str, int]) -> Iterator[Incoming]:
    """The reports, in order of the acts; `truth` learns which claim tells which act."""
    dice, number = random.Random(seed), 0
    for act in make_acts(dice, reports):
        original: Report | None = None
        for _ in range(dice.choice((1, 1, 1, 2, 3, 4, 9))):
            if number == reports:
                return
            copied = original if original is not None and dice.random() < 0.3 else None
            made = _tell(act, f"s{number:06d}", dice, copied)
            original = original or made.coded.report
            truth.update({claim.id: act.number for claim in made.coded.claims})
            yield made
            number += 1


def _tell(act: Act, id: str, dice: random.Random, original: Report | None) -> Incoming:
    publisher = f"Paper {dice.randrange(400)}"
    published = act.day + timedelta(days=dice.choice((0, 1, 1, 2)))
    event, mode, verb = act.kind
    what = f"{act.doer[0]} {verb} {act.hit} in {act.place}"
    lead = f"{what.capitalize()} on {act.day:%A}" + (
        f", killing {_rounded(act.killed, dice)} people" if act.killed else ""
    )
    text = f"{lead}, {dice.choice(('the governor', 'a spokesman', 'the ministry'))} said.\n" + " ".join(
        dice.choices(FILLER, k=90)
    )
    if original is not None:
        text = original.text
    report = Report(id, text, title=what, published=published.isoformat(), publisher=publisher)
    claim = _claim(act, report, event, mode, verb, dice)
    digest = hashlib.sha256(id.encode()).hexdigest()
    return Incoming(Key(id, digest, "[]"), CodedReport(report, (claim,), ()))


def _claim(act: Act, report: Report, event: str, mode: str, verb: str, dice: random.Random) -> Claim:
    text = report.text.split("\n")[0]
    start = text.index(verb)
    vague = dice.random() < 0.1
    first = act.day - timedelta(days=3) if vague else act.day
    doer = Actor(f"{act.doer[0].removeprefix('the ')}-{act.country}", act.doer[0], act.country, act.doer[1], "group")
    named = dice.random() < 0.85
    kind = event_types()[event]
    return Claim(
        id=hashlib.sha256(report.id.encode()).hexdigest()[:16],
        report=report.id,
        event=event,
        modes=(mode,) if dice.random() < 0.8 else (),
        contexts=(),
        quad=kind.quad,
        score=kind.score,
        actors=(Participant(0, len(act.doer[0]), text[: len(act.doer[0])], doer),) if named else (),
        recipients=(Participant(start + len(verb) + 1, start + len(verb) + 1 + len(act.hit), act.hit,
                                Actor(None, act.hit, act.country, "CVL")),),
        where=Toponym(0, 0, act.place, act.place, act.country, act.lat, act.lon, "city", radius_km=8.0),
        when=When(0, 0, "", first.isoformat(), act.day.isoformat(), "week" if vague else "day", inferred=vague),
        attribution=(Link("publisher", report.publisher or ""),),
        aspect="actual",
        polarity="affirmed",
        certainty="certain",
        quote=None,
        quantities=(Quantity(act.killed, "people"),) if act.killed else (),
        because_of=(),
        evidence=Span(0, len(text), text),
        trigger=Span(start, start + len(verb), verb),
        confidence=0.9,
        coder=CODER,
    )  # fmt: skip


def _rounded(number: int, dice: random.Random) -> int:
    return number + (dice.choice((0, 0, 0, 1)) if number > 2 else 0)


# --- measuring -------------------------------------------------------------------------------------------------------


def store_all(store: Store, reports: int, seed: int, batch: int) -> tuple[list[float], list[float], dict[str, int]]:
    """Processor seconds that each batch takes to be stored and to be merged, without making it; and the truth."""
    truth: dict[str, int] = {}
    storing, merging = [], []
    for page in pages(make_archive(reports, seed, truth), batch):
        started = time.process_time()
        store.add(page, CODER)
        stored = time.process_time()
        merge_store(store)
        storing.append(stored - started)
        merging.append(time.process_time() - stored)
    return storing, merging, truth


def pairwise(store: Store, truth: dict[str, int]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of claims that are one event."""
    merged = [[truth[claim] for claim in one.event.claims] for one in find_events(store)]
    right = sum(comb(n, 2) for group in merged for n in Counter(group).values())
    found = sum(comb(len(group), 2) for group in merged)
    wanted = sum(comb(n, 2) for n in Counter(truth.values()).values())
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def size_of(store: Store) -> str:
    """What the store holds, and how large its file is."""
    count, path = store.count(), Path(store.name)
    size = f", {path.stat().st_size / 1e6:,.0f} MB" if path.exists() else ""
    return f"{count['reports']:,} reports, {count['texts']:,} texts, {count['events']:,} events{size}"


def event_digest(store: Store) -> str:
    """A hash of all rows of events."""
    return digest(store, (schema.copies, schema.events, schema.event_claims, schema.merge_decisions))


def digest(store: Store, tables: Sequence[Table] = schema.METADATA.sorted_tables) -> str:
    """A hash of all rows of these tables."""
    mark = hashlib.sha256()
    with store.reading() as connection:
        for table in tables:
            query = table.select().order_by(*table.primary_key.columns).execution_options(yield_per=1000)
            for row in connection.execute(query):
                mark.update(repr(tuple(row)).encode())
    return mark.hexdigest()


def tenths(seconds: list[float]) -> str:
    """Seconds of every tenth, and what the last is to the first."""
    size = max(len(seconds) // 10, 1)
    each = [sum(seconds[start : start + size]) for start in range(0, size * 10, size)]
    return f"tenths {' '.join(f'{one:.1f}' for one in each)} s, last to first {each[-1] / each[0]:.2f}"


def memory() -> str:
    """Most memory that was held so far."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most"


def main() -> int:
    """Store, merge, store again; say how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--rebuild", action="store_true", help="in the end merge everything anew, and compare")
    parser.add_argument("--store", help="an empty store; a temporary SQLite file by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(given.store or Path(folder) / "synthetic.db", create=True)
        started = time.perf_counter()
        storing, merging, truth = store_all(store, given.reports, given.seed, given.batch)
        for what, seconds in (("stored", storing), ("merged", merging)):
            rate = f"{given.reports / sum(seconds):,.0f} reports a second of processor time"
            print(f"{what} in batches of {given.batch}: {rate}; {tenths(seconds)}")
        both = [a + b for a, b in zip(storing, merging, strict=True)]
        print(
            f"both: {tenths(both)}; {time.perf_counter() - started:.0f} s with making the values; {memory()}",
            flush=True,
        )
        precision, recall, f1 = pairwise(store, truth)
        print(f"pairwise precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; {size_of(store)}", flush=True)
        before = digest(store)
        again, merged_again, _ = store_all(store, given.reports, given.seed, given.batch)
        same = digest(store) == before
        print(f"all again in {sum(again) + sum(merged_again):.0f} s: {'no row changed' if same else 'ROWS CHANGED'}")
        if given.rebuild:
            started, events = time.perf_counter(), event_digest(store)
            merge_store(store, rebuild=True)
            same = same and event_digest(store) == events
            print(f"rebuilt in {time.perf_counter() - started:.0f} s: {'the same events' if same else 'OTHER EVENTS'}")
        print(f"{memory()} in all")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
