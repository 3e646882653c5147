"""The knowledge file of standing keeps its shape: every class has a known effect, a source and an example."""

from __future__ import annotations

import pytest

from reportedly.code.standing_reading import Reading, embed
from reportedly.code.standing_words import EFFECTS, Embedding, embedding
from reportedly.knowledge import read_toml

CLASSES = read_toml("standing.toml")["embed"]


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_class_says_its_effect_source_and_example(name):
    entry = CLASSES[name]
    assert entry["effect"] in EFFECTS
    assert entry["source"]
    assert entry["example"].endswith(".")
    assert any(entry.get(kind) for kind in ("verbs", "nouns", "adjectives", "phrases"))


@pytest.mark.parametrize(
    ("verb", "link", "effect"),
    [("manage", "infinitive", "same"), ("fail", "infinitive", "not"), ("tell", "infinitive", "hypothetical")],
)
def test_a_verb_has_the_effect_of_its_class(verb, link, effect):
    found = embedding("verbs", verb, link)
    assert found is not None
    assert found.effect == effect


def test_telling_that_is_no_order():
    found = embedding("verbs", "tell", "that")
    assert found is not None
    assert found.effect == "said"


def under(effect: str, outer: Reading, **more) -> Reading:
    settings = {"certainty": "certain", "links": frozenset(), "negates": False, "ahead": False, "weak": False} | more
    return embed(outer, Embedding("invented", effect, **settings))


def test_failing_to_fail_is_doing():
    assert under("not", under("not", Reading())).polarity == "affirmed"


def test_not_calling_off_leaves_it_open():
    assert under("not", under("not", Reading()), weak=True).aspect == "hypothetical"


def test_nothing_embedded_in_a_wish_becomes_a_fact_unless_presupposed():
    wish = under("hypothetical", Reading())
    for effect in sorted(EFFECTS - {"fact", "said"}):
        assert under(effect, wish).aspect == "hypothetical"
