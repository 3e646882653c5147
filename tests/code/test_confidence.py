"""How sure the coder is of its own reading."""

from __future__ import annotations

import math

from reportedly.knowledge import read_toml
from reportedly.settings import Settings


def test_confidence_is_a_share_with_two_decimals(coded_from):
    for claim in coded_from("Chad bombed a camp near Bria on Monday. Rebels may have burned a school.").claims:
        assert 0 < claim.confidence < 1
        assert round(claim.confidence, 2) == claim.confidence


def test_a_full_reading_and_a_poor_one_differ(coded_from):
    (full,) = coded_from("On Monday Iraq expelled two diplomats of Chad.").claims
    (poor,) = coded_from("A village was attacked.").claims
    assert full.confidence > poor.confidence


def test_every_weight_is_a_finite_number():
    weights = read_toml("confidence.toml")["weights"]
    assert "bias" in weights
    assert all(math.isfinite(weight) for weight in weights.values())


def test_claims_below_the_wanted_confidence_are_left_out(coded_from, tools):
    from dataclasses import replace

    from reportedly.pipeline import code_report
    from reportedly.records import Report

    strict = replace(tools, settings=Settings(min_confidence=0.99))
    assert code_report(Report("t", "Rebels burned a school.", published="2024-05-10"), strict).claims == ()
