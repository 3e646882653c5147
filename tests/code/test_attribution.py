"""Who says what, by which words."""

from __future__ import annotations

import pytest

from reportedly.code.attribution import as_triples, find_sayings
from reportedly.code.attribution_model import load_networks
from reportedly.errors import KnowledgeBroken
from reportedly.parse import parse_report
from reportedly.records import Report


@pytest.fixture
def sayings(nlp):
    """A function from a text to its sayings as (source, cue, content) words."""

    def read(text):
        parsed = parse_report(Report("t", text), nlp)
        doc = parsed.doc
        return [
            (
                doc[slice(*s.source)].text if s.source else None,
                " ".join(doc[i].text for i in s.cue),
                " … ".join(doc[first:last].text for first, last in s.content),
                s,
            )
            for s in find_sayings(parsed)
        ]

    return read


def one(found, cue):
    return next(saying for saying in found if saying[1] == cue)


def test_indirect_speech_has_source_cue_and_clause(sayings):
    source, _, content, saying = one(sayings("The governor said that gunmen burned the market."), "said")
    assert (source, content, saying.kind, saying.nature) == (
        "The governor",
        "that gunmen burned the market",
        "say",
        "speech",
    )


def test_a_speaker_may_follow_what_he_says(sayings):
    source, _, content, _ = one(sayings("Gunmen burned the market, the governor said on Monday."), "said")
    assert source == "the governor"
    assert content == "Gunmen burned the market"


def test_according_to_covers_its_sentence(sayings):
    source, _, content, _ = one(
        sayings("Rebels took the bridge and freed nine prisoners, according to two officers."), "according to"
    )
    assert source == "two officers"
    assert content.startswith("Rebels took") and content.endswith("prisoners")


def test_a_quotation_goes_on_after_its_speaker_is_named(sayings):
    text = '"We took the bridge," said Omar Khalil. "We will hold it for months."'
    _, _, content, _ = one(sayings(text), "said")
    assert "We took the bridge" in content and "We will hold it" in content


def test_a_quotation_left_open_goes_on_in_the_next_paragraph(sayings):
    text = (
        "“We never shelled it,” Colonel Haddad said. “Our men left the district a week ago.\n\n"
        "“The army bombed the clinic and burned the archive.”"
    )
    _, _, content, saying = one(sayings(text), "said")
    assert "Our men left" in content and "burned the archive" in content
    assert saying.implicit


def test_an_outlet_holds_the_official_whom_it_quotes(sayings):
    found = sayings("State radio quoted the army as saying that rebels fled, Reuters reports.")
    army = next(s for source, _, _, s in found if source == "the army")
    outer = [s for source, _, _, s in found if source in ("State radio", "Reuters")]
    assert len(outer) == 2
    assert all(s.holds(army.cue[0]) for s in outer)


def test_a_passive_without_an_agent_has_no_source(sayings):
    source, _, _, saying = sayings("The jets were reported to have fired missiles.")[0]
    assert source is None
    assert saying.kind == "report"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The army denied that it shelled the town.", "deny"),
        ("Chad accused Sudan of arming rebels.", "accuse"),
        ("The army claimed that rebels fled.", "claim"),
        ("The army admitted that it shelled the town.", "admit"),
        ("Analysts fear that the truce will collapse.", "fear"),
        ("The minister urged rebels to lay down their arms.", "request"),
        ("Rebels threatened to attack the port.", "threaten"),
        ("Rebels claimed responsibility for the attack.", "claim"),
    ],
)
def test_the_kind_of_a_saying_is_that_of_its_cue(sayings, text, kind):
    assert kind in {s.kind for *_, s in sayings(text)}


def test_plain_narrative_says_nothing(sayings):
    assert sayings("Rebels shelled the town on Monday. Nine people died.") == []


def test_contents_point_at_the_text(nlp):
    parsed = parse_report(Report("t", "Rebels shelled the town, two officers told Reuters."), nlp)
    for triple in as_triples(find_sayings(parsed), parsed.doc, least=0):
        for span in (triple.source, triple.cue, triple.content):
            assert span is None or parsed.doc.text[span.start : span.end] == span.text


def test_the_same_text_gives_the_same_sayings(nlp):
    report = Report("t", 'Police "shot first", a witness said. He added that nine people died.')
    assert find_sayings(parse_report(report, nlp)) == find_sayings(parse_report(report, nlp))


def test_an_empty_text_has_no_sayings(sayings):
    assert sayings("") == []


def test_without_token_vectors_the_cue_file_still_works(nlp):
    parsed = parse_report(Report("t", "The governor said that gunmen burned the market."), nlp)
    parsed.doc.tensor = parsed.doc.tensor[:0]
    assert [s.kind for s in find_sayings(parsed)] == ["say"]


@pytest.mark.parametrize("content", [None, b"", b"not a model", b"PK\x03\x04 cut off"])
def test_a_model_that_is_missing_or_damaged_is_named_with_a_hint(tmp_path, content):
    path = tmp_path / "model.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnowledgeBroken, match=r"model\.npz") as caught:
        load_networks(path)
    assert "train_attribution" in caught.value.hint
