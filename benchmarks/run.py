"""Scores all public development sets in one go and writes the table of docs/benchmarks.md."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.predict import predict
from reportedly.pipeline import Tools, make_tools

# suite, development set, figures to show, what to compare with, the figure aimed at
ROWS = [
    ("documents", "", "claim_f1", "", "0.65"),
    ("documents", "", "who_did_what_to_whom", "", "0.50"),
    ("documents", "", "trapped_share", "", "≤ 0.05"),
    ("events", "dev", "type16_first", "0.48 UniversalPETRARCH", "0.68"),
    ("events", "dev", "full16_first", "0.27–0.41 UniversalPETRARCH", "0.50"),
    ("events", "dev", "claims_per_item", "", "≤ 1.6"),
    ("quad", "dev_manual", "macro_f1", "0.61 UniversalPETRARCH, 0.625 TF-IDF", "0.74"),
    ("actors", "dev_manual", "source_overlap_f1", "0.605 subject of the main verb", "0.80"),
    ("actors", "dev_manual", "target_overlap_f1", "0.170 object of the main verb", "0.65"),
    ("police", "dev", "sentence_macro_f1", "0.529 keywords, 0.602 TF-IDF", "0.68"),
    ("leaders", "dev", "both_accuracy", "", "0.85"),
    ("attribution", "dev", "attribution_f1", "0.471 say-verb rule, 0.79 between annotators", "0.66"),
    ("attribution", "dev", "source_token_f1", "0.586 / 0.80", "0.74"),
    ("attribution", "dev", "cue_token_f1", "0.362 / 0.69", "0.58"),
    ("attribution", "dev", "content_token_f1", "0.589 / 0.92", "0.80"),
    ("chains", "dev", "root_right", "0.610 nearest say-verb", "0.78"),
    ("chains", "dev", "chain_exact", "0.458 nearest say-verb", "0.62"),
    ("chains", "dev", "standing", "0.367 all actual", "0.66"),
    ("factuality", "dev", "pearson", "0.458 cue words", "0.62"),
    ("factuality", "dev", "macro_f1", "0.452 cue words", "0.58"),
    ("times", "dev", "value_f1", "0.312 spaCy + dateparser", "0.78"),
    ("times", "dev", "relaxed_f1", "0.868 spaCy + dateparser", "0.92"),
    ("times", "dev_wars", "value_f1", "0.344 spaCy + dateparser", "0.70"),
    ("places", "dev", "end_to_end_f1", "0.507 most populous", "0.68"),
    ("places", "dev", "resolution_on_gold_spans", "0.532 most populous", "0.74"),
    ("extraction", "dev", "f1", "0.959 trafilatura", ""),
]  # fmt: skip


def run(suites: list[str], data: Path, output: Path) -> int:
    """Score the suites (all if none is named) and write the table. 1 if the data are not there."""
    if not (data / "evaluation" / "score.py").exists():
        print(f"benchmarks: no evaluation data under {data}; give --data", file=sys.stderr)
        return 1
    tools = make_tools()
    figures: dict[tuple[str, str], dict[str, Any]] = {}
    for suite, part in dict.fromkeys((row[0], row[1]) for row in ROWS):
        if suites and suite not in suites:
            continue
        started = time.perf_counter()
        figures[suite, part] = _score(suite, part, data, tools)
        print(f"{suite} {part}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    table = [
        "| suite | set | figure | measured | compared with | aimed at |",
        "|---|---|---|---|---|---|",
        *(
            f"| {suite} | {part} | {name} | {_shown(figures[suite, part].get(name))} | {peer} | {aim} |"
            for suite, part, name, peer, aim in ROWS
            if (suite, part) in figures
        ),
    ]
    print("\n".join(table))
    if not suites:
        _write(output, table)
    return 0


def _shown(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _score(suite: str, part: str, data: Path, tools: Tools) -> dict[str, Any]:
    if suite == "documents":
        return _score_documents(data / "documents", tools)
    folder = data / "evaluation" / suite
    gold = folder / f"{part}.jsonl"
    items = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    stripped = [{k: v for k, v in item.items() if k != "gold"} for item in items]
    if suite == "chains":
        for item, full in zip(stripped, items, strict=True):
            item["act"] = full["gold"]["act"]
    scorer = folder / "score_chains.py" if suite == "chains" else data / "evaluation" / "score.py"
    arguments = [] if suite == "chains" else [suite]
    found = _run_scorer(scorer, arguments, gold, predict(suite, stripped, tools, folder))
    if suite == "places":
        for item, full in zip(stripped, items, strict=True):
            item["spans"] = [[t["start"], t["end"]] for t in full["gold"]["toponyms"]]
        given = _run_scorer(scorer, arguments, gold, predict(suite, stripped, tools, folder))
        found["resolution_on_gold_spans"] = given["resolution_acc161"]
        found["resolution_on_gold_spans_lgl"] = given["by_corpus"]["lgl"]["resolution_acc161"]
    return found


def _run_scorer(scorer: Path, arguments: list[str], gold: Path, answers: Any) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as file:
        for answer in answers:
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    command = [sys.executable, str(scorer), *arguments, str(gold), file.name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    Path(file.name).unlink()
    return json.loads(done.stdout.splitlines()[0])


def _score_documents(folder: Path, tools: Tools) -> dict[str, Any]:
    golds = sorted(folder.glob("*.gold.json"))
    items = []
    for path in golds:
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = folder / gold["file"]
        kind = "html" if source.suffix == ".html" else "text"
        known = {k: v for k, v in gold["input"].items() if v}
        items.append({"id": gold["id"], kind: source.read_text(encoding="utf-8", errors="replace"), **known})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as file:
        for answer in predict("documents", items, tools, folder):
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    command = [sys.executable, str(folder / "score.py"), file.name, *map(str, golds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    Path(file.name).unlink()
    found = json.loads(done.stdout.splitlines()[0])
    found["trapped_share"] = round(found["trapped"] / found["traps"], 4)
    return found


def _write(output: Path, table: list[str]) -> None:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    head = [
        "# Benchmarks",
        "",
        f"Made by `python -m benchmarks run` on {date.today().isoformat()}, "
        f"commit {commit.stdout.strip() or 'unknown'}.",
        "Public development sets; what each suite is and how it is scored stands in the data's own notes.",
        "",
    ]
    notes = output.with_name("benchmarks-notes.md")
    tail = ["", notes.read_text(encoding="utf-8")] if notes.exists() else []
    output.write_text("\n".join([*head, *table, *tail]) + "\n", encoding="utf-8")
