"""Copy detection on a real news day: `python -m benchmarks.newsday [FOLDER] [OUTPUT.jsonl]`.

FOLDER holds train.jsonl and train.pairs.tsv (default ../shared/evaluation/newsday). Prints one JSON object: precision,
recall and F1 over pairs of reports of different publishers put into one copy group, pairs labelled unsure left out;
reports, texts, and seconds. Writes `{"id", "group"}` a line for the scorer that comes with the data.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from reportedly.merge.copies import find_copies
from reportedly.read import read_report
from reportedly.records import RawReport, Report

FOLDER = Path(__file__).parents[2] / "shared" / "evaluation" / "newsday"


def read_day(path: Path) -> list[Report]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        read_report(RawReport(r["id"], r["text"].encode(), "text", r["id"], r["published"], r["publisher"]))
        for r in rows
    ]


def read_labels(path: Path) -> dict[frozenset[str], str]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {frozenset((a, b)): label for a, b, label in rows}


def score(group_of: Mapping[str, str], publisher_of: Mapping[str, str | None], gold: Mapping[frozenset[str], str]):
    copies = {pair for pair, label in gold.items() if label == "copy"}
    found = {
        frozenset((a, b))
        for a, b in combinations(sorted(group_of), 2)
        if group_of[a] == group_of[b] and publisher_of[a] != publisher_of[b] and gold.get(frozenset((a, b))) != "unsure"
    }
    right = len(found & copies)
    precision, recall = right / (len(found) or 1), right / (len(copies) or 1)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    wrong = {"false": sorted(map(sorted, found - copies)), "missed": sorted(map(sorted, copies - found))}
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}, wrong


def main(folder: Path = FOLDER, output: Path | None = None) -> int:
    if not (folder / "train.jsonl").exists():
        print(f"no news day at {folder}; pass its folder", file=sys.stderr)
        return 2
    reports = read_day(folder / "train.jsonl")
    started = time.perf_counter()
    groups = find_copies(reports)
    seconds = time.perf_counter() - started
    group_of = {report: group.root for group in groups for report in group.reports}
    figures, wrong = score(group_of, {r.id: r.publisher for r in reports}, read_labels(folder / "train.pairs.tsv"))
    print(json.dumps({**figures, "reports": len(reports), "texts": len(groups), "seconds": round(seconds, 2)}))
    for what, pairs in wrong.items():
        print(what, " ".join("-".join(pair) for pair in pairs), file=sys.stderr)
    if output:
        lines = (json.dumps({"id": report, "group": root}) for report, root in group_of.items())
        output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
