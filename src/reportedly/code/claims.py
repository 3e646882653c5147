"""The steps from acts to claims: draft each act, drop what tells nothing, join tellings of one act, give ids."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly import plover
from reportedly.code import contents, details, roles, syntax
from reportedly.code.acts import Act, Found, find_acts, find_demands, with_denials
from reportedly.code.attribution import as_triples, find_sayings
from reportedly.code.attribution_cues import is_chain_kind
from reportedly.code.causes import link_causes
from reportedly.code.chains import chain_of, source_type
from reportedly.code.circumstances import Circumstances, days_before
from reportedly.code.concreteness import is_concrete
from reportedly.code.confidence import confidence_of, features_of
from reportedly.code.drafts import Draft
from reportedly.code.outcomes import harms_nobody
from reportedly.code.relations import find_relations
from reportedly.code.standing import stand
from reportedly.code.tellings import join_tellings
from reportedly.knowledge import read_toml
from reportedly.records import Claim, CodedReport, Decision, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from reportedly.code.attribution import Saying
    from reportedly.records import Participant, Resolved
    from reportedly.settings import Settings

VERBAL = roles.VERBAL
ABSORBING = frozenset({"REQUEST", "THREATEN", "AGREE", "CONCEDE", "REJECT", "SUPPORT", "CONSULT", "ACCUSE", "MOBILIZE"})
NEEDS_ACTOR = frozenset(
    {
        "REQUEST",
        "THREATEN",
        "AGREE",
        "CONCEDE",
        "REJECT",
        "SUPPORT",
        "ACCUSE",
        "RETREAT",
        "MOBILIZE",
        "AID",
        "COOPERATE",
        "SANCTION",
    }
)
DONE_TO = frozenset({"SANCTION", "COERCE", "AID"})
"""What a noun tells of whom it was done to, without a doer: "the expulsion of three diplomats"."""
GIVING_WAY = frozenset({"RETREAT", "CONCEDE", "AID", "COOPERATE", "AGREE", "SUPPORT"})


def code_claims(resolved: Resolved, settings: Settings, coder: str) -> CodedReport:
    """Everything that the report claims, in text order, with relations, attributions and why other words are left out.

    `coder` is the name and version that the claims carry.
    """
    parsed = resolved.parsed
    sayings = find_sayings(parsed)
    found = find_acts(resolved)
    drafts = _draft_all(resolved, sayings, found, settings)
    drafts = join_tellings(_absorb(_announce(drafts), found), resolved)
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
    found.acts = with_denials(resolved, found.acts)
    finder = roles.RoleFinder(resolved, sayings, found.acts)
    circumstances = Circumstances(resolved, sayings, found.acts, settings.inferred_days)
    drafts = []
    for act in found.acts:
        draft = _draft(act, resolved, sayings, finder, circumstances)
        if _words_only(draft, finder):
            draft = _draft(_as_criticism(act), resolved, sayings, finder, circumstances)
        missing = _missing(draft, finder)
        if missing:
            _leave_out(found, act, missing)
        else:
            _complete(draft, resolved, sayings, circumstances)
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
        sides.actors = finder.denying(act.denied_by)
        actors = finder.participants(sides.actors, speaker=speaker)
    if act.demanded:
        standing = replace(standing, aspect="actual", polarity="affirmed", certainty="certain")
    draft = Draft(
        act, act.event, sides, actors, recipients, standing.aspect, standing.polarity, standing.certainty, when=when
    )
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
        if not roles.is_first_person(doc[innermost.source_head]):
            return doc[innermost.source_head]
    trigger = act.trigger.i
    if not any(q.first <= trigger < q.last for q in resolved.parsed.quotes):
        return None
    before = [
        s.source_head
        for s in sayings
        if s.source_head is not None and s.cue and s.cue[0] < trigger and not roles.is_first_person(doc[s.source_head])
    ]
    return doc[before[-1]] if before else None


def _complete(draft: Draft, resolved: Resolved, sayings: Sequence[Saying], circumstances: Circumstances) -> None:
    act = draft.act
    chain = chain_of(act.trigger.i, sayings, resolved)
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


def _identified(side: Sequence[Participant]) -> bool:
    return any(p.actor.country or p.actor.sector or p.actor.id for p in side)


def _as_criticism(act: Act) -> Act:
    pattern = replace(act.pattern, event="ACCUSE", modes=("disapprove",), recipient=("obj", "~over", "~at", "~for"))
    return replace(act, pattern=pattern, event="ACCUSE", modes=("disapprove",))


def _missing(draft: Draft, finder: roles.RoleFinder) -> str | None:
    """What an act lacks to be a claim of PLOVER's kind; None if it lacks nothing."""
    actors, recipients = _identified(draft.actors), _identified(draft.recipients)
    if draft.event in ("ACCUSE", "SANCTION", "RETREAT", "COERCE"):
        recipients = recipients or any(p.actor.kind == "person" for p in draft.recipients)
    if any(c.lower_ == "no" and c.dep_ == "det" for t in draft.sides.actors for c in t.children):
        return "nobody is said to do it"
    trigger = draft.act.trigger
    if trigger.dep_ in ("pobj", "pcomp") and trigger.head.lower_ == "without" and not syntax.objects(trigger):
        return "done without it"
    if harms_nobody(draft):
        return "nobody is hurt"
    passive = not draft.actors and not draft.sides.speaks and (not draft.act.nominal or draft.event in DONE_TO)
    if draft.event in VERBAL:
        blamed = draft.event == "ACCUSE" and "disapprove" not in draft.act.modes
        passive = passive and (blamed or draft.event == "CONCEDE" or "meet" in draft.act.modes)
    passive = passive and (recipients or (draft.where is not None and draft.event == "MOBILIZE"))
    suffered = recipients and not draft.actors and (not draft.act.nominal or draft.event in DONE_TO)
    somebody = any(finder.is_somebody(t) for t in draft.sides.actors)
    if draft.event in NEEDS_ACTOR and not (actors or somebody or passive or suffered):
        return "no political, military, economic or social actor does it"
    if draft.act.trigger.lemma_ == "defend" and (
        _names(draft.actors) & _names(draft.recipients) or not draft.recipients
    ):
        return "defends its own"
    if draft.event == "CONSULT" and not (actors and (recipients or len(draft.actors) > 1 or _convenes(draft))):
        return "a meeting needs two known parties"
    doers = somebody or any(_acts(p) for p in draft.actors)
    if draft.event in ("ASSAULT", "COERCE", "MOBILIZE") and draft.actors and not doers:
        return "what does it is no actor"
    told_now = "explosives" in draft.act.modes or not syntax.is_definite(draft.act.trigger)
    blast = draft.act.nominal and draft.where is not None and told_now
    if draft.event in ("ASSAULT", "COERCE") and not (actors or draft.recipients or blast):
        return "neither doer nor victim is told"
    if draft.event == "PROTEST" and not (actors or recipients or draft.where):
        return "neither protesters nor place are told"
    if draft.event in ("ASSAULT", "COERCE") and not actors and not recipients and not _placed(draft):
        if draft.act.nominal or draft.act.trigger.lemma_.lower() not in read_toml("acts.toml")["always_transitive"]:
            return "nobody known takes part"
    return None


def _convenes(draft: Draft) -> bool:
    """Talks that one party holds or hosts, and plural parties that meet: "the ministers will meet"."""
    conditions = {condition.sign for condition in draft.act.pattern.conditions}
    several = any(t.tag_ in ("NNS", "NNPS") for t in draft.sides.actors)
    return not draft.act.nominal and (">" in conditions or (several and draft.sides.reciprocal))


def _names(side: Sequence[Participant]) -> set[str]:
    return {p.actor.id or p.actor.name for p in side}


def _acts(participant: Participant) -> bool:
    actor = participant.actor
    return bool(actor.sector or actor.country or actor.id or actor.kind != "role")


def _placed(draft: Draft) -> bool:
    return any(p.actor.country for p in draft.recipients) or draft.event == "ASSAULT"


def _leave_out(found: Found, act: Act, because: str) -> None:
    token = act.trigger
    found.decisions.append(Decision(token.idx, token.idx + len(token), token.text, "not coded", because))


# --- acts among acts -------------------------------------------------------------------------------------------------


def _announce(drafts: list[Draft]) -> list[Draft]:
    """A thing that its own doer says lies ahead is a promise or a threat (PLOVER's verbal type), and that is actual."""
    verbal = read_toml("acts.toml")["announced"]
    for draft in drafts:
        if draft.event not in verbal or draft.polarity == "denied" or not _lies_ahead(draft):
            continue
        if draft.polarity == "negated":
            if draft.event in GIVING_WAY:  # "will not release them" is a refusal
                _turn(draft, "REJECT", "announced by its own doer not to be done")
            continue
        gives_ground = draft.event == "RETREAT" and {"withdraw", "ceasefire"} & set(draft.modes)
        _turn(draft, "CONCEDE" if gives_ground else verbal[draft.event], "announced by its own doer")
    return drafts


def _turn(draft: Draft, event: str, because: str) -> None:
    """Make the verbal act of what lies ahead: the saying is actual, its content is not yet."""
    content = contents.mode_of_verb(event, draft.act.trigger) or contents.mode_by_act(event, draft.event, draft.modes)
    draft.content_event, draft.event = draft.event, event
    draft.aspect, draft.polarity, draft.certainty = "actual", "affirmed", "certain"
    draft.modes = details.modes_of(_retyped(draft), [], content)
    draft.why.append(f"{because}: {event} instead of {draft.content_event}")


def _lies_ahead(draft: Draft) -> bool:
    """True for what a party says that it will do, on conditions too; not for what others expect of it."""
    if draft.act.nominal or not _identified(draft.actors):
        return False
    reasons = draft.why[1:]
    guesses = read_toml("acts.toml")["guesses"]  # "is likely to deploy" is nobody's announcement
    planned = any(
        ("plan" in reason or "intention" in reason) and not any(f"'{word}'" in reason for word in guesses)
        for reason in reasons
    )
    source = draft.chain[-1].actor if draft.chain and draft.chain[-1].kind != "publisher" else None
    own = source is not None and any(p.actor.country and p.actor.country == source.country for p in draft.actors)
    words = ("will", "'would'") if own else ("will",)  # "Moscow said it would withdraw"
    willed = planned or (draft.certainty == "certain" and any(w in reason for reason in reasons for w in words))
    if draft.event == "CONSULT" and not planned:
        return False  # a meeting that will be held is on the calendar
    if draft.aspect == "future":
        return (own or source is None or source.country is None) and willed
    return draft.aspect == "hypothetical" and own and any("conditional" in r for r in draft.why) and willed


def _retyped(draft: Draft) -> Act:
    return Act(draft.act.trigger, draft.act.pattern, draft.event, ())


def _absorb(drafts: list[Draft], found: Found) -> list[Draft]:
    """What is only asked for, offered, threatened or refused is the content of that claim and no claim of its own."""
    by_token = {d.act.trigger.i: d for d in drafts}
    kept = []
    for draft in drafts:
        above = _governing(draft, by_token)
        if above is not None and above.event == draft.event and draft.event in VERBAL and _same_doer(above, draft):
            _leave_out(found, draft.act, f"said again by {above.act.trigger.text!r}")
        elif above is not None and above.event == "PROTEST" and draft.event in ("REQUEST", "ACCUSE", "PROTEST"):
            above.recipients = above.recipients or draft.recipients
            _leave_out(found, draft.act, f"what the {above.act.trigger.text!r} is about")
        elif above is not None and draft.polarity == "negated" and above.event == "REJECT":
            _leave_out(found, draft.act, f"content of REJECT {above.act.trigger.text!r}")
        elif above is not None and draft.aspect in ("hypothetical", "future") and above.event in ABSORBING:
            _take_content(above, draft)
            _leave_out(found, draft.act, f"content of {above.event} {above.act.trigger.text!r}")
        elif draft.aspect == "hypothetical":
            _leave_out(found, draft.act, "not done: " + "; ".join(draft.why[1:]))
        else:
            kept.append(draft)
    return kept


def _take_content(above: Draft, content: Draft) -> None:
    """Read mode and recipient of a verbal act from what it asks for, offers or threatens."""
    promised = content.act.trigger.head.i == above.act.trigger.i and above.event == "AGREE"
    if promised and above.act.trigger.lemma_ in read_toml("acts.toml")["commissives"]:
        if read_toml("acts.toml")["announced"].get(content.event) == "THREATEN":  # "vowed to expel the envoy"
            above.event, above.told_by_words = "THREATEN", contents.mode_of_verb("THREATEN", content.act.trigger)
            above.recipients = above.recipients or content.recipients
            above.modes = details.modes_of(_retyped(above), [], above.told_by_words)
    if above.content_event is None and above.told_by_words is None:
        mode = contents.mode_by_act(above.event, content.event, content.modes)
        above.modes = details.modes_of(_retyped(above), [], mode) or above.modes
    above.content_event = above.content_event or content.event
    if not above.recipients and above.event in ("REQUEST", "THREATEN", "AGREE", "CONCEDE", "REJECT"):
        own = {p.actor.country for p in above.actors}
        above.recipients = tuple(p for p in content.recipients if p.actor.country and p.actor.country not in own)


def _same_doer(a: Draft, b: Draft) -> bool:
    return bool({p.actor.name for p in a.actors} & {p.actor.name for p in b.actors}) and not b.act.nominal


def _governing(draft: Draft, by_token: dict[int, Draft]) -> Draft | None:
    at: Token = draft.act.verb if draft.act.verb is not None else draft.act.trigger
    for _ in range(10):
        if at.head.i == at.i or (at.dep_ == "relcl" and draft.aspect == "actual"):
            return None
        if at.dep_ == "conj" and at.head.pos_ == "VERB" and at.pos_ == "VERB" and at.head.i in by_token:
            if not syntax.is_infinitive(at):
                return None
        at = at.head
        found = by_token.get(at.i)
        if found is not None and found is not draft:
            return found
    return None


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
