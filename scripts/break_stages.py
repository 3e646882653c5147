"""Break each stage on purpose, and see that the fast suite notices.

    python scripts/break_stages.py            every mutation, one after the other, each until its first failing test
    python scripts/break_stages.py sides      only those whose name contains a word

All of it happens in a temporary copy, so that work on the files goes on. The mutation is patched in by a pytest plugin
(this module) in a process of its own, where the composition looks the function up; the stage's own tests run first.
Tests that fail without any mutation are listed and left out. Prints a table and exits with 1 if a mutation survives.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
LEFT_BEHIND = shutil.ignore_patterns(".*", "*.pyc", "__pycache__", "dist", "build", "demo-output")
CHOSEN = "REPORTEDLY_BREAK"
FAST = ["-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", "-m", "not slow and not browser"]


@dataclass(frozen=True)
class Mutation:
    """What is broken: `target` is "module:name" or "module:Class.name"; `make` turns the right one into the broken."""

    stage: str
    name: str
    target: str
    make: Callable

    def apply(self):
        module, _, path = self.target.partition(":")
        *holders, name = path.split(".")
        owner = importlib.import_module(module)
        for holder in holders:
            owner = getattr(owner, holder)
        setattr(owner, name, self.make(getattr(owner, name)))


def returns(value):
    """A replacement that gives the same whatever it is asked."""
    return lambda original: lambda *args, **kwargs: value


def changes(change):
    """A replacement that gives what the right one gives, changed."""
    return lambda original: lambda *args, **kwargs: change(original(*args, **kwargs))


def first_argument(original):
    """A replacement that gives back what it was given."""
    return lambda first, *args, **kwargs: first


def later(timexes):
    day = timedelta(days=1)
    return tuple(replace(t, first=t.first + day, last=t.last and t.last + day) if t.first else t for t in timexes)


def swapped(sides):
    sides.actors, sides.recipients = sides.recipients, sides.actors
    return sides


def one_on(span):
    return replace(span, start=span.start + 1, end=span.end + 1)


def always_actual(standing):
    return replace(standing, aspect="actual")


def always_affirmed(standing):
    return replace(standing, polarity="affirmed")


def always_certain(standing):
    return replace(standing, certainty="certain")


def undated(report):
    return replace(report, published=None)


def untitled(report):
    return replace(report, title=None)


def abroad(places):
    return tuple(replace(place, country="ATA") for place in places)


def backwards(claims):
    return list(reversed(claims))


MUTATIONS = (
    Mutation("read", "furniture stays in the text", "reportedly.read:drop_furniture", first_argument),
    Mutation("read", "captions stay in the text", "reportedly.read:take_captions", first_argument),
    Mutation("read", "the masthead is not read", "reportedly.read:take_masthead", first_argument),
    Mutation("read", "the dateline is not read", "reportedly.read:take_dateline", first_argument),
    Mutation("read", "what is not English passes", "reportedly.read:require_english", returns(None)),
    Mutation("read", "the day of publication is lost", "reportedly.api:read_report", changes(undated)),
    Mutation("read", "the title is lost", "reportedly.pipeline:read_report", changes(untitled)),
    Mutation("parse", "no quotations are found", "reportedly.parse:find_quotes", returns(())),
    Mutation("resolve", "no actors are found", "reportedly.resolve:find_mentions", returns({})),
    Mutation("resolve", "no pronoun is resolved", "reportedly.resolve.mentions:find_antecedent", returns(None)),
    Mutation("resolve", "no description is resolved", "reportedly.resolve.mentions:find_described", returns(None)),
    Mutation("resolve", "no numbers are read", "reportedly.resolve.mentions:parse_number", returns(None)),
    Mutation("resolve", "no places are found", "reportedly.resolve:find_places", returns(())),
    Mutation("resolve", "places lie elsewhere", "reportedly.resolve:find_places", changes(abroad)),
    Mutation("resolve", "no times are found", "reportedly.resolve:find_timexes", returns(())),
    Mutation("resolve", "times are a day late", "reportedly.resolve:find_timexes", changes(later)),
    Mutation("code", "no light verbs are known", "reportedly.code.acts:light_verb", returns(None)),
    Mutation("code", "who and whom change places", "reportedly.code.roles:RoleFinder.sides_of", changes(swapped)),
    Mutation("code", "no sayings are found", "reportedly.code.claims:find_sayings", returns(())),
    Mutation("code", "no chain is followed", "reportedly.code.claims:chain_of", returns(())),
    Mutation("code", "everything is actual", "reportedly.code.claims:stand", changes(always_actual)),
    Mutation("code", "everything is affirmed", "reportedly.code.claims:stand", changes(always_affirmed)),
    Mutation("code", "everything is certain", "reportedly.code.claims:stand", changes(always_certain)),
    Mutation("code", "acts have no time", "reportedly.code.claims:Circumstances.when", returns(None)),
    Mutation("code", "acts have no place", "reportedly.code.claims:Circumstances.where", returns(None)),
    Mutation("code", "no modes are found", "reportedly.code.details:modes_of", returns(())),
    Mutation("code", "no contexts are found", "reportedly.code.details:contexts_of", returns(())),
    Mutation("code", "no quantities are found", "reportedly.code.details:quantities_of", returns(())),
    Mutation("code", "no quote is given", "reportedly.code.details:quote_of", returns(None)),
    Mutation("code", "evidence lies one character on", "reportedly.code.details:span_of", changes(one_on)),
    Mutation("code", "two tellings are two claims", "reportedly.code.claims:join_tellings", first_argument),
    Mutation("code", "what is asked for is a claim of its own", "reportedly.code.claims:_absorb", first_argument),
    Mutation("code", "plans are no promises", "reportedly.code.claims:_announce", first_argument),
    Mutation("code", "nothing causes anything", "reportedly.code.claims:link_causes", returns(None)),
    Mutation("code", "no relations are found", "reportedly.code.claims:find_relations", returns(())),
    Mutation("code", "claims come in another order", "reportedly.code.claims:_as_claims", changes(backwards)),
    Mutation("code", "every reading is as sure", "reportedly.code.claims:confidence_of", returns(0.5)),
)  # fmt: skip


# --- inside pytest ---------------------------------------------------------------------------------------------------


def pytest_configure(config):
    """Apply the chosen mutation before any test is collected."""
    chosen = os.environ.get(CHOSEN)
    for mutation in MUTATIONS:
        if mutation.name == chosen:
            mutation.apply()


# --- outside ---------------------------------------------------------------------------------------------------------


def run_suite(copy: Path, mutation: str, *options: str) -> tuple[int, list[str], float]:
    """Exit status, the failed tests and the seconds it took."""
    environment = os.environ | {
        CHOSEN: mutation,
        "PYTHONPATH": os.pathsep.join((str(copy / "src"), str(copy / "scripts"))),
        "OMP_NUM_THREADS": "1",
    }
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-p", "break_stages", *FAST, "-rfE", *options]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    failed = [
        line.split(" ", 1)[1].split(" - ")[0] for line in done.stdout.splitlines() if line[:6] in ("FAILED", "ERROR ")
    ]
    return done.returncode, failed, time.monotonic() - began


def main(words: list[str]) -> int:
    """Break, run, tell; 1 if a mutation survives."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ROOT.name
        shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND)
        return _break_all(copy, words)


def _break_all(copy: Path, words: list[str]) -> int:
    _, broken, seconds = run_suite(copy, "")
    print(f"unbroken: {len(broken)} tests fail, {seconds:.0f} s" + "".join(f"\n  left out: {name}" for name in broken))
    ignored = [option for name in broken for option in ("--deselect", name)]
    chosen = [m for m in MUTATIONS if not words or any(w in f"{m.stage} {m.name}" for w in words)]
    survivors = 0
    for mutation in chosen:
        status, failed, seconds = run_suite(copy, mutation.name, "-x", *ignored, f"tests/{mutation.stage}")
        if status == 0:
            status, failed, seconds = run_suite(copy, mutation.name, "-x", *ignored)
        survivors += status == 0
        noticed = (failed[0] if failed else f"pytest exits with {status}") if status else "SURVIVES"
        print(f"{mutation.stage:8} {mutation.name:42} {seconds:4.0f} s  {noticed[:110]}", flush=True)
    print(f"{len(chosen) - survivors} of {len(chosen)} mutations are noticed")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
