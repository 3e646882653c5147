"""Publishers are found by name, alias and domain; names that are ordinary words or places are not spotted in text."""

from __future__ import annotations

from collections import Counter

import pytest

from reportedly.resolve.actor_files import read_countries, read_groups, read_publishers
from reportedly.resolve.actor_table import ActorTable

KINDS = {"agency", "newspaper", "broadcaster", "magazine", "website", "state_media"}


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return ActorTable.load()


@pytest.fixture(scope="module")
def rows():
    return list(read_publishers())


def spotted(table: ActorTable, text: str) -> list[str]:
    words = text.split()
    return [
        " ".join(words[s.first : s.last]) for s in table.spotter.spot(words) if ("publisher" in {w for _, w in s.found})
    ]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("AP", "Associated Press"), ("The Associated Press", "Associated Press"), ("AFP", "Agence France-Presse"),
        ("Reuters news agency", "Reuters"), ("ITAR-TASS", "TASS"), ("Sana", "SANA"),
        ("KCNA", "Korean Central News Agency"),
        ("https://www.bbc.co.uk/news/world-1", "BBC"), ("BBC Online", "BBC"), ("nytimes.com", "New York Times"),
        ("english.aljazeera.net", "Al Jazeera"), ("Ha'aretz", "Haaretz"), ("Guardian", "The Guardian"),
        ("the Times", "The Times"), ("Fars", "Fars News Agency"), ("El Pais", "El País"), ("Dawn", "Dawn"),
        ("RFE/RL", "Radio Free Europe/Radio Liberty"), ("Anatolia news agency", "Anadolu"),
        ("MENA", "Middle East News Agency"),
    ],
)  # fmt: skip
def test_a_publisher_is_found_by_name_alias_or_address(table, asked, name):
    found = table.publisher(asked)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("asked", "party"),
    [
        ("Xinhua", "state:CHN"), ("TASS", "state:RUS"), ("Press TV", "state:IRN"), ("Al-Manar", "hezbollah"),
        ("Amaq", "islamic-state"), ("Reuters", None), ("BBC", None), ("Kyodo", None),
    ],
)  # fmt: skip
def test_whose_voice_a_publisher_is(table, asked, party):
    assert table.publisher(asked).party_to == party


@pytest.mark.parametrize(
    "text",
    [
        "state news agency SANA said", "The New York Times reported Monday",
        "Israel 's Haaretz newspaper said", "the Dawn newspaper quoted police", "Milenio counted 40 deaths",
        "Hezbollah 's Al Manar television said", "the Guardian newspaper reported",
    ],
)  # fmt: skip
def test_publishers_are_spotted_in_text(table, text):
    assert spotted(table, text)


@pytest.mark.parametrize(
    "text",
    [
        "Dawn broke over Kabul", "Time is running out", "police in Fars province", "across the MENA region",
        "The Independent Electoral Commission said", "Sabah state in Malaysia", "The Sun rose over Gaza",
        "The Nation mourned its dead", "at The Times they lived", "the Standard Bank", "Leadership talks failed",
        "The Mirror broke", "The Herald of peace", "the port of Petra", "The Post office in Kano",
    ],
)  # fmt: skip
def test_ordinary_words_and_places_are_no_publishers(table, text):
    assert spotted(table, text) == []


def test_the_table_is_large_and_well_formed(rows):
    countries = {c.iso3 for c in read_countries()} | {"XKX", "PRI", "HKG", "VAT", "ESH", "PSE", "TWN"}
    assert len(rows) > 700
    for publisher, _, domains in rows:
        assert publisher.kind in KINDS, publisher
        assert publisher.country is None or publisher.country in countries, publisher
        assert all(d == d.lower() and "." in d and "/" not in d and not d.startswith("www.") for d in domains), (
            publisher
        )


def test_a_party_is_a_state_or_a_group_that_is_known(rows):
    from reportedly.knowledge import DATA

    known = {f"state:{c.iso3}" for c in read_countries()} | {e.id for e in read_groups(DATA / "armed_groups.tsv")}
    assert [p.name for p, _, _ in rows if p.party_to and p.party_to not in known] == []


def test_state_media_say_whose_they_are(rows):
    assert [p.name for p, _, _ in rows if p.kind == "state_media" and not p.party_to] == []


def test_no_id_domain_or_spotted_name_belongs_to_two(rows):
    ids = Counter(p.id for p, _, _ in rows)
    domains = Counter(d for _, _, ds in rows for d in ds)
    names = Counter(
        n for p, aliases, _ in rows for n in {a.lower() for a in (p.name, *aliases)} if not n.startswith("=")
    )
    assert [n for counts in (ids, domains, names) for n, times in counts.items() if times > 1] == []
