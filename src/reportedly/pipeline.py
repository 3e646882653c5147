"""The only module that knows the order of the stages. Read this one first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from reportedly.code import code_claims
from reportedly.errors import ReportedlyError, UnreadableReport
from reportedly.parse import find_quotes, load_model, parse_report
from reportedly.read import read_report
from reportedly.records import CodedReport, Parsed, RawReport, Rejection, Report
from reportedly.resolve import Lookups, open_lookups, resolve_mentions
from reportedly.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CODER = f"reportedly {version('reportedly')}"


@dataclass(frozen=True, slots=True)
class Tools:
    """What coding needs, loaded once a process: the parser and the opened knowledge files."""

    nlp: Language | None
    lookups: Lookups
    settings: Settings


def make_tools(settings: Settings = DEFAULT, *, parser: bool = True) -> Tools:
    """Load the parser (unless the caller parses by itself) and open the knowledge files; takes two or three seconds.

    Raises ModelMissing or KnowledgeBroken.
    """
    return Tools(load_model(settings.model) if parser else None, open_lookups(settings), settings)


def code_report(report: Report, tools: Tools) -> CodedReport:
    """Code one report that has been read."""
    if tools.nlp is None:
        raise ReportedlyError("these tools have no parser", hint="make them with make_tools()")
    return code_parsed(parse_report(report, tools.nlp), tools)


def code_parsed(parsed: Parsed, tools: Tools) -> CodedReport:
    """Code one report that has been parsed."""
    return code_claims(resolve_mentions(parsed, tools.lookups), tools.settings, CODER)


def code_doc(doc: Doc, tools: Tools, *, published: str | None = None, publisher: str | None = None) -> CodedReport:
    """Code a spaCy Doc that somebody else's pipeline has parsed (it needs tagger, parser, lemmatizer and ner)."""
    report = Report("doc", doc.text, published=published, publisher=publisher)
    return code_parsed(Parsed(report, doc, find_quotes(doc)), tools)


def code_raw(raw: RawReport | Rejection, tools: Tools) -> CodedReport | Rejection:
    """Read and code one raw report; what cannot be read comes back as a rejection with its reason."""
    if isinstance(raw, Rejection):
        return raw
    try:
        return code_report(read_report(raw, tools.settings), tools)
    except UnreadableReport as error:
        return Rejection(raw.id, raw.name, error.message, error.hint)


def code_all(
    raws: Iterable[RawReport | Rejection], *, settings: Settings = DEFAULT, jobs: int = 1
) -> Iterator[CodedReport | Rejection]:
    """Code a stream of raw reports in their order; `jobs` processes, the same bytes out for any number of them.

    Every input comes out, coded or rejected: coded + rejected = given.
    """
    if jobs == 1:
        tools = make_tools(settings)
        for raw in raws:
            yield code_raw(raw, tools)
        return
    from reportedly.workers import code_in_processes

    yield from code_in_processes(raws, settings, jobs)
