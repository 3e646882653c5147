"""Sentences that survive newspaper punctuation."""

from __future__ import annotations

import pytest

from reportedly.errors import ModelMissing
from reportedly.parse import load_model, parse_report
from reportedly.records import Report


@pytest.fixture
def sentences(nlp):
    """A function from a text to its sentences."""
    return lambda text: [s.text.strip() for s in parse_report(Report("t", text), nlp).doc.sents if s.text.strip()]


def test_a_closing_mark_stays_with_its_sentence(sentences):
    assert sentences('"They burned the school." The mayor left.') == ['"They burned the school."', "The mayor left."]


def test_a_line_break_ends_a_sentence(sentences):
    assert sentences("Rebels burn school\nThe school in Bria burned on Monday.") == [
        "Rebels burn school",
        "The school in Bria burned on Monday.",
    ]


def test_a_title_ends_no_sentence(sentences):
    assert len(sentences("Gen. Idris Baba met Mr. Malik in Bria.")) == 1


def test_the_parsed_text_is_the_reports_text(nlp):
    text = "Rebels  burned\n\ta school… in Bria – twice."
    assert parse_report(Report("t", text), nlp).doc.text == text


def test_an_empty_report_is_parsed_to_nothing(nlp):
    parsed = parse_report(Report("t", ""), nlp)
    assert (len(parsed.doc), parsed.quotes) == (0, ())


def test_a_missing_model_is_named_with_what_to_do():
    with pytest.raises(ModelMissing) as caught:
        load_model("no_such_pipeline")
    assert "no_such_pipeline" in caught.value.message
    assert "pip install" in caught.value.hint
