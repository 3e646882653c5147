"""What people judge of a claim or an event. A judgement is added, never changed; the next merge heeds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from reportedly.errors import BadOption, NotStored
from reportedly.pipeline import CODER
from reportedly.records import Claim
from reportedly.store import Judgement, Store, Verdict, anchor_of, anchor_of_events, check_correction
from reportedly.store.documents import now
from reportedly.store.reading import claims_by_id, event_by_id


def judge_one(
    store: Store,
    target: str,
    verdict: Verdict,
    reviewer: str,
    *,
    field: str | None = None,
    value: str | None = None,
    note: str | None = None,
) -> Judgement:
    """Confirm or reject the claim or event of that id, or correct a field of the claim.

    Raises NotStored if there is none, BadOption for a correction that cannot be.
    """
    kind = store.kind_of(target)
    if kind == "report":
        raise BadOption(f"{target} is a report", hint="judge one of its claims, see `reportedly show`")
    if kind == "event":
        if verdict not in ("confirm", "reject"):
            raise BadOption(f"{target} is an event, which cannot be corrected", hint="correct its claims")
        return _add(store, kind, target, verdict, reviewer, note, anchor_of_events(_claims_of(store, target)))
    claim = claims_by_id(store, [target])[target].claim
    if field is not None:
        check_correction(field, value or "", claim)
    return _add(
        store, kind, target, verdict, reviewer, note, anchor_of(claim), field=field, value=value if field else None
    )


def judge_split(
    store: Store, event: str, claims: Sequence[str], reviewer: str, *, note: str | None = None
) -> Judgement:
    """These claims of the event are one other act: they are held together, and apart from its other claims.

    Raises NotStored if there is no such event, BadOption for no claims, all of them, or one that it does not have.
    """
    of_event, wanted = _claims_of(store, event), set(claims)
    if strangers := sorted(wanted - {claim.id for claim in of_event}):
        raise BadOption(f"event {event} has no claim {strangers[0]}", hint=f"see `reportedly show {event}`")
    these = [claim for claim in of_event if claim.id in wanted]
    those = [claim for claim in of_event if claim.id not in wanted]
    if not these or not those:
        raise BadOption("some of an event's claims can be split off, not all or none", hint="name those that go")
    named = ",".join(claim.id for claim in these)
    return _add(store, "event", event, "split", reviewer, note, anchor_of_events(these, those), value=named)


def judge_merge(store: Store, event: str, other: str, reviewer: str, *, note: str | None = None) -> Judgement:
    """Two events are one act: all their claims are held together.

    Raises NotStored if there is no event of one of these ids, BadOption if both are one.
    """
    if event == other:
        raise BadOption(f"{event} is one event already", hint="name another one")
    anchor = anchor_of_events(_claims_of(store, event), _claims_of(store, other))
    return _add(store, "event", event, "merge", reviewer, note, anchor, value=other)


def judge_undo(store: Store, number: int, reviewer: str, *, note: str | None = None) -> Judgement:
    """Take back the judgement of that number, whatever it says, also an undo.

    Raises NotStored if there is none, BadOption if it is undone already.
    """
    found = next((judgement for judgement in store.judgements() if judgement.number == number), None)
    if found is None:
        raise NotStored(f"{store.name} holds no judgement {number}", hint="`reportedly show` gives their numbers")
    if found.undone_by is not None:
        by = found.undone_by
        raise BadOption(
            f"judgement {number} is undone by judgement {by.number}", hint=f"undo {by.number} to restore it"
        )
    return _add(store, "judgement", str(number), "undo", reviewer, note, {})


def _claims_of(store: Store, event: str) -> list[Claim]:
    """The claims of an event that are still there. Raises NotStored."""
    if store.kind_of(event) != "event":
        raise BadOption(f"{event} is no event", hint="see `reportedly events`")
    ids = event_by_id(store, event).event.claims
    found = claims_by_id(store, ids)
    return [found[id].claim for id in ids if id in found]


def _add(
    store: Store,
    kind: Literal["claim", "event", "judgement"],
    target: str,
    verdict: Verdict,
    reviewer: str,
    note: str | None,
    anchor: Mapping[str, Any],
    *,
    field: str | None = None,
    value: str | None = None,
) -> Judgement:
    judgement = Judgement(kind, target, verdict, reviewer, field, value, note, now(), anchor)
    return replace(judgement, number=store.judge(judgement, CODER))
