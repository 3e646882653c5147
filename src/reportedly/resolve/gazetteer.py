"""Stage 3 of 8: the gazetteer, which says what places a name can mean.

It is one SQLite file, built by `scripts/build_gazetteer.py` and opened read-only; a user's own table adds to it.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from reportedly.errors import KnowledgeBroken
from reportedly.globe import km_apart
from reportedly.knowledge import DATA, read_table, read_toml

BUNDLED = DATA / "gazetteer.sqlite"
FIRST_EXTRA_ID = 100_000_000
# The Arabic article in its usual transliterations; it assimilates to the consonant that follows it.
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|adh)[ -](?=\w{3})")
_SAINT = re.compile(r"\b(st|ste|ft|mt)\b")
_LONG = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_DROPPED = str.maketrans(dict.fromkeys("'’‘`´ʿʾʼʻ.,\"“”()", ""))
_QUERY = (
    "SELECT place.id, place.name, lat / 10000.0, lon / 10000.0, country, admin1, admin1_code, admin2, geonameid,"
    " population, fcode, radius / 10.0 FROM place JOIN unit ON unit.id = place.unit"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean. `lat`/`lon` are WGS 84 degrees, `radius_km` a rough extent.

    `fcode` is GeoNames' feature code (https://www.geonames.org/export/codes.html); `country` is ISO 3166-1 alpha-3;
    `admin1` is the first-order unit by name, `admin1_code` GeoNames' code for it ("US.TX"), `admin2` the second-order
    unit by name. `population` is 0 where unknown.
    """

    id: int
    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    admin1_code: str | None
    admin2: str | None
    geonameid: int | None
    population: int
    fcode: str
    radius_km: float

    @property
    def level(self) -> str:
        """How wide the place is: continent, country, sea, admin1, admin2, region, city or point."""
        return _level(self.fcode)


@cache
def _level(fcode: str) -> str:
    if fcode == "CONT":
        return "continent"
    if fcode.startswith("PCL") or fcode == "TERR":
        return "country"
    if fcode.startswith(("ADM", "RGN")):
        return {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin2"}.get(fcode, "region")
    if fcode.startswith("PPL"):
        return "city"
    if fcode in {"SEA", "OCN", "GULF", "STRT", "CHN", "CNL", "BAY", "LK", "STM"}:
        return "sea"
    if fcode in {"MTS", "DSRT", "PEN", "ISLS", "ISL", "VALL", "AREA", "ZONE", "PRK", "FRST"}:
        return "region"
    return "point"


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """The key that spellings share: no case, accents, apostrophes, dots, hyphens or leading "the"; St is Saint."""
    plain = unicodedata.normalize("NFKD", name.translate(_DROPPED).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("&", " and ")
    words = " ".join(re.sub(r"[-–—_/]", " ", plain).replace("ı", "i").replace("ø", "o").replace("ł", "l").split())
    words = _SAINT.sub(lambda m: _LONG[m.group()], words)
    return words[4:] if words.startswith("the ") else words


def without_article(key: str) -> str:
    """A folded name without its leading Arabic article: "al fallujah" is "fallujah"."""
    return _ARTICLE.sub("", key)


def km_between(a: Candidate, b: Candidate) -> float:
    """Great-circle distance in kilometres (haversine on a sphere of radius 6371 km)."""
    return km_apart(a.lat, a.lon, b.lat, b.lon)


class Gazetteer:
    """Looks names up. One instance may be used for a whole run; it holds one read-only connection and caches."""

    def __init__(self, path: Path, extra: Iterable[dict[str, str]] = ()) -> None:
        if not path.exists():
            raise KnowledgeBroken(f"no gazetteer at {path}", hint="reinstall reportedly")
        self._path = path
        # The one connection only reads, and every call is short, so threads may share it.
        self._db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._own: dict[str, list[Candidate]] = {}
        self._cache: dict[str, tuple[Candidate, ...]] = {}
        self._add_extra(extra)
        self._countries = {c.country: c for c in self._select("WHERE fcode LIKE 'PCL%' OR fcode = 'TERR'")}
        self._curated = frozenset(row[0] for row in self._db.execute("SELECT place FROM curated"))
        self._adjectives = dict(self._db.execute("SELECT word, country FROM adjective"))

    @classmethod
    def open(cls, extra: Path | None = None) -> Gazetteer:
        """The bundled gazetteer, with the rows of `extra` (columns as in `places_extra.tsv`) added and preferred.

        Raises KnowledgeBroken if either file is missing or misshapen.
        """
        return cls(BUNDLED, read_table(extra) if extra is not None else ())

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a Gazetteer holds a database connection: open one in each process")

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Every place of that name: own places first, then by level, population and id.

        Case, accents, hyphens and a leading "the" do not matter; the Arabic article is dropped only if nothing bears
        the full name.
        """
        key = fold_name(name)
        found = self._cache.get(key)
        if found is None:
            found = self._find(key) or self._find(without_article(key))
            if len(self._cache) > 50_000:
                self._cache.clear()
            self._cache[key] = found
        return found

    def country(self, iso3: str) -> Candidate | None:
        """The country with that ISO 3166-1 alpha-3 code."""
        return self._countries.get(iso3)

    def is_curated(self, place: Candidate) -> bool:
        """Whether it is one of the project's or the user's own places, chosen because reports of conflict name it."""
        return place.id in self._curated or place.id >= FIRST_EXTRA_ID

    def adjective(self, word: str) -> Candidate | None:
        """The country or region that an adjective or demonym speaks of: "Saudi", "Syrians", "European"."""
        iso3 = self._adjectives.get(word)
        if iso3:
            return self._countries.get(iso3)
        region = read_toml("places.toml")["adjectives"].get(word)
        return self.lookup(region)[0] if region else None

    def unit(self, code: str) -> tuple[Candidate, ...]:
        """The first-order unit with that GeoNames code ("US.TX"), as a tuple of at most one."""
        found = self._cache.get("=" + code)
        if found is None:
            found = tuple(self._select("WHERE fcode = 'ADM1' AND admin1_code = ?", (code,)))[:1]
            self._cache["=" + code] = found
        return found

    def _find(self, key: str) -> tuple[Candidate, ...]:
        if not key:
            return ()
        rows = self._select("JOIN name ON name.place = place.id WHERE name.key = ?", (key,))
        unique = {c.id: c for c in (*self._own.get(key, ()), *rows)}
        return tuple(sorted(unique.values(), key=_rank))

    def _select(self, condition: str, values: tuple[Any, ...] = ()) -> Iterator[Candidate]:
        # The condition is one of this class's own literals; values are always bound.
        for row in self._db.execute(f"{_QUERY} {condition}", values):
            yield Candidate(*row)

    def _add_extra(self, rows: Iterable[dict[str, str]]) -> None:
        for n, row in enumerate(rows):
            candidate = candidate_from_row(row, FIRST_EXTRA_ID + n)
            for name in (row["name"], *filter(None, row["alternates"].split("|"))):
                self._own.setdefault(fold_name(name), []).append(candidate)


def _rank(c: Candidate) -> tuple[bool, int, int, int]:
    order = ("country", "continent", "admin1", "sea", "city", "region", "admin2", "point")
    return (c.id < FIRST_EXTRA_ID, order.index(c.level), -c.population, c.id)


def candidate_from_row(row: dict[str, str], number: int) -> Candidate:
    """One row of a places table (columns of `places_extra.tsv`).

    Raises KnowledgeBroken if a coordinate is no number or out of range.
    """
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
        radius = float(row["radius_km"] or 10)
        population = int(row.get("population") or 0)
    except (KeyError, ValueError) as error:
        raise KnowledgeBroken(
            f"place {row.get('name')!r}: {error}", hint="lat, lon and radius_km are numbers"
        ) from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise KnowledgeBroken(f"place {row['name']!r}: {lat}, {lon} is nowhere", hint="lat first, then lon, in degrees")
    admin1 = row.get("admin1") or None
    return Candidate(
        number,
        row["name"],
        lat,
        lon,
        row["country"] or None,
        admin1,
        None,
        None,
        int(row["geonameid"]) if row.get("geonameid") else None,
        population,
        row["fcode"] or "PPL",
        radius,
    )
