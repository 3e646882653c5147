"""Where the times, the places, the acts and the verbs of saying of a report stand in its trees."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from reportedly.code.acts import Act
    from reportedly.code.attribution import Saying
    from reportedly.records import Resolved, Timex, Toponym


T = TypeVar("T")


def _by_sentence(found: Iterable[tuple[Token, T]], sentence_of: Sequence[int]) -> dict[int, list[tuple[Token, T]]]:
    grouped: dict[int, list[tuple[Token, T]]] = {}
    for head, one in found:
        grouped.setdefault(sentence_of[head.i], []).append((head, one))
    return grouped


class Layout:
    """What the lookups of time and place share. Tokens of acts are `governors`, tokens of verbs of saying `cues`."""

    def __init__(self, resolved: Resolved, sayings: Sequence[Saying], acts: Iterable[Act]) -> None:
        self.resolved = resolved
        self.published = resolved.parsed.report.published_on
        self.doc = doc = resolved.parsed.doc
        self.starts = [token.idx for token in doc]
        self.sentence_of = [number for number, sentence in enumerate(doc.sents) for _ in range(len(sentence))]
        self.governors = {
            i for act in acts for i in (act.trigger.i, act.verb.i if act.verb is not None else act.trigger.i)
        }
        self.cues = {i for saying in sayings for i in saying.cue}
        self.timex_at = [(self._head(t.start, t.end), t) for t in resolved.timexes]
        self.place_at = [(self._head(t.start, t.end), t) for t in resolved.toponyms]
        self._timexes_in = _by_sentence(self.timex_at, self.sentence_of)
        self._places_in = _by_sentence(self.place_at, self.sentence_of)
        self.adjective_at = {self._head(t.start, t.end).i: t for t in resolved.adjectival}

    def _head(self, start: int, end: int) -> Token:
        """The word by which the characters `start` to `end` hang in the tree.

        "on Tuesday, 7 May" hangs by its weekday: the parser hangs the date after the comma anywhere.
        """
        first = self.token_at(start)
        span = self.doc[first : max(bisect_left(self.starts, end), first + 1)]
        opening = span[0]
        if opening.dep_ == "pobj" and opening.head.i == first - 1:
            return opening
        root: Token = span.root
        return root

    def timexes_beside(self, token: Token) -> list[tuple[Token, Timex]]:
        """The time expressions of the token's sentence, with the words they hang by, in text order."""
        return self._timexes_in.get(self.sentence_of[token.i], [])

    def places_beside(self, token: Token) -> list[tuple[Token, Toponym]]:
        """The places of the token's sentence, with the words they hang by, in text order."""
        return self._places_in.get(self.sentence_of[token.i], [])

    def token_at(self, start: int) -> int:
        """Index of the token that the character belongs to."""
        return max(bisect_left(self.starts, start + 1) - 1, 0)

    def own(self, act: Act) -> set[int]:
        """The words whose time and place are the act's: its own, its light verb's, "heard" of "blasts were heard"."""
        own = {act.trigger.i} | ({act.verb.i} if act.verb is not None else set())
        above = act.trigger.head
        if act.nominal and act.trigger.dep_ in ("nsubj", "nsubjpass") and above.i not in self.governors | self.cues:
            own.add(above.i)
        return own

    def steps(self, head: Token, own: set[int]) -> int | None:
        """Steps up the tree from a time expression to the act, None if another act or verb of saying owns it."""
        at, steps = head, 0
        while at.head.i != at.i:
            at, steps = at.head, steps + 1
            if at.i in own:
                return steps
            if at.i in self.cues or (at.i in self.governors and at.pos_ not in ("NOUN", "PROPN")):
                return None
            if at.pos_ in ("VERB", "AUX") and at.dep_ in ("relcl", "ccomp", "advcl", "acl"):
                if at.dep_ == "ccomp" or any(c.dep_ in ("nsubj", "nsubjpass") for c in at.children):
                    return None
                steps += 5
        return None
