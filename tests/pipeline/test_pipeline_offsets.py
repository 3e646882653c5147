"""Every field of every claim points at the words it was read from."""

from __future__ import annotations

import json

import pytest

from reportedly.export import coded_dict, explained_dict
from reportedly.records import CodedReport

pytestmark = pytest.mark.slow

LINK_KINDS = {"publisher", "outlet", "document", "named", "anonymous"}


def spans_in(value):
    """Everything with a text and offsets in a JSON value, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            yield value
        for inner in value.values():
            yield from spans_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_in(inner)


def test_every_sample_report_is_coded(coded_samples):
    assert len(coded_samples) >= 24
    assert [one for one in coded_samples if not isinstance(one, CodedReport)] == []


def test_every_span_is_what_the_body_has_there(coded_samples):
    seen = 0
    for coded in coded_samples:
        printed = json.loads(json.dumps(coded_dict(coded) | explained_dict(coded)))
        body = printed["report"]["body"]
        for span in spans_in(printed):
            seen += 1
            assert 0 <= span["start"] < span["end"] <= len(body), (coded.report.id, span)
            assert body[span["start"] : span["end"]] == span["text"], (coded.report.id, span)
    assert seen > 500


def test_every_claim_has_evidence_around_its_trigger_and_ids_are_its_own(coded_samples):
    claims = [claim for coded in coded_samples for claim in coded.claims]
    for claim in claims:
        assert claim.evidence.start <= claim.trigger.start < claim.trigger.end <= claim.evidence.end, str(claim)
        assert 0 <= claim.confidence <= 1
    assert len({claim.id for claim in claims}) == len(claims)


def test_causes_are_claims_of_the_same_report(coded_samples):
    for coded in coded_samples:
        ids = {claim.id for claim in coded.claims}
        for claim in coded.claims:
            assert set(claim.because_of) <= ids - {claim.id}


def test_claims_come_in_the_order_of_the_text(coded_samples):
    for coded in coded_samples:
        starts = [claim.trigger.start for claim in coded.claims]
        assert starts == sorted(starts), coded.report.id


def test_values_are_of_the_schema(coded_samples):
    for coded in coded_samples:
        for claim in coded.claims:
            assert claim.quad in {
                "verbal cooperation",
                "material cooperation",
                "verbal conflict",
                "material conflict",
            }
            assert claim.score is None or -10 <= claim.score <= 10
            assert all(
                link.kind in {"publisher", "outlet", "document", "named", "anonymous"} for link in claim.attribution
            )
            for one in (*claim.actors, *claim.recipients):
                assert one.actor.country is None or len(one.actor.country) == 3
            if claim.when is not None and claim.when.first and claim.when.last:
                assert claim.when.first <= claim.when.last
