"""`python -m benchmarks predict SUITE INPUT.jsonl > OUT.jsonl` and `python -m benchmarks run [SUITE ...]`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.predict import ANSWERS, predict
from benchmarks.run import run
from reportedly.pipeline import make_tools


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("predict", help="answer the items of a suite, one JSON object a line on stdout")
    one.add_argument("suite", choices=sorted(ANSWERS))
    one.add_argument("input", type=Path, help="items as `score.py --strip` gives them")
    every = commands.add_parser("run", help="score all public development sets and write docs/benchmarks.md")
    every.add_argument("suites", nargs="*")
    every.add_argument("--data", type=Path, default=Path("../shared"), help="where evaluation/ and documents/ lie")
    every.add_argument("--output", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args()
    if options.command == "run":
        return run(options.suites, options.data, options.output)
    with options.input.open(encoding="utf-8") as lines:
        items = (json.loads(line) for line in lines if line.strip())
        for answer in predict(options.suite, items, make_tools(), options.input.parent):
            print(json.dumps(answer, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
