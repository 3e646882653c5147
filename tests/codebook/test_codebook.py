"""The codebook is the test suite: each case of `*.md` beside this file is a report and the claims that it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from codebook import complain, judge, read_cases, read_line
from reportedly import plover
from reportedly.pipeline import code_report
from reportedly.records import Report

HERE = Path(__file__).parent
CASES = [case for path in sorted(HERE.glob("*.md")) if path.name != "README.md" for case in read_cases(path)]
GAPS = "known gaps"


def _marked(case):
    marks = [pytest.mark.xfail(reason=case.front["xfail"], strict=False)] if "xfail" in case.front else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_a_report_is_coded_as_the_codebook_says(case, tools):
    published, publisher = case.front.get("published", "2024-05-10"), case.front.get("publisher")
    report = Report("case", case.text, published=published, publisher=publisher)
    claims = code_report(report, tools).claims
    if judge(case, claims):
        pytest.fail(complain(case, claims), pytrace=False)


def test_the_codebook_has_every_type_and_every_mode():
    lines = [e for case in CASES for e in case.expected if e.wanted]
    shown = {(e.events[0], mode) for e in lines for mode in (None, *e.modes)}
    wanted = {(name, mode) for name, kind in plover.event_types().items() for mode in (None, *kind.modes)}
    assert sorted(map(str, wanted - shown)) == []


def test_the_codebook_names_only_known_types_and_modes():
    types = plover.event_types()
    lines = [e for case in CASES for e in case.expected if e.events != ("*",)]
    unknown = [e.line for e in lines if not all(e.modes <= set(types[name].modes) for name in e.events)]
    assert unknown == []


def test_what_is_coded_wrongly_today_stands_under_known_gaps():
    misplaced = [case.id for case in CASES if ("xfail" in case.front) != (GAPS in case.section.lower())]
    assert misplaced == []


def test_no_report_stands_twice_in_the_codebook():
    texts = [case.text for case in CASES]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


def test_the_codebook_is_large_enough_to_be_one():
    assert len(CASES) >= 120


def test_an_expected_line_needs_six_fields():
    with pytest.raises(ValueError, match="six fields"):
        read_line("ASSAULT | army > ?")
