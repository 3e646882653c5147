"""Stage 3 of 8: the places that a report names, and where they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from reportedly.records import PlacePrecision, Report, Toponym
from reportedly.resolve.gazetteer import Candidate, Gazetteer, fold_name
from reportedly.resolve.place_choice import choose_places
from reportedly.resolve.place_context import gather_evidence
from reportedly.resolve.place_lookup import MISSION, Spans, collect_names
from reportedly.resolve.place_mentions import Proposal, find_mentions
from reportedly.resolve.place_metonyms import is_metonym


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
    metonyms = [is_metonym(doc, p) for p in found]
    speaking = {fold_name(text[s:e]) for (s, e), p, m in zip(where, found, metonyms, strict=True) if m and p.covers}
    keys, names = collect_names(text, where, gazetteer, frozenset(speaking))
    chosen = dict(zip(dict.fromkeys(keys), choose_places(names, gather_evidence(text, report, gazetteer)), strict=True))
    anchors = [(p.start, chosen[key]) for p, key in zip(found, keys, strict=True)]
    toponyms = []
    for p, key, metonym in zip(found, keys, metonyms, strict=True):
        may_anchor = spans is not None or p.label == "FAC" or _is_mission(p, text)
        anchor = _nearest(p.end, anchors) if may_anchor else None
        toponym = _toponym(p.start, p.end, text[p.start : p.end], chosen[key], anchor=anchor, metonym=metonym)
        toponyms.append(_offshore(toponym) if _is_offshore(p, text) else toponym)
    return tuple(toponyms)


_OFF = re.compile(r"\boff (?:the )?(?:[a-z]+ )?(?:coasts? of |shores? of |coastlines? of |port of )?(?:the )?$")
OFFSHORE_KM = 100.0


def _is_offshore(p: Proposal, text: str) -> bool:
    """Whether the text speaks of the waters off the place: "off the UAE coast", "off the coast of Yemen"."""
    match = _OFF.search(text, max(0, p.start - 40), p.start)
    return match is not None and (
        " of " in match.group() or text[p.end : p.end + 12].lstrip("’'s ").startswith("coast")
    )


def _offshore(toponym: Toponym) -> Toponym:
    return replace(toponym, precision="sea", radius_km=max(OFFSHORE_KM, toponym.radius_km or 0.0), metonym=False)


def _is_mission(p: Proposal, text: str) -> bool:
    return MISSION.search(text, p.start, p.end) is not None


def _given(doc: Doc, start: int, end: int) -> Proposal:
    span = doc.char_span(start, end, alignment_mode="expand")
    first, last = (span.start, span.end) if span is not None else (0, 1)
    return Proposal(start, end, first, last, (), "", True)


# --- places that the gazetteer lacks ----------------------------------------------------------------------------------


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
SMALL_KM = 10.0
ANCHORED_KM = 25.0


def _toponym(
    start: int, end: int, text: str, c: Candidate | None, *, anchor: Candidate | None = None, metonym: bool = False
) -> Toponym:
    if c is not None:
        precision = "point" if c.level == "region" and c.radius_km <= SMALL_KM else _PRECISION[c.level]
        return Toponym(
            start, end, text, c.name, c.country, c.lat, c.lon, precision, c.admin1, c.geonameid, c.radius_km, metonym
        )
    if anchor is not None:
        radius = max(ANCHORED_KM, anchor.radius_km)
        return Toponym(
            start,
            end,
            text,
            text,
            anchor.country,
            anchor.lat,
            anchor.lon,
            "region",
            anchor.admin1,
            None,
            radius,
            metonym,
        )
    return Toponym(start, end, text, text, None, None, None, "point", metonym=metonym)
