"""Stage 3 of 8: the places that a report names, and where they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from reportedly.records import PlacePrecision, Report, Toponym
from reportedly.resolve.gazetteer import Candidate, Gazetteer, fold_name
from reportedly.resolve.place_choice import Name, choose_places
from reportedly.resolve.place_context import containers_after, gather_evidence
from reportedly.resolve.place_mentions import Proposal, find_mentions, lookup_words
from reportedly.resolve.place_metonyms import is_metonym

Spans = Sequence[tuple[int, int]]


def find_places(doc: Doc, report: Report, gazetteer: Gazetteer, spans: Spans | None = None) -> tuple[Toponym, ...]:
    """Every place name of the text with where that is, in order. `spans` (character offsets) limits it to those.

    Country adjectives ("Saudi pipelines") are left to `find_adjectival`. A place that the gazetteer lacks is put where
    the nearest named town is, with a `radius_km` to match, if it is a building or a street or was asked for by
    `spans`; otherwise it has no coordinates. `metonym` marks names that stand for a government or are part of the name
    of a body ("Washington said", "Columbus Council").
    """
    text = doc.text  # spaCy builds it anew at every access
    found = find_mentions(doc, text, gazetteer) if spans is None else [_given(doc, s, e) for s, e in spans]
    where = [(p.start, p.end) for p in found]
    keys, names = collect_names(text, where, gazetteer)
    chosen = dict(zip(dict.fromkeys(keys), choose_places(names, gather_evidence(text, report, gazetteer)), strict=True))
    anchors = [(p.start, chosen[key]) for p, key in zip(found, keys, strict=True)]
    return tuple(
        _toponym(
            p.start,
            p.end,
            text[p.start : p.end],
            chosen[key],
            anchor=_nearest(p.start, anchors) if spans is not None or p.label == "FAC" else None,
            metonym=is_metonym(doc, p),
        )
        for p, key in zip(found, keys, strict=True)
    )


def _given(doc: Doc, start: int, end: int) -> Proposal:
    span = doc.char_span(start, end, alignment_mode="expand")
    first, last = (span.start, span.end) if span is not None else (0, 1)
    return Proposal(start, end, first, last, (), "", True)


def collect_names(text: str, spans: Spans, gazetteer: Gazetteer) -> tuple[list[str], list[Name]]:
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


# --- what a mention can mean -----------------------------------------------------------------------------------------

_QUALIFIER = re.compile(
    r"^(?:(?:north|south|east|west)(?:ern|[- ]?east(?:ern)?|[- ]?west(?:ern)?)?|central|downtown|greater|upper|lower|inner|"
    r"metropolitan|metro|mid|upstate|rural|old|historic|city of|town of|village of|state of|province of|county of|"
    r"island of|port of|gulf of|nazi|modern|ancient)[ -]+|"
    r"[ -]+(?:area|region|province|state|city|town|village|county|district|governorate|metro|peninsula|proper|district|"
    r"township|border|coast|suburbs?|refugee camp|camp|island|islands|valley|municipality)$",
    re.IGNORECASE,
)
_PART = re.compile(r"[A-Z][\w.'’-]+(?: (?:of |and |the |de |al-)?[A-Z][\w.'’-]+)*")


def lookup_mention(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """What a mention can mean: a state, an adjective's country, places of that name or of its core.

    The core of "northern Iraq" and of "City of London" is what is left without the qualifier; that of "University of
    Manitoba" and of "Aleppo International Airport" is the place named in it.
    """
    text = " ".join(text.split()).removesuffix("'s").removesuffix("’s").strip(" ,.'’\"") + ("." if text.endswith(".") else "")
    spoken_of = gazetteer.adjective(text)
    if spoken_of is not None:
        return (spoken_of,)
    found = lookup_words(text, gazetteer)
    core = text
    while not found and (shorter := _QUALIFIER.sub("", core)) != core:
        core = shorter
        found = lookup_words(core, gazetteer)
    return found or _places_within(text, gazetteer)


def _places_within(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    words = text.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        for i in range(len(words) - size, -1, -1):
            part = " ".join(words[i : i + size])
            if part[0].isupper() and len(part) > 3 and words[i] not in _COMMON:
                spoken_of = gazetteer.adjective(part) if size == 1 else None
                found = (spoken_of,) if spoken_of else tuple(
                    c for c in gazetteer.lookup(part) if c.level != "city" or c.population > 5_000
                )  # fmt: skip
                if found:
                    return found
    return ()


_COMMON = frozenset(
    "Street Road Avenue School High University College Hospital Park River Lake Church Center Centre House Hall Court "
    "State National International Airport Market Bridge Square Station North South East West New Old Saint County City "
    "Union Memorial General Central Public First Second Third Great Grand Royal United Valley Mount Hill Hills Club "
    "Beach Island Islands Bay Point Port Fort Camp Creek Forest Green White Black Red Blue Main Drive Lane".split()
)


def _nearest(start: int, anchors: Sequence[tuple[int, Candidate | None]]) -> Candidate | None:
    """The town named nearest to a position in the text, else the nearest named place of any kind but a country."""
    local = [(abs(at - start), n, c) for n, (at, c) in enumerate(anchors) if c is not None]
    for levels in ({"city", "point", "admin2"}, {"admin1", "region"}):
        near = [(d, n, c) for d, n, c in local if c.level in levels]
        if near:
            return min(near, key=lambda x: x[:2])[2]
    return None


# --- adjectives ------------------------------------------------------------------------------------------------------


def find_adjectival(doc: Doc, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Adjectives and demonyms of countries and regions ("Saudi pipelines", "Syrians"), resolved to the country."""
    found = ((t, gazetteer.adjective(t.text)) for t in doc if t.text[:1].isupper())
    return tuple(_toponym(t.idx, t.idx + len(t), t.text, c) for t, c in found if c is not None)


# --- records ---------------------------------------------------------------------------------------------------------

_PRECISION: dict[str, PlacePrecision] = {
    "continent": "region", "country": "country", "sea": "sea", "admin1": "region", "admin2": "region",
    "region": "region", "city": "city", "point": "point",
}  # fmt: skip
ANCHORED_KM = 25.0


def _toponym(
    start: int, end: int, text: str, c: Candidate | None, *, anchor: Candidate | None = None, metonym: bool = False
) -> Toponym:
    if c is not None:
        precision = _PRECISION[c.level]
        return Toponym(
            start, end, text, c.name, c.country, c.lat, c.lon, precision, c.admin1, c.geonameid, c.radius_km, metonym
        )
    if anchor is not None:
        radius = max(ANCHORED_KM, anchor.radius_km)
        return Toponym(
            start, end, text, text, anchor.country, anchor.lat, anchor.lon, "region", anchor.admin1, None, radius, metonym
        )
    return Toponym(start, end, text, text, None, None, None, "point", metonym=metonym)


def ucdp_where_prec(toponym: Toponym) -> int:
    """UCDP's `where_prec`, from 1 (exact place) to 7 (international waters or airspace).

    2 is the surroundings of a place (within about 25 km), 3 a second-order unit, 4 a first-order unit, 5 a line or a
    vague region, 6 a whole country. A place without coordinates is 6 where its country is known and 7 otherwise.
    Source: UCDP Georeferenced Event Dataset codebook, version 23.1.
    """
    radius = toponym.radius_km or 0.0
    if toponym.lat is None:
        return 6 if toponym.country else 7
    if toponym.precision == "sea":
        return 7
    if toponym.precision == "country":
        return 6
    if toponym.precision in {"point", "city"}:
        return 1 if radius <= 50 else 2
    if toponym.admin1 is None:
        return 5
    if toponym.name == toponym.admin1:
        return 4
    return 2 if radius <= ANCHORED_KM else 3 if radius <= 80 else 5


def acled_geo_precision(toponym: Toponym) -> int:
    """ACLED's `geo_precision`: 1 a named town or exact place, 2 a small part of a region, 3 a larger region.

    Source: ACLED codebook, 2023. Seas and countries are 3, as ACLED places them at a representative point.
    """
    where = ucdp_where_prec(toponym)
    return 1 if where == 1 else 2 if where in {2, 3} else 3
