"""The steps from acts to claims: draft each act, drop what tells nothing, join tellings of one act, give ids."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly import plover
from reportedly.code import contents, details, roles, syntax
from reportedly.code.acts import Act, Found, find_acts, find_demands, pass_over, with_denials
from reportedly.code.attribution import as_triples, find_sayings
from reportedly.code.attribution_cues import is_chain_kind
from reportedly.code.causes import link_causes
from reportedly.code.chains import chain_of, link_to, source_type
from reportedly.code.circumstances import Circumstances, days_before
from reportedly.code.concreteness import is_concrete
from reportedly.code.confidence import confidence_of, features_of
from reportedly.code.drafts import Draft
from reportedly.code.lacks import heard_at, what_is_missing
from reportedly.code.nested import absorb, announce
from reportedly.code.parties import is_first_person
from reportedly.code.relations import find_relations
from reportedly.code.responsibility import take_up, with_claimed
from reportedly.code.standing import stand
from reportedly.code.tellings import join_tellings
from reportedly.knowledge import read_toml
from reportedly.records import Claim, CodedReport, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from reportedly.code.attribution import Saying
    from reportedly.records import Participant, Resolved
    from reportedly.settings import Settings

VERBAL = roles.VERBAL


def code_claims(resolved: Resolved, settings: Settings, coder: str) -> CodedReport:
    """Everything that the report claims, in text order, with relations, attributions and why other words are left out.

    `coder` is the name and version that the claims carry.
    """
    parsed = resolved.parsed
    sayings = find_sayings(parsed)
    found = find_acts(resolved)
    drafts = _draft_all(resolved, sayings, found, settings)
    drafts = join_tellings(absorb(announce(drafts), found), resolved)
    link_causes(drafts, found.anaphors, resolved)
    drafts.sort(key=lambda d: (d.act.trigger.i, d.event))
    claims = tuple(c for c in _as_claims(drafts, resolved, coder) if c.confidence >= settings.min_confidence)
    features = {draft.act.trigger.idx: features_of(draft) for draft in drafts}
    return CodedReport(
        parsed.report,
        claims,
        find_relations(resolved),
        as_triples(sayings, parsed.doc),
        tuple(sorted(found.decisions, key=lambda d: (d.start, d.outcome, d.because))),
        {"confidence": {claim.id: features[claim.trigger.start] for claim in claims}},
    )


# --- one act ---------------------------------------------------------------------------------------------------------


def _words_only(draft: Draft, finder: roles.RoleFinder) -> bool:
    """True where a verb of attack is used of words: what it hits cannot be hurt, or a party does it, or on Twitter."""
    words = read_toml("acts.toml")["verbal_attack"]
    verb = draft.act.trigger
    if draft.event != "ASSAULT" or verb.lemma_.lower() not in words["verbs"]:
        return False
    hit = draft.sides.recipients
    if hit and not any(finder.acts(t) or is_concrete(t) for t in hit):
        return True
    if draft.act.nominal:
        return False
    if any(t.lower_ in words["places"] for t in verb.subtree if abs(t.i - verb.i) < 12):
        return True
    return bool(draft.actors) and all(p.actor.sector in ("PTY", "LEG") and p.actor.kind != "role" for p in draft.actors)


def _draft_all(resolved: Resolved, sayings: Sequence[Saying], found: Found, settings: Settings) -> list[Draft]:
    found.acts += find_demands(resolved, sayings, found.acts)
    found.acts = with_claimed(resolved, with_denials(resolved, found.acts))
    finder = roles.RoleFinder(resolved, sayings, found.acts)
    circumstances = Circumstances(resolved, sayings, found.acts, settings.inferred_days)
    triggers = {act.trigger.idx for act in found.acts}
    found.decisions = [decision for decision in found.decisions if decision.start not in triggers]
    drafts: list[Draft] = []
    for act in found.acts:
        draft = _draft(act, resolved, sayings, finder, circumstances)
        if _words_only(draft, finder):
            draft = _draft(_as_criticism(act), resolved, sayings, finder, circumstances)
        told = take_up(draft, drafts)
        missing = what_is_missing(draft, finder)
        if missing:
            pass_over(found, act.trigger, missing)
        else:
            _complete(draft, resolved, sayings, circumstances)
            if told is not None:
                draft.modes, draft.when = draft.modes or told.modes, told.when or draft.when
            drafts.append(draft)
    return drafts


def _draft(
    act: Act, resolved: Resolved, sayings: Sequence[Saying], finder: roles.RoleFinder, circumstances: Circumstances
) -> Draft:
    sides = finder.sides_of(act)
    at = act.trigger.i
    around = [s for s in sayings if s.holds(at) and at not in s.cue and is_chain_kind(s.kind)]
    innermost = min(around, key=lambda s: sum(b - a for a, b in s.content), default=None)
    speaker = _speaker(act, innermost, sayings, resolved)
    actors = finder.participants(sides.actors, speaker=speaker)
    recipients = finder.participants(sides.recipients, speaker=speaker)
    voiceless = bool(actors) and act.event in VERBAL and not finder.any_acting(sides.actors)
    if speaker is not None and (sides.speaks or voiceless):
        actors = finder.participants([speaker], speaker=None)
    when = circumstances.when(act, aspect="actual")
    past = days_before(resolved.parsed.report.published_on, when)
    standing = stand(
        act.verb if act.nominal and act.verb is not None else act.trigger,
        trigger_is_noun=act.nominal and act.verb is None,
        kind_above=innermost.kind if innermost else None,
        past_days=past,
    )
    if act.denied_by is not None:
        standing = replace(standing, aspect="actual", polarity="denied", certainty="certain")
        sides.actors = finder.subjects_of(act.denied_by)
        actors = finder.participants(sides.actors, speaker=speaker)
    if act.claimed_by is not None:
        standing = replace(standing, aspect="actual", polarity="affirmed", certainty="certain")
        sides.actors = finder.subjects_of(act.claimed_by)
        actors = finder.participants(sides.actors, speaker=speaker)
    if act.demanded:
        standing = replace(standing, aspect="actual", polarity="affirmed", certainty="certain")
    draft = Draft(
        act, act.event, sides, actors, recipients, standing.aspect, standing.polarity, standing.certainty, when=when
    )
    if act.nominal and not recipients and not actors:
        draft.recipients = recipients = finder.participants(heard_at(act), speaker=None)
    draft.where = circumstances.where(act, actors, recipients)
    draft.why.append(f"pattern {act.pattern.text!r}")
    draft.why.extend(standing.because)
    _mend(draft)
    return draft


def _mend(draft: Draft) -> None:
    """An attempt at violence is violence; a noun with a past of its own happened whatever is said about it."""
    if draft.aspect not in ("hypothetical", "future") or draft.polarity != "affirmed":
        return
    trigger = draft.act.trigger
    perfect = any(c.dep_ in ("aux", "auxpass") and c.lemma_ == "have" for c in trigger.children)
    modal = any(c.tag_ == "MD" for c in trigger.children)
    if trigger.dep_ == "relcl" and (trigger.tag_ == "VBD" or perfect) and not modal:
        draft.aspect = "actual"
        draft.why.append("told in a relative clause of its own")
        return
    if trigger.dep_ == "acl" and trigger.tag_ == "VBN" and draft.event in ("ASSAULT", "COERCE", "SANCTION"):
        draft.aspect, draft.certainty = "actual", "certain"  # "ordered the lawyers arrested last week to be freed"
        draft.why.append("told by a participle of its own")
        return
    if perfect and not modal and all("conditional" in reason for reason in draft.why[1:]):
        draft.aspect = "actual"
        draft.why.append("told in the perfect")
        return
    if trigger.dep_ == "acl" and trigger.head.lemma_ in ("decision", "move") and syntax.has_owner(trigger.head):
        draft.aspect = "actual"
        draft.why.append("somebody's decision")
        return
    reasons = draft.why[1:]
    tried = bool(reasons) and all("(attempt)" in r for r in reasons)
    dated = any(c.dep_ == "poss" and c.ent_type_ == "DATE" for c in trigger.children)  # "Sunday's attacks"
    told = draft.event not in VERBAL and any(t.dep_ == "relcl" and t.tag_ == "VBD" for t in trigger.subtree)
    past = dated or told or _inquired_into(trigger)
    if (draft.event in ("ASSAULT", "COERCE") and tried and not draft.act.nominal) or (draft.act.nominal and past):
        draft.aspect = "actual"
        draft.certainty = draft.certainty if tried else "certain"
        draft.why.append("attempted" if tried else "told as past in a clause of its own")


def _inquired_into(noun: Token) -> bool:
    """ "Called for an inquiry into the raid", "the result of the talks": what has a result has happened."""
    if noun.dep_ != "pobj":
        return False
    words, over = read_toml("acts.toml"), noun.head.head.lemma_.lower()
    if noun.head.lower_ == "of":
        return over in words["aftermath"]
    return noun.head.lower_ in ("into", "over", "after", "following") and over in words["inquiries"]


def _speaker(act: Act, innermost: Saying | None, sayings: Sequence[Saying], resolved: Resolved) -> Token | None:
    """Who says the act; in a quotation that nobody is given for, who spoke last before it."""
    doc = resolved.parsed.doc
    if innermost is not None and innermost.source_head is not None:
        if not is_first_person(doc[innermost.source_head]):
            return doc[innermost.source_head]
    trigger = act.trigger.i
    if not any(q.first <= trigger < q.last for q in resolved.parsed.quotes):
        return None
    before = [
        s.source_head
        for s in sayings
        if s.source_head is not None and s.cue and s.cue[0] < trigger and not is_first_person(doc[s.source_head])
    ]
    return doc[before[-1]] if before else None


def _complete(draft: Draft, resolved: Resolved, sayings: Sequence[Saying], circumstances: Circumstances) -> None:
    act = draft.act
    chain = chain_of(act.trigger.i, sayings, resolved)
    if act.claimed_by is not None and act.claimed_by.i == act.trigger.i:  # what is claimed stands elsewhere
        chain = (*chain, *(link_to(who, sayings, resolved) for who in draft.sides.actors[:1]))
    draft.chain = tuple(replace(link, type=source_type(link, resolved)) for link in chain)
    if draft.when is not None and draft.when.inferred:
        draft.when = circumstances.when(act, aspect=draft.aspect)
    draft.told_by_words = contents.mode_by_words(act, _addressed(draft))
    draft.modes = details.modes_of(act, details.words_beside(act), draft.told_by_words)
    if act.event == "CONSULT" and not draft.modes and details.is_multilateral(draft.actors, draft.recipients, resolved):
        draft.modes = ("multilateral",)
    draft.recipients = _at_home(draft)
    draft.quantities = details.quantities_of((*draft.actors, *draft.recipients), resolved)
    whole = act.event in VERBAL
    heads = [*draft.sides.actors, *draft.sides.recipients]
    draft.first, draft.last = details.evidence_of(act, heads, resolved, whole_content=whole)
    draft.quote = details.quote_of(act, resolved.parsed.quotes, draft.first, draft.last)


def _at_home(draft: Draft) -> tuple[Participant, ...]:
    """Recipients of whom nothing is known are of the country where the act happened."""
    if draft.where is None or draft.where.country is None or draft.event not in ("ASSAULT", "COERCE", "PROTEST"):
        return draft.recipients
    return tuple(
        replace(p, actor=replace(p.actor, country=draft.where.country))
        if p.actor.kind == "role" and p.actor.country is None and p.actor.id is None
        else p
        for p in draft.recipients
    )


def _addressed(draft: Draft) -> set[int]:
    """Tokens of whom an act speaks to: "asked the aid agencies to leave" asks for no aid."""
    verb = draft.act.trigger
    spoken_to = [t for t in draft.sides.recipients if verb in (t.head, t.head.head)]
    return {i for t in spoken_to for i in range(*syntax.phrase_bounds(t))}


def _as_criticism(act: Act) -> Act:
    pattern = replace(act.pattern, event="ACCUSE", modes=("disapprove",), recipient=("obj", "~over", "~at", "~for"))
    return replace(act, pattern=pattern, event="ACCUSE", modes=("disapprove",))


# --- claims ----------------------------------------------------------------------------------------------------------


def _as_claims(drafts: list[Draft], resolved: Resolved, coder: str) -> list[Claim]:
    report, doc = resolved.parsed.report, resolved.parsed.doc
    ids = {
        id(d): claim_id(report.id, d.event, details.span_of(doc, d.first, d.last), d.act.trigger.idx) for d in drafts
    }
    claims = []
    for draft in drafts:
        kind = plover.event_types()[draft.event]
        trigger = draft.act.trigger
        claims.append(
            Claim(
                id=ids[id(draft)],
                report=report.id,
                event=draft.event,
                modes=draft.modes,
                contexts=details.contexts_of(trigger.sent),
                quad=kind.quad,
                score=kind.score_of(draft.modes),
                actors=draft.actors,
                recipients=draft.recipients,
                where=draft.where,
                when=draft.when,
                attribution=draft.chain,
                aspect=draft.aspect,
                polarity=draft.polarity,
                certainty=draft.certainty,
                quote=draft.quote,
                quantities=draft.quantities,
                because_of=tuple(sorted(ids[id(c)] for c in draft.causes if id(c) in ids)),
                evidence=details.span_of(doc, draft.first, draft.last),
                trigger=Span(trigger.idx, trigger.idx + len(trigger), trigger.text),
                confidence=confidence_of(draft),
                coder=coder,
                also=tuple(details.span_of(doc, first, last) for first, last in sorted(draft.also)),
            )
        )
    return claims


def claim_id(report: str, event: str, evidence: Span, trigger: int) -> str:
    """A content hash: the same reading of the same words of the same report has the same id. 16 hexadecimal digits."""
    key = "\x1f".join((report, event, str(evidence.start), evidence.text, str(trigger)))
    return hashlib.sha256(key.encode()).hexdigest()[:16]
