"""Measurements of time and size, apart from the tests: ratios in one run, never asserted."""
