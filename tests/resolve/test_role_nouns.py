"""Role nouns give the sector of whoever is named by what they do, in singular and plural, with words before them."""

from __future__ import annotations

import time

import pytest

from reportedly.resolve import role_nouns

PLOVER = set()
for code in (
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC",
    "NGO IGO UNO EUR MNC",
):
    PLOVER.update(code.split())


def sector(phrase: str) -> str | None:
    found = role_nouns.load().sector(phrase)
    return found.sector if found else None


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("riot police", "COP"), ("prime minister", "GOV"), ("security forces", "COP"), ("warplanes", "MIL"),
        ("gunmen", "UAF"), ("suicide bombers", "UAF"), ("militias", "PRM"), ("junta", "MIL"), ("coalition", "MIL"),
        ("lawmakers", "LEG"), ("prosecutors", "JUD"), ("refugees", "REF"), ("medics", "MED"), ("pirates", "CRM"),
        ("rights group", "NGO"), ("observatory", "NGO"), ("peacekeepers", "UNO"), ("state television", "JRN"),
        ("intelligence officials", "SPY"), ("opposition leader", "OPP"), ("oil tanker", "BUS"), ("clerics", "REL"),
        ("farmers", "AGR"), ("students", "EDU"), ("trade union", "LAB"), ("presidential candidate", "PTY"),
        ("commander", "MIL"), ("guardsmen", "MIL"), ("embassy", "GOV"), ("hospital", "MED"), ("base", "MIL"),
    ],
)  # fmt: skip
def test_a_role_has_the_sector_that_news_means(phrase, expected):
    assert sector(phrase) == expected


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("militiamen", "militiaman"), ("spies", "spy"), ("children", "child"), ("wives", "wife"), ("buses", "bus"),
        ("heads of state", "head of state"), ("members of parliament", "member of parliament"), ("thieves", "thief"),
        ("chiefs of staff", "chief of staff"), ("churches", "church"), ("policewomen", "policewoman"),
    ],
)  # fmt: skip
def test_plurals_lead_to_their_singular_and_say_so(plural, singular):
    found = role_nouns.load().sector(plural)
    assert (found.phrase, found.plural) == (singular, True)
    assert not role_nouns.load().sector(singular).plural


def test_the_last_words_of_a_longer_phrase_name_the_role():
    assert role_nouns.load().sector("senior Iraqi army officers").phrase == "army officer"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("militia base", "PRM"), ("rebel group leader", "REB"), ("security council members", "UNO"),
        ("embassy staff", "GOV"), ("village leader", "GOV"), ("rights group spokesman", "NGO"), ("leader", "GOV"),
        ("police helicopter", "COP"), ("company employees", "BUS"), ("UN vehicle", "UNO"),
    ],
)  # fmt: skip
def test_a_generic_noun_takes_the_sector_of_the_role_before_it(phrase, expected):
    assert sector(phrase) == expected


@pytest.mark.parametrize("phrase", ["former finance minister", "ex-president", "ousted Malian president"])
def test_who_held_an_office_once_is_a_former_official(phrase):
    assert sector(phrase) == "ELI"


def test_a_former_rebel_leader_is_still_a_rebel_and_a_former_embassy_still_a_government_s():
    assert sector("former rebel leader") == "REB"
    assert sector("former embassy") == "GOV"


def test_curly_apostrophes_and_hyphens_do_not_matter():
    assert sector("prosecutor’s office") == "JUD"
    assert sector("rebel-held area") == "REB"


@pytest.mark.parametrize("phrase", ["table", "ceasefire", "agreement", "uprising", "rocket", "Tuesday"])
def test_acts_things_and_days_are_no_roles(phrase):
    assert sector(phrase) is None


@pytest.mark.parametrize(
    "phrase",
    ["official", "source", "witness", "resident", "diplomat", "spokesman", "analyst", "expert", "aide", "survivor"],
)
def test_whom_reports_cite_without_a_name_is_marked(phrase):
    assert role_nouns.load().sector(phrase).anonymous_source


def test_people_bodies_and_things_are_told_apart():
    nouns = role_nouns.load()
    assert nouns.sector("soldier").person
    assert nouns.sector("army").collective
    assert nouns.sector("warplane").asset


def test_the_table_is_large_and_uses_plover_s_sectors_only():
    nouns = role_nouns.load().nouns
    assert len(nouns) > 2000
    assert {n.sector for n in nouns.values()} - PLOVER <= {None}
    assert all(phrase == phrase.lower() == phrase.strip() for phrase in nouns)


def test_every_noun_stands_in_one_row_only():
    from reportedly.knowledge import DATA, read_table

    rows = [r for r in read_table(DATA / "role_nouns.tsv") if not {"before", "past"} & set(r["flags"].split())]
    phrases = [p for row in rows for p in row["nouns"].split("|")]
    assert sorted(p for p in set(phrases) if phrases.count(p) > 1) == []


def test_loading_takes_a_blink():
    role_nouns.load.cache_clear()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        role_nouns.load()
        times.append(time.perf_counter() - start)
        role_nouns.load.cache_clear()
    assert min(times) < 0.03
