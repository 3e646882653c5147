"""People split and merge events, and take judgements back; all of it survives merging and recoding."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from reportedly import archive
from reportedly.cli import main
from reportedly.errors import BadOption, NotStored
from reportedly.records import RawReport
from reportedly.store import open_store
from reportedly.store.reading import event_by_id, find_events

NEWS = {
    "a": ("Rebels shelled the port of Kadugli on Monday, the army said.", "Nile Post"),
    "b": ("Rebels shelled the port of Kadugli on Monday, residents told reporters.", "Khartoum Times"),
    "c": ("Police arrested two men in Wau on Sunday.", "Juba Herald"),
}


@pytest.fixture
def desk(store):
    raws = [RawReport(i, t.encode(), "text", i, published="2024-05-07", publisher=p) for i, (t, p) in NEWS.items()]
    assert len(list(archive.ingest(raws, store))) == 3
    archive.merge_store(store)
    return store


def told(store):
    """Reports of each event, as one word."""
    return sorted("".join(sorted(one.event.reports)) for one in find_events(store))


def event_of(store, reports):
    return next(one for one in find_events(store) if "".join(sorted(one.event.reports)) == reports)


def split_b(store, note=None):
    event = event_of(store, "ab").event
    claims = event_by_id(store, event.id).event.claims
    gone = next(c for c in claims if report_of(store, c) == "b")
    return archive.judge_split(store, event.id, [gone], "Ann", note=note)


def report_of(store, claim):
    from reportedly.store.reading import claims_by_id

    return claims_by_id(store, [claim])[claim].claim.report


def test_a_split_waits_for_the_next_merge_and_then_holds(desk):
    judgement = split_b(desk, "another port")
    assert told(desk) == ["ab", "c"]
    assert desk.merged() != desk.revision()
    archive.merge_store(desk)
    assert told(desk) == ["a", "b", "c"]
    for half in ("a", "b"):
        assert [j.number for j in event_of(desk, half).judgements] == [judgement.number]
        assert event_of(desk, half).event.decisions[-1].because[-1].endswith("another port")


def test_merged_events_are_one(desk):
    first, second = event_of(desk, "ab").event.id, event_of(desk, "c").event.id
    archive.judge_merge(desk, first, second, "Ann", note="one campaign")
    archive.merge_store(desk)
    assert told(desk) == ["abc"]
    assert str(event_of(desk, "abc").judgements[0]).startswith(f"merge {second}, by Ann")


def test_an_undo_brings_back_what_was_and_an_undo_of_it_takes_it_away_again(desk):
    split = split_b(desk)
    undo = archive.judge_undo(desk, split.number, "Ben")
    archive.merge_store(desk)
    assert told(desk) == ["ab", "c"]
    (shown,) = event_of(desk, "ab").judgements
    assert shown.undone
    assert "undone by Ben" in str(shown)
    archive.judge_undo(desk, undo.number, "Ann")
    archive.merge_store(desk)
    assert told(desk) == ["a", "b", "c"]


def test_an_undone_rejection_lets_the_claim_count_again(desk):
    claim = event_of(desk, "c").event.claims[0]
    rejection = archive.judge_one(desk, claim, "reject", "Ann")
    archive.merge_store(desk)
    assert told(desk) == ["ab"]
    archive.judge_undo(desk, rejection.number, "Ann")
    archive.merge_store(desk)
    assert told(desk) == ["ab", "c"]


def test_a_split_survives_recoding_that_gives_its_claims_other_ids(desk):
    split_b(desk)
    with desk._engine.begin() as connection:  # as if an older version had named them otherwise
        for old in connection.execute(text("SELECT id FROM claims")).scalars().all():
            for part in ("links", "claim_parties"):
                connection.execute(text(f"DELETE FROM {part} WHERE claim_id = :old"), {"old": old})
            document = "replace(document, :old, :new)"
            connection.execute(
                text(f"UPDATE claims SET id = :new, document = {document} WHERE id = :old"),
                {"old": old, "new": old[::-1]},
            )
    archive.merge_store(desk, rebuild=True)
    assert told(desk) == ["a", "b", "c"]
    assert len(event_of(desk, "b").judgements) == 1
    assert len(list(archive.recode(desk, everything=True))) == 3
    archive.merge_store(desk)
    assert told(desk) == ["a", "b", "c"]


def test_merging_again_after_a_split_changes_nothing(desk):
    split_b(desk)
    archive.merge_store(desk)
    before = [one.event for one in find_events(desk)]
    archive.merge_store(desk, rebuild=True)
    assert [one.event for one in find_events(desk)] == before


def test_what_cannot_be_split_merged_or_undone_is_said(desk):
    event, claim = event_of(desk, "ab").event, event_of(desk, "c").event.claims[0]
    with pytest.raises(BadOption, match="has no claim"):
        archive.judge_split(desk, event.id, [claim], "Ann")
    for claims in ((), event.claims):
        with pytest.raises(BadOption, match="not all or none"):
            archive.judge_split(desk, event.id, claims, "Ann")
    with pytest.raises(BadOption, match="one event already"):
        archive.judge_merge(desk, event.id, event.id, "Ann")
    with pytest.raises(NotStored, match="no event"):
        archive.judge_merge(desk, event.id, "nothing", "Ann")
    number = split_b(desk).number
    archive.judge_undo(desk, number, "Ann")
    with pytest.raises(BadOption, match="is undone by judgement"):
        archive.judge_undo(desk, number, "Ann")


def test_the_command_line_splits_merges_and_undoes(tmp_path, capfd):
    store, batch = tmp_path / "s.db", tmp_path / "b.jsonl"
    batch.write_text("\n".join(
        json.dumps({"id": i, "text": t, "publisher": p, "published": "2024-05-07"}) for i, (t, p) in NEWS.items()
    ))  # fmt: skip
    at = ("--store", str(store))
    assert main(["ingest", str(batch), *at]) == 0
    opened = open_store(store)
    event, other = event_of(opened, "ab").event, event_of(opened, "c").event
    by = ("--reviewer", "Ann", *at)
    for arguments in ((event.id, "split", event.claims[0]), (event.id, "merge", other.id), ("1", "undo")):
        assert main(["judge", *arguments, *by]) == 0
    assert main(["merge", *at]) == 0
    assert told(opened) == ["abc"]
    capfd.readouterr()
    main(["show", event.id, *at])
    out = capfd.readouterr().out
    assert "judgement 1: split" in out
    assert "(undone by Ann on" in out
    assert f"judgement 2: merge {other.id}, by Ann" in out
