"""The only module that knows the order of the stages. Read this one first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeVar

from reportedly.code import code_claims, read_again
from reportedly.errors import ReportedlyError, UnreadableReport
from reportedly.parse import find_quotes, load_model, parse_report
from reportedly.read import read_report
from reportedly.records import CodedReport, Opinion, Parsed, RawReport, Rejection, Report, Span
from reportedly.resolve import Lookups, open_lookups, resolve_mentions
from reportedly.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Result = TypeVar("Result")
Explanation = tuple[CodedReport, tuple[Span, ...], tuple[Opinion, ...]]
"""A coded report, its sentences, and the second reader's opinions."""
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


@cache
def shared_tools(settings: Settings = DEFAULT) -> Tools:
    """The tools of this process for these settings, made at the first call."""
    return make_tools(settings)


def code_report(report: Report, tools: Tools) -> CodedReport:
    """Code one report that has been read."""
    return code_parsed(_parse(report, tools), tools)


def _parse(report: Report, tools: Tools) -> Parsed:
    if tools.nlp is None:
        raise ReportedlyError("these tools have no parser", hint="make them with make_tools()")
    return parse_report(report, tools.nlp)


def code_parsed(parsed: Parsed, tools: Tools) -> CodedReport:
    """Code one report that has been parsed."""
    return code_claims(resolve_mentions(parsed, tools.lookups), tools.settings, CODER)


def code_doc(doc: Doc, tools: Tools, *, published: str | None = None, publisher: str | None = None) -> CodedReport:
    """Code a spaCy Doc that somebody else's pipeline has parsed (it needs tagger, parser, lemmatizer and ner)."""
    report = Report("doc", doc.text, published=published, publisher=publisher)
    return code_parsed(Parsed(report, doc, find_quotes(doc)), tools)


def code_raw(raw: RawReport | Rejection, tools: Tools) -> CodedReport | Rejection:
    """Read and code one raw report; what cannot be read comes back as a rejection with its reason.

    So does a report on which the program itself fails: one bad report must not cost the others of a long batch.
    """
    if isinstance(raw, Rejection):
        return raw
    return _guard(raw, lambda raw: code_report(read_report(raw, tools.settings), tools))


def explain_raw(raw: RawReport | Rejection, tools: Tools) -> Explanation | Rejection:
    """As `code_raw`, with the sentences that the report was read as and what the second reader thinks, in order."""

    def explain(raw: RawReport) -> Explanation:
        parsed = _parse(read_report(raw, tools.settings), tools)
        sentences = (Span(s.start_char, s.end_char, s.text) for s in parsed.doc.sents if s.text.strip())
        resolved = resolve_mentions(parsed, tools.lookups)
        coded = code_claims(resolved, tools.settings, CODER)
        return coded, tuple(sentences), read_again(resolved, coded)

    return raw if isinstance(raw, Rejection) else _guard(raw, explain)


def _guard(raw: RawReport, work: Callable[[RawReport], Result]) -> Result | Rejection:
    try:
        return work(raw)
    except UnreadableReport as error:
        return Rejection(raw.id, raw.name, error.message, error.hint)
    except ReportedlyError:
        raise  # no fault of this report: a knowledge file is broken, a model is missing
    except Exception as error:
        return Rejection(raw.id, raw.name, f"internal error: {type(error).__name__}", "please report it")


def read_all(raws: Iterable[RawReport | Rejection], *, settings: Settings = DEFAULT) -> Iterator[Report | Rejection]:
    """Read a stream of raw reports in their order, without coding them; needs no language model."""
    for raw in raws:
        yield raw if isinstance(raw, Rejection) else _guard(raw, lambda raw: read_report(raw, settings))


def code_all(
    raws: Iterable[RawReport | Rejection], *, settings: Settings = DEFAULT, jobs: int = 1
) -> Iterator[CodedReport | Rejection]:
    """Code a stream of raw reports in their order; `jobs` processes, the same bytes out for any number of them.

    Every input comes out, coded or rejected: coded + rejected = given.
    """
    if jobs == 1:
        tools = shared_tools(settings)
        for raw in raws:
            yield code_raw(raw, tools)
        return
    from reportedly.workers import code_in_processes

    yield from code_in_processes(raws, settings, jobs)
