"""Train the second reader of acts and write `data/acts_model.npz`; print how well it reads what it has not seen.

    python scripts/train_acts.py ../shared [--out FILE] [--seed 0] [--rounds 8]

Its teacher are the patterns of acts.tsv at work on public news (training parts of PolNeAR, quad, ECB+, police and the
news day): every word that a pattern takes for an act, and one verb in eight of those that none does. Each example is
shown with the word and without it. Two things are held back in turn: a fifth of the reports, to see what surroundings
alone tell, and a fifth of the words, to see whether a word that has no pattern is found out. Deterministic for a seed
on one thread (OMP_NUM_THREADS=1). Needs scikit-learn (extra `train`).
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.neural_network import MLPClassifier

from reportedly.code import second_reader as reader
from reportedly.code.acts import find_acts
from reportedly.errors import ReportedlyError
from reportedly.knowledge import DATA
from reportedly.parse import parse_report
from reportedly.pipeline import make_tools
from reportedly.records import Report
from reportedly.resolve import resolve_mentions

SUITES = (
    "attribution/train",
    "quad/train",
    "coreference/train",
    "coreference/dev_meantime",
    "police/train",
    "newsday/train",
)
KEPT = 8  # one in so many verbs without a pattern is kept
LEAST = 25  # a named feature seen less often is left out
HIDDEN, HOLD = 64, 5


def texts(shared):
    for suite in SUITES:
        for line in (shared / "evaluation" / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item.get("kind", "document") == "document" and item.get("text"):
                yield f"{suite}:{item['id']}", item["text"]


def examples(shared, seed):
    tools, chance = make_tools(), random.Random(seed)
    for name, text in texts(shared):
        try:
            resolved = resolve_mentions(parse_report(Report(name, text), tools.nlp), tools.lookups)
        except ReportedlyError:
            continue
        acts = {act.trigger.i: act for act in find_acts(resolved).acts}
        for token in resolved.parsed.doc:
            act = acts.get(token.i)
            if act is None and not (token.pos_ == "VERB" and chance.randrange(KEPT) == 0):
                continue
            seen = reader.surroundings(token, resolved, act.verb if act else None)
            yield name, token.lemma_.lower(), act.event if act else reader.NONE, seen


def matrix(seen, vocab, row_of, *, word):
    out = np.zeros((len(seen), len(reader.SLOTS) * reader.WIDTH + len(row_of)), np.float32)
    for number, one in enumerate(seen):
        dense = reader.dense_of(one, vocab, word=word)
        out[number, : len(dense)] = dense
        for name in one.names:
            if name in row_of:
                out[number, len(dense) + row_of[name]] = 1.0
    return out


def fit(inputs, labels, options):
    network = MLPClassifier((HIDDEN,), alpha=3e-3, batch_size=256, max_iter=options.rounds, random_state=options.seed)
    return network.fit(inputs, labels)


def weights_of(network, types):
    """The weights; verbs without a pattern were thinned out, so their odds are put right."""
    bias = network.intercepts_[1].copy()
    bias[types.index(reader.NONE)] += np.log(KEPT)
    return {
        "inward": network.coefs_[0].astype(np.float16), "inward_bias": network.intercepts_[0].astype(np.float32),
        "outward": network.coefs_[1].astype(np.float32), "outward_bias": bias.astype(np.float32),
    }  # fmt: skip


def chances(weights, inputs):
    hidden = np.maximum(inputs @ weights["inward"].astype(np.float32) + weights["inward_bias"], 0)
    scores = hidden @ weights["outward"] + weights["outward_bias"]
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def held_back(names):
    return np.array([zlib.crc32(name.encode()) % HOLD == 0 for name in names])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=DATA / reader.FILE)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    reports, lemmas, events, seen = zip(*examples(options.shared, options.seed), strict=True)
    types = sorted(set(events))
    counts = Counter(name for one in seen for name in set(one.names))
    names = sorted(name for name, count in counts.items() if count >= LEAST and "\n" not in name)
    row_of = {name: row for row, name in enumerate(names)}
    vocab = make_tools().nlp.vocab
    bare, whole = (matrix(seen, vocab, row_of, word=word) for word in (False, True))
    labels = np.array([types.index(event) for event in events])
    acts = labels != types.index(reader.NONE)
    print(f"{len(labels)} examples, {acts.sum()} acts, {len(names)} named features")

    back = held_back(reports)
    taught = fit(np.vstack([bare[~back], whole[~back]]), np.tile(labels[~back], 2), options)
    given = chances(weights_of(taught, types), bare[back & acts])
    given[:, types.index(reader.NONE)] = 0  # asked of acts only
    ranks = (-given).argsort(axis=1)
    right = ranks == labels[back & acts][:, None]
    first, three = right[:, 0].mean(), right[:, :3].any(axis=1).mean()
    print(f"reports held back, the word withheld: type {first:.3f}, among three {three:.3f}")

    back = held_back(lemmas)
    taught = fit(np.vstack([bare[~back], whole[~back]]), np.tile(labels[~back], 2), options)
    given = chances(weights_of(taught, types), whole[back])
    truth, weight = labels[back], np.where(acts[back], 1, KEPT)
    acting = 1 - given[:, types.index(reader.NONE)]
    for least in (0.5, 0.8, 0.9):
        at = acting >= least
        hits = (acts[back] & at).sum()
        found, sure = hits / acts[back].sum(), hits / (weight * at).sum()
        print(f"words held back, p >= {least}: found {found:.3f} of acts, {sure:.3f} of the found have a pattern")
    print(f"types of those: {(given[acts[back]].argmax(axis=1) == truth[acts[back]]).mean():.3f}")

    weights = weights_of(fit(np.vstack([bare, whole]), np.tile(labels, 2), options), types)
    np.savez_compressed(options.out, names=np.array("\n".join(names)), types=np.array("\n".join(types)), **weights)
    print(f"{options.out.name}: {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
