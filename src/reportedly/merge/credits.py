"""Whose text a report says it is: publishers by any of their names, and who is credited in a report's margins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from reportedly.knowledge import DATA, read_toml
from reportedly.records import Report


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who prints reports: `kind` as in publishers.tsv; `party_to` is "state:IRN" or a group's id if it is a voice."""

    name: str
    kind: str = ""
    country: str | None = None
    party_to: str | None = None


def fold(name: str) -> str:
    """A name without case, leading article and punctuation: "The Straits Observer" and "STRAITS OBSERVER" are one."""
    words = re.sub(r"[^\w ]", " ", name.casefold()).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@cache
def _known() -> tuple[Mapping[str, Publisher], Mapping[str, Publisher], re.Pattern[str]]:
    """Folded name -> publisher, domain -> publisher, and a pattern of the names that can be spotted in a line."""
    by_name: dict[str, Publisher] = {}
    by_domain: dict[str, Publisher] = {}
    spotted: list[str] = []
    for title, aliases, domains, kind, country, party_to in _rows():
        names = [title, *filter(None, aliases.split("|"))]
        one = Publisher(title.lstrip("="), kind, country or None, party_to or None)
        for name in names:
            by_name.setdefault(fold(name), one)
        for domain in filter(None, domains.split("|")):
            by_domain.setdefault(domain.casefold(), one)
        if one.kind in ("agency", "newspaper", "state_media"):
            spotted.extend(name for name in names if not name.startswith("="))
    longest_first = sorted({*spotted, *(n.upper() for n in spotted)}, key=lambda n: (-len(n), n))
    return by_name, by_domain, re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _rows() -> Iterator[list[str]]:
    """The rows of publishers.tsv without its header; cells left out at the end of a row are empty."""
    lines = (DATA / "publishers.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return ([*row, *[""] * (6 - len(row))] for row in rows[1:])


@cache
def find_publisher(name: str) -> Publisher:
    """The publisher of that name or web address; one that the table does not know is just its name."""
    by_name, by_domain, _ = _known()
    host = name.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]
    return by_name.get(fold(name)) or by_domain.get(host) or Publisher(name.strip())


def publisher_of(report: Report) -> Publisher | None:
    """Who printed the report; an agency's own text without a publisher is the agency's."""
    if report.publisher:
        return find_publisher(report.publisher)
    agency = report.dateline.agency if report.dateline else None
    return find_publisher(agency) if agency else None


def credited_to(report: Report) -> tuple[Publisher, str] | None:
    """Whom the report credits with its text, and where; None if it claims the text for itself.

    Looked for in the dateline, the byline, then copyright lines and credits at the end. "X contributed to this report"
    credits X with a part only and does not count.
    """
    own = publisher_of(report)
    for where, line in _credit_lines(report):
        found = find_publisher(line) if where == "dateline" else _named_in(line)
        if found is not None and (own is None or fold(found.name) != fold(own.name)):
            return found, where
        if found is not None:
            return None
    return None


def _credit_lines(report: Report) -> list[tuple[str, str]]:
    lines = [("dateline", report.dateline.agency)] if report.dateline and report.dateline.agency else []
    if report.byline:
        lines.append(("byline", report.byline))
    small_print = re.compile(read_toml("merge.toml")["credits"]["whole"])
    for removed in report.removed:
        if removed.reason == "byline":
            lines.append(("byline", removed.text))
        elif removed.reason in ("copyright", "credit line") and small_print.search(removed.text):
            lines.append((removed.reason, removed.text))
    return lines


def _named_in(line: str) -> Publisher | None:
    by_name, _, pattern = _known()
    exact = by_name.get(fold(line))
    match = pattern.search(line)
    if exact is not None:
        return exact
    return by_name[fold(match.group())] if match else _signed_by_style(line)


def _signed_by_style(line: str) -> Publisher | None:
    """An agency that signs without its name, by the shape of its last line."""
    styles = read_toml("merge.toml")["credits"]["styles"]
    return next((find_publisher(name) for name, shape in styles.items() if re.search(shape, line)), None)
