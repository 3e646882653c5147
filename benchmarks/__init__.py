"""Scores of the product on public suites: `python -m benchmarks run` and `python -m benchmarks predict SUITE FILE`."""
