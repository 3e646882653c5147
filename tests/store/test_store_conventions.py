"""Events in the columns that users of ACLED, UCDP GED and PLOVER know: precisions by their scales, corrections."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from reportedly import archive
from reportedly.exports import event_lines_in
from reportedly.records import Quantity, When
from reportedly.store import open_store
from reportedly.store.reading import find_events


@pytest.fixture
def told(tmp_path, incoming):
    """A function that stores one claim with changes and gives its event in a format."""
    store = open_store(tmp_path / "s.db", create=True)

    def tell(format, **changes):
        one = incoming("a")
        claim = replace(one.coded.claims[0], quantities=(Quantity(3, "people"),), **changes)
        claim = replace(claim, trigger=replace(claim.trigger, text="killed"))
        store.add([replace(one, coded=replace(one.coded, claims=(claim,)))], "test")
        archive.merge_store(store)
        return exported(store, format)

    tell.store = store
    return tell


def exported(store, format):
    lines = list(event_lines_in(format, find_events(store), store))
    if format == "plover":
        return json.loads(lines[0])
    return next(csv.DictReader(io.StringIO("\n".join(lines))))


def place_of(incoming, **changes):
    return replace(incoming("a").coded.claims[0].where, **changes)


@pytest.mark.parametrize(
    ("changes", "ucdp", "acled"),
    [
        ({}, "1", "1"),
        ({"radius_km": 60.0}, "2", "2"),
        ({"precision": "region", "admin1": "South Kordofan", "radius_km": 70.0}, "3", "2"),
        ({"precision": "region", "admin1": "Kadugli", "radius_km": 150.0}, "4", "3"),
        ({"precision": "sea"}, "7", "3"),
    ],
    ids=["a town", "a large town", "a part of a province", "a province", "a sea"],
)
def test_the_precision_of_a_place_is_told_on_the_scales_of_ucdp_and_acled(told, incoming, changes, ucdp, acled):
    row = told("ucdp", where=place_of(incoming, **changes))
    assert (row["where_prec"], exported(told.store, "acled")["geo_precision"]) == (ucdp, acled)


@pytest.mark.parametrize(
    ("last", "ucdp", "acled"), [("2024-05-06", "1", "1"), ("2024-05-09", "2", "2"), ("2024-05-25", "4", "3")]
)
def test_the_precision_of_days_is_told_on_the_scales_of_ucdp_and_acled(told, last, ucdp, acled):
    row = told("ucdp", when=When(37, 43, "May", "2024-05-06", last, "week"))
    assert (row["date_prec"], exported(told.store, "acled")["time_precision"]) == (ucdp, acled)


def test_provinces_are_those_of_the_best_place(told, incoming):
    row = told("acled", where=place_of(incoming, admin1="South Kordofan"))
    assert (row["location"], row["admin1"]) == ("Kadugli", "South Kordofan")


def test_a_plover_event_has_the_words_of_its_first_claim_as_people_corrected_it(told):
    before = told("plover")
    claim = before["claims"][0]
    archive.judge_one(told.store, claim, "correct", "Ann", field="actor", value="Gunmen")
    archive.judge_one(told.store, claim, "correct", "Ann", field="contexts", value="military")
    archive.merge_store(told.store)
    after = exported(told.store, "plover")
    assert (after["actor"][0]["identifier_text"], after["context"]) == ("Gunmen", ["military"])
    assert before["actor"][0]["identifier_text"] == "Rebels"
