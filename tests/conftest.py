"""Fixtures that several stages share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def nlp():
    """The bundled spaCy pipeline with our sentence boundaries, loaded once."""
    from reportedly.parse import load_model
    from reportedly.settings import DEFAULT

    return load_model(DEFAULT.model)


@pytest.fixture(scope="session")
def tools(nlp):
    """Parser and opened knowledge files, as the product makes them; loaded once."""
    from reportedly.pipeline import make_tools

    return make_tools()


@pytest.fixture(scope="session")
def resolved_from(tools):
    """A function from a text to its parse with actors, places and times; published on Friday, 10 May 2024."""
    from reportedly.parse import parse_report
    from reportedly.records import Report
    from reportedly.resolve import resolve_mentions

    def resolve(text, published="2024-05-10", **about):
        report = Report("t", text, published=published, **about)
        return resolve_mentions(parse_report(report, tools.nlp), tools.lookups)

    return resolve


@pytest.fixture(scope="session")
def coded_from(tools):
    """A function from a text to everything that is coded from it; published on Friday, 10 May 2024."""
    from reportedly.pipeline import code_report
    from reportedly.records import Report

    def code(text, published="2024-05-10", **about):
        return code_report(Report("t", text, published=published, **about), tools)

    return code
