"""How quickly the desk answers on a large store while reports are being ingested, and with fifty readers at once.

    python scripts/synthetic_store.py --claims 1000000 --store /somewhere/million.db
    python scripts/desk_bench.py --store /somewhere/million.db

Starts the desk and, beside it, an ingest of the sample archive's reports under new names (into the store: use a copy).
Each kind of page is asked for with values that are drawn from the store (seeded), so that few are asked for twice.
Prints milliseconds from request to last byte, the largest answer, and what failed.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, quote_plus

from sqlalchemy import Connection, func, select

from reportedly.samples_archive import samples_folder
from reportedly.store import open_store
from reportedly.store.schema import claims, events, reports

COMMAND = (sys.executable, "-m", "reportedly.cli")
AIM_MS, AIM_BYTES = 300, 400_000
KINDS = (
    "/", "/?country={country}", "/events", "/events?order=told", "/events?type={type}&status={status}",
    "/events?country={country}", "/events?party={actor}", "/events?place={place}", "/events?publisher={publisher}",
    "/events?since={day}&until={day}", "/events?words={word}", "/events/{event}", "/events/{event}/provenance.svg",
    "/reports/{report}", "/claims/{claim}", "/map", "/map?country={country}", "/map?type={type}", "/map?since={day}",
    "/map?party={actor}", "/map.svg", "/map.csv", "/timeline", "/timeline?country={country}",
    "/timeline?actor={actor}", "/timeline?place={place}", "/timeline?type={type}", "/timeline.csv", "/network",
    "/network?country={country}", "/network?since={day}", "/network?party={actor}", "/network.csv", "/review",
    "/review?country={country}", "/review/{event}", "/review/history", "/review/agreement", "/search",
    "/search?words={word}", "/search?words={word}&country={country}", "/actors", "/actors/{actor}", "/places",
    "/places/{place}", "/sources", "/help", "/tour", "/feed.atom", "/feed.atom?type={type}", "/api/openapi.json",
    "/api/v1/events", "/api/v1/events?country={country}", "/api/v1/events/{event}", "/api/v1/events.geojson",
    "/api/v1/claims", "/api/v1/claims/{claim}", "/api/v1/reports", "/api/v1/reports/{report}", "/api/v1/actors",
    "/api/v1/places", "/api/v1/sources",
)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--store", required=True)
    options.add_argument("--rounds", type=int, default=20, help="requests of each kind")
    options.add_argument("--readers", type=int, default=50)
    options.add_argument("--only", default="", help="a regular expression: kinds of pages to ask for")
    options.add_argument("--quiet-store", action="store_true", help="without an ingest beside it")
    given = options.parse_args()
    kinds = [kind for kind in KINDS if re.search(given.only, kind)]
    values = drawn(given.store)
    with serving(given.store) as port, ingesting(None if given.quiet_store else given.store):
        ask = Asker(port)
        kinds = [kind for kind in kinds if ask(filled(kind, values)).status != 404]
        print(f"{'page':<52}{'p50 ms':>8}{'p95 ms':>8}{'kB':>7}  failed", flush=True)
        table = [measured(kind, ask, values, given.rounds) for kind in kinds]
        crowd(port, kinds, values, given.readers)
    print(f"pages over {AIM_MS} ms at p95 or over {AIM_BYTES:,} bytes:", [r.kind for r in table if r.missed] or "none")


class Answer:
    """One answer: status (0 where there was none), milliseconds, bytes."""

    def __init__(self, status: int, ms: float, size: int) -> None:
        self.status, self.ms, self.size = status, ms, size


class Asker:
    """Asks a desk on this machine, on a connection that is kept."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def __call__(self, path: str) -> Answer:
        begun = time.perf_counter()
        try:
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return Answer(0, (time.perf_counter() - begun) * 1000, 0)
        return Answer(answer.status, (time.perf_counter() - begun) * 1000, len(body))


class Row:
    """What was measured of a kind of page."""

    def __init__(self, kind: str, answers: list[Answer]) -> None:
        times = sorted(answer.ms for answer in answers)
        self.kind, self.p50, self.p95 = kind, times[len(times) // 2], times[min(int(len(times) * 0.95), len(times) - 1)]
        self.size = max(answer.size for answer in answers)
        self.failed = sum(not 200 <= answer.status < 400 for answer in answers)

    @property
    def missed(self) -> bool:
        whole = self.kind.partition("?")[0].endswith((".csv", ".geojson"))
        return self.p95 > AIM_MS or (self.size > AIM_BYTES and not whole) or self.failed > 0


def measured(kind: str, ask: Asker, values: Callable[[], dict[str, str]], rounds: int) -> Row:
    row = Row(kind, [ask(filled(kind, values)) for _ in range(rounds)])
    mark = " <" if row.missed else ""
    print(f"{kind:<52}{row.p50:>8.0f}{row.p95:>8.0f}{row.size / 1000:>7.0f}  {row.failed or ''}{mark}", flush=True)
    return row


def crowd(port: int, kinds: list[str], values: Callable[[], dict[str, str]], readers: int) -> None:
    """So many readers, each of whom opens ten pages one after the other."""
    statuses: Counter[int] = Counter()
    times: list[float] = []
    dice = random.Random(3)
    plans = [[filled(dice.choice(kinds), values) for _ in range(10)] for _ in range(readers)]

    def read(plan: list[str]) -> None:
        ask = Asker(port)
        for path in plan:
            answer = ask(path)
            statuses[answer.status] += 1
            times.append(answer.ms)

    begun = time.perf_counter()
    threads = [threading.Thread(target=read, args=(plan,)) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(times) / (time.perf_counter() - begun)
    p95 = sorted(times)[int(len(times) * 0.95)]
    print(f"{readers} readers: answers by status {dict(statuses)}, {rate:.0f} a second, p95 {p95:.0f} ms")


# --- what is asked for -----------------------------------------------------------------------------------------------


def drawn(where: str) -> Callable[[], dict[str, str]]:
    """Gives values for the gaps in addresses, other ones each time, drawn from the store."""
    dice, pools = random.Random(1), defaultdict(list)
    store = open_store(where)
    with store.reading() as connection:
        for _ in range(300):
            for name, column in (("event", events.c.id), ("claim", claims.c.id)):
                pools[name].append(_near(connection, column, f"{dice.randrange(16**6):06x}"))
        days = connection.execute(select(func.min(events.c.date_to), func.max(events.c.date_to))).one()
        for id in pools["event"]:
            row = connection.execute(select(events).where(events.c.id == id)).one()
            for name in ("actor", "place", "country", "status"):
                pools[name] += [getattr(row, name)] if getattr(row, name) else []
            pools["type"].append(row.event)
            pools["day"] += [row.date_to] if row.date_to else [days[1]]
        for id in pools["claim"]:
            report = connection.execute(select(claims.c.report_id).where(claims.c.id == id)).scalar_one()
            row = connection.execute(
                select(reports.c.id, reports.c.publisher, reports.c.body).where(reports.c.id == report)
            ).one()
            pools["report"].append(row.id)
            pools["publisher"].append(row.publisher)
            pools["word"].append(dice.choice(re.findall(r"\w{4,}", row.body)))
    store.close()
    known = {name: [value for value in pool if value] for name, pool in pools.items()}
    return lambda: {name: dice.choice(pool) for name, pool in known.items()}


def _near(connection: Connection, column: object, key: str) -> str:
    found = connection.execute(select(column).where(column >= key).order_by(column).limit(1)).scalar()
    return found or connection.execute(select(column).order_by(column).limit(1)).scalar_one()


def filled(kind: str, values: Callable[[], dict[str, str]]) -> str:
    path, _, query = kind.partition("?")
    mine = values()
    path = path.format(**{name: quote(value) for name, value in mine.items()})
    return path + ("?" + query.format(**{name: quote_plus(value) for name, value in mine.items()}) if query else "")


# --- what runs meanwhile ---------------------------------------------------------------------------------------------


@contextmanager
def serving(where: str) -> Iterator[int]:
    process = subprocess.Popen([*COMMAND, "serve", "--store", where, "--port", "0"], stderr=subprocess.PIPE, text=True)
    try:
        line = next(line for line in process.stderr if "http://" in line)
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield int(re.search(r":(\d+)/", line)[1])
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def ingesting(where: str | None) -> Iterator[None]:
    """The sample archive's reports, again and again under new names, until the work is done."""
    if where is None:
        yield
        return
    texts = [path.read_text(encoding="utf-8") for path in sorted(samples_folder().glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(4000):
            text = texts[number % len(texts)] + f"\n\nEdition {number} of {time.time():.0f}.\n"
            (Path(folder) / f"edition-{number:05d}.txt").write_text(text, encoding="utf-8")
        process = subprocess.Popen(
            [*COMMAND, "ingest", folder, "--store", where, "--no-merge"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            time.sleep(15)  # until its language model is loaded and it writes
            yield
            print("the ingest", "was still running at the end" if process.poll() is None else "had ended before")
        finally:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    main()
