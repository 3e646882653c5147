"""A seeded store of a million claims, made without reading a text, to measure the desk on.

    python scripts/synthetic_store.py --claims 1000000 --store /somewhere/million.db

Acts, reports and claims are invented as values and go through the store's own functions; events are written as merging
would have made them, but known beforehand. What is in a store depends on the two numbers only.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from reportedly.pages import pages
from reportedly.plover import event_types
from reportedly.records import (
    Actor,
    Claim,
    CodedReport,
    Event,
    EventField,
    FieldValue,
    Link,
    Participant,
    Report,
    RootSource,
    Span,
    Toponym,
    When,
)
from reportedly.store import Incoming, Key, Store, open_store

CODER = "reportedly synthetic"
FIRST = date(2023, 1, 2)
ACTS_A_DAY = 480
TELLINGS = (1, 1, 1, 2, 3, 4, 8)
SYLLABLES = ("ba", "do", "ka", "li", "ma", "ne", "ru", "sa", "to", "vi", "wa", "zu", "ge", "hi", "fo", "pe")
COUNTRIES = (
    ("SDN", 15.0, 30.0), ("YEM", 15.5, 47.5), ("COD", -2.5, 23.5), ("UKR", 49.0, 32.0), ("SYR", 35.0, 38.0),
    ("NGA", 10.0, 8.0), ("MLI", 18.0, -2.0), ("MMR", 21.0, 96.0), ("AFG", 33.0, 66.0), ("IRQ", 33.0, 44.0),
    ("SOM", 5.0, 46.0), ("LBY", 28.0, 17.0), ("COL", 4.0, -73.0), ("PHL", 12.0, 122.0),
)  # fmt: skip
GROUPS = (
    ("army", "MIL"), ("rebels", "REB"), ("police", "COP"), ("government", "GOV"), ("militia", "PRM"), ("party", "PTY"),
    ("students", "CVL"), ("union", "CVL"), ("parliament", "LEG"), ("clan fighters", "UAF"),
)  # fmt: skip
VERBS = {
    "ASSAULT": "shelled", "COERCE": "detained", "PROTEST": "marched against", "MOBILIZE": "massed troops against",
    "THREATEN": "threatened", "ACCUSE": "accused", "REJECT": "rebuffed", "REQUEST": "urged", "CONSULT": "met",
    "AGREE": "promised help to", "SUPPORT": "praised", "CONCEDE": "gave way to", "COOPERATE": "worked with",
    "AID": "sent aid to", "RETREAT": "withdrew from", "SANCTION": "put sanctions on",
}  # fmt: skip
WEIGHTS = (9, 4, 4, 2, 3, 4, 2, 4, 5, 2, 2, 1, 1, 2, 1, 1)
SAYERS = (
    "residents",
    "a spokesman",
    "the governor",
    "two witnesses",
    "the ministry",
    "aid workers",
    "a doctor",
    "officials",
)
FILLER = "Roads in the area were closed and shops did not open; families left before the night. " * 4


@dataclass(frozen=True, slots=True)
class Act:
    """What the reports tell of."""

    id: str
    kind: str
    doer: Actor
    target: Actor
    place: Toponym | None
    day: date | None
    inferred: bool
    roots: tuple[str, ...]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--store", required=True)
    given = options.parse_args()
    store = open_store(given.store, create=True)
    began = time.perf_counter()
    fill(store, given.claims, given.seed)
    print({**store.count(), "seconds": round(time.perf_counter() - began)})
    store.close()


def fill(store: Store, claims: int, seed: int) -> None:
    """Put about so many claims with their reports and events into the store."""
    dice, told = random.Random(seed), 0
    world = World(dice)
    for number in range(10**6):
        if told >= claims:
            break
        acts = list(islice(world.acts(FIRST + timedelta(days=number)), ACTS_A_DAY))
        reports = list(world.reports(acts, FIRST + timedelta(days=number)))
        incoming = [
            Incoming(Key(r.report.id, hashlib.sha256(r.report.id.encode()).hexdigest(), "[]"), r) for r in reports
        ]
        for page in pages(incoming, 2000):
            store.add(page, CODER)
        world.remember(acts, reports)
        told += sum(len(coded.claims) for coded in reports)
    store.write_events(world.events, CODER)


class World:
    """Parties, places and papers, and what is told of them."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.parties = [self._party(code) for code, _, _ in COUNTRIES for _ in range(30)]
        self.places = [self._place(*dice.choice(COUNTRIES)) for _ in range(3000)]
        self.papers = [f"{self._name()} {dice.choice(('Post', 'Courier', 'Wire', 'Herald'))}" for _ in range(150)]
        self.events: list[Event] = []
        self.act_of: dict[str, str] = {}

    def _name(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=self.dice.choice((2, 3)))).title()

    def _party(self, country: str) -> Actor:
        group, sector = self.dice.choice(GROUPS)
        name = f"{self._name()} {group}"
        return Actor(name.lower().replace(" ", "-"), name, country, sector, "group")

    def _place(self, country: str, lat: float, lon: float) -> Toponym:
        precision = self.dice.choices(("city", "region", "sea", "country"), (80, 12, 4, 4))[0]
        if precision == "country":
            return Toponym(0, 0, country, country, country, lat, lon, "country")
        name = self._name() + {"region": " Province", "sea": " Sea"}.get(precision, "")
        at = round(lat + self.dice.gauss(0, 2.5), 3), round(lon + self.dice.gauss(0, 3.5), 3)
        return Toponym(0, 0, name, name, None if precision == "sea" else country, *at, precision)

    def _skewed(self, things: Sequence) -> object:
        """A few are told of often, most seldom."""
        return things[min(int(self.dice.paretovariate(0.7)) - 1, self.dice.randrange(len(things)))]

    def acts(self, day: date) -> Iterator[Act]:
        dice, number = self.dice, 0
        while True:
            number += 1
            id, kind = (
                hashlib.sha256(f"{day} {number}".encode()).hexdigest()[:16],
                dice.choices(list(VERBS), WEIGHTS)[0],
            )
            doer, target = self._skewed(self.parties), self._skewed(self.parties)
            place = self._skewed(self.places) if dice.random() < 0.7 else None
            known = day if dice.random() < 0.95 else None
            roots = tuple(dice.sample(SAYERS, dice.choice((1, 1, 2, 3))))
            yield Act(id, kind, doer, target, place, known, dice.random() < 0.4, roots)

    def reports(self, acts: Sequence[Act], day: date) -> Iterator[CodedReport]:
        """The day's papers: each tells some of the acts, a few in a report."""
        told: defaultdict[str, list[Act]] = defaultdict(list)
        for act in acts:
            for paper in self.dice.choices(self.papers, k=self.dice.choice(TELLINGS)):
                told[paper].append(act)
        for paper, mine in sorted(told.items()):
            for number, some in enumerate(pages(mine, 4)):
                yield self._report(f"{day}/{paper.replace(' ', '-')}/{number}", paper, day, some)

    def _report(self, id: str, paper: str, day: date, acts: Sequence[Act]) -> CodedReport:
        hour = self.dice.randrange(5, 23)
        sentences, claims, at = [], [], 0
        for position, act in enumerate(acts):
            place = f" in {act.place.name}" if act.place else ""
            sayer = self.dice.choice(act.roots)
            sentence = f"{act.doer.name} {VERBS[act.kind]} {act.target.name}{place} on {day:%A}, {sayer} said. "
            claims.append(self._claim(f"{id} {position}", id, paper, act, sentence, at, f"{day:%A}"))
            self.act_of[claims[-1].id] = act.id
            sentences.append(sentence)
            at += len(sentence)
        text = "".join(sentences) + FILLER
        title = f"{acts[0].doer.name} {VERBS[acts[0].kind]} {acts[0].target.name}"
        published = f"{day + timedelta(days=1)}T{hour:02d}:00:00+00:00"
        return CodedReport(Report(id, text, title=title, published=published, publisher=paper), tuple(claims), ())

    def _claim(self, key: str, report: str, paper: str, act: Act, sentence: str, at: int, weekday: str) -> Claim:
        def words(text: str) -> tuple[int, int, str]:
            start = at + sentence.index(text)
            return start, start + len(text), text

        dice, kind = self.dice, event_types()[act.kind]
        sayer = sentence.rpartition(", ")[2].removesuffix(" said. ")
        there, where = act.place, None
        if there:
            country, precision = there.country, there.precision
            where = Toponym(*words(there.name), there.name, country, there.lat, there.lon, precision)
        first = act.day and act.day - timedelta(days=6 * act.inferred)
        days = (first.isoformat(), act.day.isoformat()) if first and act.day else (None, None)
        return Claim(
            id=hashlib.sha256(key.encode()).hexdigest()[:16], report=report, event=act.kind, modes=(), contexts=(),
            quad=kind.quad, score=kind.score, actors=(Participant(*words(act.doer.name), act.doer),),
            recipients=(Participant(*words(act.target.name), act.target),), where=where,
            when=When(*words(weekday), *days, "week" if act.inferred else "day", act.inferred),
            attribution=(Link("publisher", paper), Link("anonymous", sayer, *words(sayer), cue="said")),
            aspect="actual", polarity="denied" if dice.random() < 0.05 else "affirmed", certainty="certain",
            quote=None, quantities=(), because_of=(), evidence=Span(at, at + len(sentence) - 1, sentence[:-1]),
            trigger=Span(*words(VERBS[act.kind])), confidence=round(dice.uniform(0.3, 0.98), 2), coder=CODER,
        )  # fmt: skip

    def remember(self, acts: Sequence[Act], reports: Sequence[CodedReport]) -> None:
        """The events of these acts, as merging would have made them."""
        of_act: defaultdict[str, list[tuple[Claim, str]]] = defaultdict(list)
        for coded in reports:
            for claim in coded.claims:
                of_act[self.act_of.pop(claim.id)].append((claim, coded.report.publisher or ""))
        self.events += [_event(act, of_act[act.id]) for act in acts if act.id in of_act]


def _event(act: Act, told: Sequence[tuple[Claim, str]]) -> Event:
    claims = [claim for claim, _ in told]
    by_root: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_root[claim.attribution[-1].name].append(claim)
    roots = tuple(
        RootSource(name, name, "anonymous", None, all(c.polarity == "denied" for c in some), tuple(c.id for c in some),
                   tuple(dict.fromkeys(c.report for c in some)))
        for name, some in sorted(by_root.items())
    )  # fmt: skip
    denied = [claim for claim in claims if claim.polarity == "denied"]
    status = "disputed" if denied else "corroborated" if len(roots) > 1 else "single-source"
    status = "denied" if len(denied) == len(claims) else status
    ids = tuple(claim.id for claim in claims)
    values = {"actor": act.doer.name, "recipient": act.target.name, "place": act.place and act.place.name}
    fields = tuple(EventField(n, v, False, (FieldValue(v, ids),)) for n, v in values.items() if v)
    when = claims[0].when
    return Event(
        act.id, act.kind, (), status, fields, roots, ids, (), tuple(dict.fromkeys(c.report for c in claims)),
        tuple(sorted({paper for _, paper in told})), len({c.report for c in claims}), when.first if when else None,
        when.last if when else None, (), (), _actor(claims[0].actors), _actor(claims[0].recipients), claims[0].where,
        claims[0].where.country if claims[0].where else None,
    )  # fmt: skip


def _actor(side: Sequence[Participant]) -> Actor | None:
    return side[0].actor if side else None


if __name__ == "__main__":
    main()
