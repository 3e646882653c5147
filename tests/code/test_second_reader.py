"""The second reader: what it sees, what it says, and what it leaves alone."""

import pytest

from reportedly.code import second_reader
from reportedly.errors import KnowledgeBroken
from reportedly.explain import lay_out, opinion_note
from reportedly.pipeline import explain_raw
from reportedly.records import RawReport


def explained(tools, text):
    return explain_raw(RawReport("made-up", text.encode(), "text", "made-up"), tools)


def test_the_word_itself_is_withheld_where_it_was_coded(tools):
    seen = second_reader.Surroundings(("verb",), {"word": ("shell",), "obj": ("village",)})
    withheld = second_reader.dense_of(seen, tools.nlp.vocab, word=False)
    shown = second_reader.dense_of(seen, tools.nlp.vocab, word=True)
    assert not withheld[: second_reader.WIDTH].any()
    assert shown[: second_reader.WIDTH].any()
    assert (withheld[second_reader.WIDTH :] == shown[second_reader.WIDTH :]).all()


def test_chances_are_probabilities_over_the_types(tools):
    seen = second_reader.Surroundings(("verb", "no such feature"), {})
    chances = second_reader.network().chances(seen, tools.nlp.vocab, word=False)
    assert len(chances) == len(second_reader.network().types) == 17
    assert chances.sum() == pytest.approx(1.0, abs=1e-4)


def test_each_claim_gets_an_opinion_among_the_types_of_acts(tools):
    coded, _, opinions = explained(tools, "Rebels shelled a village near Kadugli. Chad condemned the attack.")
    assert [o.coded for o in opinions] == [c.event for c in coded.claims]
    assert all(o.event != second_reader.NONE and 0 <= o.agreement <= o.probability <= 1 for o in opinions)


def test_a_verb_that_no_pattern_has_is_pointed_out_and_not_coded(tools):
    coded, sentences, opinions = explained(tools, "Militants bludgeoned three Malian soldiers in Gao.")
    assert not coded.claims
    assert [(o.text, o.coded, o.event) for o in opinions] == [("bludgeoned", None, "ASSAULT")]
    assert "no pattern has it" in opinion_note(lay_out(coded, sentences, opinions).sentences[0].opinions[0])


def test_it_changes_no_claim(tools):
    from reportedly.pipeline import code_raw

    raw = RawReport("made-up", b"Rebels shelled Kadugli, two officers said. Chad expelled an envoy.", "text", "made-up")
    assert explain_raw(raw, tools)[0].claims == code_raw(raw, tools).claims


def test_a_damaged_model_is_a_clear_error(tmp_path, monkeypatch):
    (tmp_path / second_reader.FILE).write_bytes(b"not a model")
    monkeypatch.setattr(second_reader, "DATA", tmp_path)
    second_reader.network.cache_clear()
    try:
        with pytest.raises(KnowledgeBroken, match="train_acts"):
            second_reader.network()
    finally:
        second_reader.network.cache_clear()
