"""Who stands where around a word: subjects, objects, prepositions and complements in spaCy's dependency scheme.

Dependency labels are those of spaCy's English pipelines (ClearNLP style). All functions return tokens in text order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
TEMPORAL = frozenset({"before", "after", "since", "while", "until", "despite", "without", "by"})


def is_passive(verb: Token) -> bool:
    """True for "was hit", "being hit", "the men hit by …"; a conjunct shares the voice of what it is joined to."""
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "auxpass", "csubjpass"):
            return True
    if any(c.dep_ in ("nsubj", "aux") and c.lemma_ != "to" for c in verb.children) and not _is_headline_passive(verb):
        return False
    if _is_headline_passive(verb):
        return True
    if verb.tag_ == "VBN":
        if verb.dep_ == "acl":
            return True
        if verb.dep_ == "conj":
            return is_passive(verb.head)
        return verb.dep_ in ("advcl", "amod", "ROOT") and not any(c.dep_ == "dobj" for c in verb.children)
    return False


def _is_headline_passive(verb: Token) -> bool:
    """ "Soldier killed in Syria": a verb that always has an object has none, so its subject is the object."""
    if verb.tag_ not in ("VBD", "VBN") or verb.lemma_.lower() not in read_toml("acts.toml")["always_transitive"]:
        return False
    return not any(c.dep_ in ("dobj", "aux", "ccomp", "dative") for c in verb.children)


def subjects(verb: Token) -> list[Token]:
    """Heads of the grammatical subject, found through conjunction, control, relative and participle clauses."""
    seen: set[int] = set()
    at: Token = verb
    while at.i not in seen:
        seen.add(at.i)
        own = [c for c in at.children if c.dep_ in SUBJECTS and c.dep_[0] == "n"]
        if own:
            if (
                at is not verb
                and verb.dep_ == "advcl"
                and verb.tag_ == "VBG"
                and is_passive(at)
                and not is_passive(verb)
            ):
                return agents(at)
            return [_antecedent(t, at) for t in (*_before_comma(own[0], at), *own)]
        if (
            at.dep_ in ("advcl", "acl", "relcl")
            and at.head.dep_ == "ROOT"
            and at.head.pos_ in NOUNS
            and is_infinitive(at)
        ):
            return [at.head]  # as headlines have it: "Putin to visit Hanoi"
        if at.dep_ == "conj" and at.head.pos_ in ("VERB", "AUX", "ADJ"):
            at = at.head
        elif at.dep_ in ("xcomp", "advcl", "pcomp", "ccomp"):
            head = at.head if at.dep_ != "pcomp" else at.head.head
            if at.dep_ in ("xcomp", "pcomp") and head.pos_ == "VERB":
                controller = _controllers(head, of_preposition=at.head.lower_ if at.dep_ == "pcomp" else None)
                if controller:
                    return controller
            if head.pos_ in NOUNS:
                return [head] if at.dep_ == "pcomp" and _is_charged(head, at.head) else noun_owners(head)
            at = head
        elif at.dep_ in ("acomp", "attr", "oprd") and at.pos_ in ("ADJ", "VERB", "NOUN"):
            at = at.head
        elif at.dep_ == "acl" or (at.dep_ == "relcl" and at.head.pos_ in NOUNS):
            infinitive = any(c.dep_ == "aux" and c.lemma_ == "to" for c in at.children)
            if infinitive:
                return noun_owners(at.head)
            return [] if at.tag_ == "VBN" and at is verb else [at.head]
        else:
            return []
    return []


def _is_charged(noun: Token, preposition: Token) -> bool:
    """ "Accused the coalition of killing", where the parser has hung "of" on the coalition."""
    return (
        preposition.lower_ in ("of", "from")
        and noun.dep_ in ("dobj", "nsubjpass")
        and noun.head.lemma_ in ("accuse", "suspect", "convict", "acquit", "blame", "stop", "prevent", "warn", "clear")
    )


def _before_comma(subject: Token, verb: Token) -> list[Token]:
    """ "Seoul" of "Seoul, Tokyo sign pact", "US" of "US, British and Iraqi officials": no adverb."""
    first = subject.left_edge.i
    bare = subject.pos_ == "PROPN" or first == subject.i or subject.doc[first].ent_type_ == "NORP"
    if first < 2 or subject.doc[first - 1].text != "," or not bare:
        return []  # "Khartoum, More than 35 protesters" is no list
    return [
        c
        for c in verb.children
        if c.i == first - 2
        and c.dep_ in ("npadvmod", "dep", "nsubj", "nmod")
        and c.pos_ in ("NOUN", "PROPN")
        and c.ent_type_ not in ("DATE", "TIME")
        and c is not subject
    ]


def _controllers(verb: Token, *, of_preposition: str | None) -> list[Token]:
    """The object that does what the complement says: "told them to leave", "accused them of leaving"."""
    if of_preposition not in (None, "of", "for", "from", "into", "as") or _subject_control(verb):
        return []
    if is_passive(verb):
        return [c for c in verb.children if c.dep_ == "nsubjpass"]
    return [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ in NOUNS]


def _subject_control(verb: Token) -> bool:
    """Verbs whose subject, not object, does what the infinitive says ("promised them to leave")."""
    return verb.lemma_ in ("promise", "vow", "pledge", "threaten", "use", "help")


def _antecedent(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.lower_ in RELATIVE and token.pos_ in ("PRON", "DET", "SCONJ"):
        at = verb
        for _ in range(6):
            if at.dep_ == "relcl":
                return at.head
            if at.head.i == at.i:
                break
            at = at.head
    return token


def noun_owners(noun: Token) -> list[Token]:
    """Whose decision, plan or order it is: possessor, modifier, "by" and "of" phrase, else the verb's subject."""
    owners = [c for c in noun.children if c.dep_ in ("poss", "nmod", "compound", "amod") and c.ent_type_]
    owners += [p for c in noun.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]
    if owners:
        return owners
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners:
        return owners
    if noun.dep_ in ("dobj", "pobj", "attr"):
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.pos_ in ("VERB", "AUX"):
            return subjects(verb)
    return []


def agents(verb: Token) -> list[Token]:
    """The doers of a verb: its subject, or in the passive the noun after "by"."""
    if is_passive(verb):
        by = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        by += [
            p for c in verb.children if c.dep_ == "prep" and c.lower_ == "by" for p in c.children if p.dep_ == "pobj"
        ]
        if not by and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
            return []
        return by
    return subjects(verb)


def objects(verb: Token) -> list[Token]:
    """What the verb is done to: its direct object, or in the passive its subject or the noun that it modifies."""
    if is_passive(verb):
        found = subjects(verb)
        if not found and verb.dep_ == "acl":
            found = [verb.head]
        return found
    direct = [c for c in verb.children if c.dep_ in ("dobj", "oprd") and c.pos_ != "ADJ"]
    direct = direct or [c for c in verb.children if c.dep_ == "xcomp" and is_name(c)] or _judged(verb)
    if direct:
        return [_relative_object(t, verb) for t in direct]
    if verb.dep_ == "relcl":
        subject = [c for c in verb.children if c.dep_ == "nsubj"]
        if subject and all(c.lower_ not in RELATIVE for c in subject) and not has_stranded_preposition(verb):
            return [verb.head]
    if verb.tag_ == "VBG":  # "the shelling of a village", tagged as a verb
        return prepositional(verb).get("of", [])
    return []


def _judged(verb: Token) -> list[Token]:
    """ "The court found *the journalist* guilty": the subject of an adjective without a verb is the object."""
    small = [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "ADJ" and c.i > verb.i]
    bare = [c for c in small if not any(k.dep_ in ("aux", "cop", "mark") for k in c.children)]
    return [k for c in bare for k in c.children if k.dep_ == "nsubj" and k.i < c.i]


def is_name(word: Token) -> bool:
    """True for a name that the parser takes for a verb: "shelled Dilling"."""
    return word.ent_type_ in ("GPE", "LOC", "FAC", "ORG", "PERSON") and word.text[:1].isupper() and word.tag_ == "VBG"


def _relative_object(token: Token, verb: Token) -> Token:
    return verb.head if verb.dep_ == "relcl" and token.lower_ in RELATIVE else token


def has_stranded_preposition(verb: Token) -> bool:
    """True for "the town they fired at"."""
    return any(c.dep_ == "prep" and not list(c.children) for c in verb.children)


def prepositional(token: Token) -> dict[str, list[Token]]:
    """Preposition (lower case) -> its objects, for the prepositional phrases that hang on the token or its object."""
    found: dict[str, list[Token]] = {}
    stack = list(token.children)
    for child in stack:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    found.setdefault(child.lower_, []).append(inner)
                elif inner.dep_ == "prep":
                    for deeper in inner.children:
                        if deeper.dep_ == "pobj":
                            found.setdefault(f"{child.lower_} {inner.lower_}", []).append(deeper)
                            found.setdefault(inner.lower_, []).append(deeper)
        elif child.dep_ in ("dobj", "attr", "nsubjpass") and token.pos_ in ("VERB", "AUX"):
            for prep, inner_objects in prepositional(child).items():
                found.setdefault(prep, []).extend(inner_objects)
    return found


def deeper_prepositional(verb: Token, word: str) -> list[Token]:
    """Objects of a preposition further inside the verb's own clause: "stand shoulder to shoulder with them"."""
    found: list[Token] = []
    for child in verb.children:
        bare = (
            child.dep_ == "advcl"
            and child.tag_ == "VB"
            and not any(c.dep_ in ("nsubj", "mark") for c in child.children)
        )
        if child.i > verb.i and (bare or child.dep_ in ("prep", "dobj", "pobj", "npadvmod", "advmod", "attr")):
            if child.dep_ == "prep" and child.lower_ == word:
                found += [c for c in child.children if c.dep_ == "pobj"]
            found += deeper_prepositional(child, word)
    return found


def complements(token: Token) -> list[Token]:
    """Heads of the clauses that complete a verb or noun: "to leave", "that it left", "of leaving"."""
    found = []
    for child in token.children:
        if child.dep_ in ("prep", "agent"):
            if child.lower_ not in TEMPORAL:
                found += [c for c in child.children if c.dep_ == "pcomp"]
        elif _completes(child, token):
            found.append(child)
    return found


def _completes(clause: Token, token: Token) -> bool:
    if clause.dep_ == "ccomp" or (clause.dep_ == "xcomp" and clause.i > token.i):
        return True
    if clause.dep_ in ("acl", "advcl", "relcl") and is_infinitive(clause):
        return True
    return clause.dep_ == "acl" and token.pos_ == "NOUN" and any(c.dep_ == "mark" for c in clause.children)


def is_infinitive(verb: Token) -> bool:
    """True for "to leave" and "to be left"."""
    return verb.tag_ in ("VB", "VBN") and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def is_headline_infinitive(verb: Token) -> bool:
    """ "Putin to visit Hanoi", "Spain, Ireland to recognise state": nothing else in the sentence has a tense."""
    if not is_infinitive(verb):
        return False
    if verb.dep_ == "ROOT":
        return any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in verb.children)
    return verb.dep_ in ("relcl", "acl", "advcl") and verb.head.dep_ == "ROOT" and verb.head.pos_ == "PROPN"


def marked(clause: Token, words: tuple[str, ...]) -> bool:
    """True if the clause is opened by one of these conjunctions."""
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in words for c in clause.children)


def is_nobody(noun: Token) -> bool:
    """True for "nobody", "no one", "none", "no group"."""
    if noun.lower_ in ("nobody", "none", "noone"):
        return True
    return any(c.lower_ == "no" and c.dep_ in ("det", "neg", "amod", "advmod") for c in noun.children)


def is_definite(noun: Token) -> bool:
    """True for "the attack" and "these attacks", not for "an attack" and "attacks"."""
    return any(c.dep_ == "det" and c.lower_ not in ("a", "an", "some", "any", "another") for c in noun.children)


def has_owner(noun: Token) -> bool:
    """True for "Trump's decision" and "a US decision"."""
    return any(c.dep_ == "poss" or (c.dep_ in ("compound", "amod", "nmod") and c.ent_type_) for c in noun.children)


def coordinated(token: Token) -> list[Token]:
    """The token and the nouns joined to it by "and" or commas."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in (*NOUNS, "ADJ"):
            found += coordinated(child)
    return found


def modifiers(noun: Token) -> list[Token]:
    """Adjectives, compounds and possessors that stand before the noun."""
    return [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "poss", "nummod") and c.i < noun.i]


def phrase_bounds(token: Token) -> tuple[int, int]:
    """First and last (exclusive) token of a noun's own phrase, without relative clauses, appositions and conjuncts."""
    first, last = token.i, token.i + 1
    for child in token.children:
        if child.dep_ in ("relcl", "appos", "conj", "cc", "punct", "acl", "advcl", "parataxis", "ccomp"):
            continue
        edge_first, edge_last = child.left_edge.i, child.right_edge.i + 1
        if child.i < token.i:
            first = min(first, edge_first)
        elif child.dep_ == "prep" and child.lower_ in ("of", "in", "from", "at", "for"):
            last = max(last, _prep_end(child))
        elif child.dep_ in ("case",):
            last = max(last, edge_last)
    doc = token.doc
    while first < token.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    return first, last


def _prep_end(prep: Token) -> int:
    ends = [phrase_bounds(c)[1] for c in prep.children if c.dep_ == "pobj"]
    return max(ends, default=prep.i)
