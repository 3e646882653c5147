"""What reviewers do: each is a judgement that is added to the store; and bringing events up to date with them."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import get_args

from reportedly.errors import BadOption, ReportedlyError
from reportedly.records import Claim
from reportedly.store import Judgement, Store, Verdict
from reportedly.store.judging import CORRECTIONS

LOG = logging.getLogger("reportedly.serve")
AROUND = 220
"""Characters of the report that are shown before and after a claim's words."""
_MERGING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Words:
    """A claim's words with what stands around them in the report."""

    before: str
    words: str
    after: str


def words_around(claim: Claim, text: str) -> Words:
    """The claim's evidence in its text, cut at whole words."""
    span = claim.evidence
    before, after = text[max(span.start - AROUND, 0) : span.start], text[span.end : span.end + AROUND]
    if span.start > AROUND:
        before = "… " + before.partition(" ")[2]
    if span.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Words(before, text[span.start : span.end], after)


def judge(store: Store, reviewer: str, form: dict[str, str]) -> Judgement:
    """The judgement that a form asks for. Raises BadOption, NotStored."""
    from reportedly import archive

    verdict, target, note = form.get("verdict", ""), form.get("target", ""), form.get("note") or None
    if verdict == "split":
        claims = [id for id in form.get("claims", "").split(",") if id]
        return archive.judge_split(store, target, claims, reviewer, note=note)
    if verdict == "merge":
        return archive.judge_merge(store, target, form.get("other", ""), reviewer, note=note)
    if verdict == "undo":
        number = form.get("number", "")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise BadOption("a judgement is undone by its number", hint="use the button beside it")
        return archive.judge_undo(store, int(number), reviewer, note=note)
    if verdict not in get_args(Verdict):
        raise BadOption(
            f"{verdict or 'nothing'} is no judgement", hint="confirm, reject, correct, split, merge or undo"
        )
    field = form.get("field") or None
    if (verdict == "correct") != (field is not None):
        raise BadOption("a correction needs a field, and nothing else has one", hint="choose what is to be corrected")
    return archive.judge_one(store, target, verdict, reviewer, field=field, value=form.get("value", ""), note=note)  # type: ignore[arg-type]


def correctable() -> tuple[str, ...]:
    """The fields of a claim that can be corrected."""
    return tuple(CORRECTIONS)


def bring_up_to_date(store: Store) -> None:
    """Make the events anew if they are older than reports or judgements; one at a time, others need not wait."""
    from reportedly.archive import merge_store

    if not _MERGING.acquire(blocking=False):
        return
    try:
        merge_store(store)
    except ReportedlyError as error:
        LOG.error("events could not be brought up to date: %s", error)
    finally:
        _MERGING.release()


def is_merging() -> bool:
    """True while events are brought up to date."""
    return _MERGING.locked()
