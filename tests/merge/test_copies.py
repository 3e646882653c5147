"""Reprints, excerpts and updates are one text; strangers with the same furniture are not."""

from __future__ import annotations

import random

from reportedly.merge import copies
from reportedly.merge.copies import CopyIndex, find_copies
from reportedly.records import Dateline, Report

NAMES = [
    "harbour",
    "council",
    "river",
    "teacher",
    "market",
    "winter",
    "bridge",
    "orchard",
    "signal",
    "copper",
    "lantern",
]


def story(seed: int, paragraphs: int = 6) -> list[str]:
    """Paragraphs of forty words that no other seed writes."""
    pick = random.Random(seed)
    return [" ".join(f"{pick.choice(NAMES)}{pick.randrange(9)}" for _ in range(40)) for _ in range(paragraphs)]


def report(
    name: str, paragraphs: list[str], publisher: str = "", published: str = "2019-05-13T08:00", agency: str = ""
):
    dateline = Dateline(agency=agency) if agency else None
    text = "\n".join(paragraphs)
    return Report(name, text, published=published, publisher=publisher or name, dateline=dateline)


def groups(*reports: Report) -> dict[str, str]:
    return {r: group.root for group in find_copies(reports) for r in group.reports}


def test_a_reprint_is_one_text_with_its_original():
    wire = report("wire", story(1))
    reprint = report(
        "site",
        [*story(1), "Read more of our fine stories about the sea and the ships on it."],
        published="2019-05-13T09:00",
    )
    (group,) = find_copies([reprint, wire])
    assert (group.root, group.links[0].report, group.links[0].kind) == ("wire", "site", "reprint")


def test_an_excerpt_is_found_in_a_long_report():
    (group,) = find_copies(
        [report("wire", story(1, 12)), report("site", story(1, 12)[:2], published="2019-05-13T09:00")]
    )
    assert group.links[0].kind == "excerpt"


def test_an_update_keeps_most_and_adds():
    later = [*story(1)[:4], *story(2)[:4]]
    (group,) = find_copies([report("wire", story(1)), report("site", later, published="2019-05-14")])
    assert (group.root, group.links[0].kind) == ("wire", "update")


def test_strangers_are_strangers():
    assert groups(report("a", story(1)), report("b", story(2))) == {"a": "a", "b": "b"}


def test_strangers_that_share_a_stock_phrase_are_not_even_compared(monkeypatch):
    compared = []
    monkeypatch.setattr(copies, "_copied", lambda a, b, *_: compared.append((a.report, b.report)))
    phrase = " ".join(NAMES)
    pages = [report(f"p{i}", [f"{paragraph} {phrase}" for paragraph in story(i, 9)]) for i in range(4)]
    find_copies([*pages, report("reprint", story(0, 9))])
    assert compared == [("reprint", "p0")]


def test_an_excerpt_does_not_bridge_two_stories_that_both_hold_it():
    lines = story(9, 2)
    first, second = [*lines, *story(1, 12)], [*lines, *story(2, 12)]
    found = groups(report("a", first), report("b", second), report("c", lines, published="2019-05-14"))
    assert found["a"] != found["b"]


def test_furniture_that_a_publisher_prints_everywhere_makes_no_copies():
    furniture = [" ".join(story(99, 3))]
    pages = [report(f"p{i}", [*furniture, *story(i, 1)], publisher="The Daily") for i in range(6)]
    assert len(set(groups(*pages).values())) == 6


def test_the_agency_that_others_credit_is_the_origin_even_if_its_own_report_is_missing():
    one = report("one", story(1), publisher="Harbour Post", agency="Example Wire")
    two = report("two", story(1), publisher="Levant Tribune", published="2019-05-13T09:00", agency="Example Wire")
    (group,) = find_copies([two, one])
    assert (group.origin, group.root) == ("Example Wire", "one")


def test_the_agencys_own_report_is_the_root_even_if_it_was_scraped_later():
    site = report("site", story(1), publisher="Harbour Post", agency="Example Wire")
    wire = report("wire", story(1), publisher="Example Wire", published="2019-05-13T12:00")
    (group,) = find_copies([site, wire])
    assert group.root == "wire"
    assert "credits Example Wire in its dateline" in group.links[0].because


def test_the_order_of_reports_makes_no_difference():
    furniture = [" ".join(story(99, 4))]
    pages = [report(f"p{i}", [*furniture, *story(i // 2, 2)], publisher=f"Paper {i % 3}") for i in range(18)]
    expected = groups(*pages)
    assert len(set(expected.values())) == 9
    for seed in range(20):
        random.Random(seed).shuffle(pages)
        assert groups(*pages) == expected


def test_adding_a_report_twice_changes_nothing():
    index = CopyIndex()
    for _ in range(2):
        index.add(report("a", story(1)))
    assert [group.reports for group in index.groups()] == [("a",)]
