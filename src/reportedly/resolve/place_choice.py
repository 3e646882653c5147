"""Stage 3 of 8: which of the places of a name a report means. Never by population alone.

Every candidate gets a score, the weighted sum of named features; what speaks for a candidate are the other places of
the report, so scores are computed in rounds: each round weighs the others by how likely they now are (a mean-field
view of "Which Melbourne?", Gritta et al. 2018, and of Lieberman and Samet's local lexicons, 2010).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.globe import EARTH_KM
from reportedly.knowledge import read_toml
from reportedly.resolve.gazetteer import Candidate, fold_name, km_between
from reportedly.resolve.place_context import Evidence, lies_in

Array = NDArray[np.float64]
ROUNDS = 3
MOST_CANDIDATES = 24
FEATURES = (
    "population",  # log10 of population / 7, cities only
    "country",
    "continent",
    "admin1",
    "admin2",
    "city",
    "sea",
    "region",
    "point",
    "capital",
    "main_name",  # the name is the place's own, not an alternate
    "named_container",  # the text says that it lies in ...
    "wrong_container",  # ... and this candidate does not
    "publisher_near",  # exp(-km / 100) from the publisher's home
    "publisher_admin1",
    "publisher_country",
    "dateline_near",  # mean of exp(-km / 200) from where the report was filed, and of being in that country
    "same_country",  # share of the other names that are in the same country
    "same_admin1",
    "near",  # sum over other names of exp(-km / 100), at most 3
    "container_named",  # its state or country is itself named
    "demonyms",  # share of the adjectives that speak of its country
    "namesake_unit",  # a unit that shares its name with a town in it, where the text does not say "province"
    "unit_word",  # the text says "province", "county" ..., and this is one
    "speaking_capital",  # the name says or decides something, and this is a capital
    "own",  # the user's own place
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name as a report uses it: what it can mean, and what the text says it lies in.

    `is_unit` is true where the text calls it a province, county or the like, `speaks` where it stands for a government.
    """

    text: str
    candidates: tuple[Candidate, ...]
    containers: tuple[Candidate, ...] = ()
    is_unit: bool = False
    speaks: bool = False


def choose_places(names: Sequence[Name], evidence: Evidence) -> list[Candidate | None]:
    """For every name the likeliest candidate, or None where it has none."""
    table = CandidateTable(names, evidence)
    if not len(table.owner):
        return [None] * len(names)
    scores = table.score(weights())
    best: list[Candidate | None] = [None] * len(names)
    for i in range(len(names)):
        rows = np.flatnonzero(table.owner == i)
        if len(rows):
            best[i] = table.candidates[rows[int(np.argmax(scores[rows]))]]
    return best


def weights() -> Array:
    """The learnt weights, in the order of FEATURES."""
    table = read_toml("places.toml")["scoring"]
    return np.array([float(table.get(name, 0.0)) for name in FEATURES])


class CandidateTable:
    """All candidates of all names of one report as rows of arrays."""

    def __init__(self, names: Sequence[Name], evidence: Evidence) -> None:
        self.names = names
        rows = [(i, c) for i, name in enumerate(names) for c in name.candidates[:MOST_CANDIDATES]]
        self.owner = np.array([i for i, _ in rows], dtype=np.int64)
        self.candidates = [c for _, c in rows]
        self.levels = [c.level for c in self.candidates]
        self.groups = [np.flatnonzero(self.owner == i) for i in np.unique(self.owner)]
        if not rows:
            return
        self.km = _distances(self.candidates)
        self.other = self.owner[:, None] != self.owner[None, :]
        self.near = np.exp(-self.km / 100) * self.other * self._is_local()[None, :]
        self.same_country = self._same([c.country for c in self.candidates])
        self.same_admin1 = self._same([c.admin1_code for c in self.candidates])
        self.contains = self._contains()
        self.home = self._home(evidence)
        self.static = self._static(evidence)

    def score(self, w: Array, rounds: int = ROUNDS) -> Array:
        """Scores after some rounds with the given weights."""
        scores = self.static @ w
        for _ in range(rounds):
            scores = self.features(self.likelihood(scores)) @ w
        return np.asarray(scores)

    def likelihood(self, scores: Array) -> Array:
        """Softmax of the scores within each name."""
        p = np.zeros(len(scores))
        for rows in self.groups:
            e = np.exp(scores[rows] - scores[rows].max())
            p[rows] = e / e.sum()
        return p

    def features(self, p: Array) -> Array:
        """The feature matrix where the other names' candidates have the likelihoods `p`."""
        f = self.static.copy()
        others = max(1, len(self.groups) - 1)
        f[:, _AT["same_country"]] = self.same_country @ p / others
        f[:, _AT["same_admin1"]] = np.minimum(self.same_admin1 @ p, 4.0) / 4
        f[:, _AT["near"]] = np.minimum(self.near @ p, 3.0) / 3
        f[:, _AT["container_named"]] = np.minimum(self.contains @ p, 1.0)
        return f

    def _same(self, labels: Sequence[str | None]) -> Array:
        codes = {label: n for n, label in enumerate(dict.fromkeys(labels))}
        ids = np.array([codes[label] for label in labels])
        known = np.array([label is not None for label in labels])
        return np.asarray((ids[:, None] == ids[None, :]) & known[:, None] & self.other, dtype=np.float64)

    def _contains(self) -> Array:
        """1 where the row's place lies in the column's, as `lies_in` has it, and they are not of one name."""
        level = np.array(self.levels)
        country, admin1 = level == "country", level == "admin1"
        within = self.same_country * (country[None, :] & ~country[:, None])
        within += self.same_admin1 * (admin1[None, :] & ~admin1[:, None])
        for column in np.flatnonzero(level == "admin2"):
            rows = np.flatnonzero(self.same_admin1[:, column])
            within[rows, column] = [lies_in(self.candidates[r], self.candidates[column]) for r in rows]
        return np.asarray(within * self.other)

    def _is_local(self) -> Array:
        return np.array([level in {"city", "point", "admin2"} for level in self.levels], dtype=np.float64)

    def _static(self, evidence: Evidence) -> Array:
        f = np.zeros((len(self.candidates), len(FEATURES)))
        total = max(1, sum(evidence.demonyms.values()))
        for row, (i, c) in enumerate(zip(self.owner, self.candidates, strict=True)):
            name = self.names[i]
            level = self.levels[row]
            if level == "city":
                f[row, _AT["population"]] = math.log10(c.population + 1) / 7
            f[row, _AT[level]] = 1
            f[row, _AT["capital"]] = c.fcode == "PPLC"
            f[row, _AT["main_name"]] = fold_name(c.name) == fold_name(name.text)
            if name.containers:
                inside = any(lies_in(c, container) for container in name.containers)
                f[row, _AT["named_container" if inside else "wrong_container"]] = 1
            if level in {"admin1", "admin2"}:
                f[row, _AT["unit_word"]] = name.is_unit
                f[row, _AT["namesake_unit"]] = not name.is_unit and _has_namesake(c, name.candidates)
            f[row, _AT["speaking_capital"]] = name.speaks and c.fcode == "PPLC"
            f[row, _AT["own"]] = c.id >= 100_000_000
            f[row, _AT["demonyms"]] = evidence.demonyms.get(c.country or "", 0) / total
            _add_publisher(f[row], c, self.home, evidence)
        return f

    def _home(self, evidence: Evidence) -> Candidate | None:
        """Where the publisher is at home; of several guesses the one with most names of the report nearby."""
        homes = evidence.publisher
        if len(homes) < 2:
            return homes[0] if homes else None
        here = [n for n, level in enumerate(self.levels) if level != "country"]
        near = np.exp(-_distances([self.candidates[n] for n in here], homes) / 80)
        support = np.zeros(len(homes))
        for name in np.unique(self.owner[here]):
            support += near[self.owner[here] == name].max(axis=0)
        support += [0.1 * math.log10(home.population + 1) / 7 for home in homes]
        return homes[int(np.argmax(support))]


_AT = {name: n for n, name in enumerate(FEATURES)}


def _has_namesake(unit: Candidate, candidates: Sequence[Candidate]) -> bool:
    return any(
        c.level == "city"
        and c.country == unit.country
        and fold_name(c.name) == fold_name(unit.name)
        and c.population >= 10_000
        and km_between(c, unit) < unit.radius_km + 50
        for c in candidates
    )


def _add_publisher(row: Array, c: Candidate, home: Candidate | None, evidence: Evidence) -> None:
    if home is not None:
        km = km_between(c, home)
        if home.level != "country" and c.level not in {"country", "continent"}:
            row[_AT["publisher_near"]] = math.exp(-km / 100)
            row[_AT["publisher_admin1"]] = c.admin1_code is not None and c.admin1_code == home.admin1_code
        row[_AT["publisher_country"]] = c.country == home.country
    for filed in evidence.dateline[:1]:
        row[_AT["dateline_near"]] = (math.exp(-km_between(c, filed) / 200) + (c.country == filed.country)) / 2


def _distances(places: Sequence[Candidate], others: Sequence[Candidate] | None = None) -> Array:
    """Kilometres between each of the places and each of the others (by default the same places)."""
    lat, lon = _radians(places)
    lat2, lon2 = (lat, lon) if others is None else _radians(others)
    h = (
        np.sin((lat[:, None] - lat2[None, :]) / 2) ** 2
        + np.cos(lat)[:, None] * np.cos(lat2)[None, :] * np.sin((lon[:, None] - lon2[None, :]) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(h, 1.0))))


def _radians(places: Sequence[Candidate]) -> tuple[Array, Array]:
    return np.radians(np.array([c.lat for c in places])), np.radians(np.array([c.lon for c in places]))
