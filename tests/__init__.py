"""Tests, by what they look at; a package so that `python -m tests.benchmarks` runs."""
