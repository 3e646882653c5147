"""Whose words an act came through."""

from __future__ import annotations

import pytest

from reportedly.code.attribution import find_sayings
from reportedly.code.chains import chain_of, source_type
from reportedly.parse import parse_report
from reportedly.records import Dateline, Report, Resolved


@pytest.fixture
def chain(nlp):
    """A function from a text and the act's word to the links, publisher included."""

    def read(text, act, **about):
        parsed = parse_report(Report("t", text, **about), nlp)
        resolved = Resolved(parsed, {}, (), ())
        token = next(t for t in parsed.doc if t.text == act)
        return chain_of(token.i, find_sayings(parsed), resolved)

    return read


def names(links):
    return [link.name for link in links if link.kind != "publisher"]


def test_an_act_on_the_reports_own_account_has_the_publisher_only(chain):
    links = chain("Rebels shelled the town.", "shelled", publisher="Example Post")
    assert [(link.kind, link.name) for link in links] == [("publisher", "Example Post")]


def test_without_a_known_publisher_there_is_no_publisher_link(chain):
    assert chain("Rebels shelled the town.", "shelled") == ()


def test_whom_a_newspaper_was_told_by_stands_inside_it(chain):
    links = chain("Rebels shelled the town, two army officers told Le Monde.", "shelled")
    assert [(link.kind, link.name, link.count) for link in links] == [
        ("outlet", "Le Monde", None),
        ("anonymous", "two army officers", 2),
    ]


def test_an_outlet_citing_officials_comes_first(chain):
    links = chain("Citing three unnamed diplomats, Le Monde reported that France would send troops.", "send")
    assert names(links) == ["Le Monde", "three unnamed diplomats"]


def test_three_links_keep_the_order_of_citing(chain):
    text = "State television quoted the army as saying rockets landed in the compound, Reuters reports."
    assert names(chain(text, "landed")) == ["Reuters", "State television", "the army"]


def test_the_reports_own_publisher_is_no_link(chain):
    text = "Rebels shelled the town, two officers told the Example Post."
    assert names(chain(text, "shelled", publisher="Example Post")) == ["two officers"]


def test_a_report_of_an_outlet_is_the_outlets_word(chain):
    text = "A report published by The Guardian on Friday revealed that two spies said he summoned militias."
    links = chain(text, "summoned")
    assert "Guardian" in links[0].name
    assert (links[1].kind, links[1].count) == ("anonymous", 2)


def test_a_report_of_anybody_else_is_a_document(chain):
    (link,) = chain("A report by the ministry found that soldiers executed prisoners.", "executed")
    assert (link.kind, link.head) == ("document", "the ministry")


def test_a_name_after_its_description_is_the_outlet(chain):
    (link,) = chain("State news agency Sana reported explosions at the airport.", "explosions")
    assert (link.kind, link.name) == ("outlet", "Sana")


def test_the_accuser_is_the_source_of_the_charge_and_not_of_accusing(chain):
    text = "Chad has accused Sudan of arming rebels."
    assert names(chain(text, "arming")) == ["Chad"]
    assert names(chain(text, "accused")) == []


def test_a_denied_charge_hangs_on_the_denier_alone(chain):
    assert names(chain("The army denied charges by clergymen that it tortured a priest.", "tortured")) == ["The army"]


def test_two_claims_in_one_sentence_hang_on_different_chains(chain):
    text = "Mali said rebels attacked Gao, but witnesses said soldiers looted shops."
    assert names(chain(text, "attacked")) == ["Mali"]
    assert names(chain(text, "looted")) == ["witnesses"]


def test_saying_that_one_fears_is_one_link(chain):
    assert names(chain("European officials said they fear Russia will annex the region.", "annex")) == [
        "European officials"
    ]


def test_a_pronoun_keeps_its_words_and_gets_the_antecedents_name(chain):
    (link,) = chain("Mayor Amina Diallo visited Gao. She said rebels burned the market.", "burned")
    assert (link.text, link.name) == ("She", "Amina Diallo")


def test_a_relative_pronoun_counts_as_its_antecedent(chain):
    (link,) = chain("The charge angered the governor, who has denied that police shot first.", "shot")
    assert link.name == "the governor"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Rebels reportedly shelled the town.", "shelled"),
        ("It was reported that rebels shelled the town.", "shelled"),
        ("He is accused of receiving payments.", "receiving"),
        ("The minister refused to negotiate.", "negotiate"),
    ],
)
def test_nobody_named_is_no_link(chain, text, act):
    assert chain(text, act) == ()


def test_a_datelines_agency_is_a_publisher_too(chain):
    links = chain("Rebels shelled the town.", "shelled", publisher="Example Post", dateline=Dateline(agency="AP"))
    assert [link.name for link in links] == ["Example Post", "The Associated Press"]


@pytest.mark.parametrize(
    ("text", "act", "wanted"),
    [
        ("Villagers said troops burned shops.", "burned", "witness"),
        ("Analysts believe that Iran supplied drones.", "supplied", "expert"),
        ("A senior official said troops burned shops.", "burned", "anonymous official"),
        ("The statement said troops burned shops.", "burned", "document"),
    ],
)
def test_a_source_has_a_type(chain, nlp, text, act, wanted):
    (link,) = chain(text, act)
    assert source_type(link, Resolved(parse_report(Report("t", text), nlp), {}, (), ())) == wanted
