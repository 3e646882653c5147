"""Coding in several processes: bounded, ordered, and the same outcome as in one.

A process that dies takes no report with it: its reports are tried again one at a time, and one that kills its process
a second time is rejected.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from reportedly.errors import ReportedlyError
from reportedly.records import CodedReport, RawReport, Rejection

if TYPE_CHECKING:
    from reportedly.pipeline import Tools
    from reportedly.settings import Settings

AHEAD = 8
"""Reports handed out per process before the first result is awaited; bounds memory over long batches."""

Outcome = CodedReport | Rejection

_tools: Tools | ReportedlyError | None = None


def _start(settings: Settings) -> None:
    """Load the tools of this process. What goes wrong is kept for the first report, as the pool would only print it."""
    from reportedly.pipeline import make_tools

    global _tools  # noqa: PLW0603 - one set of tools per worker process
    try:
        _tools = make_tools(settings)
    except ReportedlyError as error:
        _tools = error


def _code(raw: RawReport | Rejection) -> Outcome:
    from reportedly.pipeline import code_raw

    if isinstance(_tools, ReportedlyError):
        raise _tools
    assert _tools is not None
    return code_raw(raw, _tools)


def code_in_processes(raws: Iterable[RawReport | Rejection], settings: Settings, jobs: int) -> Iterator[Outcome]:
    """Results in the order of the input, at most `AHEAD * jobs` reports in flight.

    Raises what loading the tools raises.
    """
    source = iter(raws)
    waiting: deque[RawReport | Rejection] = deque()
    while True:
        try:
            yield from _code_in_pool(source, waiting, settings, jobs)
            return
        except BrokenProcessPool:
            while waiting:
                yield _code_alone(waiting[0], settings)
                waiting.popleft()


def _code_in_pool(
    source: Iterator[RawReport | Rejection], waiting: deque[RawReport | Rejection], settings: Settings, jobs: int
) -> Iterator[Outcome]:
    """As `code_in_processes` as long as no process dies; `waiting` always holds what was given and has not come out."""
    with _pool(settings, jobs) as pool:
        futures: deque[Future[Outcome]] = deque()
        for raw in source:
            waiting.append(raw)
            futures.append(_submit(pool, raw))
            if len(futures) >= AHEAD * jobs:
                yield _next(futures, waiting)
        while futures:
            yield _next(futures, waiting)


def _next(futures: deque[Future[Outcome]], waiting: deque[RawReport | Rejection]) -> Outcome:
    outcome = futures[0].result()
    futures.popleft()
    waiting.popleft()
    return outcome


def _code_alone(raw: RawReport | Rejection, settings: Settings) -> Outcome:
    if isinstance(raw, Rejection):
        return raw
    try:
        with _pool(settings, 1) as pool:
            return _submit(pool, raw).result()
    except BrokenProcessPool:
        return Rejection(raw.id, raw.name, "internal error: the process that coded it died", "please report it")


@contextmanager
def _pool(settings: Settings, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes are ended, not waited for, when nobody wants their work any more."""
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(settings,))
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, raw: RawReport | Rejection) -> Future[Outcome]:
    """Hand a report out. Processes that start here inherit that Ctrl-C is the parent's business alone."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(_code, raw)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_code, raw)
    finally:
        with suppress(ValueError):
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
