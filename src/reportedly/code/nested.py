"""Acts inside acts: what a party announces, asks for, promises or refuses is the content of that claim.

What its own doer says lies ahead is a promise or a threat; what is only asked for or threatened is no claim of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.code import contents, details, roles, syntax
from reportedly.code.acts import Act, Found, pass_over
from reportedly.code.lacks import identified
from reportedly.knowledge import read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token

    from reportedly.code.drafts import Draft

ABSORBING = frozenset({"REQUEST", "THREATEN", "AGREE", "CONCEDE", "REJECT", "SUPPORT", "CONSULT", "ACCUSE", "MOBILIZE"})
GIVING_WAY = frozenset({"RETREAT", "CONCEDE", "AID", "COOPERATE", "AGREE", "SUPPORT"})


def announce(drafts: list[Draft]) -> list[Draft]:
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
    if draft.act.nominal or not identified(draft.actors):
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


def absorb(drafts: list[Draft], found: Found) -> list[Draft]:
    """What is only asked for, offered, threatened or refused is the content of that claim and no claim of its own."""
    by_token = {d.act.trigger.i: d for d in drafts}
    kept = []
    for draft in drafts:
        above = _governing(draft, by_token)
        if (
            above is not None
            and above.event == draft.event
            and draft.event in roles.VERBAL
            and _same_doer(above, draft)
        ):
            pass_over(found, draft.act.trigger, f"said again by {above.act.trigger.text!r}")
        elif above is not None and above.event == "PROTEST" and draft.event in ("REQUEST", "ACCUSE", "PROTEST"):
            above.recipients = above.recipients or draft.recipients
            pass_over(found, draft.act.trigger, f"what the {above.act.trigger.text!r} is about")
        elif above is not None and draft.polarity == "negated" and above.event == "REJECT":
            pass_over(found, draft.act.trigger, f"content of REJECT {above.act.trigger.text!r}")
        elif above is not None and draft.aspect in ("hypothetical", "future") and above.event in ABSORBING:
            _take_content(above, draft)
            pass_over(found, draft.act.trigger, f"content of {above.event} {above.act.trigger.text!r}")
        elif draft.aspect == "hypothetical":
            pass_over(found, draft.act.trigger, "not done: " + "; ".join(draft.why[1:]))
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


def _says_again(above: Draft, draft: Draft) -> bool:
    return above.event == draft.event and draft.event in roles.VERBAL and _same_doer(above, draft)


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
