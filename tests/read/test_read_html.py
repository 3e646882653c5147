"""HTML pages: the body by its markup, everything else by what the page says about itself."""

from __future__ import annotations

import json

import pytest

from reportedly.errors import UnreadableReport
from reportedly.read import read_report
from reportedly.records import Caption, RawReport

PARAGRAPHS = [
    "Rebels shelled the town of Kadugli on Tuesday, the army said, and two people were wounded in the market there.",
    "The rebels said that they had not been anywhere near the town, and that the army was to blame for the shelling.",
    "A spokesman for the peacekeepers told reporters that they had heard four explosions shortly before noon.",
]


def page(head: str = "", above: str = "", below: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head>"
        "<body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
        f"<article><h1>Rebels shell town</h1>{above}{body}{below}</article>"
        "<footer>© 2024 Example Times</footer></body></html>"
    )


def read(html: str, **given: str):
    return read_report(RawReport(id="a", content=html.encode(), kind="html", name="a.html", **given))


def linked(**fields) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **fields})}</script>"


def test_the_body_is_the_paragraphs_of_the_article():
    assert read(page()).text == "\n".join(PARAGRAPHS)


def test_published_keeps_its_time_of_day_and_zone():
    report = read(page("<meta property='article:published_time' content='2024-05-07T14:05:00+02:00'>"))
    assert report.published == "2024-05-07T14:05:00+02:00"


@pytest.mark.parametrize(
    ("head", "above", "published"),
    [
        (linked(datePublished="2024-05-07T12:05:00Z"), "", "2024-05-07T12:05:00+00:00"),
        ("", "<time datetime='2024-05-07T12:05:00Z'>today</time>", "2024-05-07T12:05:00+00:00"),
        ("", "<span itemprop='datePublished' content='2024-05-07'>7 May</span>", "2024-05-07"),
        ("", "<div class='article_date'>May 7, 2024 - 11:28 GMT</div>", "2024-05-07T11:28:00+00:00"),
        (
            "<meta name='date' content='no date'>",
            "<p class='byline-date'>May 7, 2024 | 4:20am</p>",
            "2024-05-07T04:20:00",
        ),
        ("<link rel='canonical' href='https://example.org/2024/05/07/town/'>", "", "2024-05-07"),
        ("", "", None),
    ],
)
def test_published_is_found_wherever_the_page_puts_it(head, above, published):
    assert read(page(head, above)).published == published


def test_names_come_from_metadata_and_linked_data():
    report = read(
        page(
            "<meta property='og:site_name' content='Example Times'>"
            "<meta property='og:title' content='Rebels shell town - Example Times'>"
            "<link rel='canonical' href='https://example.org/a'>"
            + linked(author=[{"name": "Jane Doe"}, {"name": "John Roe"}])
        )
    )
    assert (report.title, report.publisher, report.byline) == (
        "Rebels shell town",
        "Example Times",
        "Jane Doe and John Roe",
    )
    assert report.url == "https://example.org/a"


def test_a_printed_byline_is_read_where_no_metadata_is():
    assert read(page(above="<div class='byline'>By <a href='/d'>Jane Doe</a></div>")).byline == "Jane Doe"


def test_a_page_without_a_name_is_called_by_its_host():
    assert read(page(), url="https://www.example.org/a").publisher == "example.org"


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><figcaption>The market of the town <span class='credit'>Jane Doe/EX</span></figcaption></figure>",
        "<p class='wp-caption-text'>The market of the town <span class='credit'>Photo: Jane Doe/EX</span></p>",
        "<figure><img src='a.jpg'><figcaption>The market of the town (Photo by Jane Doe/EX)</figcaption></figure>",
    ],
)
def test_captions_come_with_their_credits_and_leave_the_body(figure):
    report = read(page(above=figure))
    assert report.captions == (Caption("The market of the town", "Jane Doe/EX"),)
    assert "market of the town" not in report.text


def test_captions_of_other_stories_are_not_the_reports():
    aside = "<aside class='related'><figure><figcaption>Another market in another town</figcaption></figure></aside>"
    assert read(page(below=aside)).captions == ()


def test_broken_linked_data_is_passed_over():
    report = read(
        page(
            "<script type='application/ld+json'>{\"@type\": </script>"
            + linked(headline=None, author=5, publisher=[None])
        )
    )
    assert report.title == "Rebels shell town"


def test_a_page_that_breaks_off_inside_a_tag_is_refused():
    with pytest.raises(UnreadableReport, match="cut off"):
        read(page()[:-4])


def test_a_page_without_text_is_refused():
    with pytest.raises(UnreadableReport):
        read("<!DOCTYPE html><html><head><title>A</title></head><body><script>start()</script></body></html>")


def test_a_declared_encoding_is_used():
    html = page("<meta charset='windows-1252'>").replace("<meta charset='utf-8'>", "").replace("Kadugli", "Kadúgli “C”")
    report = read_report(RawReport(id="a", content=html.encode("cp1252"), kind="html", name="a.html"))
    assert "Kadúgli “C”" in report.text
