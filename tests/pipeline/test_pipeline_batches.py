"""One report at a time, in any number of processes: everything given comes out, in order, and the same."""

from __future__ import annotations

import os
import signal

import pytest

from reportedly import workers
from reportedly.errors import ModelMissing
from reportedly.pipeline import code_all, read_all
from reportedly.records import RawReport, Rejection
from reportedly.settings import DEFAULT, Settings

SHELLED = "Rebels shelled the port of Kadugli on Monday, the army said."
DEADLY = "deadly"


def raw(id: str, text: str = SHELLED) -> RawReport:
    return RawReport(id, text.encode(), "text", f"{id}.txt", published="2024-05-08")


def test_coded_and_rejected_are_what_was_given_in_its_order():
    given = [raw("a"), raw("empty", " "), Rejection("gone", "gone.txt", "it cannot be opened"), raw("b")]
    came = list(code_all(given))
    assert [one.id if isinstance(one, Rejection) else one.report.id for one in came] == ["a", "empty", "gone", "b"]
    assert [isinstance(one, Rejection) for one in came] == [False, True, True, False]


def test_reading_alone_rejects_the_same():
    came = list(read_all([raw("a"), raw("empty", " ")]))
    assert [isinstance(one, Rejection) for one in came] == [False, True]


def test_the_same_report_is_coded_the_same_after_any_other():
    (alone,) = code_all([raw("a")])
    *_, after = code_all([raw("x", "Egypt’s president met the rebels in Cairo. He said they had agreed."), raw("a")])
    assert alone == after


def test_a_bug_in_one_report_is_that_reports_rejection(monkeypatch):
    def stumble(report, tools):
        raise RecursionError("deep inside")

    monkeypatch.setattr("reportedly.pipeline.code_report", stumble)
    (rejected,) = code_all([raw("a")])
    assert rejected == Rejection("a", "a.txt", "internal error: RecursionError", "please report it")


def test_reports_are_taken_as_they_are_needed():
    taken = []

    def source():
        for name in ("a", "b", "c"):
            taken.append(name)
            yield raw(name)

    results = code_all(source())
    next(results)
    assert taken == ["a"]


@pytest.mark.slow
def test_two_processes_give_what_one_gives():
    given = [raw(str(n), SHELLED.replace("Monday", day)) for n, day in enumerate(("Monday", "Tuesday", "May 3"))]
    assert list(code_all(given, jobs=2)) == list(code_all(given))


@pytest.mark.slow
def test_a_missing_model_is_raised_from_any_process():
    with pytest.raises(ModelMissing):
        list(code_all([raw("a")], settings=Settings(model="no_such_model"), jobs=2))


def _dying(one):
    """Stands in for `workers._code` in the processes, which import this module to find it."""
    if one.id == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return Rejection(one.id, one.name, "it came through")


def _no_tools(settings):
    return None


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_process_that_dies_costs_one_report_only(monkeypatch):
    monkeypatch.setattr(workers, "_code", _dying)
    monkeypatch.setattr(workers, "_start", _no_tools)
    names = ["a", "b", DEADLY, "c", "d"]
    came = list(workers.code_in_processes([raw(name) for name in names], DEFAULT, 2))
    assert [one.id for one in came] == names
    assert [one.id for one in came if one.reason != "it came through"] == [DEADLY]
    assert came[2].reason == "internal error: the process that coded it died"
