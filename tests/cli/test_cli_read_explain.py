"""`reportedly read`, `explain` and `samples`, `--version` and `--help`."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from importlib.metadata import version

import pytest

PAGE = """<!DOCTYPE html><html><head><title>Rebels shell port</title>
<meta property="og:site_name" content="Nile Post">
<meta property="article:published_time" content="2024-05-08T09:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/war">War &amp; peace</a></nav><article><h1>Rebels shell port</h1>
<p>Rebels shelled the port of Kadugli on Monday, two officers told Reuters, and the market was closed for hours.</p>
<p>The governor &lt;b&gt; said that the army had asked the rebels for a truce. He feared another attack on the town.</p>
</article><footer>Share this</footer></body></html>"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_read_prints_the_report_without_its_page(reportedly, page):
    run = reportedly("read", page)
    assert "publisher: Nile Post" in run.out
    assert "published: 2024-05-08T09:00:00+00:00" in run.out
    assert "Rebels shelled the port" in run.out
    assert "Share this" not in run.out
    assert run.err == "reportedly: read 1, rejected 0\n"


def test_read_json_has_the_body_that_offsets_count_into(reportedly, page):
    read = json.loads(reportedly("read", page, "--format", "json").out)
    coded = json.loads(reportedly("code", page, "--format", "json").out)
    assert set(read) == {"id", "report"}
    assert read["report"] == coded["report"]


def test_read_explain_lists_what_was_removed(reportedly, tmp_path):
    path = tmp_path / "scraped.txt"
    path.write_text("Rebels shelled the port on Monday, the army said.\n\nShare on Facebook\n", encoding="utf-8")
    assert "Share on Facebook" not in reportedly("read", path).out
    assert "Share on Facebook" in reportedly("read", path, "--explain").out
    removed = json.loads(reportedly("read", path, "--explain", "--format", "json").out)["removed"]
    assert [piece["text"] for piece in removed] == ["Share on Facebook"]


def test_explain_shows_chain_standing_and_confidence_beside_the_sentence(reportedly, page):
    out = reportedly("explain", page).out
    assert "according to Nile Post < Reuters" in " ".join(out.split())
    assert "certain (CT+)" in out
    assert "confidence 0." in out
    assert max(map(len, out.splitlines())) <= 100


def test_explain_says_what_was_passed_over_and_why(reportedly, page):
    assert "passed over “attack”: " in " ".join(reportedly("explain", page).out.split())


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data):
        self.text += data


def test_the_explaining_page_is_escaped_and_needs_nothing_else(reportedly, page, tmp_path):
    to = tmp_path / "explained.html"
    run = reportedly("explain", page, "--html", to)
    assert (run.code, run.out) == (0, "")
    html = to.read_text(encoding="utf-8")
    tags = _Tags()
    tags.feed(html)
    assert not tags.seen & {"script", "link", "img", "iframe", "a", "b>"}
    assert not tags.attributes & {"src", "href", "onclick", "style"}
    assert "The governor <b> said" in tags.text
    assert "according to Nile Post < Reuters" in tags.text
    assert "http" not in html.replace("http-equiv", "")


def test_an_explained_batch_is_one_page(reportedly, tmp_path):
    batch = "".join(json.dumps({"id": i, "text": "Rebels shelled the port on Monday."}) + "\n" for i in ("a", "b"))
    to = tmp_path / "explained.html"
    reportedly("explain", "-", "--html", to, stdin=batch)
    assert to.read_text(encoding="utf-8").count("<article>") == 2


def test_samples_says_where_they_are_and_copies_them(reportedly, tmp_path):
    where = reportedly("samples").out.strip()
    assert where.endswith("samples")
    to = tmp_path / "new" / "samples"
    assert reportedly("samples", to).code == 0
    assert len(list(to.glob("*.html"))) >= 20
    again = reportedly("samples", to)
    assert again.code == 2
    assert "is there already (choose an empty folder)" in again.err


def test_version(reportedly):
    assert reportedly("--version").out == f"reportedly {version('reportedly')}\n"


@pytest.mark.parametrize("command", [[], ["code"], ["read"], ["explain"], ["samples"]])
def test_help_has_examples(reportedly, command):
    run = reportedly(*command, "--help")
    assert run.code == 0
    assert "$ " in run.out
    assert "reportedly" in run.out
