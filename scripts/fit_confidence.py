"""Fit the weights of data/confidence.toml and print the reliability table of docs/confidence.md.

    python scripts/fit_confidence.py ../shared [FOLDER…]

Each FOLDER holds further whole reports with gold, in the format of ../shared/documents. A claim counts as right where
its type, its doer and its recipient are those of a gold claim: of whole reports every claim, of the public single
sentences the first. Logistic regression, L2, weights rounded;
reliability from ten-fold cross-validation with the reports kept whole. Seeded, deterministic. Needs the `train` extra.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.predict import ranked, report_of, shown
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from reportedly.export import coded_dict
from reportedly.pipeline import code_raw, code_report, make_tools
from reportedly.records import RawReport, Rejection

FEATURES = ["actor_known", "recipient_known", "no_recipient", "nominal", "main_clause", "stated_time"]
"""Those that carried over to unseen reports; seventeen more and the event type did not."""


def main(shared: Path, folders: list[Path]) -> None:
    scorer, rows = scorer_at(shared / "documents" / "score.py"), from_sentences(shared)
    for folder in (shared / "documents", *folders):
        rows += from_documents(folder, scorer)
    names = FEATURES
    x = np.array([[features.get(n, 0.0) for n in names] for features, _, _ in rows])
    y = np.array([right for _, right, _ in rows])
    groups = np.array([group for _, _, group in rows])
    out = np.zeros(len(y))
    for train, test in GroupKFold(10).split(x, y, groups):
        out[test] = model().fit(x[train], y[train]).predict_proba(x[test])[:, 1]
    fitted = model().fit(x, y)
    print("[weights]")
    print(f"bias = {fitted.intercept_[0]:.2f}")
    for name, weight in zip(names, fitted.coef_[0], strict=True):
        print(f"{name} = {weight:.2f}")
    print(f"\n{len(y)} claims, {y.mean():.2f} right; cross-validated Brier score {np.mean((out - y) ** 2):.3f}")
    print("| said to be | claims | right |")
    print("|---|---|---|")
    for low in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = {0.0: 0.3}.get(low, low + 0.1)
        inside = (out >= low) & (out < high)
        if inside.any():
            print(f"| {low:.1f} to {high:.1f} | {inside.sum()} | {y[inside].mean():.2f} |")


def scorer_at(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"scorer_of_{path.parent.name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def model() -> LogisticRegression:
    return LogisticRegression(C=0.3, max_iter=1000)


def from_documents(folder: Path, scorer: Any) -> list[tuple[dict[str, float], bool, str]]:
    tools, rows = make_tools(), []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        file = folder / gold["file"]
        kind = "html" if file.suffix == ".html" else "text"
        known = {k: gold["input"].get(k) for k in ("published", "publisher", "url", "title")}
        coded = code_raw(RawReport(gold["id"], file.read_bytes(), kind, gold["id"], **known), tools)
        assert not isinstance(coded, Rejection)
        claims = coded_dict(coded)["claims"]
        matched = scorer.match(gold["claims"], claims)
        by_id = {c["id"]: c for c in gold["claims"]}
        right = set()
        for gold_id, index in matched.items():
            fields = scorer.field_results(by_id[gold_id], claims[index])
            if all(ok for name, ok in fields.items() if name in ("actor", "recipient")):
                right.add(index)
        features = coded.extra["confidence"]
        rows += [(features[c["id"]], i in right, gold["id"]) for i, c in enumerate(claims)]
    return rows


def from_sentences(shared: Path) -> list[tuple[dict[str, float], bool, str]]:
    scorer = scorer_at(shared / "evaluation" / "score.py")
    tools, rows = make_tools(), []
    for line in (shared / "evaluation/events/dev.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        coded = code_report(report_of(item), tools)
        for claim in ranked(coded)[:1]:
            given = {
                "id": item["id"],
                "claims": [
                    {
                        "event": claim.event,
                        "source": [shown(p) for p in claim.actors],
                        "target": [shown(p) for p in claim.recipients],
                    }
                ],
            }
            right = bool(scorer.score_events([(item, given)])["full16_first"])
            rows.append((coded.extra["confidence"][claim.id], right, item["id"]))
    return rows


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
