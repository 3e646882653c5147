"""Source and content of a cue by its syntax: whose subject says, which clause or object is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from reportedly.code.attribution_tree import Tree

ABOUT = frozenset(
    {"of", "about", "for", "on", "against", "that", "as", "to", "at", "with", "over", "from", "in", "toward", "into"}
)
SHARED = frozenset({"conj", "advcl", "xcomp", "pcomp", "prep", "acomp", "dep", "attr"})
EDGE = frozenset({",", ";", ":", "-", "—", "–", "--"})


def is_passive(tree: Tree, verb: int) -> bool:
    """ "was quoted", "is thought": the subject is no speaker."""
    return tree.child(verb, "nsubjpass", "auxpass") is not None


def agent_of(tree: Tree, verb: int) -> int | None:
    """Whom a passive names: "by the police"."""
    for by in tree.children[verb]:
        if tree.lower[by] == "by" and tree.dep[by] in ("agent", "prep"):
            return tree.child(by, "pobj")
    return None


def source_of(tree: Tree, cue: int) -> int | None:
    """The head of the words for who says so, or None."""
    if tree.pos[cue] in ("ADP", "SCONJ", "ADV"):
        return tree.child(cue, "pobj")
    if tree.lower[cue] == ":":
        return _before_colon(tree, cue)
    if tree.is_noun(cue):
        return _source_of_noun(tree, cue)
    if is_passive(tree, cue) or (tree.dep[cue] in ("acl", "advcl") and tree.tag[cue] == "VBN"):
        saying = quoted_saying(tree, cue)
        agent = agent_of(tree, cue)
        return agent if agent is not None or saying is None else agent_of(tree, saying)
    inverted = inverted_subject(tree, cue)
    return subject_of(tree, cue) if inverted is None else inverted


def quoted_saying(tree: Tree, verb: int) -> int | None:
    """The verb of what is passed on: "quoted X as saying", "quoted a study to say"."""
    for part in tree.children[verb]:
        if tree.lower[part] == "as" and tree.dep[part] == "prep":
            return tree.child(part, "pcomp")
        if (
            tree.dep[part] == "xcomp"
            and tree.lemma[part] in ("say", "show", "claim")
            and tree.lemma[verb] in ("quote", "cite")
        ):
            return part
    return None


def inverted_subject(tree: Tree, verb: int) -> int | None:
    """ "…, reported El Tiempo.": an object that ends its sentence after a verb that follows a comma is the speaker."""
    before = verb - 1
    if (
        tree.tag[verb] not in ("VBD", "VBZ", "VBN", "VBP")
        or before < tree.sent[verb]
        or tree.lower[before] not in CLOSERS
    ):
        return None
    speaker = tree.child(verb, "dobj", "nsubj", "oprd", "attr")
    if speaker is None or speaker < verb or tree.child(verb, "ccomp", "xcomp", "aux") is not None:
        return None
    if tree.lower[before] == "," and tree.dep[verb] in ("conj", "advcl") and tree.pos[speaker] != "PROPN":
        return None
    return speaker


CLOSERS = frozenset({",", '"', "”", "''", "’", "?", "!", "...", "…", "—"})


def subject_of(tree: Tree, verb: int) -> int | None:
    """The subject, also where a conjunct, a participle, an infinitive or an adjective shares it."""
    for _ in range(6):
        subjects = [c for c in tree.children[verb] if tree.dep[c] in ("nsubj", "nsubjpass")]
        if subjects:
            return subjects[1] if _is_named_after(tree, subjects) else subjects[0]
        above, dep = tree.head[verb], tree.dep[verb]
        if dep in ("acl", "relcl") and tree.pos[above] in ("NOUN", "PROPN", "PRON"):
            return above
        if dep == "pcomp" and tree.lower[above] == "as":
            quoted = tree.child(tree.head[above], "dobj", "nsubjpass")
            if quoted is not None:
                return quoted
        if dep == "xcomp" and tree.child(above, "dobj") is not None and tree.lemma[above] not in ("promise", "use"):
            return tree.child(above, "dobj")
        if dep not in SHARED or above == verb:
            return None
        verb = above
    return None


def _is_named_after(tree: Tree, subjects: list[int]) -> bool:
    """ "State news agency Sana reported": description and name, parsed as two subjects."""
    return len(subjects) == 2 and tree.pos[subjects[1]] == "PROPN" and tree.left[subjects[1]] == subjects[0] + 1


def closing_report(tree: Tree, i: int) -> int | None:
    """ "…, Reuters news agency reports.": a verb that the tagger took for a noun. Its speaker's last word, or None."""
    if tree.lower[i] not in ("reports", "says", "claims", "states") or tree.tag[i] not in ("NNS", "NNP", "NNPS"):
        return None
    ends = i + 1 >= tree.sent_end[i] or tree.lower[i + 1] in (".", "!", "?")
    set_off = tree.left[i] > tree.sent[i] and tree.lower[tree.left[i] - 1] in CLOSERS
    return i - 1 if ends and set_off and tree.left[i] < i and tree.is_noun(i - 1) else None


def _source_of_noun(tree: Tree, noun: int) -> int | None:
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    for part in tree.children[noun]:
        if tree.dep[part] in ("prep", "agent") and tree.lower[part] in ("by", "from", "among", "between"):
            return tree.child(part, "pobj")
        if tree.dep[part] == "acl" and agent_of(tree, part) is not None:
            return agent_of(tree, part)
    if tree.dep[noun] in ("dobj", "attr", "oprd") and tree.is_verb(tree.head[noun]):
        return subject_of(tree, tree.head[noun])
    if tree.dep[noun] == "pobj" and tree.dep[tree.head[noun]] == "prep" and tree.is_verb(tree.head[tree.head[noun]]):
        return subject_of(tree, tree.head[tree.head[noun]])
    maker = tree.child(noun, "compound", "amod", "nmod")
    return maker if maker is not None and tree.pos[maker] in ("PROPN", "NOUN") else None


def _before_colon(tree: Tree, colon: int) -> int | None:
    """ "X: Y" at the start of a line, or the subject of the clause that the colon ends."""
    start = tree.sent[colon]
    if tree.doc[start].is_space and start + 1 < colon:
        start += 1
    root = next(
        (i for i in range(colon - 1, start - 1, -1) if not start <= tree.head[i] < colon or tree.head[i] == i), None
    )
    if root is None:
        return None
    return subject_of(tree, root) if tree.is_verb(root) else root


def phrase_of(tree: Tree, head: int, without: Iterable[int] = ()) -> tuple[int, int]:
    """First and last (exclusive) token of the noun phrase around its head, up to the words of the cue; conjunctions,
    prepositions and marks at its ends are left out."""
    barred, doc = set(without), tree.doc
    left = right = head
    while left > tree.left[head] and left - 1 not in barred:
        left -= 1
    while right < tree.right[head] and right + 1 not in barred:
        right += 1
    if left > 0 and left == tree.left[head] and tree.dep[left - 1] == "nsubj" == tree.dep[head]:
        left = tree.left[left - 1]  # its description, parsed as another subject
    while left < head and (_is_edge(tree, left) or tree.dep[left] in ("cc", "prep", "mark")):
        left += 1
    while right > head and (_is_edge(tree, right) or tree.dep[right] == "cc"):
        right -= 1
    if right + 1 in barred and right > head and tree.dep[right] in ("nsubj", "mark") and doc[right].pos_ == "PRON":
        right -= 1  # "officials, who said": the relative pronoun belongs to the next clause
    return left, right + 1


def _is_edge(tree: Tree, i: int) -> bool:
    return tree.lower[i] in EDGE or tree.pos[i] == "SPACE"


def content_of(tree: Tree, cue: int, source: int | None, said_in: set[int]) -> set[int]:
    """Token indices of what is said: the clause, object or prepositional phrase that the cue governs, or the
    clause that it is put into. `said_in` are the tokens of source and cue."""
    if tree.pos[cue] in ("ADP", "SCONJ") or (tree.pos[cue] == "ADV" and source is not None):
        return clause_around(tree, cue) - said_in
    if tree.lower[cue] == ":":
        return _after_colon(tree, cue) - said_in
    found: set[int] = set()
    for part in tree.children[cue]:
        dep = tree.dep[part]
        if part != source and (
            dep in ("ccomp", "xcomp") or (dep in ("acl", "relcl") and tree.is_noun(cue) and tree.tag[part] != "VBN")
        ):
            found |= tree.subtree(part)
    if not found and tree.dep[cue] == "pcomp" and tree.lower[tree.head[cue]] == "as":
        return content_of(tree, tree.head[tree.head[cue]], None, said_in | tree.subtree(tree.head[cue])) - said_in
    if not found:
        found = _put_into(tree, cue, source) or _put_after(tree, cue, source)
    return (found or _run_on(tree, cue) or _object(tree, cue, source)) - said_in


RUN_ON = frozenset({"say", "believe", "think", "claim", "allege", "insist", "add", "admit", "warn"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _run_on(tree: Tree, cue: int) -> set[int]:
    """ "Experts believe the trial, should it go ahead, could take years": where the parser lost the clause, the rest
    of the sentence, if that has a finite verb and is no second deed of the speaker."""
    first, end = cue + 1, tree.sent_end[cue]
    if tree.lemma[cue] not in RUN_ON or first >= end or tree.pos[first] in ("PUNCT", "ADP", "ADV", "SCONJ", "SPACE"):
        return set()
    if tree.doc[first].ent_type_ in ("DATE", "TIME"):
        return set()
    for i in range(first, end):
        shared = tree.dep[i] == "conj" and tree.head[i] == cue and tree.child(i, "nsubj") is None
        if shared or (tree.lower[i] in CLOSERS and i + 1 < end and inverted_subject(tree, i + 1) is not None):
            end = i
            break
    rest = range(first, end)
    return set(rest) if any(tree.tag[i] in FINITE for i in rest) else set()


def _object(tree: Tree, cue: int, source: int | None) -> set[int]:
    found: set[int] = set()
    for part in tree.children[cue]:
        if part == source or tree.left[part] <= (source if source is not None else -1) <= tree.right[part]:
            continue
        if tree.dep[part] in ("dobj", "oprd", "attr", "dative", "prep", "advcl", "acomp", "agent") and (
            tree.dep[part] not in ("prep", "agent", "advcl") or tree.lower[part] in ABOUT
        ):
            found |= tree.subtree(part)
    return found


def _put_into(tree: Tree, cue: int, source: int | None) -> set[int]:
    """ "The risks, the source said, are high": the clause around."""
    above = tree.head[cue]
    if above == cue or not (tree.is_verb(cue) and tree.is_verb(above)):
        return set()
    start = cue if source is None else min(tree.left[source], cue)
    set_off = start > 0 and tree.lower[start - 1] in CLOSERS
    inverted = source is not None and source > cue and tree.dep[source] != "pobj"
    said = tree.child(cue, "dobj", "ccomp")
    timed = said is not None and tree.doc[said].ent_type_ in ("DATE", "TIME")
    if said is not None and said != source and not timed and tree.lemma[cue] not in ADDRESSING:
        return set()
    if tree.dep[cue] == "parataxis" or inverted or (tree.dep[cue] == "ccomp" and cue > above and set_off):
        return tree.subtree(above) - tree.subtree(cue)
    marks = {tree.lower[c] for c in tree.children[cue] if tree.dep[c] == "mark"}
    alone = timed or tree.child(cue, "dobj", "prep", "xcomp", "ccomp", "dative") is None
    if tree.dep[cue] == "advcl" and "as" in marks and alone:
        return tree.subtree(above) - tree.subtree(cue)
    return set()


ADDRESSING = frozenset({"tell", "inform", "assure", "remind", "warn", "notify", "advise", "ask"})


def _put_after(tree: Tree, cue: int, source: int | None) -> set[int]:
    """ "Guards fled, officials said on Friday": with nothing to say after the verb, what its sentence says before."""
    if source is None or not tree.is_verb(cue):
        return set()
    after, told = cue + 1, tree.child(cue, "dobj", "oprd", "dative")
    if told is not None and told > cue and tree.lemma[cue] in ADDRESSING:
        after = tree.right[told] + 1
    elif told is not None and told != source:
        return set()
    after = min(after, len(tree.lower) - 1)
    if tree.pos[after] not in ("PUNCT", "SPACE", "ADP", "ADV", "PART") and source < cue:
        if tree.doc[after].ent_type_ not in ("DATE", "TIME"):
            return set()
    first = tree.left[source] if source < cue else cue
    start = tree.sent[cue]
    if first - start < 3 or tree.lower[first - 1] not in CLOSERS or tree.dep[cue] in ("relcl", "acl", "xcomp"):
        return set()
    before = range(start, first - 1)
    return set(before) if any(tree.tag[i] in FINITE or tree.lower[i] in CLOSERS for i in before) else set()


def clause_around(tree: Tree, preposition: int) -> set[int]:
    """The clause that "according to X" is put into; at either end of its sentence, the sentence."""
    start, end = tree.sent[preposition], tree.sent_end[preposition]
    first, last = tree.left[preposition], tree.right[preposition]
    closing = all(tree.pos[i] in ("PUNCT", "SPACE") for i in range(last + 1, end))
    if closing and first > start and tree.lower[first - 1] in CLOSERS and len(tree.children[preposition]) > 0:
        return set(range(start, first - 1))
    clause = tree.head[preposition]
    while not _is_clause(tree, clause) and tree.head[clause] != clause:
        clause = tree.head[clause]
    return tree.subtree(clause) - tree.subtree(preposition)


def _is_clause(tree: Tree, i: int) -> bool:
    return tree.child(i, "nsubj", "nsubjpass", "expl") is not None or tree.dep[i] in ("ROOT", "relcl")


def _after_colon(tree: Tree, colon: int) -> set[int]:
    last = tree.sent_end[colon]
    if last == colon + 1 or (last < len(tree.lower) and tree.pos[last - 1] == "SPACE" and last - colon <= 2):
        last = tree.sent_end[last] if last < len(tree.lower) else last
    return set(range(colon + 1, last))


def raised(tree: Tree, verb: int) -> set[int]:
    """ "Trump was quoted": what is said is in the subject."""
    subject = tree.child(verb, "nsubjpass", "nsubj")
    return set() if subject is None else tree.subtree(subject)


def runs_of(tokens: Iterable[int], doc: Doc) -> tuple[tuple[int, int], ...]:
    """Sorted token indices as ranges (end exclusive); spaces and commas at their ends are left out."""
    runs: list[list[int]] = []
    for i in sorted(tokens):
        if runs and i == runs[-1][1]:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    kept = (_trimmed(first, last, doc) for first, last in runs)
    return tuple((first, last) for first, last in kept if any(not t.is_punct for t in doc[first:last]))


def _trimmed(first: int, last: int, doc: Doc) -> tuple[int, int]:
    while first < last and (doc[first].is_space or doc[first].text in EDGE):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in EDGE):
        last -= 1
    return first, last
