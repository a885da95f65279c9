"""Benchmarks: they print ratios against a baseline that is measured in the same run, and never fail on a figure."""
