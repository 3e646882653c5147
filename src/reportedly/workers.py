"""Coding in several processes: bounded, ordered, and the same outcome as in one."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.pipeline import Tools
    from reportedly.records import CodedReport, RawReport, Rejection
    from reportedly.settings import Settings

AHEAD = 8
"""Reports handed out per process before the first result is awaited; bounds memory over long batches."""

_tools: Tools | None = None


def _start(settings: Settings) -> None:
    from reportedly.pipeline import make_tools

    global _tools  # noqa: PLW0603 - one set of tools per worker process
    _tools = make_tools(settings)


def _code(raw: RawReport | Rejection) -> CodedReport | Rejection:
    from reportedly.pipeline import code_raw

    assert _tools is not None
    return code_raw(raw, _tools)


def code_in_processes(
    raws: Iterable[RawReport | Rejection], settings: Settings, jobs: int
) -> Iterator[CodedReport | Rejection]:
    """Results in the order of the input, at most `AHEAD * jobs` reports in flight."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(settings,)) as pool:
        waiting: deque[Future[CodedReport | Rejection]] = deque()
        for raw in raws:
            waiting.append(pool.submit(_code, raw))
            if len(waiting) >= AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
