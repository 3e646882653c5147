"""Ingesting, resuming, recoding and judging, with reports that are really coded."""

from __future__ import annotations

import json

import pytest

from reportedly import archive
from reportedly.cli import main
from reportedly.read import open_reports
from reportedly.records import RawReport, Rejection
from reportedly.store import open_store
from reportedly.store.reading import claims_by_id, find_claims, find_events

SHELLED = "Rebels shelled the port of Kadugli on Monday, the army said."
BOMBED = "Rebels shelled the port of Kadugli on Monday, residents told reporters. The governor condemned the attack."


def raw(id="a", text=SHELLED, publisher="Nile Post", published="2024-05-07"):
    return RawReport(id, text.encode(), "text", id, published=published, publisher=publisher)


def outcomes(store, *raws):
    return [(one.id, getattr(one, "outcome", "rejected")) for one in archive.ingest(raws, store)]


@pytest.fixture
def shelled(store):
    outcomes(store, raw("a"), raw("b", BOMBED, "Khartoum Times"))
    archive.merge_store(store)
    return store


def exported(store):
    from reportedly.exports import claim_lines_in, event_lines_in

    return [*claim_lines_in("jsonl", find_claims(store)), *event_lines_in("jsonl", find_events(store), store)]


def test_reports_are_coded_stored_and_merged(shelled):
    events = [one.event for one in find_events(shelled) if one.event.event == "ASSAULT"]
    assert [sorted(event.reports) for event in events] == [["a", "b"]]
    assert events[0].first == "2024-05-06"


def test_a_report_that_is_known_is_not_coded_again(store, monkeypatch):
    outcomes(store, raw("a"))
    monkeypatch.setattr("reportedly.archive.ingesting.code_all", lambda *_, **__: pytest.fail("it was coded"))
    assert outcomes(store, raw("a"), raw("a")) == [("a", "known"), ("a", "known")]
    assert archive.merge_store(store) > 0
    assert archive.merge_store(store) == -1  # nothing to do


def test_a_report_under_an_id_that_is_taken_gets_one_of_its_own(store):
    assert outcomes(store, raw("a"), raw("a", BOMBED)) == [("a", "stored"), (f"a@{_hash(BOMBED)}", "stored")]
    assert outcomes(store, raw("a", BOMBED)) == [(f"a@{_hash(BOMBED)}", "known")]


def _hash(text):
    from reportedly.store import key_of

    return key_of(raw("x", text)).content_hash[:8]


def test_an_id_that_another_process_took_meanwhile_is_coded_again_under_another(store, monkeypatch):
    monkeypatch.setattr(store, "known", lambda keys: {})
    outcomes(store, raw("a"))
    assert outcomes(store, raw("a", BOMBED)) == [(f"a@{_hash(BOMBED)}", "stored")]
    assert {one.claim.report for one in find_claims(store)} == {"a", f"a@{_hash(BOMBED)}"}


def test_what_cannot_be_read_is_rejected_and_the_others_are_stored(store):
    found = outcomes(store, raw("a"), raw("empty", ""), Rejection("gone", "gone", "no such file"), raw("b", BOMBED))
    assert sorted(found) == [("a", "stored"), ("b", "stored"), ("empty", "rejected"), ("gone", "rejected")]


def test_the_order_and_the_size_of_batches_make_no_difference(tmp_path):
    raws = [raw("a"), raw("b", BOMBED, "Khartoum Times"), raw("c", "Police arrested two men in Wau on Sunday.")]
    stores = []
    for name, order, size in (("1", raws, 32), ("2", raws[::-1], 1)):
        store = open_store(tmp_path / name, create=True)
        list(archive.ingest(order, store, batch=size))
        archive.merge_store(store)
        stores.append(exported(store))
    assert stores[0] == stores[1]


def test_both_databases_export_the_same_bytes(tmp_path, server):
    raws = [raw("a"), raw("B", BOMBED, "Khartoum Times"), raw("é", "Police arrested two men in Wau on Sunday.")]
    found = []
    for address in (tmp_path / "s.db", server.address()):
        store = open_store(address, create=True)
        list(archive.ingest(raws, store))
        archive.merge_store(store)
        found.append(exported(store))
    assert found[0] == found[1]


# --- judgements ------------------------------------------------------------------------------------------------------


def assault(store, report):
    return next(c.claim for c in find_claims(store) if c.claim.report == report and c.claim.event == "ASSAULT")


def test_a_rejected_claim_stays_but_counts_no_more(shelled):
    claim = assault(shelled, "b")
    archive.judge_one(shelled, claim.id, "reject", "Ann", note="hearsay")
    archive.merge_store(shelled)
    event = next(one.event for one in find_events(shelled) if one.event.event == "ASSAULT")
    assert event.reports == ("a",)
    line = next(json.loads(line) for line in exported(shelled) if claim.id in line[:30])
    assert line["judgement"] == "rejected"
    assert line["judgements"][0]["reviewer"] == "Ann"


def test_a_confirmation_lifts_a_rejection(shelled):
    claim = assault(shelled, "b")
    for verdict in ("reject", "confirm"):
        archive.judge_one(shelled, claim.id, verdict, "Ann")
    archive.merge_store(shelled)
    assert any(claim.id in one.event.claims for one in find_events(shelled))
    assert [j.verdict for j in claims_by_id(shelled, [claim.id])[claim.id].judgements] == ["reject", "confirm"]


def test_a_corrected_claim_is_merged_and_exported_as_corrected(shelled):
    claim = assault(shelled, "a")
    archive.judge_one(shelled, claim.id, "correct", "Ann", field="where", value="Talodi")
    archive.judge_one(shelled, claim.id, "correct", "Ann", field="date_from", value="2024-04-01")
    archive.merge_store(shelled)
    line = next(json.loads(line) for line in exported(shelled) if claim.id in line[:30])
    assert (line["where"]["name"], line["when"]["from"]) == ("Talodi", "2024-04-01")
    assert line["evidence"]["text"] in SHELLED


def test_judgements_survive_recoding(shelled):
    claim = assault(shelled, "b")
    archive.judge_one(shelled, claim.id, "reject", "Ann")
    assert sorted(archive.recode(shelled, everything=True)) == ["a", "b"]
    archive.merge_store(shelled)
    assert not any("b" in one.event.reports for one in find_events(shelled) if one.event.event == "ASSAULT")
    assert list(archive.recode(shelled)) == []  # this version has coded them all


def test_recoding_with_the_same_version_changes_no_export(shelled):
    before = exported(shelled)
    list(archive.recode(shelled, everything=True))
    archive.merge_store(shelled)
    assert exported(shelled) == before


# --- commands --------------------------------------------------------------------------------------------------------


def run(capfd, *arguments):
    code = main([str(argument) for argument in arguments])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, err


@pytest.fixture
def crisis(tmp_path, capfd):
    """A store that the command line has made of two reports."""
    batch = tmp_path / "batch.jsonl"
    lines = ({"id": i, "text": t, "publisher": p, "published": "2024-05-07"}
             for i, t, p in (("a", SHELLED, "Nile Post"), ("b", BOMBED, "Khartoum Times")))  # fmt: skip
    batch.write_text("\n".join(json.dumps(line) for line in lines))
    code, out, err = run(capfd, "ingest", batch, "--store", tmp_path / "crisis.db", "--ids")
    assert (code, out.split()) == (0, ["a", "b"])
    assert "ingested 2, rejected 0; 2 new, 0 stored before" in err
    return tmp_path / "crisis.db"


def test_events_prints_the_days_summary(crisis, capfd):
    code, out, err = run(capfd, "events", "--store", crisis)
    assert code == 0
    assert "the store holds 2 reports, 2 texts" in out
    assert "ASSAULT" in out
    assert "2 reports" in out
    assert err == ""


def test_events_of_one_status_are_those_of_that_status_and_all_of_them(crisis, capfd):
    _, everything, _ = run(capfd, "events", "--store", crisis, "--format", "json")
    statuses = [json.loads(line)["status"] for line in everything.splitlines()]
    assert len(set(statuses)) > 1
    for status in set(statuses):
        _, out, _ = run(capfd, "events", "--store", crisis, "--format", "json", "--status", status)
        assert [json.loads(line)["status"] for line in out.splitlines()] == [status] * statuses.count(status)


def test_show_tells_all_that_stands_behind_an_event(crisis, capfd):
    _, out, _ = run(capfd, "events", "--store", crisis, "--format", "json", "--type", "assault")
    event = json.loads(out)
    _, out, _ = run(capfd, "show", event["id"], "--store", crisis)
    assert all(claim in out for claim in event["claims"])
    assert "why these are one event" in out
    assert "same_type 1" in out
    _, out, _ = run(capfd, "show", event["claims"][0], "--store", crisis)
    assert "shelled the port" in out
    _, out, _ = run(capfd, "show", "a", "--store", crisis)
    assert out.startswith("report a")


def test_judging_asks_for_a_merge(crisis, capfd):
    _, out, _ = run(capfd, "export", "--store", crisis, "--what", "claims")
    claim = json.loads(out.splitlines()[0])["id"]
    code, _, err = run(capfd, "judge", claim, "reject", "--reviewer", "Ann", "--store", crisis)
    assert (code, "run `reportedly merge --store" in err) == (0, True)
    assert run(capfd, "merge", "--store", crisis)[0] == 0
    assert "older" not in run(capfd, "events", "--store", crisis)[2]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("events", "--since", "yesterday"), 2, "no day"),
        (("events", "--type", "WAR"), 2, "no PLOVER type"),
        (("events", "--status", "true"), 2, "one of single-source"),
        (("show", "nothing"), 2, "no event, claim or report"),
        (("judge", "a", "reject", "--reviewer", "Ann"), 2, "is a report"),
        (("judge", "a", "correct", "--reviewer", "Ann"), 2, "FIELD=VALUE"),
        (("judge", "a", "split", "--reviewer", "Ann"), 2, "split with claims"),
        (("judge", "a", "merge", "b", "--reviewer", "Ann"), 2, "a is no event"),
        (("judge", "a", "undo", "--reviewer", "Ann"), 2, "no number of a judgement"),
        (("judge", "7", "undo", "--reviewer", "Ann"), 2, "holds no judgement 7"),
        (("export", "--what", "claims", "--format", "acled"), 2, "table of events"),
    ],
)
def test_what_cannot_be_is_said(crisis, capfd, arguments, code, message):
    found, _, err = run(capfd, *arguments, "--store", crisis)
    assert (found, message in err) == (code, True)


def test_a_store_that_is_not_there_has_an_exit_code_of_its_own(tmp_path, capfd):
    code, _, err = run(capfd, "events", "--store", tmp_path / "none.db")
    assert (code, "make one with `reportedly ingest" in err) == (6, True)


def test_folders_and_files_go_in_as_they_do_elsewhere(tmp_path, store):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SHELLED)
    assert [one.id for one in archive.ingest(open_reports([tmp_path / "in"]), store)] == ["a"]
