"""Stage 3 of 8: what a report tells about the part of the world it speaks of, before any of its names is resolved."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlparse

from reportedly.knowledge import DATA, read_table, read_toml
from reportedly.records import Report
from reportedly.resolve.gazetteer import Candidate, Gazetteer, fold_name

# What follows the name of a place and says in what it lies: "Paris, Texas", "Tripoli (Lebanon)", "Athens, Ala."
_AFTER = re.compile(
    r"(?:,\s+|\s+\(|\s+in\s+(?:the\s+)?(?:[a-z-]+\s+)?)((?:[A-Z][\w.'’&-]*\s?(?:of\s|and\s|the\s)?){1,4})"
)
_OWNER = re.compile(
    r"((?:[A-Z][\w.’'&-]*\s?){1,3})(?:['’]s?|\s+(?:town|city|village|suburb|province|capital)\s+of)\s+$"
)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
_WIDE = {"country", "admin1", "admin2"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a part of the world: publisher's places (best guess first), dateline, adjectives by country."""

    publisher: tuple[Candidate, ...]
    publisher_known: bool
    dateline: tuple[Candidate, ...]
    demonyms: Counter[str]


def gather_evidence(text: str, report: Report, gazetteer: Gazetteer) -> Evidence:
    """The evidence of the report's own furniture and of its adjectives of nationality."""
    known, places = publisher_places(report, gazetteer)
    demonyms: Counter[str] = Counter()
    for word in _CAPITALISED.findall(text):
        country = gazetteer.adjective(word)
        if country is not None and country.country:
            demonyms[country.country] += 1
    dateline = gazetteer.lookup(report.dateline.place) if report.dateline and report.dateline.place else ()
    return Evidence(places, known, dateline, demonyms)


# --- publishers ------------------------------------------------------------------------------------------------------


@cache
def _publishers() -> dict[str, tuple[str, str, str]]:
    rows = read_table(DATA / "places_publishers.tsv")
    return {key: (r["town"], r["admin1"], r["country"]) for r in rows for key in r["publisher"].split("|")}


def publisher_places(report: Report, gazetteer: Gazetteer) -> tuple[bool, tuple[Candidate, ...]]:
    """Where the publisher may be at home, and whether that is known or only concluded from its name.

    Nothing where the publisher is at home everywhere (agencies, world-wide sites) or unknown.
    """
    for name in (report.publisher, report.url):
        if not name:
            continue
        host = _host(name)
        row = _publishers().get(host) or _publishers().get(fold_name(name))
        if row:
            town, admin1, country = row
            found = gazetteer.lookup(town or admin1 or "")
            fit = [c for c in found if c.country == country and (not admin1 or admin1 in {c.admin1, c.name})]
            if not fit and (home := gazetteer.country(country)):
                fit = [home]
            fit.sort(key=lambda c: (c.level != "city", -c.population, c.id))
            return True, tuple(fit[:1])
    name = report.publisher or report.url or ""
    return False, _places_in_name(_host(name) or name, gazetteer)


def _host(name: str) -> str:
    host = urlparse(name if "//" in name else f"//{name}").hostname or ""
    return re.sub(r"^(?:www\d?|m|news|edition)\.", "", host) if "." in host else ""


_PAPER = (
    "thedaily|daily|the|news|times|post|herald|tribune|gazette|journal|register|ledger|beacon|sentinel|star|courier|mail|"
    "dispatch|telegram|chronicle|press|observer|advocate|examiner|record|review|reporter|mercury|sun|leader|world|today|"
    "citizen|republican|democrat|democratherald|bulletin|monitor|standard|echo|argus|globe|express|enquirer|inquirer|"
    "independent|guardian|telegraph|banner|eagle|messenger|online|local|newspapers?|live|transcript|union|voice|patriot|"
    "item|free|freepress|newsherald|timesnews|timesrecord|weekly|evening|morning|sunday|area|county|this is|thisis|and"
)
_AFFIX = re.compile(rf"^(?:{_PAPER})|(?:{_PAPER})$")
_COUNTRY_ENDS = {"uk": "GBR", "ie": "IRL", "ca": "CAN", "au": "AUS", "nz": "NZL", "za": "ZAF", "in": "IND", "lb": "LBN",
                 "ru": "RUS", "ge": "GEO", "il": "ISR", "pk": "PAK", "ng": "NGA", "ke": "KEN", "ph": "PHL"}  # fmt: skip


def _places_in_name(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Towns that a newspaper may be named after: "parisbeacon.com", "The Paris News"."""
    host, _, end = name.lower().partition(".")
    country = _COUNTRY_ENDS.get(end.rpartition(".")[2])
    found: list[Candidate] = []
    stems = {host, fold_name(name)}
    for _ in range(3):
        stems |= {_AFFIX.sub("", s.strip(" -")) for s in sorted(stems)}
    for stem in sorted(stems, key=lambda s: (-len(s), s)):
        if len(stem) >= 4:
            found.extend(c for c in gazetteer.lookup(stem) if c.level in {"city", "admin1"})
            if "-" in stem:
                found.extend(c for part in stem.split("-") for c in gazetteer.lookup(part) if c.level == "city")
    if not found and country:
        home = gazetteer.country(country)
        return (home,) if home else ()
    english = country or ""
    return tuple(c for c in dict.fromkeys(found) if not english or c.country == english)[:25]


# --- containment -----------------------------------------------------------------------------------------------------


@cache
def state_codes() -> dict[str, str]:
    """Abbreviation -> GeoNames code: "Tex." and "TX" are "US.TX"."""
    table: dict[str, str] = {}
    lists = read_toml("places.toml")["states"]
    for row in lists["usa"]:
        short, _, code = row.rpartition(" ")
        table[short] = table[code] = f"US.{code}"
    for row in lists["canada"]:
        short, _, code = row.rpartition(" ")
        table[short] = f"CA.{code}"
    return table


def state_named(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The state or province that an abbreviation stands for."""
    code = state_codes().get(text) or state_codes().get(text + ".")
    if not code:
        return ()
    return gazetteer.unit(code)


def containers_after(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """What the words after (or before) a name say it lies in: countries, states, provinces, counties."""
    match = _AFTER.match(text, end)
    if match:
        words = match.group(1).split()
        for n in range(min(len(words), 4), 0, -1):
            phrase = " ".join(words[:n])
            found = state_named(phrase, gazetteer) or state_named(phrase.rstrip(".,;"), gazetteer)
            found = found or tuple(
                c for c in gazetteer.lookup(phrase.removesuffix("'s").removesuffix("’s")) if c.level in _WIDE
            )
            if found:
                return found
    owner = _OWNER.search(text, max(0, start - 60), start)
    if owner:
        return tuple(c for c in gazetteer.lookup(owner.group(1).strip()) if c.level in _WIDE)
    return ()


def lies_in(c: Candidate, container: Candidate) -> bool:
    """Whether one place lies in another, by the administrative hierarchy."""
    if c.id == container.id or c.country != container.country:
        return False
    if container.level == "country":
        return True
    if container.level == "admin1":
        return c.admin1_code == container.admin1_code and c.level != "admin1"
    return c.admin1_code == container.admin1_code and c.admin2 == container.name
