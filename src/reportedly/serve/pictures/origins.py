"""The marks of a provenance graph, from an event with its claims and from what its reports are copies of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from urllib.parse import quote

from reportedly.records import Claim, CopyLink, Event, Link, Report, RootSource
from reportedly.serve.pictures.provenance import Flow, Layer, Origin

Told = Sequence[tuple[Claim, Report]]


def origins_of(event: Event, told: Told, copies: Mapping[str, CopyLink]) -> tuple[list[Origin], list[Flow]]:
    """The marks and what joins them. `told` are the event's claims with their reports, as far as these are stored."""
    reports = {report.id: (claim, report) for claim, report in reversed(told)}
    copied = {id for id, copy in copies.items() if id in reports and copy.of in reports and copy.of != id}
    home = {claim.id: report.id for claim, report in told}
    origins = [_root(source, home) for source in event.sources]
    origins += _passed_on([claim for claim, report in told if report.id not in copied])
    origins += [
        _report(claim, report, copies.get(id) if id in copied else None)
        for id, (claim, report) in sorted(reports.items())
    ]
    told_by = f"{event.event}: {event.told_by}"
    origins.append(Origin("event", "event", event.event, told_by, "#main", event.status, "event"))
    return origins, list(dict.fromkeys(_flows(event, told, copies, copied)))


def _root(source: RootSource, home: Mapping[str, str]) -> Origin:
    told = f"{len(source.reports)} report{'s'[: len(source.reports) != 1]}"
    notes = ["party to it"] if source.party else []
    notes += ["denies it"] if source.denies else []
    title = f"{source.name} ({', '.join([source.kind, *notes])}): {told}"
    kind = "party" if source.party else ""
    note = ", ".join(notes) or told
    return Origin(f"root {source.key}", "root", source.name, title, _words(source.claims, home), note, kind)


def _words(claims: Sequence[str], home: Mapping[str, str]) -> str:
    """Where the first of these claims stands in its report."""
    found = next((claim for claim in claims if claim in home), None)
    return address_of(home[found], found) if found else "#claims"


def address_of(report: str, claim: str) -> str:
    """The address of the words that a claim was read from."""
    return f"/reports/{quote(report)}?claim={quote(claim, safe='')}#claim-{quote(claim, safe='')}"


def _passed_on(claims: Iterable[Claim]) -> Iterator[Origin]:
    """Who stands between the first source and the report: outlets that others cite."""
    between: dict[str, list[str]] = {}
    for claim in claims:
        for link in claim.attribution[1:-1]:
            between.setdefault(_via(link), []).append(link.name)
    for key, names in sorted(between.items()):
        times = f"cited {len(names)} time{'s'[: len(names) != 1]}"
        yield Origin(key, "passed on", names[0], f"{names[0]}: {times}", "#claims", times)


def _via(link: Link) -> str:
    return f"via {link.name.casefold()}"


def _report(claim: Claim, report: Report, copy: CopyLink | None) -> Origin:
    day = (report.published or "undated")[:10]
    title = f"{report.title or report.id} ({report.publisher or 'publisher not known'}, {day})"
    title += f": {copy.kind} of {copy.of}" if copy else ""
    layer: Layer = "copy" if copy else "report"
    note, kind = (f"{day}, {copy.kind}", "copy") if copy else (day, "")
    return Origin(
        f"report {report.id}", layer, report.publisher or report.id, title, address_of(report.id, claim.id), note, kind
    )


def _flows(event: Event, told: Told, copies: Mapping[str, CopyLink], copied: set[str]) -> Iterator[Flow]:
    root_of = {claim: source for source in event.sources for claim in source.claims}
    for claim, report in told:
        source = root_of.get(claim.id)
        kind = "denies" if claim.polarity != "affirmed" else ""
        if report.id in copied:
            yield Flow(f"report {copies[report.id].of}", f"report {report.id}", "copy")
        elif source is not None:
            between = dict.fromkeys(map(_via, reversed(claim.attribution[1:-1])))
            way = [f"root {source.key}", *between, f"report {report.id}"]
            for one, other in pairwise(way):
                yield Flow(one, other, kind)
        yield Flow(f"report {report.id}", "event", "copy" if report.id in copied else kind)
