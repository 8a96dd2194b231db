"""Where the words of a class stand in a text; what stands inside a longer phrase or a figure of speech is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from symptoms.language.text.classes import trait

SMALL: Final = trait("small")
FIGURE: Final = "harmless"

Value = float | None


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens `start` to `end` (exclusive) belong to a class; `value` is the number that the entry stands for."""

    kind: str
    start: int
    end: int
    value: Value = None


def without_covered(hits: list[Hit], hiding: list[tuple[int, int, int]]) -> list[Hit]:
    """Hits without those inside a longer phrase, and without those that a figure of speech overlaps."""
    figures = [hit for hit in hits if hit.kind == FIGURE]
    if not (hiding or figures):
        return hits
    covers: dict[int, list[tuple[int, int]]] = {}
    for start, end, length in hiding:
        for at in range(start, end):
            covers.setdefault(at, []).append((end, length))
    return [hit for hit in hits if hit.kind in SMALL or not (_is_covered(hit, covers) or _is_in_figure(hit, figures))]


def _is_covered(hit: Hit, covers: Mapping[int, list[tuple[int, int]]]) -> bool:
    """In "cold sore", "sore" is no pain."""
    return any(hit.end <= end and length > hit.end - hit.start for end, length in covers.get(hit.start, ()))


def _is_in_figure(hit: Hit, figures: list[Hit]) -> bool:
    """In "nearly passed out laughing", nobody passed out."""
    return hit.kind != FIGURE and any(
        one.start < hit.end and hit.start < one.end and hit.end - hit.start <= one.end - one.start for one in figures
    )
