"""The sample archive is what its README says: complete, well formed, invented publishers, every phenomenon present."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree, html

import reportedly

SAMPLES = Path(reportedly.__file__).parent / "samples"
README = (SAMPLES / "README.md").read_text(encoding="utf-8")
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".html", ".txt", ".jsonl"})
PAGES = [path for path in FILES if path.suffix == ".html"]
TEXTS = [path for path in FILES if path.suffix == ".txt"]
BATCH = SAMPLES / "2019-05-24-to-06-17-batch.jsonl"

INVENTED_PUBLISHERS = {
    "aden-chronicle": "Aden Chronicle",
    "alvand-herald": "Alvand Herald",
    "capital-ledger": "The Capital Ledger",
    "fjord-shipping": "Fjord Shipping News",
    "gulf-courier": "Gulf Courier",
    "harbour-post": "Harbour Post",
    "levant-tribune": "Levant Tribune",
    "meridian-wire": "Meridian Wire",
    "najd-gazette": "Najd Gazette",
    "northgate-daily": "Northgate Daily",
    "straits-observer": "The Straits Observer",
    "tigris-monitor": "Tigris Monitor",
}

PHENOMENA = {
    "wire original",
    "wire reprint, whole",
    "wire reprint, excerpt",
    "wire reprint, updated",
    "report citing a report citing anonymous sources",
    "denial",
    "correction",
    "feared event that never happens",
    "called-for strike",
    "averted act",
    "metaphor",
    "partisan state media",
    "casualty numbers in conflict",
    "unknown doer",
    "long-ago background",
    "caption with credit",
    "dateline with agency",
    "comment box",
    "share buttons and counters",
    "JSON-LD with a time zone",
    "meta tags with a time zone",
    "no date at all",
}


def batch_lines() -> list[dict[str, str]]:
    return [json.loads(line) for line in BATCH.read_text(encoding="utf-8").splitlines()]


def phenomenon_files() -> dict[str, list[str]]:
    """The README's last table: phenomenon to the names of the files that show it."""
    table = README.split("## Phenomenon by phenomenon")[1]
    rows = re.findall(r"^\| ([^|]+) \| (`[^|]+`) \|$", table, flags=re.MULTILINE)
    return {name: re.findall(r"`([^`]+)`", files) for name, files in rows}


def publisher_of(path: Path) -> str:
    found = [name for slug, name in INVENTED_PUBLISHERS.items() if slug in path.name]
    assert len(found) == 1, path.name
    return found[0]


def paragraphs(name: str) -> set[str]:
    """The long paragraphs of a file, without their dateline."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    blocks = html.fromstring(text.encode()).xpath("//p//text()") if name.endswith(".html") else text.split("\n")
    return {re.sub(r"^[A-Z/]+,? ?(May 13)? ?\([^)]*\) - ", "", str(b)) for b in blocks if len(b) > 100}


def test_the_archive_holds_at_least_two_dozen_reports():
    assert len(PAGES) + len(TEXTS) + len(batch_lines()) >= 24
    assert len(PAGES) >= 12
    assert len(TEXTS) >= 6


def test_the_readme_names_every_file_and_nothing_that_is_missing():
    named = set(re.findall(r"`([\w.-]+\.(?:html|txt|jsonl))`", README))
    assert named == {path.name for path in FILES}


def test_the_readme_names_every_line_of_the_batch():
    assert {f"`{line['id']}`" for line in batch_lines()} <= set(re.findall(r"`[^`]+`", README))


def test_every_phenomenon_has_a_file_that_exists():
    shown = phenomenon_files()
    assert set(shown) >= PHENOMENA
    assert {name for names in shown.values() for name in names} <= {path.name for path in FILES}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_well_formed_html(path):
    parser = html.HTMLParser(encoding="utf-8")
    html.document_fromstring(path.read_bytes(), parser=parser)
    html5_only = "Tag (article|aside|figcaption|figure|footer|header|main|nav|section|time) invalid"
    assert [str(error) for error in parser.error_log if not re.search(html5_only, error.message)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_says_who_published_it_where_and_when(path):
    page = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    assert publisher_of(path) in page.text_content()
    assert ".example/" in etree.tostring(page, encoding="unicode")
    zoned = r"2019-0[56]-[0-9]{2}T[0-9:]{8}(Z|[+-][0-9]{2}:[0-9]{2})"
    times = [m.group() for m in re.finditer(zoned, path.read_text(encoding="utf-8"))]
    assert times, "no published time with a zone"
    assert times[0][:10] == path.name[:10]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_structured_metadata_parses(path):
    page = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    for block in page.xpath("//script[@type='application/ld+json']/text()"):
        assert json.loads(block)["@context"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_scraped_text_is_short_and_names_its_publisher(path):
    text = path.read_text(encoding="utf-8")
    assert 120 <= len(text.split()) <= 400
    assert publisher_of(path).lower() in text.lower()


@pytest.mark.parametrize("line", batch_lines(), ids=lambda line: line["id"])
def test_a_line_of_the_batch_has_what_a_feed_would_supply(line):
    assert line["publisher"] in INVENTED_PUBLISHERS.values()
    assert ".example/" in line["url"]
    assert line["id"].startswith(datetime.fromisoformat(line["published"]).date().isoformat())
    assert ("text" in line) != ("html" in line)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_quotation_marks_and_apostrophes_are_curly(path):
    if path.suffix == ".txt":
        assert not set("\"'") & set(path.read_text(encoding="utf-8"))
    elif path.suffix == ".html":
        page = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        assert not set("\"'") & set("".join(page.xpath("//p//text()")))


def test_the_three_reprints_share_paragraphs_with_the_wire_and_differ_from_each_other():
    original = paragraphs("2019-05-13-meridian-wire-tankers.txt")
    excerpt = paragraphs("2019-05-13-harbour-post-tankers.html")
    whole = paragraphs("2019-05-13-straits-observer-tankers.html")
    update = paragraphs("2019-05-14-levant-tribune-tankers-update.html")
    assert original <= whole
    assert 3 <= len(excerpt & original) < len(original)
    assert len(update & original) >= 5
    assert update - original


def test_the_correction_gives_another_number_than_the_first_report():
    first = (SAMPLES / "2019-05-12-gulf-courier-port-denial.html").read_text(encoding="utf-8")
    later = (SAMPLES / "2019-05-13-gulf-courier-ships.html").read_text(encoding="utf-8")
    assert "At least seven vessels were damaged" in first
    assert "The correct number is four" in later


def test_the_undated_report_gives_no_date_of_publication():
    text = (SAMPLES / "undated-harbour-post-strait-explainer.txt").read_text(encoding="utf-8")
    assert "2019" not in text
    assert "on Thursday" in text


def test_two_reports_date_the_same_moment_differently():
    iran = (SAMPLES / "2019-06-20-alvand-herald-drone.html").read_text(encoding="utf-8")
    america = (SAMPLES / "2019-06-20-northgate-daily-drone.html").read_text(encoding="utf-8")
    assert "at dawn on Thursday" in iran
    assert "11:35 p.m. GMT on Wednesday" in america
