"""Stores to test with: SQLite files, and a PostgreSQL server that is started for the tests where it is installed."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reportedly.records import Actor, Claim, CodedReport, Link, Participant, Report, Span, Toponym, When
from reportedly.store import Incoming, open_store
from reportedly.store.rows import Key

CODER = "reportedly test"


def programs() -> Path | None:
    """The newest installed PostgreSQL's programs, as Debian places them, or those on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    here = found[-1] if found else shutil.which("initdb")
    return Path(here).parent if here else None


@dataclass
class Server:
    """A PostgreSQL server of our own, on a free port of the loopback; `address` makes a new, empty database."""

    bin: Path
    folder: Path
    port: int
    databases: int = 0
    user: str | None = field(default_factory=lambda: "postgres" if os.geteuid() == 0 else None)

    def call(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        given = {}
        if self.user:  # the server refuses to run as root
            account = pwd.getpwnam(self.user)
            given = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": ()}
        with (self.folder / "calls.log").open("ab") as log:
            subprocess.run(command, check=True, cwd=self.folder, timeout=120, stdin=subprocess.DEVNULL, stdout=log,
                           stderr=log, **given)  # fmt: skip

    def make(self) -> None:
        self.call("initdb", "-D", str(self.folder / "data"), "-U", "reportedly", "-A", "trust", "--no-sync",
                  "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.call(
            "pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "-o", options, "start"
        )

    def stop(self) -> None:
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def address(self) -> str:
        self.databases += 1
        name = f"store{self.databases}"
        self.call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "reportedly", name)
        return f"postgresql://reportedly@127.0.0.1:{self.port}/{name}"


@pytest.fixture(scope="session")
def server():
    pytest.importorskip("psycopg", reason="the driver for PostgreSQL is not installed: pip install '.[postgres]'")
    bin = programs()
    if bin is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="reportedly-pg-", dir="/tmp"))  # short, as a socket's path must be
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Server(bin, folder, port)
    if made.user:
        try:
            shutil.chown(folder, made.user)
        except LookupError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        folder.chmod(0o755)
    try:
        made.make()
        yield made
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):  # a test may have stopped it
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Where a new store can be made: a file, and then a database of a real PostgreSQL server."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return request.getfixturevalue("server").address()


@pytest.fixture
def store(address):
    opened = open_store(address, create=True)
    yield opened
    opened.close()


def claim_of(report: str, text: str, *, event="ASSAULT", place="Kadugli", day="2024-05-06", number=0) -> Claim:
    """A claim that a publisher makes by itself about rebels and a port."""
    start = text.find("shelled")
    return Claim(
        id=f"{report}-{number}",
        report=report,
        event=event,
        modes=("heavy-weapons",),
        contexts=(),
        quad="material conflict",
        score=-9.5,
        actors=(Participant(0, 6, "Rebels", Actor("rebels", "Rebels", "SDN", "REB", "group")),),
        recipients=(Participant(14, 22, "the port", Actor(None, "the port", "SDN", "BUS")),),
        where=Toponym(26, 33, place, place, "SDN", 11.01, 29.72, "city", radius_km=5.0),
        when=When(37, 43, "Monday", day, day, "day"),
        attribution=(Link("publisher", "Nile Post"), Link("named", "the army", 45, 53, "the army", cue="said")),
        aspect="actual",
        polarity="affirmed",
        certainty="certain",
        quote=None,
        quantities=(),
        because_of=(),
        evidence=Span(0, len(text), text),
        trigger=Span(start, start + 7, "shelled"),
        confidence=0.9,
        coder=CODER,
    )


@pytest.fixture
def incoming():
    """A function that makes a coded report as if it had been read and coded."""

    def make(id="a", *, content=None, claims=1, published="2024-05-07", publisher="Nile Post", title=None):
        text = f"Rebels shelled the port of Kadugli on Monday, the army said, in report {id}."
        report = Report(id, text, published=published, publisher=publisher, title=title)
        made = tuple(claim_of(id, text, number=number) for number in range(claims))
        return Incoming(Key(id, content or f"hash of {id}", "[]"), CodedReport(report, made, ()))

    return make
