"""Actors: who is known, by which names, and what they were on a day."""

import csv
import time
from datetime import date
from pathlib import Path

import pytest

from reportedly.errors import KnowledgeBroken
from reportedly.knowledge import DATA
from reportedly.resolve.actor_files import OLD_MEMBERS, PERSON_FILES, offices, read_countries, read_rows
from reportedly.resolve.actor_table import ActorTable
from reportedly.resolve.names import split_name, word_key

PARTLY_RECOGNISED = {"XKX", "TWN", "PSE"}


@pytest.fixture(scope="module")
def table():
    return ActorTable.load()


def named(table, text, on):
    return [(hit.actor.name, hit.actor.country, hit.actor.sector) for hit in table.find(text.split(), on)]


def test_a_person_codes_differently_on_different_days(table):
    assert table.person("Nelson Mandela", date(1988, 5, 1)).sector == "OPP"
    assert table.person("Nelson Mandela", date(1996, 5, 1)).sector == "GOV"
    assert table.person("Nelson Mandela", date(2005, 5, 1)).sector == "ELI"


def test_a_commander_is_found_in_any_transliteration(table):
    for name in ("Qassem Soleimani", "Ghasem Suleimani", "Gen. Kassem Sulaymani"):
        assert table.person(name, date(2018, 1, 1)).id == "qassem-soleimani"


@pytest.mark.parametrize(
    ("name", "day", "country", "status"),
    [
        ("Angela Merkel", date(2004, 1, 1), "DEU", "not_yet"),
        ("Angela Merkel", date(2015, 1, 1), "DEU", "in_office"),
        ("Angela Merkel", date(2023, 1, 1), "DEU", "former"),
        ("Mohammed VI", date(2010, 1, 1), "MAR", "in_office"),
        ("F. W. de Klerk", date(1991, 1, 1), "ZAF", "in_office"),
        ("Norodom Ranariddh", date(1995, 1, 1), "KHM", "in_office"),
        ("Hage Geingob", date(2020, 1, 1), "NAM", "in_office"),
        ("Keith Mitchell", date(2011, 1, 1), "GRD", "former"),
        ("Nobody Atall", date(2011, 1, 1), None, "former"),
    ],
)
def test_who_leads_a_country_depends_on_the_day(table, name, day, country, status):
    assert table.office_status(name, day) == (country, status)


def test_every_sovereign_state_has_leaders():
    led = {row[0] for row in read_rows(DATA / "leaders.tsv", 5) if offices()[row[2]][1]}
    territories = (
        "PRI GRL FRO COK NIU NCL PYF GIB BMU GUM FLK GUF GLP MTQ REU MYT ABW CUW CYM VGB VIR TCA MSR AIA SHN ASM MNP "
        "WLF ESH HKG MAC SMR"
    )
    assert all(c.iso3 in led or c.iso3 in territories for c in read_countries())
    assert led >= PARTLY_RECOGNISED


def test_terms_end_after_they_begin_and_name_known_offices_and_states():
    states = {c.iso3 for c in read_countries()} | {"-"}
    for file in PERSON_FILES:
        for iso3, name, office, first, last in read_rows(DATA / file, 5):
            assert iso3 in states, (file, name)
            assert office in offices(), (file, name, office)
            assert not last or first[: len(last)] <= last[: len(first)], (file, name, first, last)


def test_stored_keys_of_old_members_are_those_of_the_code():
    for _, name, pair, last, _ in read_rows(DATA / OLD_MEMBERS, 5):
        words = [word_key(w) for w in split_name(name).words]
        assert (f"{words[0]} {words[1]}", words[-1]) == (pair, last), "run scripts/build_actor_tables.py again"


def test_names_in_running_text_are_found_with_their_roles(table):
    text = "Iranian general Qasem Soleimani met Nouri al - Maliki and Mr Zarif in Baghdad"
    found = named(table, text, date(2014, 3, 1))
    assert ("Qassem Soleimani", "IRN", "MIL") in found
    assert ("Nouri al-Maliki", "IRQ", "GOV") in found
    assert ("Mohammad Javad Zarif", "IRN", "GOV") in found


def test_a_name_ends_where_it_ends(table):
    hits = [h for h in table.find(["Donald", "Trump", "Says", "Hello"], date(2018, 1, 1)) if h.what == "person"]
    assert [(h.first, h.last) for h in hits] == [(0, 2)]


def test_ordinary_words_and_namesakes_are_not_public_figures(table):
    for text in ("Urban planners met Here and Will sang", "Yesterday Harry and Hassan played", "John and Daniel left"):
        assert not [h for h in table.find(text.split(), date(2016, 1, 1)) if h.what == "person"]


def test_a_king_needs_his_title(table):
    assert ("Salman bin Abdulaziz", "SAU", "GOV") in named(table, "said King Salman of the raid", date(2016, 1, 1))
    assert not named(table, "said Salman", date(2016, 1, 1))


def test_a_family_name_stands_for_the_person_named_before(table):
    found = named(table, "Boris Tarasyuk and Kofi Annan spoke . Annan left", date(2005, 6, 1))
    assert [name for name, *_ in found].count("Kofi Annan") == 2


def test_a_users_file_adds_and_overrides(tmp_path: Path):
    own = tmp_path / "own.tsv"
    own.write_text(
        "id\tname\taliases\tcountry\tsector\twhat\trelations\n"
        "\tRed Sash Brigade\tRSB\tSDN\tREB\tgroup\tpart_of:free-sash-army@2020..2022-06\n"
        "hezbollah\tHezbollah\tHizbullah\tLBN\tPTY\tparty\n",
        encoding="utf-8",
    )
    table = ActorTable.load(own)
    assert table.by_name("RSB").country == "SDN"
    assert table.by_id("red-sash-brigade").ties[0].last == date(2022, 6, 30)
    assert table.by_id("hezbollah").sector == "PTY"


def test_a_broken_file_says_where(tmp_path: Path):
    own = tmp_path / "own.tsv"
    own.write_text("id\tname\n" + "\t".join("12345678") + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeBroken, match=r"own\.tsv:2"):
        ActorTable.load(own)


def test_loading_and_finding_are_quick():
    started = time.process_time()
    table = ActorTable.load()
    assert time.process_time() - started < 1.5  # 0.3 s on an idle laptop core
    sentence = "The army of Sudan said on Monday that General Abdel Fattah al Burhan met rebels near Nyala ."
    text = (sentence + " ") * 35
    tokens = text.split()
    table.find(tokens)
    started = time.process_time()
    for _ in range(20):
        table.find(tokens)
    assert (time.process_time() - started) / 20 < 0.01


def test_tables_are_well_formed():
    for file in PERSON_FILES:
        with (DATA / file).open(encoding="utf-8", newline="") as lines:
            rows = list(
                csv.reader((ln for ln in lines if not ln.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
            )
        assert rows[0] == ["iso3", "name", "office", "from", "to"]
        assert all(3 <= len(row) <= 5 and all(cell == cell.strip() for cell in row) for row in rows[1:])
        assert len({tuple(row) for row in rows}) == len(rows), f"{file} says something twice"


def test_who_leads_a_group_is_known(table):
    ties = [
        (entry.id, tie.other) for entry in list(table._entries.values()) for tie in entry.ties if tie.kind == "led_by"
    ]
    unknown = [pair for pair in ties if table.by_id(pair[1]) is None]
    assert len(unknown) <= 0.02 * len(ties), unknown
