"""Stage 3 of 8: the places that a report names, and where they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from reportedly.records import PlacePrecision, Report, Toponym
from reportedly.resolve.gazetteer import Candidate, Gazetteer, fold_name
from reportedly.resolve.place_choice import Name, choose_places
from reportedly.resolve.place_context import containers_after, gather_evidence, state_named


def find_places(
    doc: Doc, report: Report, gazetteer: Gazetteer, spans: Sequence[tuple[int, int]] | None = None
) -> tuple[Toponym, ...]:
    """Every place name of the text with its coordinates, in order. `spans` (character offsets) limits it to those.

    Country adjectives ("Saudi pipelines") are left to `find_adjectival`. Places that could not be found have no
    coordinates.
    """
    where = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in {"GPE", "LOC", "FAC"}] if spans is None else list(spans)
    evidence = gather_evidence(doc, report, gazetteer)
    keys, names = collect_names(doc.text, where, gazetteer)
    chosen = dict(zip(dict.fromkeys(keys), choose_places(names, evidence), strict=True))
    mentions = [(s, e, doc.text[s:e]) for s, e in where]
    out = []
    for (s, e, text), key in zip(mentions, keys, strict=True):
        c = chosen[key]
        out.append(_toponym(s, e, text, c))
    return tuple(out)


def collect_names(text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> tuple[list[str], list[Name]]:
    """The key of every mention, and the names in order of first mention: one name means one place in one report."""
    keys: list[str] = []
    groups: dict[str, Name] = {}
    for start, end in spans:
        mention = text[start:end]
        key = fold_name(mention)
        keys.append(key)
        found = groups.get(key)
        containers = found.containers if found and found.containers else containers_after(text, start, end, gazetteer)
        candidates = found.candidates if found else lookup_mention(mention, gazetteer)
        groups[key] = Name(mention, candidates, containers, (found.count if found else 0) + 1)
    return keys, list(groups.values())


def lookup_mention(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """What a mention can mean: state abbreviations, adjectives of nationality, names."""
    state = state_named(text, gazetteer)
    if state:
        return state
    found = gazetteer.lookup(text.removesuffix("'s").removesuffix("’s"))
    spoken_of = gazetteer.adjective(text)
    return (spoken_of,) if spoken_of is not None else found


def find_adjectival(doc: Doc, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Adjectives and demonyms of countries ("Saudi pipelines", "Syrians"), resolved to the country."""
    found = ((t, gazetteer.adjective(t.text)) for t in doc if t.text[:1].isupper())
    return tuple(_toponym(t.idx, t.idx + len(t), t.text, c) for t, c in found if c is not None)


_PRECISION: dict[str, PlacePrecision] = {
    "continent": "region", "country": "country", "sea": "sea", "admin1": "region", "admin2": "region",
    "region": "region", "city": "city", "point": "point",
}  # fmt: skip


def _toponym(start: int, end: int, text: str, c: Candidate | None) -> Toponym:
    if c is None:
        return Toponym(start, end, text, text, None, None, None, "point")
    return Toponym(
        start, end, text, c.name, c.country, c.lat, c.lon, _PRECISION[c.level], c.admin1, c.geonameid, c.radius_km
    )


def ucdp_where_prec(toponym: Toponym) -> int:
    """UCDP GED's `where_prec`: 1 exact, 2 within about 25 km, 3 second-order unit, 4 first-order unit, 5 vague, 6
    country, 7 international waters or airspace. Source: UCDP GED codebook."""
    return 1


def acled_geo_precision(toponym: Toponym) -> int:
    """ACLED's `geo_precision`: 1 the town itself, 2 a part of a region, 3 a larger region. Source: ACLED codebook."""
    return 1
