"""Stage 3 of 8: which words of a report name a place.

Named-entity recognition proposes, and so does the gazetteer, for every run of capitalised words that it knows. Each
proposal is judged by named features (a logistic model, weights in places.toml), because recognisers take towns for
people and firms for towns: "Clinton", "Neches", "Southridge".
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from reportedly.knowledge import read_toml
from reportedly.resolve.gazetteer import Candidate, Gazetteer
from reportedly.resolve.place_context import containers_after, state_codes

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
ENGLISH_SPEAKING = frozenset({"USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF", "JAM"})
LONGEST_NAME = 6
_LINKS = frozenset(
    {
        "of",
        "the",
        "and",
        "de",
        "del",
        "la",
        "al",
        "el",
        "-",
        "'s",
        "’s",
        "du",
        "des",
        "di",
        "da",
        "on",
        "upon",
        "&",
        "bin",
        "ez",
    }
)
_DATELINE = re.compile(r"\s{0,3}(?:\(|--?|–|—|:|,\s+[A-Z])")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that may name a place: tokens `first` to `last` (exclusive), and what the gazetteer says of them."""

    start: int
    end: int
    first: int
    last: int
    candidates: tuple[Candidate, ...]
    label: str  # of the entity that covers its first word, or ""
    covers: bool  # whether it is that whole entity


def find_mentions(doc: Doc, text: str, gazetteer: Gazetteer) -> list[Proposal]:
    """The proposals that are likelier than not place names, in order. `text` is that of `doc`."""
    w = _weights()
    proposals = propose(doc, text, gazetteer)
    context = DocContext(doc, text, proposals, gazetteer)
    return [p for p in proposals if sum(w.get(f, 0.0) * v for f, v in features(p, doc, context)) > w["threshold"]]


@cache
def _weights() -> dict[str, float]:
    return {name: float(value) for name, value in read_toml("places.toml")["recognition"].items()}


# --- proposals -------------------------------------------------------------------------------------------------------


def propose(doc: Doc, text: str, gazetteer: Gazetteer) -> list[Proposal]:
    """Entities that are places by label, and runs of capitalised words that the gazetteer knows; none overlap."""
    taken = [False] * len(doc)
    found: list[Proposal] = []
    entities = {t: ent for ent in doc.ents for t in range(ent.start, ent.end)}
    for ent in doc.ents:
        if ent.label_ in PLACE_LABELS or (ent.label_ == "ORG" and ent[-1].text in {"Embassy", "Consulate"}):
            first, last = _trim(ent)
            first, last, candidates = _widen(doc, text, first, last, gazetteer)
            if first < last and not _is_adjective(doc, first, last, gazetteer) and not any(taken[first:last]):
                taken[first:last] = [True] * (last - first)
                found.append(_proposal(doc, first, last, candidates, ent))
    for first, last, candidates in _known_runs(doc, text, gazetteer, taken):
        found.append(_proposal(doc, first, last, candidates, entities.get(first)))
    found.sort(key=lambda p: p.start)
    return found


def _proposal(doc: Doc, first: int, last: int, candidates: tuple[Candidate, ...], ent: Span | None) -> Proposal:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    covers = ent is not None and len(ent.text.removeprefix("the ").removeprefix("The ")) <= end - start + 1
    return Proposal(start, end, first, last, candidates, ent.label_ if ent is not None else "", covers)


def _trim(ent: Span) -> tuple[int, int]:
    first, last = ent.start, ent.end
    while first < last and (
        ent.doc[first].lower_ in {"the", "a", "an"} or not any(c.isalnum() for c in ent.doc[first].text)
    ):
        first += 1
    while first < last and (
        ent.doc[last - 1].text in {"'s", "’s", "'"} or not any(c.isalnum() for c in ent.doc[last - 1].text)
    ):
        last -= 1
    return first, last


_KINDS = frozenset(
    {"county", "province", "governorate", "parish", "district", "river", "state", "oblast", "region", "island"}
)


def _widen(doc: Doc, text: str, first: int, last: int, gazetteer: Gazetteer) -> tuple[int, int, tuple[Candidate, ...]]:
    """The entity with a following "County" or "Province", where the recogniser left that out."""
    if last < len(doc) and doc[last].lower_ in _KINDS and doc[last].text[0].isupper():
        candidates = lookup_words(text[doc[first].idx : doc[last].idx + len(doc[last])], gazetteer)
        if candidates:
            return first, last + 1, candidates
    if first >= last:
        return first, last, ()
    return first, last, lookup_words(text[doc[first].idx : doc[last - 1].idx + len(doc[last - 1])], gazetteer)


def lookup_words(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The places of a name, or the state that an abbreviation stands for."""
    code = state_codes().get(text)
    return gazetteer.unit(code) if code else gazetteer.lookup(text)


def _is_adjective(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> bool:
    return last - first == 1 and gazetteer.adjective(doc[first].text) is not None


def _known_runs(
    doc: Doc, text: str, gazetteer: Gazetteer, taken: list[bool]
) -> Iterator[tuple[int, int, tuple[Candidate, ...]]]:
    words = [t.text for t in doc]
    capital = [w[0].isupper() for w in words]
    i, n = 0, len(words)
    while i < n:
        if not capital[i] or taken[i] or words[i] in _never():
            i += 1
            continue
        end, limit = i + 1, min(n, i + LONGEST_NAME)
        while end < limit and not taken[end] and (capital[end] or words[end] in _LINKS):
            end += 1
        known = _longest(doc, text, words, i, end, gazetteer)
        if known is None:
            i += 1
        else:
            yield i, *known
            i = known[0]


def _longest(
    doc: Doc, text: str, words: list[str], first: int, end: int, gazetteer: Gazetteer
) -> tuple[int, tuple[Candidate, ...]] | None:
    """The longest name that starts at a token and ends before another, with its places."""
    start = doc[first].idx
    for last in range(end, first, -1):
        if words[last - 1] in _LINKS or (last == first + 1 and (len(words[first]) < 3 or doc[first].is_stop)):
            continue
        candidates = lookup_words(text[start : doc[last - 1].idx + len(words[last - 1])], gazetteer)
        if candidates and not _is_adjective(doc, first, last, gazetteer):
            return last, candidates
    return None


@cache
def _never() -> frozenset[str]:
    return frozenset(read_toml("places.toml")["words"]["never"])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml("places.toml")["words"][name])


# --- judging ---------------------------------------------------------------------------------------------------------


class DocContext:
    """What the rest of the report says of a name: how often the recogniser calls it a place, a person, a body."""

    def __init__(self, doc: Doc, text: str, proposals: list[Proposal], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.text = text
        self.as_place = Counter(text[p.start : p.end].lower() for p in proposals if p.label in PLACE_LABELS)
        self.in_person: Counter[str] = Counter()
        for ent in doc.ents:
            if ent.label_ == "PERSON" and len(ent) > 1:
                self.in_person.update(t.lower_ for t in ent)


def features(p: Proposal, doc: Doc, context: DocContext) -> Iterator[tuple[str, float]]:
    """The features that fire for a proposal, with their values; names are those of `[recognition]`."""
    text = context.text[p.start : p.end]
    before = doc[p.first - 1] if p.first else None
    yield "bias", 1.0
    yield f"label_{p.label or 'none'}", 1.0
    if p.label and not p.covers:
        yield f"part_of_{p.label}", 1.0
    yield from _known(p, text, context)
    yield from _neighbours(p, doc, context.text, before)
    if containers_after(context.text, p.start, p.end, context.gazetteer):
        yield "container", 1.0
    same = context.as_place[text.lower()] - (p.label in PLACE_LABELS)
    if same > 0:
        yield "place_elsewhere", 1.0
        if p.label not in PLACE_LABELS:
            yield "place_elsewhere_only", 1.0
    if p.last - p.first == 1 and context.in_person[text.lower()]:
        yield "person_elsewhere", 1.0


def _known(p: Proposal, text: str, context: DocContext) -> Iterator[tuple[str, float]]:
    if not p.candidates:
        yield "unknown", 1.0
        yield f"unknown_{p.label}", 1.0
        return
    best = max(p.candidates, key=lambda c: (c.level in {"country", "admin1"}, c.population))
    if best.level in {"country", "admin1", "continent", "sea"}:
        yield "wide", 1.0
    elif best.level == "city":
        yield "population", math.log10(best.population + 1) / 7
    if any(c.name == text for c in p.candidates):
        yield "spelt_alike", 1.0
    if p.last - p.first > 1:
        yield "several_words", 1.0
    if p.label not in PLACE_LABELS and not any(c.country in ENGLISH_SPEAKING for c in p.candidates):
        yield "abroad", 1.0
        if any(context.gazetteer.is_curated(c) for c in p.candidates):
            yield "curated_abroad", 1.0


def _neighbours(p: Proposal, doc: Doc, text: str, before: Token | None) -> Iterator[tuple[str, float]]:
    word = before.lower_ if before is not None else ""
    if word == "the" and p.first > 1:
        yield "after_the", 1.0
        word = doc[p.first - 2].lower_
    if word in _words("locative"):
        yield "after_locative", 1.0
        if p.label not in PLACE_LABELS:
            yield "after_locative_other", 1.0
    elif word in _words("attacks"):
        yield "after_attack", 1.0
    elif word in {"and", ",", "or"} and p.first > 1 and doc[p.first - 2].ent_type_ in PLACE_LABELS:
        yield "listed", 1.0
    elif word in _words("compass"):
        yield "after_compass", 1.0
    elif word == "of":
        yield "after_of", 1.0
    if word in _words("titles"):
        yield "after_title", 1.0
    starts = before is None or before.text in {".", "\n", "!", "?", '"', "”"} or "\n" in before.text
    if starts and _DATELINE.match(text, p.end) and text[p.start : p.end].isupper():
        yield "dateline", 1.0
    if starts:
        yield "sentence_start", 1.0
    after = doc[p.last] if p.last < len(doc) else None
    if after is not None:
        if after.lower_ in _words("kinds"):
            yield "before_kind", 1.0
        elif after.lower_ in _words("bodies"):
            yield "before_body", 1.0
        elif after.pos_ == "PROPN":
            yield "before_name", 1.0
        elif after.lower_ in _words("saying"):
            yield "before_verb_of_saying", 1.0
    if before is not None and before.pos_ == "PROPN" and before.text[:1].isupper():
        yield "after_name", 1.0
    if doc[p.first].pos_ not in {"PROPN", "NOUN", "ADJ"}:
        yield "odd_tag", 1.0
