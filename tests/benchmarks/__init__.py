"""Benchmarks: `make bench` measures the goals beside a peer in one run, and asserts nothing."""
