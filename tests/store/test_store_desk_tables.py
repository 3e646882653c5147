"""What is kept beside reports, claims and events for those who look things up: who tells them, words, numbers."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select, text

from reportedly.archive import merge_store
from reportedly.store import open_store
from reportedly.store.migrations import prepare
from reportedly.store.schema import MERGING, claims, event_tellers, events, reports, tellers
from reportedly.store.schema_desk import EVERY_TABLE
from reportedly.store.telling import COUNTS, in_utc
from reportedly.store.words import has_words, match_of

CODER = "reportedly test"


def everything(store):
    """All rows but the times that they were written at."""
    times = {"made_at", "changed_at", "stored_at"}
    with store.reading() as connection:
        return {
            table.name: sorted(
                str({name: value for name, value in row.items() if name not in times})
                for row in connection.execute(select(table)).mappings()
            )
            for table in EVERY_TABLE.sorted_tables
        }


def found(store, what, words):
    table = reports if what == "reports" else claims
    with store.reading() as connection:
        condition = has_words(what, words, connection.dialect.name)
        return list(connection.execute(select(table.c.id).where(condition).order_by(table.c.id)).scalars())


def test_sums_of_tellers_are_those_of_their_rows_after_every_change(store, incoming):
    store.add([incoming("a"), incoming("b", published="2024-05-08")], CODER)
    merge_store(store)
    store.recode([incoming("a", claims=0).coded], CODER)
    merge_store(store)
    with store.reading() as connection:
        summed = {}
        for row in connection.execute(select(event_tellers)):
            kept = summed.setdefault((row.kind, row.key), dict.fromkeys(("events", *COUNTS), 0))
            kept["events"] += 1
            for name in COUNTS:
                kept[name] += getattr(row, name)
        stored = {
            (row.kind, row.key): {name: getattr(row, name) for name in ("events", *COUNTS)}
            for row in connection.execute(select(tellers))
        }
    assert stored == summed


def test_reports_and_claims_are_found_by_words_in_any_inflection(store, incoming):
    store.add([incoming("a"), incoming("b")], CODER)
    assert found(store, "reports", "shelling ports") == ["a", "b"]
    assert found(store, "reports", '"report b"') == ["b"]
    assert found(store, "reports", "shelled -b") == ["a"]
    assert found(store, "claims", "Kadugli rebels") == ["a-0", "b-0"]
    assert found(store, "claims", "nothing") == []


@pytest.mark.parametrize("typed", ["", '"', "-", "a AND", "NEAR(", "title:x", "* ^ : ( )", "'; --", "a\\b", "NOT"])
def test_what_somebody_types_is_never_syntax(store, incoming, typed):
    store.add([incoming("a")], CODER)
    assert isinstance(found(store, "reports", typed), list)


def test_words_of_recoded_claims_are_found_no_more(store, incoming):
    store.add([incoming("a", claims=2)], CODER)
    store.recode([incoming("a", claims=0).coded], CODER)
    assert found(store, "claims", "shelled") == []
    store.add([incoming("b")], CODER)
    assert found(store, "claims", "shelled") == ["b-0"]


def test_a_phrase_is_quoted_word_by_word():
    assert match_of('Red "oil port" -drone title:x') == '"Red" AND "oil port" AND "title x" NOT "drone"'


@pytest.mark.parametrize(
    ("published", "utc"),
    [
        ("2019-05-13T09:15:00+04:00", "2019-05-13T05:15"),
        ("2019-05-13", "2019-05-13"),
        ("2019-05-13T09:15:00", "2019-05-13T09:15"),
        ("2019-05-13 soon", "2019-05-13"),
        (None, None),
    ],
)
def test_times_of_publication_are_compared_in_one_zone(published, utc):
    assert in_utc(published) == utc


def test_an_event_keeps_when_it_was_made_and_says_when_it_changed(store, incoming):
    store.add([incoming("a")], CODER)
    merge_store(store)
    with store.writing() as connection:
        connection.execute(events.update().values(made_at="2000-01-01", changed_at="2000-01-01"))
    merge_store(store, rebuild=True)
    with store.reading() as connection:
        assert connection.execute(select(events.c.changed_at)).scalars().all() == ["2000-01-01"]
    store.add([incoming("b", published="2024-05-08")], CODER)
    merge_store(store)
    with store.reading() as connection:
        row = connection.execute(select(events)).one()
    assert row.made_at == "2000-01-01"
    assert row.changed_at > "2020"
    assert (row.told_first, row.told_last, row.quad) == ("2024-05-07", "2024-05-08", "material conflict")


def test_an_older_store_gets_all_that_a_new_one_has(address, incoming):
    store = open_store(address, create=True)
    store.add([incoming("a"), incoming("b", published="2024-05-08", claims=2)], CODER)
    merge_store(store)
    new = everything(store)
    with store._engine.begin() as connection:
        _make_older(connection)
    prepare(store._engine, create=False)
    assert merge_store(store) > 0  # what merging remembers is made once more
    assert everything(store) == new
    assert found(store, "claims", "Kadugli") == ["a-0", "b-0", "b-1"]
    assert "relations_by_source" in {index["name"] for index in inspect(store._engine).get_indexes("relations")}
    store.close()


def test_a_store_that_does_not_keep_texts_as_they_are_compared_is_merged_anew(address, incoming):
    store = open_store(address, create=True)
    store.add([incoming("a"), incoming("b", published="2024-05-08")], CODER)
    merge_store(store)
    new = everything(store)
    with store._engine.begin() as connection:
        connection.execute(text("ALTER TABLE merged_reports DROP COLUMN size"))
        connection.execute(text("DROP TABLE compared_texts"))
        connection.execute(text("UPDATE meta SET value = 7 WHERE key = 'schema'"))
    prepare(store._engine, create=False)
    assert merge_store(store) > 0
    assert everything(store) == new
    store.close()


def _make_older(connection):
    """The store as version 1 had it."""
    words = ("DROP TABLE report_words", "DROP TABLE claim_words")
    if connection.dialect.name != "sqlite":
        words = ("DROP INDEX reports_by_words", "DROP INDEX claims_by_words")
    tables = ("claim_parties", "event_countries", "event_tellers", "tellers", "accounts", "sessions", "saved_searches")
    indexes = (
        "reports_by_number", "reports_by_publisher", "claims_by_number", "events_by_latest", "events_by_told",
        "events_by_telling", "events_by_change", "events_by_event", "events_by_status", "events_by_actor",
        "events_by_recipient", "events_by_place", "events_by_matter",
        "events_narrow", "links_by_name", "relations_by_source", "relations_by_target",
    )  # fmt: skip
    columns = {
        "reports": ("number",),
        "claims": ("words", "number"),
        "events": ("quad", "score", "told_first", "told_last", "made_at", "changed_at", "matter"),
    }
    for statement in (
        *words,
        "DELETE FROM meta WHERE key IN ('rules', 'leftovers')",
        *(f"DROP TABLE {table.name}" for table in MERGING),
        *(f"DROP TABLE {name}" for name in tables),
        *(f"DROP INDEX IF EXISTS {name}" for name in indexes),
        *(f"ALTER TABLE {table} DROP COLUMN {name}" for table, names in columns.items() for name in names),
        "UPDATE meta SET value = 1 WHERE key = 'schema'",
    ):
        connection.execute(text(statement))
