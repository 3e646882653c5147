"""Stage 6 of 8: Events <-> rows.

A store keeps reports, claims, events and judgements in an SQLite file or a PostgreSQL database: `open_store`.
"""

from __future__ import annotations

from reportedly.store import queue, remembered, schema
from reportedly.store.judging import (
    Judgement,
    Verdict,
    anchor_of,
    by_claim,
    by_report,
    check_correction,
    corrected,
    verdict_of,
)
from reportedly.store.naming import Named, anchor_of_events, named_claims
from reportedly.store.rows import Incoming, Key, key_of
from reportedly.store.store import Store, open_store

__all__ = [
    "Incoming",
    "Judgement",
    "Key",
    "Named",
    "Store",
    "Verdict",
    "anchor_of",
    "anchor_of_events",
    "by_claim",
    "by_report",
    "check_correction",
    "corrected",
    "key_of",
    "named_claims",
    "open_store",
    "queue",
    "remembered",
    "schema",
    "verdict_of",
]
