"""From a suite's items to its predictions, through the product's public functions; nothing here but conversion."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from reportedly.code import code_claims, syntax
from reportedly.code.attribution import FLAT, find_sayings
from reportedly.code.attribution_cues import is_chain_kind
from reportedly.code.chains import chain_of
from reportedly.code.standing import factuality, stand
from reportedly.export import coded_dict
from reportedly.parse import parse_report
from reportedly.pipeline import CODER, Tools, code_raw, code_report
from reportedly.read import read_report
from reportedly.records import Claim, CodedReport, Participant, RawReport, Rejection, Report
from reportedly.resolve import resolve_mentions
from reportedly.resolve.places import find_places
from reportedly.resolve.times import find_timexes
from reportedly.settings import Settings

Item = dict[str, Any]
PRONOUNS = {"he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "we", "i", "us", "our", "who"}
# The suite's classes are those of PLOVER's types of 2016, where a concession was material and a sanction verbal (its
# sentences and those of `events`, which have types, show it without exception); PLOVER 2021 has them the other way.
QUADS_2016 = {"CONCEDE": "material_cooperation", "SANCTION": "verbal_conflict"}
QUADS = {"verbal cooperation": "verbal_cooperation", "material cooperation": "material_cooperation",
         "verbal conflict": "verbal_conflict", "material conflict": "material_conflict"}  # fmt: skip


def predict(suite: str, items: Iterable[Item], tools: Tools, folder: Path) -> Iterator[Item]:
    """Predictions in the order of the items. `folder` is where the items' other files lie.

    Raises KeyError for a suite that the product does not answer.
    """
    answer = ANSWERS[suite]
    for item in items:
        yield {"id": item["id"], **answer(item, tools, folder)}


def report_of(item: Item, text: str | None = None) -> Report:
    """An item as a report that has been read: benchmarks count offsets into the text as given."""
    day = item.get("published") or item.get("date") or item.get("dct")
    return Report(item["id"], text or item["text"], item.get("title"), day, item.get("publisher") or item.get("source"))


def ranked(coded: CodedReport) -> list[Claim]:
    """Claims, the main act of the sentence first: verbs before nouns, the surest first, in text order."""
    return sorted(coded.claims, key=lambda c: (-c.confidence, c.trigger.start))


def shown(participant: Participant) -> str:
    """The words, or for a pronoun the name of whom it stands for."""
    return participant.actor.name if participant.text.lower() in PRONOUNS else participant.text


# --- acts and actors -------------------------------------------------------------------------------------------------


def answer_events(item: Item, tools: Tools, _: Path) -> Item:
    claims = []
    for claim in ranked(code_report(report_of(item), tools)):
        sides = [
            [{"text": shown(p), "code": p.actor.country} for p in side] for side in (claim.actors, claim.recipients)
        ]
        claims.append({"event": claim.event, "source": sides[0], "target": sides[1]})
    return {"claims": claims}


def answer_quad(item: Item, tools: Tools, _: Path) -> Item:
    claims = ranked(code_report(report_of(item), tools))
    if not claims:
        return {"quad": "neutral"}
    return {"quad": QUADS_2016.get(claims[0].event, QUADS[claims[0].quad])}


def answer_actors(item: Item, tools: Tools, _: Path) -> Item:
    claims = ranked(code_report(report_of(item), tools))[:1]
    reciprocal = bool(claims) and claims[0].event == "CONSULT"
    source = [{"start": p.start, "end": p.end} for c in claims for p in c.actors]
    target = [{"start": p.start, "end": p.end} for c in claims for p in c.recipients]
    if reciprocal and len(source) > 1:
        return {"source": [], "target": [], "reciprocal": source}
    return {"source": source, "target": target, "reciprocal": []}


def answer_police(item: Item, tools: Tools, _: Path) -> Item:
    """What the police did or failed to do, by the claims and by the standing of every verb that they are agents of."""
    assert tools.nlp is not None
    parsed = parse_report(report_of(item), tools.nlp)
    resolved = resolve_mentions(parsed, tools.lookups)
    labels: set[str] = set()
    for claim in code_claims(resolved, tools.settings, CODER).claims:
        by_police = any(p.actor.sector in ("COP", "MIL") or "polic" in p.text.lower() for p in claim.actors)
        if claim.polarity != "affirmed" or claim.aspect not in ("actual", "historical", "habitual"):
            continue
        if claim.event == "COERCE" and (by_police or not claim.actors):
            labels |= {"ANY_ACTION", "ARREST"} if "arrest" in claim.modes else {"ANY_ACTION"}
        elif claim.event == "MOBILIZE":
            labels.add("ANY_ACTION")
        elif claim.event == "ASSAULT" and by_police:
            labels |= {"ANY_ACTION", "FORCE"}
            if any(w in claim.evidence.text.lower() for w in ("kill", "dead", "died", "death")):
                labels.add("KILL")
    for token in parsed.doc:
        if token.pos_ != "VERB" or token.lemma_ in ("say", "tell", "add", "claim", "know", "believe", "have", "be"):
            continue
        heads = [resolved.mentions.get(t.i) for t in syntax.agents(token)]
        if not any(m is not None and (m.actor.sector == "COP" or "polic" in m.text.lower()) for m in heads):
            continue
        standing = stand(token)
        if standing.polarity == "negated" or token.lemma_ in ("fail", "refuse"):
            labels.add("FAIL")
        elif standing.aspect in ("actual", "historical", "habitual") and standing.polarity == "affirmed":
            labels.add("ANY_ACTION")
    return {"labels": sorted(labels)}


def answer_leaders(item: Item, tools: Tools, _: Path) -> Item:
    country, status = tools.lookups.actors.office_status(item["name"], date.fromisoformat(item["date"]))
    return {"country": country, "status": status}


# --- times and places ------------------------------------------------------------------------------------------------


def answer_times(item: Item, tools: Tools, _: Path) -> Item:
    assert tools.nlp is not None
    day = date.fromisoformat(item["dct"][:10]) if item.get("dct") else None
    found = find_timexes(tools.nlp(item["text"]), day)
    return {"timexes": [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in found]}


def answer_places(item: Item, tools: Tools, _: Path) -> Item:
    assert tools.nlp is not None
    spans = [tuple(span) for span in item["spans"]] if item.get("spans") else None
    found = find_places(tools.nlp(item["text"]), report_of(item), tools.lookups.gazetteer, spans)
    return {"toponyms": [{"start": t.start, "end": t.end, "lat": t.lat, "lon": t.lon} for t in found]}


# --- attribution and standing ----------------------------------------------------------------------------------------


def answer_attribution(item: Item, tools: Tools, _: Path) -> Item:
    assert tools.nlp is not None
    parsed = parse_report(report_of(item), tools.nlp)
    doc = parsed.doc

    def offsets(runs: Iterable[tuple[int, int]]) -> list[list[int]]:
        return [[doc[first].idx, doc[last - 1].idx + len(doc[last - 1])] for first, last in runs]

    flat = [s for s in find_sayings(parsed) if s.cue and s.content and s.confidence >= FLAT]
    return {
        "attributions": [
            {
                "source": offsets([s.source] if s.source else []),
                "cue": offsets([(s.cue[0], s.cue[-1] + 1)]),
                "content": offsets(s.content),
            }
            for s in flat
        ]
    }


def answer_chains(item: Item, tools: Tools, _: Path) -> Item:
    assert tools.nlp is not None
    text = f"{item['context']} {item['text']}" if item.get("context") else item["text"]
    if not item.get("act"):
        return {"claims": coded_dict(code_report(report_of(item, text), tools))["claims"]}
    parsed = parse_report(report_of(item, text), tools.nlp)
    resolved = resolve_mentions(parsed, tools.lookups)
    start = text.rindex(item["act"])
    span = parsed.doc.char_span(start, start + len(item["act"]), alignment_mode="expand")
    root = span.root
    sayings = find_sayings(parsed)
    above = [s for s in sayings if s.holds(root.i) and root.i not in s.cue and is_chain_kind(s.kind)]
    inner = min(above, key=lambda s: sum(b - a for a, b in s.content), default=None)
    standing = stand(root, trigger_is_noun=root.pos_ in ("NOUN", "PROPN"), kind_above=inner.kind if inner else None)
    chain = [
        {"kind": link.kind, "name": link.name, "text": link.text, "count": link.count}
        for link in chain_of(root.i, sayings, resolved)
    ]
    return {
        "answer": {
            "attribution": chain,
            "aspect": standing.aspect,
            "polarity": standing.polarity,
            "certainty": standing.certainty,
        }
    }


def answer_factuality(item: Item, tools: Tools, _: Path) -> Item:
    assert tools.nlp is not None
    doc = tools.nlp(item["text"])
    values = {}
    for predicate in item["predicates"]:
        span = doc.char_span(predicate["start"], predicate["end"], alignment_mode="expand")
        standing = stand(span.root, trigger_is_noun=span.root.pos_ == "NOUN")
        values[predicate["id"]] = factuality(standing, span.root)
    return {"factuality": values}


# --- whole reports ---------------------------------------------------------------------------------------------------


def answer_extraction(item: Item, tools: Tools, folder: Path) -> Item:
    page = gzip.decompress((folder / item["html"]).read_bytes())
    raw = RawReport(item["id"], page, "html", item["id"], url=item.get("url"))
    try:
        return {"articleBody": read_report(raw, Settings(min_english=0.0)).text}
    except Exception as error:
        return {"articleBody": "", "error": str(error)}


def answer_documents(item: Item, tools: Tools, _: Path) -> Item:
    kind = "html" if "html" in item else "text"
    content = item[kind].encode() if isinstance(item[kind], str) else base64.b64decode(item[kind])
    known = {k: item.get(k) for k in ("published", "publisher", "url", "title")}
    coded = code_raw(RawReport(item["id"], content, kind, item["id"], **known), tools)
    return {"report": {}, "claims": []} if isinstance(coded, Rejection) else coded_dict(coded)


ANSWERS: dict[str, Callable[[Item, Tools, Path], Item]] = {
    "events": answer_events,
    "quad": answer_quad,
    "actors": answer_actors,
    "police": answer_police,
    "leaders": answer_leaders,
    "times": answer_times,
    "places": answer_places,
    "attribution": answer_attribution,
    "chains": answer_chains,
    "factuality": answer_factuality,
    "extraction": answer_extraction,
    "documents": answer_documents,
}
