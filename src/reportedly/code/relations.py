"""Standing ties between actors that the text shows: leads, member, backs, allied_with."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly.code import syntax
from reportedly.knowledge import read_toml
from reportedly.records import Participant, Relation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from reportedly.records import Mention, Resolved


@cache
def _words() -> dict[str, Any]:
    return read_toml("relations.toml")


def find_relations(resolved: Resolved) -> tuple[Relation, ...]:
    """Relations in text order, each pair and kind once."""
    found: dict[tuple[str, str, str], Relation] = {}
    hyphenated, offices, verbs = (_words()[part] for part in ("hyphenated", "offices", "verbs"))
    for token in resolved.parsed.doc:
        lemma = token.lemma_.lower()
        if token.lower_ in hyphenated and token.i and token.nbor(-1).text in "-–":
            relations = _hyphenated(token, resolved)
        elif lemma in offices:
            relations = _offices(token, resolved)
        elif lemma in verbs and token.pos_ == "VERB":
            relations = _verbs(token, resolved)
        elif "-" in token.text:
            relations = _hyphenated(token, resolved)
        else:
            continue
        for relation in relations:
            if relation.source.actor.name != relation.target.actor.name:
                found.setdefault((relation.source.actor.name, relation.kind, relation.target.actor.name), relation)
    return tuple(sorted(found.values(), key=lambda r: (r.evidence.start, r.kind, r.target.start)))


def _relation(source: Mention, kind: str, target: Mention, resolved: Resolved) -> Relation:
    start, end = min(source.start, target.start), max(source.end, target.end)
    return Relation(
        _participant(source), kind, _participant(target), Span(start, end, resolved.parsed.report.text[start:end])
    )


def _participant(mention: Mention) -> Participant:
    return Participant(mention.start, mention.end, mention.text, mention.actor)


def _hyphenated(token: Token, resolved: Resolved) -> Iterator[Relation]:
    """ "Iranian-allied rebels", "the U.S.-led coalition"."""
    kinds = _words()["hyphenated"]
    doc = token.doc
    whom = token.lower_.rpartition("-")[2]
    if whom in kinds and "-" in token.lower_:
        sponsor, noun = resolved.mentions.get(token.i), resolved.mentions.get(token.head.i)
    elif token.lower_ in kinds and token.i >= 2 and doc[token.i - 1].text in "-–":
        whom = token.lower_
        sponsor, noun = resolved.mentions.get(token.i - 2), resolved.mentions.get(token.head.i)
    else:
        return
    if sponsor is not None and noun is not None and sponsor.head != noun.head:
        yield _relation(sponsor, kinds[whom], noun, resolved)


def _offices(token: Token, resolved: Resolved) -> Iterator[Relation]:
    """ "Qassem Suleimani, leader of the Quds Force", "President Ashraf Ghani", "a Kurdish militia spokesman"."""
    kind = _words()["offices"].get(token.lemma_.lower())
    if kind is None or token.pos_ not in ("NOUN", "PROPN"):
        return
    holder = _holder(token, resolved)
    if holder is None:
        return
    bodies = [t for w in ("of", "for", "at") for t in syntax.prepositional(token).get(w, [])]
    bodies += [c for c in token.children if c.dep_ in ("poss", "compound", "nmod", "amod") and c.i < token.i]
    if token.dep_ in ("compound", "nmod"):
        bodies += [c for c in token.head.children if c.dep_ in ("poss", "compound", "nmod", "amod") and c.i < token.i]
    for body in bodies:
        mention = resolved.mentions.get(body.i)
        if (
            mention is not None
            and (mention.actor.kind in ("group", "state") or mention.actor.sector)
            and mention.head != holder.head
        ):
            if mention.actor.kind != "person" and mention.acting:
                yield _relation(holder, kind, mention, resolved)
                return


def _holder(office: Token, resolved: Resolved) -> Mention | None:
    around = [office.head] if office.dep_ in ("appos", "compound", "nmod") else []
    around += [c for c in office.children if c.dep_ == "appos"]
    if office.dep_ == "attr":
        around += syntax.subjects(office.head)
    for token in around:
        mention = resolved.mentions.get(token.i)
        if mention is not None and mention.actor.kind == "person":
            return mention
    return None


def _verbs(token: Token, resolved: Resolved) -> Iterator[Relation]:
    """ "Iran backs the rebels", "Haqqani, who heads the network"; future and denied ties are none."""
    kind = _words()["verbs"].get(token.lemma_.lower())
    if kind is None or token.pos_ != "VERB" or token.tag_ not in ("VBZ", "VBP", "VBG", "VBN", "VBD"):
        return
    if any(c.dep_ == "neg" or c.tag_ == "MD" for c in token.children):
        return
    for doer in syntax.agents(token):
        for thing in syntax.objects(token):
            source, target = resolved.mentions.get(doer.i), resolved.mentions.get(thing.i)
            if (
                source
                and target
                and target.acting
                and (source.actor.country or source.actor.id)
                and target.actor.kind != "person"
            ):
                if (target.actor.country or target.actor.id) and (target.actor.sector or target.actor.id):
                    yield _relation(source, kind, target, resolved)
