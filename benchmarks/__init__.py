"""Scores of the product on public suites: `python -m benchmarks run`, `python -m benchmarks predict SUITE INPUT.jsonl`."""
