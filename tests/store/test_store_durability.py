"""Nothing that was reported as stored is lost, nothing half-written is seen, and the message says what to do."""

from __future__ import annotations

import importlib.util
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import event

from reportedly.errors import StoreFailed
from reportedly.store import open_store

CODER = "reportedly test"
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "reportedly.cli"]


def ids_in(store) -> list[str]:
    return [report.id for page in store.all_reports() for report in page]


def is_sound(path) -> bool:
    with sqlite3.connect(path) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return sound


def test_two_writers_at_once_store_everything_once(store, address, incoming):
    names = [f"r{number:03d}" for number in range(60)]

    def write(order):
        mine = open_store(address)
        for at in range(0, len(order), 6):
            mine.add([incoming(name) for name in order[at : at + 6]], CODER)
        mine.close()

    writers = [threading.Thread(target=write, args=(order,)) for order in (names, names[::-1])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert ids_in(store) == names
    assert store.count()["claims"] == 60


def test_two_processes_may_make_the_same_store_at_once(address):
    script = f"from reportedly.store import open_store; open_store({address!r}, create=True)"
    makers = [subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(maker.communicate()[1], maker.returncode) for maker in makers] == [(b"", 0)] * 4


def test_a_reader_sees_one_state_while_another_process_writes(store, address, incoming):
    store.add([incoming("a")], CODER)
    other = open_store(address)
    with store.reading() as connection:
        before = [coded.report.id for coded in store.coded_reports(connection)]
        other.add([incoming("b")], CODER)
        assert [coded.report.id for coded in store.coded_reports(connection)] == before
    assert ids_in(store) == ["a", "b"]
    other.close()


def test_a_transaction_that_fails_half_way_leaves_nothing(store, incoming):
    broken = incoming("b", claims=2)
    twice = broken.coded.claims[:1] * 2  # the second row breaks the primary key
    object.__setattr__(broken.coded, "claims", twice)
    with pytest.raises(StoreFailed):
        store.add([incoming("a"), broken], CODER)
    assert ids_in(store) == []
    assert store.add([incoming("a")], CODER) == ["stored"]


# --- full disks and damaged files ------------------------------------------------------------------------------------


def test_a_full_disk_is_named_and_loses_nothing(tmp_path, incoming):
    path = tmp_path / "s.db"
    store = open_store(path, create=True)
    store.add([incoming("a")], CODER)
    with sqlite3.connect(path) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    store.close()
    # max_page_count gives SQLITE_FULL as a full disk does, without needing a disk
    event.listen(store._engine, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(StoreFailed, match="the disk is full") as trouble:
        store.add([incoming(f"b{number}", claims=20) for number in range(50)], CODER)
    assert "run the same command again" in trouble.value.hint
    assert ids_in(open_store(path)) == ["a"]
    assert is_sound(path)


@pytest.mark.slow
def test_a_file_that_must_not_grow_is_named_and_the_run_can_be_resumed(tmp_path):
    batch, store = tmp_path / "batch.jsonl", tmp_path / "s.db"
    kill_test().write_batch(batch, 120)
    open_store(tmp_path / "empty.db", create=True).close()
    limit = (tmp_path / "empty.db").stat().st_size + 250_000  # bytes: enough for the tables and some batches

    def hold_down():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    arguments = [*COMMAND, "ingest", str(batch), "--store", str(store), "--ids"]
    run = subprocess.run(arguments, capture_output=True, text=True, check=False, preexec_fn=hold_down)
    assert run.returncode == 6
    assert "cannot be read or written" in run.stderr or "disk is full" in run.stderr
    assert "Traceback" not in run.stderr
    acknowledged = run.stdout.split()
    assert set(acknowledged) <= set(ids_in(open_store(store)))
    assert is_sound(store)
    again = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert not set(acknowledged) & set(again.stdout.split())
    assert len(ids_in(open_store(store))) == 120


def test_what_is_no_database_is_named(tmp_path):
    path = tmp_path / "s.db"
    path.write_bytes(b"this is a diary, not a database\n" * 100)
    with pytest.raises(StoreFailed, match="no store, or a badly damaged one"):
        open_store(path, create=True)
    assert path.read_bytes().startswith(b"this is a diary")


def test_a_damaged_file_is_named_with_a_way_out(tmp_path, incoming):
    path = tmp_path / "s.db"
    store = open_store(path, create=True)
    store.add([incoming(f"r{number}", claims=5) for number in range(200)], CODER)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 4 : len(content) // 2] = os.urandom(len(content) // 2 - len(content) // 4)
    path.write_bytes(content)
    with pytest.raises(StoreFailed, match="damaged") as trouble:
        ids_in(open_store(path))
        store.count()
        with store.reading() as connection:
            list(store.coded_reports(connection))
    assert ".recover" in trouble.value.hint


@pytest.mark.parametrize(("where", "message"), [("none/s.db", "cannot be opened"), ("", "cannot be opened")])
def test_a_place_that_cannot_be_written_is_named(tmp_path, where, message):
    with pytest.raises(StoreFailed, match=message):
        open_store(tmp_path / where, create=True)


# --- servers ---------------------------------------------------------------------------------------------------------


def test_a_connection_that_is_lost_is_named_and_nothing_is_half_written(server, incoming):
    from sqlalchemy import text

    store, other = open_store(server.address(), create=True), None
    store.add([incoming("a")], CODER)
    other = open_store(store._engine.url.render_as_string(hide_password=False))
    with pytest.raises(StoreFailed, match="the connection was lost") as trouble, store.writing() as connection:
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with other._engine.begin() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        connection.execute(text("UPDATE reports SET title = 'half'"))
    assert "run the same command again" in trouble.value.hint
    assert store.add([incoming("b")], CODER) == ["stored"]  # it connects again by itself
    assert ids_in(store) == ["a", "b"]


def test_a_server_that_crashes_loses_nothing(server, incoming):
    store = open_store(server.address(), create=True)
    store.add([incoming("a")], CODER)
    server.stop()  # at once, without a checkpoint
    try:
        with pytest.raises(StoreFailed, match="connection") as trouble:
            store.add([incoming("b")], CODER)
        assert "server" in trouble.value.hint
    finally:
        server.start()
    assert ids_in(store) == ["a"]
    assert store.add([incoming("b")], CODER) == ["stored"]


def test_a_server_that_is_not_there_is_named_without_the_password():
    pytest.importorskip("psycopg")
    with pytest.raises(StoreFailed, match="no connection") as trouble:
        open_store("postgresql://ann:secret@127.0.0.1:1/none")
    assert "secret" not in str(trouble.value)


def test_a_server_of_another_kind_is_refused():
    with pytest.raises(StoreFailed, match="cannot be kept in mysql"):
        open_store("mysql://ann@localhost/none")


# --- kill -9 ---------------------------------------------------------------------------------------------------------


def kill_test():
    spec = importlib.util.spec_from_file_location("kill_test", ROOT / "scripts/kill_test.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


@pytest.mark.slow
def test_a_killed_run_loses_nothing_and_ends_in_the_same_bytes(tmp_path):
    done = kill_test().kill_often(kills=5, reports=150, seed=3, folder=tmp_path)
    assert done["kills"] == 5
