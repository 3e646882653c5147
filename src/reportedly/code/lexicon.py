"""The act patterns of `data/acts.tsv`: reads them, and finds the one that fits a word in its syntax."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from reportedly import plover
from reportedly.code import syntax
from reportedly.errors import KnowledgeBroken
from reportedly.knowledge import DATA, read_table, read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token

POS = {"V": ("VERB", "AUX"), "N": ("NOUN", "PROPN"), "A": ("ADJ", "VERB")}
SIGNS = "><+~^&%=:"
Marks = Callable[["Token"], frozenset[str]]
"""What is known about a token's referent: "@PERSON", "@HUMAN", "@STATE", "@DEMONYM", "@PLACE"."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a pattern: where to look (`sign`) for which lemmas; `wanted` is False for a condition with !."""

    sign: str
    words: frozenset[str]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that name an act. `event` is None where they name none; `line` is where the pattern stands in acts.tsv."""

    text: str
    pos: tuple[str, ...]
    conditions: tuple[Condition, ...]
    event: str | None
    modes: tuple[str, ...]
    recipient: tuple[str, ...]
    actor: str
    line: int


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Class name -> lemmas and marks, from acts.toml."""
    return {name: frozenset(words) for name, words in read_toml("acts.toml")["classes"].items()}


@cache
def patterns() -> dict[tuple[str, str], tuple[Pattern, ...]]:
    """(lemma, coarse part of speech) -> patterns, the most specific first, later lines before earlier ones.

    Raises KnowledgeBroken where a line has an unknown type, mode, class or part of speech.
    """
    found: dict[tuple[str, str], list[Pattern]] = {}
    for line, row in enumerate(read_table(DATA / "acts.tsv"), 1):
        lemmas, pattern = _read(row, line)
        for lemma in lemmas:
            for pos in pattern.pos:
                found.setdefault((lemma, pos), []).append(pattern)
    return {key: tuple(sorted(rows, key=lambda p: (-len(p.conditions), -p.line))) for key, rows in found.items()}


def _read(row: dict[str, str], line: int) -> tuple[list[str], Pattern]:
    head, *conditions = row["pattern"].split()
    lemmas, _, pos = head.partition("/")
    event = None if row["event"] == "NONE" else row["event"]
    types = plover.event_types()
    modes = tuple(m for m in row["modes"].split(",") if m)
    if pos not in POS or (event and event not in types) or (event and any(m not in types[event].modes for m in modes)):
        raise KnowledgeBroken(
            f"acts.tsv, pattern {row['pattern']!r}: unknown part of speech, type or mode",
            hint="types and modes stand in plover.toml; parts of speech are V, N and A",
        )
    recipient = tuple(part for part in row["recipient"].split(",") if part)
    parsed = Pattern(
        row["pattern"], POS[pos], tuple(_conditions(conditions)), event, modes, recipient, row["actor"] or "subj", line
    )
    return lemmas.split("|"), parsed


def _conditions(words: Iterable[str]) -> Iterable[Condition]:
    for word in words:
        wanted = not word.startswith("!")
        sign, rest = word.lstrip("!")[0], word.lstrip("!")[1:]
        if sign not in SIGNS:
            raise KnowledgeBroken(f"acts.tsv: condition {word!r} begins with none of {SIGNS}", hint="see docs/acts.md")
        lemmas: set[str] = set()
        for part in filter(None, rest.split("|")):
            if part[0] == "@":
                if part[1:] not in word_classes():
                    raise KnowledgeBroken(f"acts.tsv: no word class {part}", hint="add it to acts.toml")
                lemmas |= word_classes()[part[1:]]
            else:
                lemmas.add(part)
        yield Condition(sign, frozenset(lemmas), wanted)


def names_act(lemma: str, part_of_speech: str = "NOUN") -> bool:
    """True if some pattern has this lemma as a word for an act."""
    return any(p.event is not None for p in patterns().get((lemma, part_of_speech), ()))


def match(token: Token, marks: Marks) -> Pattern | None:
    """The most specific pattern that fits the token, None where none fits (a NONE pattern is returned as such)."""
    around = _Around(token, marks)
    for word in dict.fromkeys((token.lemma_.lower(), token.lower_)):  # "concerned" may be tagged as a verb
        for pattern in patterns().get((word, token.pos_), ()):
            if all(around.holds(condition) for condition in pattern.conditions):
                return pattern
    return None


@dataclass(slots=True)
class _Around:
    """The words around a token by the sign that asks for them, each looked up once however many patterns ask."""

    token: Token
    marks: Marks
    found: dict[str, frozenset[str]] = field(default_factory=dict)

    def holds(self, condition: Condition) -> bool:
        """True if the condition is met; one without words asks whether there is anything at all."""
        words = self.found.get(condition.sign)
        if words is None:
            words = self.found[condition.sign] = frozenset(LOOKUPS[condition.sign](self.token, self.marks))
        met = not words.isdisjoint(condition.words) if condition.words else bool(words)
        return met == condition.wanted


def _names(tokens: Iterable[Token], marks: Marks) -> Iterator[str]:
    """Lemmas, words and marks of these tokens, and "heart attack" where that is one name."""
    for token in tokens:
        yield token.lemma_.lower()
        yield token.lower_
        yield from marks(token)
        before = token.nbor(-1) if token.i and token.pos_ == "NOUN" else None
        if before is not None and before.dep_ == "compound":
            yield f"{before.lemma_} {token.lemma_}".lower()


def _object(token: Token, marks: Marks) -> Iterator[str]:
    found = [t for o in syntax.objects(token) for t in syntax.coordinated(o)]
    inner = [p for o in found if o.lemma_ in HOLDERS for p in syntax.prepositional(o).get("of", ())]
    found += inner
    return _names([*found, *(m for o in found for m in syntax.modifiers(o) if m.dep_ == "compound")], marks)


HOLDERS = frozenset(read_toml("acts.toml")["holders"])


def _subject(token: Token, marks: Marks) -> Iterator[str]:
    doers = syntax.agents(token) if token.pos_ == "VERB" else []  # of a passive: who stands after "by", if anybody does
    found = [t for s in doers or syntax.subjects(token) for t in syntax.coordinated(s)]
    inner = [p for s in found if s.lemma_ in HOLDERS for p in syntax.prepositional(s).get("of", ())]
    return _names([*found, *inner], marks)


def _particle(token: Token, marks: Marks) -> Iterator[str]:
    for child in token.children:
        if child.dep_ in ("prt", "advmod", "prep", "oprd", "acomp"):
            if child.dep_ != "prep" or not any(c.dep_ in ("pobj", "pcomp") for c in child.children):
                yield child.lower_


def _preposition(token: Token, marks: Marks) -> Iterator[str]:
    return iter(syntax.prepositional(token))


def _complement(token: Token, marks: Marks) -> Iterator[str]:
    found = syntax.complements(token)
    if any(k.dep_ in ("nsubj", "nsubjpass") for c in found for k in c.children):
        yield "other"
    if any(syntax.is_infinitive(c) for c in found):
        yield "to"
    yield from _names(
        [v for c in found for v in (c, *(k for k in c.children if k.dep_ in ("aux", "conj", "acomp", "prt")))], marks
    )


def _modifier(token: Token, marks: Marks) -> Iterator[str]:
    nouns = [token] if token.pos_ in ("NOUN", "PROPN") else syntax.objects(token)
    found = [m for noun in nouns for m in syntax.modifiers(noun)]
    inner = [m for f in found for m in syntax.modifiers(f)]
    if token.i >= 2 and token.nbor(-1).text == "-":
        found.append(token.nbor(-2))
    return _names([*found, *inner], marks)


def _clause(token: Token, marks: Marks) -> Iterator[str]:
    first, last = max(token.left_edge.i, token.i - 15), min(token.right_edge.i + 1, token.i + 15)
    for other in token.doc[first:last]:
        yield other.lemma_.lower()
        yield other.lower_


def _role(token: Token, marks: Marks) -> Iterator[str]:
    yield token.dep_


def _predicate(token: Token, marks: Marks) -> Iterator[str]:
    """What the object is called or said to be: "called him a traitor", "described it as a success"."""
    found = [
        c for c in token.children if c.dep_ in ("oprd", "attr", "acomp", "xcomp", "ccomp", "dobj") and c.i > token.i
    ]
    found += [p for c in token.children if c.lower_ == "as" for p in c.children]
    return _names([*found, *(m for f in found for m in f.children)], marks)


LOOKUPS: dict[str, Callable[[Token, Marks], Iterator[str]]] = {
    ">": _object,
    "<": _subject,
    "+": _particle,
    "~": _preposition,
    "^": _complement,
    "&": _modifier,
    "%": _clause,
    "=": _role,
    ":": _predicate,
}
"""Sign -> the words that a condition with this sign is asked of."""
