"""Kills `reportedly ingest` with SIGKILL again and again, and looks whether anything is lost, torn or different.

    python scripts/kill_test.py --kills 50

Each round: start ingesting, kill at a random moment, check that every acknowledged report is there with all its claims
and that the file is sound; go on with the same store until it is complete; then its export must be the same, byte by
byte, as that of a run that nobody disturbed. Exits with 1 if not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from itertools import zip_longest
from pathlib import Path

COMMAND = (sys.executable, "-m", "reportedly.cli")
PLACES = ("Kadugli", "Goma", "Taiz", "Aleppo", "Kharkiv", "Maiduguri", "Mosul", "Benghazi")
DOERS = ("Rebels", "Government troops", "Gunmen", "Police", "Protesters", "Militants")
ACTS = ("shelled the port of {}", "attacked a market in {}", "arrested two men in {}", "withdrew from {}")


def write_batch(path: Path, reports: int, seed: int = 1) -> None:
    """A batch of tiny invented reports, many of which tell the same acts."""
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        for number in range(reports):
            act = f"{dice.choice(DOERS)} {dice.choice(ACTS).format(dice.choice(PLACES))}"
            text = f"{act} on Monday, the army said. The governor of the town condemned the attack on Tuesday."
            day = f"2024-05-{dice.randrange(7, 28):02d}"
            record = {"id": f"r{number:05d}", "text": text, "published": day, "publisher": f"Paper {number % 40}"}
            file.write(json.dumps(record) + "\n")


def run(*arguments: object) -> bytes:
    """The standard output of a command that must succeed."""
    return subprocess.run([*COMMAND, *map(str, arguments)], check=True, capture_output=True).stdout


def exported(store: str) -> bytes:
    """Claims and events as JSONL."""
    return run("export", "--store", store, "--what", "claims") + run("export", "--store", store, "--what", "events")


def ingest_and_kill(batch: Path, store: str, acknowledged: set[str], dice: random.Random, left: int) -> bool:
    """Kill an ingesting process after some acknowledgements and a moment more; true if it had ended by then."""
    process = subprocess.Popen(
        [*COMMAND, "ingest", str(batch), "--store", store, "--ids"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    wanted = dice.randrange(0, left + 60)
    seen: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        if line.endswith("\n"):  # a torn line acknowledges nothing
            seen.append(line.strip())
        if len(seen) >= wanted:
            break
    time.sleep(dice.random() * 0.4)
    ended = process.poll() is not None
    if not ended:
        os.killpg(process.pid, signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    seen += [line for line in rest.splitlines(keepends=False) if line and rest.endswith("\n")]
    acknowledged.update(seen)
    return ended


def check(store: Path, acknowledged: set[str], claims: dict[str, int]) -> list[str]:
    """What is wrong with a store: unsound, a report lost, a report without some of its claims."""
    if not store.exists():
        return ["the file is gone"] if acknowledged else []
    with sqlite3.connect(store) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall()
        if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'claims'").fetchone() == (0,):
            return [f"lost {len(acknowledged)} reports"] if acknowledged else []
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        stored = dict(
            connection.execute(
                "SELECT r.id, count(c.id) FROM reports r LEFT JOIN claims c ON c.report_id = r.id GROUP BY r.id"
            ).fetchall()
        )
    connection.close()
    wrong = [] if sound == [("ok",)] else [f"unsound: {sound[:3]}"]
    wrong += [f"dangling rows: {broken[:3]}"] if broken else []
    wrong += [f"lost: {id}" for id in sorted(acknowledged - stored.keys())]
    return wrong + [f"torn: {id}" for id, count in sorted(stored.items()) if count != claims[id]]


def kill_often(kills: int, reports: int, seed: int, folder: Path) -> dict[str, int]:
    """Kill that many times, starting over whenever a store is complete. Raises AssertionError with what went wrong."""
    dice, batch = random.Random(seed), folder / "batch.jsonl"
    write_batch(batch, reports)
    reference = folder / "undisturbed.db"
    run("ingest", batch, "--store", reference)
    expected = exported(str(reference))
    with sqlite3.connect(reference) as connection:
        claims = dict(
            connection.execute(
                "SELECT r.id, count(c.id) FROM reports r LEFT JOIN claims c ON c.report_id = r.id GROUP BY r.id"
            ).fetchall()
        )
    connection.close()
    done = {"kills": 0, "stores": 0, "resumed": 0, "acknowledged": 0}
    while done["kills"] < kills:
        store, acknowledged = folder / f"killed-{done['stores']}.db", set[str]()
        ended = False
        while not ended and done["kills"] < kills:
            ended = ingest_and_kill(batch, str(store), acknowledged, dice, reports - len(acknowledged))
            done["kills"] += not ended
            wrong = check(store, acknowledged, claims)
            assert not wrong, wrong
        run("ingest", batch, "--store", store)
        assert (got := exported(str(store))) == expected, f"the resumed run differs: {_difference(got, expected)}"
        wrong = check(store, set(claims), claims)
        assert not wrong, wrong
        done["stores"] += 1
        done["acknowledged"] += len(acknowledged)
    return done


def _difference(got: bytes, expected: bytes) -> str:
    """The first line that differs."""
    lines = zip_longest(got.decode().splitlines(), expected.decode().splitlines(), fillvalue="nothing")
    return next(f"{a[:600]} INSTEAD OF {b[:600]}" for a, b in lines if a != b)


def main() -> int:
    """Run it and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = kill_often(given.kills, given.reports, given.seed, Path(folder))
        except AssertionError as error:
            print(f"failed: {error}")
            return 1
    print(f"{done['kills']} kills over {done['stores']} stores: nothing lost, nothing torn, the same exports")
    return 0


if __name__ == "__main__":
    sys.exit(main())
