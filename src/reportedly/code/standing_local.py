"""Stage 4 of 8: what stands beside a word and changes its standing: negation, modals, hedges, dates, adjectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.code.standing_reading import Reading, embed, hypothetical
from reportedly.code.standing_words import embedding_of, lemma, words

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
AUXILIARIES = frozenset({"aux", "auxpass"})
NO = frozenset({"det", "neg", "preconj", "cc"})  # labels of "no" and "neither" before a noun
MOVING = frozenset({"come", "go", "leave", "arrive"})  # "may be coming" lies ahead, "may be planning" does not


def is_infinitive(token: Token) -> bool:
    """True for "to leave", also where the "to" stands before the first of two joined verbs."""
    if any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children):
        return True
    return token.dep_ == "conj" and token.tag_ == "VB" and token.head.pos_ in VERBS and is_infinitive(token.head)


def is_past(verb: Token) -> bool:
    """True for "attacked", "was hit", "had left"."""
    return verb.tag_ == "VBD" or any(c.dep_ in AUXILIARIES and c.tag_ == "VBD" for c in verb.children)


def is_definite(noun: Token) -> bool:
    """True for "the attack", "Friday's attack": something that the reader is taken to know of."""
    for child in noun.children:
        if child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in words("history", "definite")):
            return True
    return False


# --- verbs -----------------------------------------------------------------------------------------------------------


def read_verb(verb: Token, reading: Reading, *, keep_negation: bool = True, dated: bool = True) -> Reading:
    """What auxiliaries, adverbs, "no" and dates beside a verb make of `reading`.

    `keep_negation` is false where they are read for another verb, joined by "but".
    `dated` is false where the caller knows the day of the act, so that years in the text need not be looked at.
    """
    children = list(verb.children)
    reading = _modal(verb, children, reading)
    reading = _adverbs(children, reading)
    if reading.aspect == "actual" and _is_futurate(verb, children):
        reading = reading.with_aspect("future").because_of("a time to come")
    if keep_negation and is_negated(children):
        reading = reading.negated().because_of(f"negated beside '{verb.text}'")
    if dated and reading.is_real:
        if _is_background(children) or _is_since(verb, children):
            reading = reading.with_aspect("historical").because_of("dated to the past")
        elif verb.tag_ == "VBG" and any(c.lower_ == "had" and c.dep_ == "aux" for c in children):
            reading = reading.with_aspect("historical").because_of("'had been' doing")
    return _mood(verb, children, reading)


def _is_futurate(verb: Token, children: list[Token]) -> bool:
    """True for the present tense with a time to come: "are meeting next week", "meet tomorrow"."""
    if is_past(verb) or verb.tag_ in ("VBN", "VBD"):
        return False
    for child in children:
        if child.dep_ in ("npadvmod", "advmod", "prep"):
            if child.lower_ == "tomorrow" or any(c.lower_ == "next" for c in child.children):
                return True
    return False


def is_negated(children: list[Token]) -> bool:
    """True if one of a verb's children is a negation: "not", "never", "no" before a noun, "nobody", "neither"."""
    adverbs, pronouns = words("negation", "adverbs"), words("negation", "pronouns")
    for child in children:
        low, dep = child.lower_, child.dep_
        if dep == "neg" or (dep == "advmod" and low in adverbs) or low == "neither":
            follower = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if follower not in words("negation", "not_negating"):
                return True
        elif dep == "advmod" and low == "longer":
            if any(c.lower_ == "no" for c in child.children):
                return True
        elif dep in ("nsubj", "nsubjpass", "dobj", "attr", "expl"):
            if _has_no(child) or (low in pronouns and sum(c.dep_ == dep for c in children) == 1):
                return True
    return False


def _has_no(noun: Token) -> bool:
    return any(c.dep_ in NO and c.lower_ in words("negation", "determiners") for c in noun.lefts)


def _modal(verb: Token, children: list[Token], reading: Reading) -> Reading:
    modal = next((c for c in children if c.dep_ == "aux" and c.tag_ == "MD"), None)
    if modal is None and verb.tag_ == "MD":
        modal = verb
    if modal is None:
        return reading
    low = modal.lower_
    negated = is_negated(children)
    perfect = any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve", "of") for c in children)
    reason = f"modal '{low}'"
    if low in words("modals", "future"):
        return reading.with_aspect("future").because_of(reason)
    if low in words("modals", "conditional"):
        if reading.reported and not perfect:
            return reading.with_aspect("future").because_of(reason)
        return hypothetical(reading).because_of(reason)
    if low in words("modals", "obligation"):
        if low == "must" and perfect:
            return reading.at_most("probable").because_of(reason)
        return hypothetical(reading).because_of(reason)
    if low in words("modals", "possible"):
        if negated and low in ("could", "can", "ca"):
            return reading.because_of(reason)  # "could not reach" did not reach
        if perfect or _is_state(verb, children):
            return reading.at_most("possible").because_of(reason)
        return hypothetical(reading).because_of(reason)
    return reading


def _is_state(verb: Token, children: list[Token]) -> bool:
    """True where "may" speaks of what is, not of what may come: "may be a leak", "may be planning"."""
    if lemma(verb) == "be":
        return verb.pos_ == "AUX" and any(c.dep_ in ("attr", "acomp", "prep") for c in children)
    return verb.tag_ == "VBG" and lemma(verb) not in MOVING


def _adverbs(children: list[Token], reading: Reading) -> Reading:
    for child in children:
        low = child.lower_
        if child.dep_ == "advmod":
            if low in words("adverbs", "probable"):
                reading = reading.at_most("probable").because_of(f"hedged by '{low}'")
            elif low in words("adverbs", "possible"):
                reading = reading.at_most("possible").because_of(f"hedged by '{low}'")
            elif low in words("adverbs", "habitual") and reading.is_real:
                reading = reading.with_aspect("habitual").because_of(f"habit '{low}'")
        elif child.dep_ == "npadvmod" and low in words("adverbs", "habitual_units"):
            if any(c.lower_ in ("every", "each") for c in child.children) and reading.is_real:
                reading = reading.with_aspect("habitual").because_of(f"every '{low}'")
    return reading


def _mood(verb: Token, children: list[Token], reading: Reading) -> Reading:
    """Conditions, questions, imperatives and subjunctives."""
    mark = next((c.lower_ for c in children if c.dep_ == "mark"), None)
    if mark in words("links", "conditional") and verb.dep_ != "advcl":
        return hypothetical(reading).because_of(f"'{mark}'")
    if mark in ("until", "till") and not is_past(verb):
        return hypothetical(reading).because_of(f"'{mark}'")
    if reading.is_real and reading.polarity == "affirmed" and not any(c.dep_ in SUBJECTS for c in children):
        if (
            verb.dep_ in ("ROOT", "ccomp", "advcl")
            and verb.tag_ == "VB"
            and not any(c.dep_ in AUXILIARIES for c in children)
        ):
            return hypothetical(reading).because_of("imperative")
    if verb.tag_ == "VB" and verb.dep_ == "ccomp" and any(c.dep_ in ("nsubj", "nsubjpass") for c in children):
        if not any(c.dep_ == "aux" for c in children) and lemma(verb.head) not in (
            "see",
            "hear",
            "watch",
            "make",
            "help",
            "have",
        ):
            return hypothetical(reading).because_of("subjunctive")
    if not is_past(verb) and any(_is_condition(c) for c in children):
        return hypothetical(reading).because_of("conditional")
    return reading


def _is_condition(clause: Token) -> bool:
    if clause.dep_ not in ("advcl", "ccomp"):
        return False
    first = None
    for child in clause.children:
        if child.dep_ == "mark" and child.lower_ in ("if", "unless", "provided", "providing"):
            return clause.dep_ == "advcl" and not any(c.lower_ == "even" for c in clause.children)
        if first is None:
            first = child
    # "should talks fail", "were he to leave": the auxiliary stands before the subject
    if first is None or first.dep_ != "aux" or first.lower_ not in ("should", "were") or clause.i > clause.head.i:
        return False
    return any(c.dep_ in SUBJECTS and c.i > first.i for c in clause.children)


# --- dates -----------------------------------------------------------------------------------------------------------


def _is_background(children: list[Token]) -> bool:
    """True for "in 2006", "since 2014", "two decades ago", "in the past", beside the word."""
    for child in children:
        if child.dep_ == "prep":
            if any(_is_long_ago(p) for p in child.children if p.dep_ == "pobj"):
                return True
        elif child.dep_ == "advcl":  # "several times since the war began in 2011"
            inner = list(child.children)
            if any(c.dep_ == "mark" and c.lower_ == "since" for c in inner) and _is_background(inner):
                return True
        elif child.dep_ in ("npadvmod", "advmod", "tmod"):
            if child.lower_ in words("history", "words"):
                return True
            if child.lower_ == "ago" and any(lemma(c) in words("history", "units") for c in child.children):
                return True
    return False


def _is_since(verb: Token, children: list[Token]) -> bool:
    """A perfect goes with "since", wherever the parser hangs it: "has bombed depots meant for it since 2011"."""
    if not any(c.dep_ == "aux" and c.lower_ in ("have", "has", "had") for c in children):
        return False
    for token in verb.doc[verb.i : verb.right_edge.i + 1]:
        if token.lower_ == "since":
            dated = list(token.children if token.dep_ == "prep" else token.head.children)
            return any(is_year(t) for t in dated) or _is_background(dated)
    return False


def _is_long_ago(noun: Token) -> bool:
    for child in noun.children:  # "in the heart of the city in August 2016"
        if child.dep_ == "prep" and any(_is_long_ago(p) for p in child.children if p.dep_ == "pobj"):
            return True
    if is_year(noun) or lemma(noun) in words("history", "phrases_with"):
        return True
    if any(is_year(c) for c in noun.children):
        return True
    return lemma(noun) in ("decade", "century") and noun.head.lower_ in ("over", "for", "in", "during", "since")


def is_year(token: Token) -> bool:
    """True for a number that can only be a year of the last two centuries."""
    text = token.text.removesuffix("s")  # "the 1990s"
    return (
        len(text) == 4
        and text.isdigit()
        and "1800" <= text <= "2099"
        and (token.dep_ != "nummod" or token.head.lower_ in words("history", "months"))
    )


# --- nouns -----------------------------------------------------------------------------------------------------------

ADJECTIVES = ("negated", "denied", "hypothetical", "future", "probable", "habitual", "historical")


def read_noun(noun: Token, reading: Reading) -> Reading:
    """What adjectives, "no" and clauses beside a noun that names an act make of `reading`."""
    for child in noun.children:
        low = child.lower_
        if child.dep_ in ("amod", "compound", "nmod", "advmod"):
            reading = _adjective(low, reading)
        elif (
            child.dep_ in ("det", "neg")
            and low in words("negation", "determiners")
            and reading.polarity != "negated"  # the verb has taken it up
        ):
            reading = reading.negated().because_of(f"'{low}' {noun.text}")
        elif child.dep_ in ("acl", "relcl"):
            reading = _clause_about(child, reading)
        elif child.dep_ == "prep" and reading.is_real:
            if any(is_year(p) for p in child.children):
                reading = reading.with_aspect("historical").because_of("dated to the past")
    if reading.is_plain and any(c.dep_ == "det" and c.lower_ == "any" for c in noun.children):
        return hypothetical(reading).because_of(f"'any' {noun.text}")
    return reading


def _adjective(word: str, reading: Reading) -> Reading:
    group = next((g for g in ADJECTIVES if word in words("adjectives", g)), None)
    if group is None:
        return reading
    reason = f"adjective '{word}'"
    if group == "negated":
        return reading.negated().because_of(reason) if reading.polarity == "affirmed" else reading
    if group == "denied":
        return reading.denied().because_of(reason)
    if group == "hypothetical":
        return hypothetical(reading).because_of(reason)
    if group == "probable":
        return reading.at_most("probable").because_of(reason)
    if group == "future":
        return reading.with_aspect("future").because_of(reason)
    if group == "habitual":
        return reading.with_aspect("habitual").because_of(reason) if reading.is_real else reading
    return reading.with_aspect("historical").because_of(reason) if reading.is_real else reading


def _clause_about(clause: Token, reading: Reading) -> Reading:
    """ "an attack planned for Monday", "clashes that officials try to avert", "an attack that never came"."""
    if reading.settled or not reading.is_real:
        return reading
    inner, at = None, clause
    if is_infinitive(clause) and any(c.dep_ == "auxpass" for c in clause.children):
        return reading.with_aspect("future").because_of("'to be' done")
    if clause.dep_ == "acl" and clause.tag_ not in ("VBN", "VBD"):
        return reading
    while at is not None:  # the act is the object of the innermost verb
        inner, at = at, next((c for c in at.children if c.dep_ in ("xcomp", "ccomp") and c.i > at.i), None)
    if inner is None or inner.pos_ not in VERBS:
        return reading
    if not _lacks_object(clause, inner):
        return reading
    by = embedding_of(inner, "noun")
    if by is None or by.effect not in ("not", "hypothetical", "future", "denied", "rejected"):
        return reading
    return embed(reading, by).because_of(f"'{inner.text}' of the {by.name} class says what became of it")


def _lacks_object(clause: Token, inner: Token) -> bool:
    """True where the noun before a clause is what its innermost verb is done to."""
    for child in inner.children:
        if child.dep_ == "oprd" or (child.dep_ == "dobj" and child.tag_ not in ("WDT", "WP")):
            return False
    subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return clause.tag_ in ("VBN", "VBD")
    return subject.dep_ == "nsubjpass" or subject.tag_ not in ("WDT", "WP")
