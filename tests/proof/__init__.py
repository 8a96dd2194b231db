"""Proof by enumeration that no answer makes the rules do the unsafe thing.

The answer space is finite once counts, days and temperatures are cut at their boundaries. `python -m
tests.proof` walks it whole; the test suite walks a sample with a fixed seed.
"""
