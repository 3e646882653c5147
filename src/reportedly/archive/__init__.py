"""Working on a store: reports in (`ingest`), old codings renewed (`recode`), events made of all claims (`merge_store`),
and what people judge (`judge_one`, `judge_split`, `judge_merge`, `judge_undo`).

Reports are stored in batches as they come, events are made afterwards. They depend on what the store holds and on
nothing else: not on the order of the reports, the number of writers, or how often one of them was killed.
"""

from __future__ import annotations

from reportedly.archive.ingesting import Ingested, ingest, recode
from reportedly.archive.judging import judge_merge, judge_one, judge_split, judge_undo
from reportedly.archive.merging import merge_store

__all__ = [
    "Ingested",
    "ingest",
    "judge_merge",
    "judge_one",
    "judge_split",
    "judge_undo",
    "merge_store",
    "recode",
]
