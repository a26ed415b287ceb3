"""Measurements, apart from the tests: `./run bench` prints medians with their spread."""
