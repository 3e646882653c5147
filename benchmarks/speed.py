"""Coding against spaCy's own full pipeline over the same clean texts, in one run and one process.

    python -m benchmarks.speed ../shared/evaluation/newsday/train.jsonl [REPORTS]

Prints seconds of processor time, their ratio, and peak memory. Each report goes through spaCy alone and through us in
turn, so that a noisy machine disturbs both alike.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from pathlib import Path

from reportedly.code import code_claims
from reportedly.parse import parse_report
from reportedly.pipeline import CODER, make_tools
from reportedly.read import read_report
from reportedly.records import RawReport
from reportedly.resolve import resolve_mentions
from reportedly.settings import DEFAULT


def main(path: Path, limit: int) -> None:
    started = time.perf_counter()
    tools = make_tools()
    assert tools.nlp is not None
    plain = importlib.import_module(DEFAULT.model).load()
    spent = {"spaCy": 0.0, "reading": 0.0, "parsing": 0.0, "resolving": 0.0, "coding": 0.0}
    reports = claims = tokens = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if reports == limit:
                break
            item = json.loads(line)
            known = {k: item.get(k) for k in ("published", "publisher", "url", "title")}
            clock = time.process_time()
            report = read_report(RawReport(item["id"], item["text"].encode(), "text", item["id"], **known))
            spent["reading"] += (now := time.process_time()) - clock
            tokens += len(plain(report.text))
            spent["spaCy"] += (clock := time.process_time()) - now
            parsed = parse_report(report, tools.nlp)
            spent["parsing"] += (now := time.process_time()) - clock
            resolved = resolve_mentions(parsed, tools.lookups)
            spent["resolving"] += (clock := time.process_time()) - now
            claims += len(code_claims(resolved, tools.settings, CODER).claims)
            spent["coding"] += time.process_time() - clock
            reports += 1
            if reports == 1:
                print(f"first claims after {time.perf_counter() - started:.1f} s (both pipelines loaded)")
    ours = sum(spent.values()) - spent["spaCy"]
    print(f"{reports} reports, {tokens} tokens, {claims} claims")
    print(", ".join(f"{name} {seconds:.2f} s" for name, seconds in spent.items()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"ratio {ours / spent['spaCy']:.2f}; peak memory {peak:.2f} GB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10**9)
