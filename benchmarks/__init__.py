"""Benchmarks as ratios within one run: `python -m benchmarks`. Not tests: a machine's load decides too much."""
