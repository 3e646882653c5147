"""What is put into a store comes out of it, on both databases."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from reportedly.errors import NotStored, StoreFailed
from reportedly.records import Actor, CopyLink, Event, EventField, FieldValue, MergeDecision, RootSource, Toponym
from reportedly.store import Judgement, open_store
from reportedly.store.documents import from_json, to_json
from reportedly.store.events import replace_events
from reportedly.store.filters import EventFilter
from reportedly.store.migrations import prepare
from reportedly.store.reading import claims_by_id, copies_among, decisions_about, find_claims, find_events
from reportedly.store.remembered import Remembered, remember_reports
from reportedly.store.schema import MERGING, SCHEMA
from reportedly.store.schema_desk import EVERY_TABLE

CODER = "reportedly test"


def event_of(id="e1", claims=("a-0", "b-0"), status="single-source", place="Kadugli"):
    return Event(
        id=id,
        event="ASSAULT",
        modes=("heavy-weapons",),
        status=status,
        fields=(
            EventField("actor", "Rebels", False, (FieldValue("Rebels", claims),)),
            EventField("place", place, False, (FieldValue(place, claims),)),
            EventField("killed", "3", True, (FieldValue("3", claims[:1]), FieldValue("5", claims[1:])), 3.0, 5.0),
        ),
        sources=(RootSource("named:the army", "the army", "named", True, False, claims, ("a", "b")),),
        claims=claims,
        superseded=(),
        reports=("a", "b"),
        publishers=("Nile Post",),
        texts=2,
        first="2024-05-06",
        last="2024-05-06",
        because_of=(),
        decisions=(MergeDecision("a-0", "b-0", True, 1.5, ("same_type 1: +1.5",)),),
        actor=Actor("rebels", "Rebels", "SDN", "REB", "group"),
        where=Toponym(26, 33, place, place, "SDN", 11.01, 29.72, "city", radius_km=5.0),
        country="SDN",
    )


def write_events(store, *events, gone=()):
    with store.writing() as connection:
        replace_events(connection, {event.id: event for event in events} | dict.fromkeys(gone), CODER)


def remember_copy(store, link):
    with store.writing() as connection:
        kept = {link.report: Remembered(9, "[]", link.of, "Nile Post", link)}
        remember_reports(connection, {link.report: 1}, kept, CODER)


def everything(store):
    """All rows of all tables."""
    with store.reading() as connection:
        return {
            t.name: [tuple(row) for row in connection.execute(t.select().order_by(*t.primary_key.columns))]
            for t in EVERY_TABLE.sorted_tables
        }


def test_a_claim_comes_back_as_it_was_coded(store, incoming):
    given = incoming("a", claims=2)
    assert store.add([given], CODER) == ["stored"]
    with store.reading() as connection:
        (back,) = store.coded_reports(connection)
    assert back.report == given.coded.report
    assert back.claims == given.coded.claims


def test_a_document_keeps_every_field_of_a_claim(incoming):
    claim = incoming("a").coded.claims[0]
    assert from_json(type(claim), to_json(claim)) == claim
    event = event_of()
    assert from_json(Event, to_json(event)) == event


def test_storing_the_same_report_twice_changes_no_row(store, incoming):
    store.add([incoming("a"), incoming("b")], CODER)
    before = everything(store)
    assert store.add([incoming("a"), incoming("b")], CODER) == ["known", "known"]
    assert everything(store) == before


def test_the_same_bytes_given_the_same_are_the_same_report_under_any_id(store, incoming):
    store.add([incoming("a", content="x")], CODER)
    assert store.add([incoming("b", content="x")], CODER) == ["known"]


def test_an_id_that_another_report_has_is_taken(store, incoming):
    store.add([incoming("a", content="x")], CODER)
    assert store.add([incoming("a", content="y")], CODER) == ["taken"]
    assert store.count()["reports"] == 1


def test_text_that_no_database_takes_is_stored_without_moving_offsets(store, incoming):
    given = incoming("a")
    odd = replace(given.coded.report, text="a\0b\ud800c", title="\0")
    store.add([replace(given, coded=replace(given.coded, report=odd, claims=()))], CODER)
    (page,) = store.all_reports()
    assert len(page[0].text) == 5


def test_events_come_back_with_places_and_countries_of_their_best_values(store, incoming):
    store.add([incoming("a"), incoming("b")], CODER)
    write_events(store, event_of())
    remember_copy(store, CopyLink("b", "a", "reprint", 0.98, ("98 %",)))
    (found,) = find_events(store)
    assert found.event == event_of()
    assert (found.actor_country, found.country, found.lat) == ("SDN", "SDN", 11.01)
    assert decisions_about(store, "b-0") == list(event_of().decisions)
    assert copies_among(store, ["a", "b"])["b"].of == "a"
    assert {one.claim.id: one.events for one in find_claims(store)} == {"a-0": ("e1",), "b-0": ("e1",)}


def test_merging_again_leaves_rows_alone_and_removes_what_is_gone(store, incoming):
    store.add([incoming("a"), incoming("b")], CODER)
    write_events(store, event_of(), event_of("e2"))
    before = everything(store)
    write_events(store, event_of(), event_of("e2"))
    assert everything(store) == before
    write_events(store, event_of(status="denied"), gone=["e2"])
    assert [(one.event.id, one.event.status) for one in find_events(store)] == [("e1", "denied")]
    assert {row[0] for row in everything(store)["event_claims"]} == {"e1"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EventFilter(), True),
        (EventFilter(since="2024-05-06", until="2024-05-06"), True),
        (EventFilter(since="2024-05-07"), False),
        (EventFilter(until="2024-05-05"), False),
        (EventFilter(country="SDN", type="ASSAULT", status="single-source"), True),
        (EventFilter(country="TCD"), False),
        (EventFilter(status="disputed"), False),
    ],
)
def test_events_are_found_by_day_country_type_and_status(tmp_path, incoming, wanted, found):
    store = open_store(tmp_path / "s.db", create=True)
    store.add([incoming("a"), incoming("b")], CODER)
    write_events(store, event_of())
    assert bool(list(find_events(store, wanted))) is found


def test_recoding_replaces_claims_and_keeps_judgements(store, incoming):
    given = incoming("a")
    store.add([given], CODER)
    trigger = given.coded.claims[0].trigger
    anchor = {"report": "a", "event": "ASSAULT", "start": trigger.start, "end": trigger.end}
    store.judge(Judgement("claim", "a-0", "confirm", "Ann", anchor=anchor), CODER)
    renewed = replace(given.coded, claims=(replace(given.coded.claims[0], id="new", coder="reportedly 9"),))
    store.recode([renewed], "reportedly 9")
    assert [j.verdict for j in claims_by_id(store, ["new"])["new"].judgements] == ["confirm"]
    assert list(store.outdated("reportedly 9")) == []
    assert [row[-1] for row in everything(store)["claims"]] == ["reportedly 9"]


@pytest.mark.parametrize("change", ["UPDATE judgements SET verdict = 'reject'", "DELETE FROM judgements"])
def test_no_judgement_can_be_changed(store, incoming, change):
    store.add([incoming("a")], CODER)
    store.judge(Judgement("claim", "a-0", "confirm", "Ann", anchor={"report": "a"}), CODER)
    with pytest.raises(DBAPIError, match="never changed"), store._engine.begin() as connection:
        connection.execute(text(change))
    assert [j.verdict for j in store.judgements()] == ["confirm"]


def test_every_row_says_which_version_wrote_it():
    with_version = {t.name for t in EVERY_TABLE.sorted_tables if "coder" in t.c}
    parts = {"links", "claim_parties", "event_claims", "merge_decisions", "event_countries", "event_tellers"}
    not_coded = {"meta", "tellers", "accounts", "sessions", "saved_searches"}
    remade = {table.name for table in MERGING}  # at once, when another version merges
    assert with_version | parts | not_coded | remade == {t.name for t in EVERY_TABLE.sorted_tables}


def test_what_is_not_there_is_named(store):
    with pytest.raises(NotStored, match="no event, claim or report xyz"):
        store.kind_of("xyz")


# --- migrations ------------------------------------------------------------------------------------------------------


def test_an_older_store_is_brought_up_to_date_once(store, incoming):
    store.add([incoming("a")], CODER)
    calls = []

    def add_column(connection):
        calls.append(1)
        connection.exec_driver_sql("ALTER TABLE reports ADD COLUMN extra TEXT")

    for _ in range(2):
        prepare(store._engine, create=False, steps={SCHEMA + 1: add_column}, schema=SCHEMA + 1)
    assert calls == [1]
    assert "extra" in {column["name"] for column in inspect(store._engine).get_columns("reports")}
    assert store.count()["reports"] == 1


def test_a_step_that_fails_leaves_the_store_as_it_was(store):
    def fail(connection):
        connection.exec_driver_sql("ALTER TABLE reports ADD COLUMN extra TEXT")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        prepare(store._engine, create=False, steps={SCHEMA + 1: fail}, schema=SCHEMA + 1)
    assert "extra" not in {column["name"] for column in inspect(store._engine).get_columns("reports")}


def test_a_store_of_a_newer_version_is_refused(store, address):
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE meta SET value = 999 WHERE key = 'schema'"))
    with pytest.raises(StoreFailed, match="newer version") as refusal:
        open_store(address)
    assert "upgrade" in refusal.value.hint


def test_a_store_that_is_not_there_is_not_made_by_reading(tmp_path):
    with pytest.raises(StoreFailed, match="there is no store"):
        open_store(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_another_programs_database_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = (tmp_path / "other.db").read_bytes()
    with pytest.raises(StoreFailed, match="another program"):
        open_store(tmp_path / "other.db", create=True)
    assert (tmp_path / "other.db").read_bytes() == before


def test_an_empty_file_is_no_store_and_stays_empty(tmp_path):
    (tmp_path / "log.txt").touch()
    with pytest.raises(StoreFailed, match="there is no store"):
        open_store(tmp_path / "log.txt")
    assert (tmp_path / "log.txt").read_bytes() == b""


def test_a_store_in_a_file_lets_readers_and_a_writer_work_side_by_side(tmp_path):
    open_store(tmp_path / "s.db", create=True)
    with sqlite3.connect(tmp_path / "s.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
