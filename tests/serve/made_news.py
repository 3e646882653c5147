"""Invented news in a small store, and a client that asks a desk on it without a network."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from reportedly.archive import merge_store
from reportedly.records import Actor, Claim, CodedReport, Link, Participant, Report, Span, Toponym, When
from reportedly.serve import Desk, make_app
from reportedly.store import Incoming
from reportedly.store.rows import Key

PASSWORD = "four random words here"
PLACES = {
    "Kadugli": Toponym(0, 0, "Kadugli", "Kadugli", "SDN", 11.01, 29.72, "city"),
    "Sudan": Toponym(0, 0, "Sudan", "Sudan", "SDN", 15.0, 30.0, "country"),
    "Aden": Toponym(0, 0, "Aden", "Aden", "YEM", 12.8, 45.0, "city"),
}


def told(
    id, text, *, act="shelled", who="Rebels", whom="the port", where="Kadugli", day="2024-05-06", says=(),
    publisher="Nile Post", published="2024-05-07T08:00:00+00:00", title=None, event="ASSAULT", polarity="affirmed",
    confidence=0.9, removed=(),
) -> CodedReport:  # fmt: skip
    """A report of one sentence with one claim; actor, recipient, place and time are found by their words."""
    report = Report(id, text, title or text[:40], published, publisher, removed=removed)
    at = lambda words: (text.index(words), text.index(words) + len(words), words)  # noqa: E731
    place = PLACES[where]
    start, end, _ = at(where)
    claim = Claim(
        id=f"{id}-claim", report=id, event=event, modes=(), contexts=(), quad="material conflict", score=-9.0,
        actors=(Participant(*at(who), Actor(None, who, "SDN", "REB")),),
        recipients=(Participant(*at(whom), Actor(None, whom, "SDN", "BUS")),),
        where=Toponym(start, end, where, place.name, place.country, place.lat, place.lon, place.precision),
        when=When(None, None, None, day, day, "day"),
        attribution=(Link("publisher", publisher), *says), aspect="actual", polarity=polarity, certainty="certain",
        quote=None, quantities=(), because_of=(), evidence=Span(0, len(text), text), trigger=Span(*at(act)),
        confidence=confidence, coder="reportedly test",
    )  # fmt: skip
    return CodedReport(report, (claim,), ())


NEWS = (
    told("nile", "Rebels shelled the port of Kadugli on Monday, the army said.",
         says=(Link("named", "the army", 46, 54, "the army", cue="said"),)),
    told("blue", "Rebels shelled the port of Kadugli, residents said.", publisher="Blue Nile Herald",
         published="2024-05-08", says=(Link("anonymous", "residents", 36, 45, "residents", cue="said"),)),
    told("aden", "Gunmen raided the bank in Aden.", act="raided", who="Gunmen", whom="the bank", where="Aden",
         day="2024-05-09", publisher="Gulf Courier", published="2024-05-09T10:00:00+00:00"),
)  # fmt: skip


def stored(store, *news: CodedReport) -> None:
    store.add([Incoming(Key(one.report.id, f"hash of {one.report.id}", "[]"), one) for one in news], "reportedly test")
    merge_store(store)


def client(store, **options) -> TestClient:
    return TestClient(make_app(Desk(store, **options)), base_url="http://127.0.0.1", raise_server_exceptions=False)


def text_of(answer) -> str:
    """What a reader sees of a page: no tags, one space between words."""
    assert answer.status_code == 200, answer.text
    cells = re.sub(r"</(?:td|th|li|dd|dt)>", " ", answer.text.split("<main", 1)[1].split(">", 1)[1])
    return " ".join(re.sub(r"<[^>]+>", "", cells).split())


def links_of(answer) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', answer.text)]


def form_of(answer) -> dict[str, str]:
    """The token that forms of a page carry."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', answer.text)
    assert found, "the page has no form"
    return {"csrf": found[1]}
