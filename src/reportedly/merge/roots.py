"""Where an attribution chain ends, as a key that is the same for all who repeat the same source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportedly.knowledge import read_toml
from reportedly.merge.credits import find_publisher, fold
from reportedly.records import Actor, Claim, Link, LinkKind


@dataclass(frozen=True, slots=True)
class Root:
    """The end of one claim's chain. `sides` are the countries and actor ids that it speaks for, empty if unknown.

    `known` is true where enough is known of it to call it a bystander.
    """

    key: str
    name: str
    kind: LinkKind
    sides: frozenset[str] = frozenset()
    known: bool = False


def root_of(claim: Claim, origin: str) -> Root:
    """The root source of a claim; `origin` is whose text its report is, so that a reprint has its original's root.

    1. Nobody is cited: the publisher whose text it is.
    2. Another publisher is cited: that publisher, the same as if its own report were at hand.
    3. Somebody without a name, or a paper without one, is cited: who heard them, for nobody else can vouch for them.
    4. Officials of one government: that government; two of its ministries are no independent sources.
    5. Anybody else with a name: they themselves, whoever quotes them.
    """
    cited = [link for link in claim.attribution if link.kind != "publisher"]
    voucher = next((link.name for link in reversed(cited) if _is_outlet(link)), origin)
    if not cited or _is_outlet(cited[-1]):
        return _publisher_root(voucher, "outlet" if cited else "publisher", cited[-1].actor if cited else None)
    last = cited[-1]
    if last.kind == "anonymous" or not _has_name(last):
        heard = _publisher_root(voucher, last.kind, last.actor)
        return Root(heard.key, f"{last.name}, as heard by {heard.name}", last.kind, _sides(last.actor), heard.known)
    return _named_root(last)


def party_in(root: Root, sides: Iterable[str]) -> bool | None:
    """Whether a source is a party to what it tells: it speaks for one of the sides (countries, actor ids)."""
    if root.sides & set(sides):
        return True
    return False if root.known or root.sides else None


def sides_of(claim: Claim) -> frozenset[str]:
    """The countries and actor ids of all who take part in a claim."""
    return frozenset().union(*(_sides(p.actor) for p in (*claim.actors, *claim.recipients)))


def _publisher_root(name: str, kind: LinkKind, actor: Actor | None) -> Root:
    publisher = find_publisher(name)
    voice = (publisher.party_to or "").removeprefix("state:")
    known = bool(publisher.kind)
    return Root(f"report:{fold(publisher.name)}", publisher.name, kind, frozenset({voice} - {""}), known)


def _named_root(link: Link) -> Root:
    actor, rules = link.actor, _rules()
    sides = _sides(actor)
    if actor and actor.country and actor.sector in rules["government"]:
        return Root(f"government:{actor.country}", link.name, link.kind, sides, True)
    if actor and actor.country and actor.sector in rules["rebels"]:
        return Root(f"{actor.sector}:{actor.country}", link.name, link.kind, sides, True)
    name = actor.id if actor and actor.id else fold(link.name)
    return Root(f"{link.kind}:{name}", link.name, link.kind, sides, bool(sides))


def _is_outlet(link: Link) -> bool:
    """True for a link that is a publisher, also where the chain has it as a named source ("Press TV said")."""
    return link.kind == "outlet" or (link.kind == "named" and link.actor is not None and link.actor.sector == "JRN")


def _has_name(link: Link) -> bool:
    """False for "the document" and "some people": words that point at nobody outside their report."""
    if link.actor is not None and (
        link.actor.id or link.actor.sector in {*_rules()["government"], *_rules()["rebels"]}
    ):
        return True
    words = re.findall(r"\w+", link.text or link.name)
    return any(word[0].isupper() for word in words[1:]) or (link.kind == "named" and len(words) > 1)


def _sides(actor: Actor | None) -> frozenset[str]:
    return frozenset(filter(None, (actor.country, actor.id))) if actor else frozenset()


@cache
def _rules() -> Mapping[str, Any]:
    return dict(read_toml("merge.toml")["roots"])
