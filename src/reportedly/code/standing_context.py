"""Stage 4 of 8: the reading of a word from the words that govern it, by spaCy's dependency labels (ClearNLP style)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.code import syntax
from reportedly.code.standing_links import (
    is_perfect,
    link_of,
    links_clauses,
    raised_from,
    shares_auxiliaries,
    verb_over,
)
from reportedly.code.standing_local import (
    SUBJECTS,
    VERBS,
    is_definite,
    is_infinitive,
    is_past,
    is_year,
    read_noun,
    read_verb,
)
from reportedly.code.standing_reading import Reading, embed, hypothetical
from reportedly.code.standing_words import (
    Embedding,
    embedding,
    embedding_of,
    is_mistagged_noun,
    lemma,
    phrase_of,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from reportedly.code.standing_words import LinkKind

MAX_DEPTH = 12  # steps up the tree; real sentences need six


def read_act(token: Token, *, as_noun: bool = False, dated: bool = True) -> Reading:
    """The reading of an act: `dated` says whether years in the text are looked at."""
    return _Reader(dated).read(token, as_noun=as_noun)


class _Reader:
    """Walks up one sentence."""

    def __init__(self, dated: bool) -> None:
        self.dated = dated
        self.depth = 0
        self.by_dep: dict[str, Callable[[Token], Reading]] = {
            "ROOT": self._root,
            "xcomp": self._complement,
            "ccomp": self._complement,
            "acomp": self._complement,
            "oprd": self._complement,
            "attr": self._predicate,
            "pcomp": self._after_preposition,
            "advcl": self._adverbial,
            "acl": self._noun_clause,
            "relcl": self._relative,
            "dobj": self._object,
            "dative": self._object,
            "nsubjpass": self._object,
            "pobj": self._prepositional_object,
            "nsubj": self._subject,
            "csubj": self._subject,
            "compound": self._modifier,
            "nmod": self._modifier,
            "amod": self._modifier,
            "poss": self._modifier,
            "appos": self._apposition,
            "prt": self._small_clause,
        }

    def read(self, token: Token, *, as_noun: bool = False) -> Reading:
        """The reading of a word: its context, changed by the words beside it."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            return Reading()
        context = self.context(token)
        if token.pos_ in VERBS and not as_noun and not is_mistagged_noun(token):
            return self._verb(token, context)
        return read_noun(token, context)

    def context(self, token: Token) -> Reading:
        """What the governing words say about a word."""
        if token.dep_ == "conj":
            return self._joined(token)
        if syntax.is_headline_infinitive(token):
            return Reading().with_aspect("future").because_of("'will' of a headline")
        read = self.by_dep.get(token.dep_)
        return read(token) if read else Reading()

    def _verb(self, verb: Token, context: Reading) -> Reading:
        if verb.dep_ == "conj" and verb.head.pos_ in VERBS and shares_auxiliaries(verb):
            apart = any(c.dep_ == "cc" and c.lower_ in ("but", "nor") for c in verb.head.children)
            context = read_verb(verb.head, context, keep_negation=not apart, dated=self.dated)
        return read_verb(verb, context, dated=self.dated)

    # --- verbs -------------------------------------------------------------------------------------------------------

    def _root(self, token: Token) -> Reading:
        end = token.sent.end
        if any(t.text == "?" for t in token.doc[max(token.i, end - 3) : end]):
            return hypothetical(Reading()).because_of("question")
        return Reading()

    def _relative(self, token: Token) -> Reading:
        """ "in 2008, when rebels attacked"."""
        if is_infinitive(token):
            return self._noun_clause(token)  # "no reason to leave"
        if self.dated and is_year(token.head):
            return Reading(aspect="historical").because_of("dated to the past")
        return Reading()

    def _joined(self, token: Token) -> Reading:
        """A word joined to another has its context; a noun after "no … or" shares the "no"."""
        first = token.head
        context = self.context(first) if first != token else Reading()
        if token.pos_ not in VERBS and first.pos_ not in VERBS:
            return read_noun(first, context) if any(c.lower_ in ("or", "nor") for c in first.children) else context
        if any(c.dep_ == "cc" and c.lower_ == "nor" for c in first.children):
            return context.negated().because_of("'nor'")
        return context

    def _complement(self, token: Token) -> Reading:
        """ "failed to attack", "said that it attacked", "likely to attack", "it is possible that it attacked"."""
        head = token.head
        infinitive = is_infinitive(token)
        if head.pos_ == "AUX" or lemma(head) in ("have", "go", "use", "be"):
            special = self._after_auxiliary(token, head, infinitive)
            if special is not None:
                return special
        link = link_of(token, infinitive)
        by = self._class_over(head, link, token)
        if by is not None:
            return self._embed(head, by, link, token)
        if token.dep_ in ("acomp", "oprd"):
            return self.read(head)
        if infinitive:
            return hypothetical(self.read(head)).because_of(f"infinitive after '{head.text}'")
        if link == "that":
            outer = self.read(head)
            return Reading("historical" if outer.aspect == "historical" else "actual", reported=True)
        return self.read(head)

    def _after_auxiliary(self, token: Token, head: Token, infinitive: bool) -> Reading | None:
        """ "is to leave", "has to leave", "is going to leave", "used to leave", "is likely that it left"."""
        base = lemma(head)
        if base == "be":
            adjective = next((c for c in head.children if c.dep_ in ("acomp", "attr", "oprd") and c != token), None)
            if adjective is not None and token.dep_ != "acomp":
                by = embedding_of(adjective, link_of(token, infinitive))
                return self._embed(adjective, by, "that", token) if by else None
            if infinitive and token.dep_ in ("xcomp", "ccomp"):
                return self.read(head).with_aspect("future").because_of("'is to'")
        if not infinitive:
            return None
        if base == "have":
            if any(c.lower_ == "yet" for c in (*head.children, *token.children)):
                return self.read(head).negated().because_of("'yet to'")
            if head.tag_ == "VBD":
                return self.read(head).because_of("'had to'")
            return hypothetical(self.read(head)).because_of("'have to'")
        if base == "go" and head.tag_ == "VBG":
            return self.read(head).with_aspect("future").because_of("'going to'")
        if (
            base == "use"
            and head.tag_ in ("VBD", "VBN")
            and not any(c.dep_ in ("dobj", "auxpass") for c in head.children)
        ):
            return self.read(head).with_aspect("historical").because_of("'used to'")
        return None

    def _class_over(self, head: Token, link: LinkKind, token: Token) -> Embedding | None:
        if link == "infinitive" and any(c.dep_ == "auxpass" for c in head.children):
            by = embedding_of(head, "passive")
            if by is not None:
                return by
        by = embedding_of(head, link)
        if by is None and head.pos_ in VERBS:
            for child in head.children:
                if child.dep_ == "prep":
                    by = phrase_of(head, child.lower_, link)
                    if by is not None:
                        return by
        return by

    def _embed(self, head: Token, by: Embedding, link: LinkKind, token: Token) -> Reading:
        if (
            self.depth == 1
            and by.effect in ("not", "denied", "rejected")
            and lemma(token) in words("words_done", "nouns")
        ):
            return Reading(settled=True).because_of(f"said, whatever '{head.text}' makes of it")
        outer = self.read(head)
        inner = embed(outer, by, claim_noun=token.pos_ == "NOUN" and lemma(token) in words("claim_nouns", "nouns"))
        if by.ahead and not is_past(token) and not is_perfect(token):
            inner = hypothetical(inner)
        if by.effect == "rejected" and link == "that":
            inner = outer.denied()
        return inner.because_of(f"complement of '{head.text}' ({by.name})")

    def _predicate(self, token: Token) -> Reading:
        """ "there were clashes", "it was an attack"."""
        return self.read(token.head)

    def _adverbial(self, token: Token) -> Reading:
        """ "if talks fail", "to seize the town", "killing three", "until the army leaves"."""
        head = token.head
        mark = next(
            (c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i and links_clauses(c)),
            "",
        )
        if is_infinitive(token):
            before = token.doc[max(token.left_edge.i - 1, 0)]
            if before.dep_ in ("dobj", "pobj") and before.head.i >= head.i:
                inside = embedding_of(before, "infinitive")  # "signed a deal to free them", attached to "signed"
                if inside is not None:
                    return self._embed(before, inside, "infinitive", token)
            by = embedding_of(head, "infinitive") if head.pos_ in VERBS else None
            if (
                by is not None
                and by.effect in ("hypothetical", "future")
                and mark == ""
                and not any(c.dep_ == "xcomp" for c in head.children)
            ):
                return self._embed(head, by, "infinitive", token)
            return hypothetical(Reading()).because_of(f"purpose of '{head.text}'")
        if mark in words("links", "conditional") or token.left_edge.lower_ in ("if", "unless"):
            return hypothetical(Reading()).because_of(f"'{mark}'")
        if mark == "as" and any(c.lower_ in ("if", "though") for c in token.children):
            return hypothetical(Reading()).because_of("'as if'")
        if mark in ("until", "till"):
            outer = self.read(head)
            return Reading(settled=True) if outer.is_real else hypothetical(Reading()).because_of(f"'{mark}'")
        finite_past = is_past(token) and token.tag_ != "VBG"
        if mark in words("links", "temporal") and finite_past:
            return Reading(settled=True)
        if mark in ("because", "although", "though", "while", "whereas", "as", "since"):
            return Reading(settled=True)
        if any(c.dep_ in SUBJECTS for c in token.children) and mark == "":
            return Reading()
        return self._unreal_only(self.read(head))

    @staticmethod
    def _unreal_only(outer: Reading) -> Reading:
        """What a loose part of a clause takes from it: that it lies ahead or is not real, but not its "not"."""
        if outer.is_real:
            return Reading(aspect=outer.aspect, certainty=outer.certainty, because=outer.because)
        return replace(outer, polarity="affirmed")

    def _noun_clause(self, token: Token) -> Reading:
        """ "a decision to leave", "charges that it left", "drones launched by rebels"."""
        noun = token.head
        if is_infinitive(token):
            by = embedding_of(noun, "infinitive")
            if by is not None:
                return self._embed(noun, by, "infinitive", token)
            if any(c.dep_ == "auxpass" for c in token.children):
                return self._unreal_only(self.read(noun)).with_aspect("future").because_of("'to be' done")
            if any(c.lower_ in ("first", "last", "only", "latest", "second", "third") for c in (noun, *noun.children)):
                return self._unreal_only(self.read(noun))
            return hypothetical(Reading()).because_of(f"infinitive after '{noun.text}'")
        if token.tag_ != "VBG" and any(c.dep_ in ("mark", "nsubj") for c in token.children):
            by = embedding_of(noun, "that")
            return self._embed(noun, by, "that", token) if by else Reading(reported=True)
        return self._unreal_only(self.read(noun))

    def _after_preposition(self, token: Token) -> Reading:
        """ "accused of bombing", "without bombing", "plans for leaving", "responded by bombing"."""
        preposition = token.head
        found = self._by_preposition(preposition, "ing", token)
        if found is not None:
            return found
        low, governor = preposition.lower_, preposition.head
        if low in ("by", "in", "while", "when", "with", "upon", "before", "until", "as"):  # "quoted as warning"
            return self._unreal_only(self.read(governor))
        if low == "from":
            return hypothetical(Reading()).because_of("'from' doing")
        if low in words("links", "presupposing") or (low == "for" and governor.pos_ in VERBS):
            return self._after_or_ahead(low, governor)
        return hypothetical(Reading()).because_of(f"'{governor.text} {low}'")

    # --- nouns -------------------------------------------------------------------------------------------------------

    def _object(self, token: Token) -> Reading:
        """ "called off the attack", "launched an attack", "the attack was averted"."""
        head = token.head
        if head.pos_ not in VERBS:
            return self.read(head)
        raised = raised_from(token)
        if raised is not None:
            return self._subject_of(token, raised)
        by = (embedding_of(head, "known") if is_definite(token) else None) or embedding_of(head, "noun")
        if by is not None:
            if by.effect == "denied" and any(c.dep_ == "dative" for c in head.children):
                return self.read(head).negated().because_of(f"'{head.text}' somebody something")
            return self._embed(head, by, "noun", token)
        outer = self.read(head)
        if outer.polarity == "negated" and not is_definite(token) and token.pos_ == "NOUN":
            return outer
        return self._loose(token, head)

    def _loose(self, noun: Token, governor: Token) -> Reading:
        """A noun under a word that says nothing about it: what is known of stays; the rest is as real as the clause."""
        if is_definite(noun):
            return Reading()
        outer = self.read(governor)
        if outer.polarity == "negated" and any(
            c.dep_ == "det" and c.lower_ in ("any", "a", "an") for c in noun.children
        ):
            return outer
        return self._unreal_only(outer)

    def _subject(self, token: Token) -> Reading:
        """ "the attack is likely", "talks will begin", "an attack would mean war"."""
        head = token.head
        complement = next((c for c in head.children if c.dep_ in ("acomp", "attr", "oprd")), None)
        if lemma(head) == "be" and complement is not None:
            by = embedding_of(complement, "noun")
            if by is not None and by.effect in ("not", "hypothetical", "future", "belief"):
                return self._embed(complement, by, "subject", token)
            return self._loose(token, head)
        return self._subject_of(token, raised_from(token) or head)

    def _subject_of(self, token: Token, head: Token) -> Reading:
        by = embedding("verbs", lemma(head), "subject")
        if by is not None:
            return self.read(head).because_of(f"subject of '{head.text}' ({by.name})")
        return self._loose(token, head)

    def _prepositional_object(self, token: Token) -> Reading:
        """ "fears of an attack", "called for an attack", "killed in the attack", "without an attack"."""
        preposition = token.head
        found = self._by_preposition(preposition, "noun", token)
        if found is not None:
            return found
        low, governor = preposition.lower_, preposition.head
        if low in words("links", "ahead"):
            return Reading().with_aspect("future").because_of(f"'{low}'")
        if low in words("links", "presupposing"):
            return self._after_or_ahead(low, governor)
        return self._loose(token, governor)

    def _by_preposition(self, preposition: Token, link: LinkKind, token: Token) -> Reading | None:
        """What a preposition and the word before it say, where the pair is known."""
        low, governor = preposition.lower_, preposition.head
        if low in words("negation", "prepositions"):
            return self._unreal_only(self.read(governor)).negated().because_of(f"'{low}'")
        chained = [(governor, low)]
        if governor.pos_ in ("ADP", "ADV", "SCONJ", "PART") and governor.head != governor:
            if governor.lower_ in words("negation", "prepositions") and low in ("of", "than"):
                if embedding("phrases", f"{lemma(governor.head)} {governor.lower_} {low}", link) is None:
                    return self._unreal_only(self.read(governor.head)).negated().because_of(f"'{governor.text} {low}'")
            if governor.lower_ == "ahead":
                return Reading().with_aspect("future").because_of("'ahead of'")
            chained = [(governor.head, f"{governor.lower_} {low}"), (governor.head, low)]
        for head, words_between in chained:
            by = phrase_of(head, words_between, link)
            if by is None and link == "ing" and head.pos_ not in VERBS:
                above = verb_over(head)  # "accused its network of smuggling"
                outside = phrase_of(above, words_between, link) if above is not None else None
                if above is not None and outside is not None:
                    return self._embed(above, outside, link, token)
            if by is None and head.pos_ not in VERBS and low not in ("by", "in", "at", "after", "during", "with"):
                by = embedding_of(head, link)
            if by is not None:
                return self._embed(head, by, link, token)
        return None

    def _after_or_ahead(self, low: str, governor: Token) -> Reading:
        """ "after the attack" is presupposed, unless the clause itself lies ahead: "will leave after the talks"."""
        if low in ("after", "following", "during"):
            outer = self.read(governor)
            if outer.aspect == "future":
                return outer
        return Reading(settled=True).because_of(f"presupposed by '{low}'")

    def _modifier(self, token: Token) -> Reading:
        """ "war fears", "peace talks", "an evacuation order"."""
        if token.dep_ == "amod":
            return Reading()
        noun = token.head
        by = embedding_of(noun, "noun") if noun.pos_ in ("NOUN", "PROPN") else None
        if by is not None and token.dep_ != "poss":
            return self._embed(noun, by, "noun", token)
        return self.read(noun) if token.dep_ == "compound" else Reading()

    def _small_clause(self, token: Token) -> Reading:
        """ "wants all troops out"."""
        by = embedding_of(token.head, "infinitive")
        return self._embed(token.head, by, "infinitive", token) if by else self.read(token.head)

    def _apposition(self, token: Token) -> Reading:
        return self._unreal_only(self.read(token.head))
