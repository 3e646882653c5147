"""Companies that no table knows, told by the form of their name or by what is theirs: "Acme's shareholders"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportedly.knowledge import read_toml
from reportedly.records import Actor

if TYPE_CHECKING:
    from collections.abc import Container

    from spacy.tokens import Doc, Span

LEAST_LETTERS = 3


def find_organisations(doc: Doc, known: Container[int]) -> dict[str, Actor]:
    """First word of the name, in lower case -> the company; `known` are tokens that the actor tables have named.

    One mention that shows what it is serves all others of the report: "SoftBank Group Corp" makes "SoftBank" a company.
    """
    found: dict[str, Actor] = {}
    for entity in doc.ents:
        if entity.label_ != "ORG" or any(t.i in known for t in entity) or len(entity[0].text) < LEAST_LETTERS:
            continue
        sector = _sector_of(entity)
        if sector is not None:
            found.setdefault(entity[0].lower_, Actor(None, entity.text, None, sector, "group"))
    return found


def _sector_of(entity: Span) -> str | None:
    last = entity[-1].lower_.rstrip(".")
    owner, thing = entity.root, ""
    if owner.dep_ in ("poss", "compound", "nmod"):
        thing = owner.head.lemma_.lower()
    elif owner.dep_ == "pobj" and owner.head.lower_ in ("of", "in"):  # "shares in Acme"
        thing = owner.head.head.lemma_.lower()
    for sector, words in _words().items():
        if (len(entity) > 1 and last in words["forms"]) or thing in words["belongings"]:
            return sector
    return None


@cache
def _words() -> dict[str, dict[str, frozenset[str]]]:
    table = read_toml("organisation_words.toml")
    return {sector: {name: frozenset(words) for name, words in of.items()} for sector, of in table.items()}
