"""Learns the weights in `[scoring]` of places.toml from a places file, and says how they do on unseen reports.

    python scripts/train_places.py ../shared/evaluation/places/dev.jsonl

The model is a conditional logit over the candidates of a name (`place_choice.py`); a candidate within 161 km of the
gold coordinates is right. Five folds by report (by publisher for LGL); the weights printed are learnt from all reports.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from reportedly.globe import km_apart
from reportedly.records import Report
from reportedly.resolve.gazetteer import Gazetteer
from reportedly.resolve.place_choice import FEATURES, CandidateTable
from reportedly.resolve.place_context import gather_evidence
from reportedly.resolve.place_lookup import collect_names

L2 = 0.5
# Beyond what distances of 161 km can teach, and set by hand: a bare "Odesa" is the town, not its province; "Washington
# said" is the capital; a user's own place goes first.
BY_HAND = {"namesake_unit": -4.0, "speaking_capital": 4.0, "dateline_near": 6.0, "own": 6.0}
START = {"population": 2, "country": 3, "admin1": 2, "named_container": 3, "publisher_near": 1, "near": 1}


class Item:
    """One report: its candidates, and which of them are right for how many mentions."""

    def __init__(self, record, gazetteer) -> None:
        self.corpus = record["corpus"]
        self.fold = (
            int(
                hashlib.sha1(
                    record["source"].encode() if record["corpus"] == "lgl" else record["id"][:18].encode()
                ).hexdigest(),
                16,
            )
            % 5
        )
        gold = record["gold"]["toponyms"]
        spans = [(t["start"], t["end"]) for t in gold]
        report = Report(record["id"], record["text"], publisher=record.get("source"), title=record.get("title"))
        self.keys, names = collect_names(record["text"], spans, gazetteer)
        self.names = names
        self.table = CandidateTable(names, gather_evidence(record["text"], report, gazetteer))
        self.total = sum(t["lat"] is not None for t in gold)
        order = {key: n for n, key in enumerate(dict.fromkeys(self.keys))}
        rows = len(self.table.owner)
        self.right = np.zeros(rows)
        self.reach = 0
        self.missing = []
        for key, t in zip(self.keys, gold, strict=True):
            if t["lat"] is None:
                continue
            hit = False
            for row in np.flatnonzero(self.table.owner == order[key]) if rows else []:
                c = self.table.candidates[row]
                if km_apart(c.lat, c.lon, t["lat"], t["lon"]) <= 161:
                    self.right[row] += 1
                    hit = True
            self.reach += hit
            if not hit:
                self.missing.append((t["text"], t["lat"], t["lon"]))
        self.groups = [np.flatnonzero(self.table.owner == i) for i in np.unique(self.table.owner)] if rows else []

    def hits(self, scores) -> float:
        return sum(self.right[g[int(np.argmax(scores[g]))]] for g in self.groups)


def learn(items, outer=4):
    w = np.array([float(START.get(f, 0)) for f in FEATURES])
    for _ in range(outer):
        problems = []
        for item in items:
            if not item.groups:
                continue
            f = item.table.features(item.table.likelihood(item.table.score(w)))
            for g in item.groups:
                right = item.right[g]
                if right.max() > 0 and (right < right.max()).any():
                    problems.append((f[g], (right == right.max()), right.max() ** 0.5))

        def loss(v, problems=problems):
            total, grad = L2 * v @ v, 2 * L2 * v
            for x, y, n in problems:
                s = x @ v
                s = s - s.max()
                e = np.exp(s)
                p, q = e / e.sum(), e * y / (e * y).sum()
                total -= n * np.log((p * y).sum() + 1e-12)
                grad = grad + n * x.T @ (p - q)
            return total, grad

        w = minimize(loss, w, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return w


def accuracy(items, weigh):
    right, total = defaultdict(float), defaultdict(float)
    for item in items:
        hits = item.hits(item.table.score(weigh(item))) if item.groups else 0
        for name in (item.corpus, "all"):
            right[name] += hits
            total[name] += item.total
    return {name: round(right[name] / total[name], 4) for name in sorted(total)}


def main(path: Path) -> None:
    gazetteer = Gazetteer.open()
    items = [Item(json.loads(line), gazetteer) for line in path.open(encoding="utf-8")]
    reach = defaultdict(lambda: [0, 0])
    for item in items:
        for name in (item.corpus, "all"):
            reach[name][0] += item.reach
            reach[name][1] += item.total
    print("reachable", {k: round(a / b, 4) for k, (a, b) in sorted(reach.items())})
    folds = {k: learn([i for i in items if i.fold != k]) for k in range(5)}
    print("cross-validated", accuracy(items, lambda item: folds[item.fold]))
    final = learn(items)
    print("all", accuracy(items, lambda _: final))
    final[[FEATURES.index(f) for f in BY_HAND]] = list(BY_HAND.values())
    print("with those set by hand", accuracy(items, lambda _: final))
    for name, value in zip(FEATURES, final, strict=True):
        print(f"{name} = {value:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
