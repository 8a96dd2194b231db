"""The shapes that a drawing is made of. Coordinates are whole units of the drawing, from its top left corner. PURE.

`tone` names what a shape stands for, such as `cough` or `urgent`: the style sheet gives it its colours, in light and
dark. `label` is said when one points at the shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

RADIUS: Final = 4


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an outline, as the `d` of an SVG path."""

    d: str
    tone: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int
    tone: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Words; `anchor` says which end of them stands at `x`: start, middle or end."""

    x: int
    y: int
    words: str
    tone: str = "quiet"
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes lie lowest, then paths, then texts."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]
    texts: tuple[Text, ...]


def line_through(corners: Iterable[tuple[int, int]]) -> str:
    """The `d` of an open line from corner to corner."""
    return "M" + "L".join(f"{x} {y}" for x, y in corners)


def horizontal(left: int, right: int, y: int) -> str:
    return f"M{left} {y}H{right}"


def vertical(x: int, top: int, bottom: int) -> str:
    return f"M{x} {top}V{bottom}"


def circle(x: int, y: int) -> str:
    return f"M{x - RADIUS} {y}a{RADIUS} {RADIUS} 0 1 0 {2 * RADIUS} 0a{RADIUS} {RADIUS} 0 1 0 {-2 * RADIUS} 0z"


def square(x: int, y: int) -> str:
    return f"M{x - RADIUS} {y - RADIUS}h{2 * RADIUS}v{2 * RADIUS}h{-2 * RADIUS}z"


def diamond(x: int, y: int) -> str:
    reach = RADIUS + 1
    return f"M{x} {y - reach}l{reach} {reach}l{-reach} {reach}l{-reach} {-reach}z"


MARKERS: Final = (circle, square, diamond)
"""So that series are told apart without colours."""
