"""The Python way in: a text or files in, frozen values or a data frame out. The tools are loaded once a process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.export import to_frame
from reportedly.pipeline import code_all, code_report, shared_tools
from reportedly.read import open_reports, read_report
from reportedly.records import Claim, CodedReport, RawReport, Rejection
from reportedly.settings import DEFAULT, Settings

if TYPE_CHECKING:
    import polars


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of many reports, in their order. Coded + rejected = given."""

    coded: tuple[CodedReport, ...]
    rejected: tuple[Rejection, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all reports, in the order of the reports."""
        return tuple(claim for one in self.coded for claim in one.claims)

    def to_frame(self) -> polars.DataFrame:
        """One row a claim; the columns are those of the CSV format."""
        return to_frame(self.coded)


def code_text(
    text: str,
    *,
    id: str = "text",
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    html: bool = False,
    settings: Settings = DEFAULT,
) -> CodedReport:
    """Code one report given as a string, which is a page if `html` is true.

    `published` is ISO 8601, a date or a time with its zone; without it, and if the text names none, times such as
    "on Monday" stay unresolved. Offsets of the claims count into `.report.text` of what is returned: the clean text.
    Raises UnreadableReport if it is empty, too long, or not English, or if `published` is no possible time.
    """
    raw = RawReport(
        id=id,
        content=text.encode("utf-8", "replace"),
        kind="html" if html else "text",
        name=id,
        published=published,
        publisher=publisher,
        url=url,
        title=title,
    )
    return code_report(read_report(raw, settings), shared_tools(settings))


def code_files(
    paths: str | Path | Sequence[str | Path],
    *,
    published: str | None = None,
    publisher: str | None = None,
    settings: Settings = DEFAULT,
    jobs: int = 1,
) -> Batch:
    """Code files, JSONL batches and folders of them; what cannot be read is in `.rejected`, with its reason.

    With `jobs` over 1 in a script, call it under `if __name__ == "__main__":`, as `multiprocessing` asks for.
    Everything is held in memory; `pipeline.code_all` streams. Raises BadOption if `published` is no possible time.
    """
    many = [paths] if isinstance(paths, str | Path) else paths
    raws = open_reports(many, published=published, publisher=publisher, settings=settings)
    return _collect(code_all(raws, settings=settings, jobs=jobs))


def _collect(results: Iterable[CodedReport | Rejection]) -> Batch:
    coded: list[CodedReport] = []
    rejected: list[Rejection] = []
    for result in results:
        if isinstance(result, Rejection):
            rejected.append(result)
        else:
            coded.append(result)
    return Batch(tuple(coded), tuple(rejected))
