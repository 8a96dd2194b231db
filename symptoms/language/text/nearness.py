"""Where two hits stand to each other: how far apart, or one in the other."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.hits import Hit

NEAR: Final = 4
"""From so many words on, one is no longer near the other."""


def overlap(hit: Hit, other: Hit) -> bool:
    """Whether they share a word."""
    return hit.start < other.end and other.start < hit.end


def is_within(hit: Hit, other: Hit) -> bool:
    """Whether it is a part of a longer one."""
    return other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start


def is_near(hit: Hit, other: Hit) -> bool:
    """Whether one begins a few words from where the other ends, on whichever side."""
    return abs(hit.start - other.end) < NEAR or abs(other.start - hit.end) < NEAR


def distance(hit: Hit, other: Hit) -> int:
    """The words between them."""
    return max(hit.start - other.end, other.start - hit.end, 0)
