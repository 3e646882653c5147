"""The commands that write to a store: ingest, recode, merge, judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli_options import Actors, Jobs, Paths, Places, Published, Publisher, Store, is_quiet, settings_of
from reportedly.cli_output import open_output
from reportedly.cli_run import Tally, complain, take_results
from reportedly.errors import BadOption
from reportedly.settings import DEFAULT

if TYPE_CHECKING:
    from reportedly import store


class Verdict(StrEnum):
    """What a person can say of a claim or an event."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    SPLIT = "split"
    MERGE = "merge"
    UNDO = "undo"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (ingest, merge, recode, judge):
        app.command()(command)


@contextmanager
def opened(where: str, *, create: bool = False) -> Iterator[store.Store]:
    """The store of `--store`, closed at the end."""
    from reportedly.store import open_store

    found = open_store(where, create=create)
    try:
        yield found
    finally:
        found.close()


def ingest(
    paths: Paths,
    store: Store,
    published: Published = None,
    publisher: Publisher = None,
    jobs: Jobs = 1,
    actors: Actors = None,
    places: Places = None,
    ids: Annotated[
        bool, typer.Option("--ids", help="Print the id of each new report as soon as it is safely stored.")
    ] = False,
    merge: Annotated[bool, typer.Option("--merge/--no-merge", help="Make the events at the end.")] = True,
) -> int:
    """Ingest reports: code them, keep them in a store, and merge their claims into events.

    What is in the store already is passed by: after an interruption, run the same command again.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly ingest archive/ --store crisis.db --jobs 2

    [dim]$[/dim] reportedly ingest today/*.html --store postgresql://ann@localhost/crisis
    """
    from reportedly import archive
    from reportedly.read import open_reports

    settings = settings_of(actors, places, DEFAULT.min_confidence)
    raws = open_reports(paths, published=published, publisher=publisher, settings=settings)
    tally, outcomes = Tally("ingested"), Counter[str]()
    with opened(store, create=True) as into, open_output(None) as stream:
        results = archive.ingest(raws, into, settings=settings, jobs=jobs)
        for one in take_results(results, tally, quiet_terminal=not ids or is_quiet(None)):
            outcomes[one.outcome] += 1
            if ids and one.outcome == "stored":
                stream.write(one.id + "\n")
                stream.flush()
        complain(f"{tally}; {outcomes['stored']} new, {outcomes['known']} stored before")
        if merge:
            _merge(into)
    return tally.exit_code


def merge(
    store: Store,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Merge everything anew, not only what has changed.")
    ] = False,
) -> int:
    """Merge the claims of a store into events: after `ingest --no-merge`, an interruption, or judgements.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly merge --store crisis.db
    """
    with opened(store) as found:
        _merge(found, rebuild=rebuild)
    return 0


def recode(
    store: Store,
    all: Annotated[bool, typer.Option("--all", help="Also reports that this version has coded.")] = False,
    actors: Actors = None,
    places: Places = None,
) -> int:
    """Recode the reports of a store that another version has coded, then merge. Judgements stay.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly recode --store crisis.db
    """
    from reportedly import archive

    settings = settings_of(actors, places, DEFAULT.min_confidence)
    tally = Tally("recoded")
    with opened(store) as found:
        renewed = archive.recode(found, settings=settings, everything=all)
        for _ in take_results(renewed, tally, quiet_terminal=True):
            pass
        complain(str(tally))
        _merge(found)
    return tally.exit_code


def judge(
    target: Annotated[str, typer.Argument(metavar="CLAIM|EVENT|NUMBER", help="An id, or a judgement's number.")],
    verdict: Annotated[
        Verdict, typer.Argument(metavar="VERDICT", help="confirm, reject, correct, split, merge, undo.")
    ],
    store: Store,
    reviewer: Annotated[str, typer.Option(metavar="NAME", help="Who judges.")],
    more: Annotated[
        str | None,
        typer.Argument(metavar="[MORE]", help="FIELD=VALUE to correct, CLAIM,CLAIM to split off, EVENT to merge with."),
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
) -> int:
    """Judge a claim or an event: confirm, reject, correct, split, merge, or undo a judgement. Nothing is overwritten.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly judge 0a1b2c3d4e5f6071 reject --reviewer Ann --note "a film review" --store crisis.db

    [dim]$[/dim] reportedly judge 0a1b2c3d4e5f6071 correct event=COERCE --reviewer Ann --store crisis.db

    [dim]$[/dim] reportedly judge 0a1b2c3d4e5f6071 merge 1122334455667788 --reviewer Ann --store crisis.db

    [dim]$[/dim] reportedly judge 17 undo --reviewer Ann --store crisis.db
    """
    with opened(store) as found:
        made = _judged(found, target, verdict, reviewer, more, note)
        complain(f"judgement {made.number}: {made.target_kind} {target}: {made}")
        complain_if_stale(found)
    return 0


_NEEDS = {
    Verdict.CORRECT: "correct event=COERCE",
    Verdict.SPLIT: "EVENT split CLAIM,CLAIM",
    Verdict.MERGE: "EVENT merge EVENT",
}


def _judged(
    found: store.Store, target: str, verdict: Verdict, reviewer: str, more: str | None, note: str | None
) -> store.Judgement:
    from reportedly import archive

    given = more or ""
    if bool(given) != (verdict in _NEEDS) or (verdict is Verdict.CORRECT and "=" not in given):
        raise BadOption(
            "correct goes with FIELD=VALUE, split with claims, merge with an event; the others go alone",
            hint=_NEEDS.get(verdict, f"TARGET {verdict.value}"),
        )
    if verdict is Verdict.SPLIT:
        return archive.judge_split(found, target, [id for id in given.split(",") if id], reviewer, note=note)
    if verdict is Verdict.MERGE:
        return archive.judge_merge(found, target, given, reviewer, note=note)
    if verdict is Verdict.UNDO:
        if not target.isdecimal():
            raise BadOption(f"{target} is no number of a judgement", hint="`reportedly show` gives them")
        return archive.judge_undo(found, int(target), reviewer, note=note)
    field, _, value = given.partition("=")
    said: store.Verdict = verdict.value  # type: ignore[assignment]
    return archive.judge_one(found, target, said, reviewer, field=field or None, value=value, note=note)


def _merge(found: store.Store, *, rebuild: bool = False) -> None:
    from reportedly.archive import merge_store

    events = merge_store(found, rebuild=rebuild)
    complain("the events are up to date" if events < 0 else f"merged into {events} events")


def complain_if_stale(found: store.Store) -> None:
    """Say so if the events do not know the latest reports or judgements."""
    if found.merged() != found.revision():
        complain(f"the events are older than the latest claims (run `reportedly merge --store {found.name}`)")
