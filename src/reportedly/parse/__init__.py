"""Stage 2 of 8: Report -> Parsed. Sentences, syntax and quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.parse.models import load_model
from reportedly.parse.quotes import find_quotes
from reportedly.records import Parsed, Report

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["find_quotes", "load_model", "parse_report"]


def parse_report(report: Report, nlp: Language) -> Parsed:
    """The report with its spaCy Doc and its quotations; `doc.text == report.text`."""
    doc = nlp(report.text)
    return Parsed(report, doc, find_quotes(doc))
