"""The patterns of the furniture file: each recognises its examples, none takes a sentence of a report."""

from __future__ import annotations

import pytest

from reportedly.knowledge import read_toml
from reportedly.read.clean import name_furniture, patterns, read_caption
from reportedly.read.masthead import read_byline

TABLES = read_toml("furniture.toml")
LINES = [
    (name, number, example)
    for name in ("line", "box", "end", "credit", "photo", "caption")
    for number, row in enumerate(TABLES[name])
    for example in row["examples"]
]
PARTS = [
    (name, number, example)
    for name in ("inline", "ending")
    for number, row in enumerate(TABLES[name])
    for example in row["examples"]
]
SENTENCES = [
    "The army shelled the town on Tuesday.",
    "Iran denied it.",
    "“We are ready,” he said.",
    "He shared the prize with his brother.",
    "Email records show that the minister knew.",
    "Subscribers to the plan are mostly soldiers.",
    "More troops were sent to the border on Monday.",
    "More Troops Sent to the Border",
    "Top General Visits Iran",
    "Latest talks on Syria end without a deal",
    "Other rebels fled.",
    "Comments by the minister angered the rebels.",
    "Follow the money, the prosecutor told the court.",
    "Search teams found four bodies in the rubble.",
    "Save the Children said the attack killed nine.",
    "Close to the border, shots were heard.",
    "Video of the attack was shared widely.",
    "Photographs seen by the agency show smoke over the port.",
    "Watch officers saw two drones over the ship.",
    "Source: the ministry refused to say.",
    "They copied the plan of 2011.",
    "Copyright law was broken, the court said.",
    "Related parties must leave the country by Friday, it said.",
    "Sources in the army said the attack had been ordered by the president.",
    "The convoy, led by Col. Jane Doe of the AP force, was hit at 9:30 a.m.",
    "Live rounds were fired at the crowd.",
    "What do the rebels think of it?",
    "Cookies were handed to the soldiers.",
    "Advertising was banned in the capital.",
]


@pytest.mark.parametrize(("table", "number", "example"), LINES)
def test_each_example_is_recognised(table, number, example):
    assert getattr(patterns(), table)[number][0].fullmatch(example)


@pytest.mark.parametrize(("table", "number", "example"), PARTS)
def test_each_example_within_a_paragraph_is_recognised(table, number, example):
    assert getattr(patterns(), table)[number][0].search(example)


@pytest.mark.parametrize("example", TABLES["byline"]["examples"])
def test_each_example_of_a_byline_is_recognised(example):
    assert read_byline(example, bare=True)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_is_taken_for_furniture(sentence):
    assert name_furniture(sentence) is None
    assert read_caption(sentence) is None
    assert read_byline(sentence, bare=True) is None
    for table in (patterns().photo, patterns().credit):
        assert not any(pattern.fullmatch(sentence) for pattern, _ in table)


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("The harbour at dawn. Photograph: Jane Doe/EX", "The harbour at dawn.", "Jane Doe/EX"),
        ("The bridge. (Photo by Jane Doe/Example Images)", "The bridge.", "Jane Doe/Example Images"),
        ("Ministers in Oslo, May 7, 2024. (AP Photo/Jane Doe)", "Ministers in Oslo, May 7, 2024.", "AP Photo/Jane Doe"),
        ("A general - Head of the guard. Source: RadioExample", "A general - Head of the guard.", "RadioExample"),
    ],
)
def test_a_caption_and_its_credit_are_told_apart(line, text, credit):
    caption = read_caption(line)
    assert (caption.text, caption.credit) == (text, credit)
