"""What else a claim says: modes, contexts, quantities, the quotation, and the words it was read from."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from reportedly import plover
from reportedly.code import contents, lexicon, syntax
from reportedly.knowledge import read_toml
from reportedly.records import Quantity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Token

    from reportedly.code.acts import Act
    from reportedly.records import Participant, Quote, Resolved

CORE = frozenset(
    {
        "aux",
        "auxpass",
        "neg",
        "prt",
        "nsubj",
        "nsubjpass",
        "dobj",
        "dative",
        "agent",
        "attr",
        "acomp",
        "oprd",
        "prep",
        "advmod",
        "npadvmod",
        "expl",
    }
)
BESIDE = frozenset(
    {"nsubj", "nsubjpass", "dobj", "agent", "compound", "amod", "nmod", "prep", "npadvmod", "poss", "xcomp", "advcl"}
)
CLAUSE = 8  # tokens of a clause after a preposition that belong to the evidence
LONGEST = 45
"""Tokens that the evidence of a claim may span."""


@cache
def _mode_words(event: str) -> dict[str, str]:
    table = read_toml("acts.toml")["modes"].get(event, {})
    return {word: mode for mode, words in table.items() for word in words}


def modes_of(act: Act, around: Sequence[Token], content: str | None = None) -> tuple[str, ...]:
    """The pattern's modes and those that words beside the act show; for verbal acts that of their `content`.

    A request or refusal to "change" is what its pattern says of anything; a content that is known says more.
    """
    modes = dict.fromkeys(act.modes)
    words = _mode_words(act.event)
    for token in around:
        mode = words.get(token.lemma_.lower()) or words.get(token.lower_) or words.get(token.lower_.removesuffix("s"))
        if mode and not (
            act.event == "CONSULT" and mode == "phone" and token.i != act.trigger.i and token.pos_ != "NOUN"
        ):
            modes.setdefault(mode)
    if contents.has_contents(act.event) and set(modes) <= {contents.default_mode(act.event)}:
        modes = dict.fromkeys(filter(None, (content or contents.default_mode(act.event),)))
    known = plover.event_types()[act.event].modes
    return tuple(m for m in modes if m in known)


MANY = 3
"""From so many parties on a meeting is multilateral."""


def is_multilateral(actors: Sequence[Participant], recipients: Sequence[Participant], resolved: Resolved) -> bool:
    """True for a meeting of three countries or more: "Qatar, Egypt and Israel", "ministers of the five states"."""
    parties = (*actors, *recipients)
    if len({p.actor.country for p in parties if p.actor.country}) >= MANY:
        return True
    states = [
        m
        for m in resolved.mentions.values()
        if (m.count or 0) >= MANY and resolved.parsed.doc[m.head].lemma_ in ("state", "country", "nation", "government")
    ]
    return any(p.start <= m.start and m.end <= p.end for p in parties for m in states)


def words_beside(act: Act) -> list[Token]:
    """The act's noun, its modifiers, its subject's words and what it was done with; not what it was done to."""
    near: list[Token] = [act.trigger] if act.nominal else []
    target_is_object = not act.nominal and act.pattern.recipient[:1] == ("obj",)
    predicate = act.trigger.dep_ == ("acomp" if act.trigger.pos_ == "ADJ" else "attr")
    copula = act.trigger.head if predicate and act.pattern.actor == "speaker" else None
    for holder in filter(None, (act.trigger, act.verb, copula)):
        passive = syntax.is_passive(holder) if holder.pos_ == "VERB" else False
        for child in holder.children:
            target = target_is_object and child.dep_ in (("nsubjpass", "nsubj") if passive else ("dobj",))
            if child.dep_ in BESIDE and not target:
                near += [t for t in child.subtree if abs(t.i - act.trigger.i) < 14 and _same_clause(t, child, holder)]
    if act.trigger.dep_ == "xcomp":  # "Jets appear to have bombed"
        near += syntax.subjects(act.trigger)
    if act.trigger.dep_ in ("acl", "relcl") and not target_is_object:
        near.append(act.trigger.head)
    return near


def _same_clause(token: Token, top: Token, holder: Token) -> bool:
    at = token
    while at.i not in (top.i, holder.i):
        if at.dep_ in ("relcl", "ccomp"):
            return False
        at = at.head
    return True


def contexts_of(sentence: Iterable[Token]) -> tuple[str, ...]:
    """PLOVER contexts whose words stand in the sentence, in the ontology's order."""
    words = plover.context_words()
    lemmas = [t.lemma_.lower() for t in sentence if not t.is_punct]
    pairs = {f"{a} {b}" for a, b in pairwise(lemmas)}
    found = {words[w] for w in (*lemmas, *pairs) if w in words}
    return tuple(name for name in read_toml("plover.toml")["contexts"] if name in found)


def quantities_of(participants: Iterable[Participant], resolved: Resolved) -> tuple[Quantity, ...]:
    """Counts of the participants: "four ships" is 4 ships."""
    wanted = {p.start for p in participants}
    doc = resolved.parsed.doc
    found = {
        mention.start: Quantity(mention.count, doc[mention.head].text)
        for mention in resolved.mentions.values()
        if mention.start in wanted and mention.count is not None
    }
    return tuple(found[start] for start in sorted(found))


def quote_of(act: Act, quotes: Sequence[Quote], first: int, last: int) -> str | None:
    """The quotation that the act stands in, else the one that its evidence (tokens `first` to `last`) contains."""
    for quote in quotes:
        if quote.first <= act.trigger.i < quote.last:
            return quote.text
    for quote in quotes:
        if quote.first >= first and quote.last <= last + 1:
            return quote.text
    return None


def evidence_of(act: Act, sides: Iterable[Token], resolved: Resolved, *, whole_content: bool) -> tuple[int, int]:
    """First and last (exclusive) token of the words that a claim was read from, within one sentence.

    Verbal acts take their content with them (`whole_content`); other acts end where another clause begins.
    """
    sentence = act.trigger.sent
    indices = {act.trigger.i, act.trigger.i + 1}
    predicate = act.trigger.dep_ == ("acomp" if act.trigger.pos_ == "ADJ" else "attr")
    copula = act.trigger.head if predicate and act.pattern.actor == "speaker" else None
    told_by = act.trigger.head if act.nominal and _is_told_by_verb(act.trigger) else None
    for holder in filter(None, (act.trigger, act.verb, copula, told_by)):
        indices.add(holder.i)
        for child in holder.children:
            if child.dep_ in CORE or (whole_content and child.dep_ in ("xcomp", "ccomp", "advcl", "acl")):
                first, last = _extent(child, whole_content=whole_content)
                if last - first <= LONGEST:
                    indices.update((first, last - 1))
    for token in sides:
        mention = resolved.mentions.get(token.i)
        if token.sent.start == sentence.start:
            indices.update((mention.first, mention.last - 1) if mention else (token.i,))
    inside = sorted(i for i in indices if sentence.start <= i < sentence.end)
    first, last = inside[0], inside[-1] + 1
    if last - first > LONGEST:
        first, last = max(first, act.trigger.i - LONGEST // 2), min(last, act.trigger.i + LONGEST // 2)
    return _trim(first, last, act.trigger.doc)


def _is_told_by_verb(noun: Token) -> bool:
    """ "Explosions rocked the port", "explosions were heard", but not "the attack was condemned"."""
    verb = noun.head
    told = noun.dep_ == "nsubj" or (noun.dep_ == "nsubjpass" and not lexicon.names_act(verb.lemma_.lower(), "VERB"))
    return told and verb.pos_ == "VERB"


def _extent(token: Token, *, whole_content: bool) -> tuple[int, int]:
    if whole_content or token.dep_ in ("aux", "auxpass", "neg", "prt", "advmod"):
        return token.left_edge.i, token.right_edge.i + 1
    if token.dep_ in ("prep", "agent"):
        inner = [syntax.phrase_bounds(c) for c in token.children if c.dep_ == "pobj"]
        clauses = [c for c in token.children if c.dep_ == "pcomp"]  # "convicted of plotting an attack"
        inner += [(c.i, min(c.right_edge.i + 1, c.i + CLAUSE)) for c in clauses]
        return token.i, max((last for _, last in inner), default=token.i + 1)
    return syntax.phrase_bounds(token)


def _trim(first: int, last: int, doc: Doc) -> tuple[int, int]:
    while first < last - 1 and (doc[first].is_space or (doc[first].is_punct and doc[first].text not in '“"‘')):
        first += 1
    if first < last - 1 and doc[first].lower_ == "that" and doc[first].tag_ != "DT":
        first += 1
    while last - 1 > first and doc[last - 1].dep_ in ("cc", "mark") and doc[last - 1].pos_ in ("CCONJ", "SCONJ"):
        last -= 1
    while last - 1 > first and (doc[last - 1].is_space or (doc[last - 1].is_punct and doc[last - 1].text not in '”"’')):
        last -= 1
    return first, last


def span_of(doc: Doc, first: int, last: int) -> Span:
    """Tokens `first` to `last` (exclusive) as a span of the text."""
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return Span(start, end, doc[first:last].text)
