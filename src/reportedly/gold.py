"""Judged reports as gold: what people say that a coder should read in them, in the format of whole-document benchmarks.

A report is exported when somebody has judged one of its claims. Confirmed and corrected claims are required, those that
nobody has judged are neither rewarded nor punished (`required: false`), rejected ones become traps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportedly.records import Claim, Link, Participant, Report
from reportedly.store import Store, corrected, verdict_of
from reportedly.store.reading import StoredClaim, claims_of_report, report_by_id


def gold_documents(store: Store) -> Iterator[dict[str, Any]]:
    """One object a judged report, by id. `text` is the clean report, and `file` names it."""
    judged = {
        str(j.anchor["report"])
        for j in store.judgements()
        if j.target_kind == "claim" and not j.undone and j.verdict in ("confirm", "reject", "correct")
    }
    for id in sorted(judged):
        report, _, _ = report_by_id(store, id)
        yield _document(report, claims_of_report(store, id))


def _document(report: Report, claims: list[StoredClaim]) -> dict[str, Any]:
    verdicts = {one.claim.id: verdict_of(one.judgements) for one in claims}
    given = {"published": report.published, "publisher": report.publisher, "url": report.url, "title": report.title}
    lines = [line for line in report.text.split("\n") if line.strip()] or [""]
    return {
        "id": report.id,
        "file": f"{report.id}.txt",
        "input": {name: value for name, value in given.items() if value},
        "report": {
            "title": report.title,
            "published": report.published,
            "body_starts": lines[0][:60],
            "body_ends": lines[-1][-60:],
        },
        "claims": [
            _claim(corrected(one.claim, one.judgements), required=verdicts[one.claim.id] is not None)
            for one in claims
            if verdicts[one.claim.id] != "rejected"
        ],
        "traps": [
            {"events": [one.claim.event], "evidence": one.claim.evidence.text}
            for one in claims
            if verdicts[one.claim.id] == "rejected"
        ],
        "text": report.text,
    }


def _claim(claim: Claim, *, required: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": claim.id,
        "required": required,
        "events": [claim.event],
        "modes": list(claim.modes),
        "evidence": claim.evidence.text,
        "actors": [_party(p) for p in claim.actors],
        "recipients": [_party(p) for p in claim.recipients],
        "attribution": [_link(link) for link in claim.attribution if link.kind != "publisher"],
        "aspect": claim.aspect,
        "polarity": claim.polarity,
        "certainty": [claim.certainty],
    }
    if claim.where:
        found["where"] = {"any": _names(claim.where.text, claim.where.name), "country": claim.where.country}
    if claim.when and claim.when.first:
        found["when"] = {"from": claim.when.first, "to": claim.when.last}
    return found


def _party(party: Participant) -> dict[str, Any]:
    actor = party.actor
    sector = [actor.sector] if actor.sector else []
    return {"any": _names(party.text, actor.name), "country": actor.country, "sector": sector}


def _link(link: Link) -> dict[str, Any]:
    return {"any": _names(link.text, link.name), "kind": link.kind}


def _names(*names: str | None) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
