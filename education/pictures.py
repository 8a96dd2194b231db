"""Pictures of leaflets, drawn as SVG by small pure functions: people out of a hundred, and a few icons.

A text names a picture as `![what it shows](picture:people-39)`. Nothing else can be shown: a picture from
somewhere else would tell its owner who reads the leaflet.
"""

from __future__ import annotations

import base64
import re
from typing import Final

COLUMNS: Final = 10
STEP: Final = 24
HIT_PAINT: Final = 'fill="#b3261e"'
REST_PAINT: Final = 'fill="none" stroke="#7a828c" stroke-width="1.2"'
"""Those who are not meant are hollow, so that the picture is read without colours too."""

INK: Final = "#1f4e79"

ICONS: Final[dict[str, str]] = {
    "mouth": '<path d="M4 32q18-20 28-10q10-10 28 10q-28 32-56 0z"/><path d="M4 32q14 4 28 0q14 4 28 0M30 43h4"/>',
    "lungs": '<path d="M32 8v24M28 24c-4-12-20 4-20 26q10 8 20-4zM36 24c4-12 20 4 20 26q-10 8-20-4z"/>',
    "thermometer": '<path d="M27 38V12a5 5 0 0 1 10 0v26a10 10 0 1 1-10 0zM32 44V22M42 16h6M42 24h6M42 32h6"/>',
    "phone": '<path d="M14 8h10l5 14-7 5q5 10 14 14l5-7 14 5v10q-4 7-12 6Q14 50 9 20q0-8 5-12z"/>',
    "calendar": '<path d="M8 14h48v42H8zM8 26h48M20 8v10M44 8v10"/><path d="M24 40l6 7 12-13"/>',
    "tablet": '<rect x="8" y="22" width="48" height="20" rx="10"/><path d="M32 22v20"/>',
    "people": '<path d="M13 18a9 9 0 1 1 0 1M37 22a7 7 0 1 1 0 1M6 54q0-22 16-22t16 22M42 34q16-2 16 20"/>',
    "figures": '<path d="M10 54h46M16 54V36M28 54V22M40 54V30M52 54V12"/>',
}  # fmt: skip

PICTURE: Final = re.compile(r"(?:people-(?P<count>\d{1,3})|icon-(?P<icon>[a-z]+))")


def draw(name: str) -> str | None:
    """The SVG of a picture by its name, such as `people-39` or `icon-lungs`; None when there is no such picture."""
    named = PICTURE.fullmatch(name)
    if named is None:
        return None
    if named["icon"]:
        return draw_icon(named["icon"]) if named["icon"] in ICONS else None
    count = int(named["count"])
    return draw_people(count) if count <= COLUMNS * COLUMNS else None


def draw_people(count: int) -> str:
    """A hundred people in ten rows of ten, of whom the first `count` (0-100) stand out by colour and by shape."""
    rows, rest = divmod(count, COLUMNS)
    side, middle = COLUMNS * STEP, rows * STEP
    areas = [
        (0, 0, side, middle, "hit"),
        (0, middle, rest * STEP, STEP, "hit"),
        (rest * STEP, middle, side - rest * STEP, STEP if middle < side else 0, "rest"),
        (0, middle + STEP, side, side - middle - STEP, "rest"),
    ]
    drawn = "".join(_area(*area) for area in areas if area[2] > 0 and area[3] > 0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f"<defs>{_pattern('hit', HIT_PAINT)}{_pattern('rest', REST_PAINT)}</defs>{drawn}</svg>"
    )


def draw_icon(name: str) -> str:
    """One of the icons, in lines of one colour."""
    style = f'fill="none" stroke="{INK}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><g {style}>{ICONS[name]}</g></svg>'


def as_data_url(svg: str) -> str:
    """An SVG as an address that an `<img>` can show without a network; scripts never run in such a picture."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _pattern(name: str, paint: str) -> str:
    """One person, head and body, repeated over whatever is filled with it."""
    person = f'<g {paint}><circle cx="12" cy="6.5" r="3.5"/><path d="M6 22v-6a6 5 0 0 1 12 0v6z"/></g>'
    return f'<pattern id="{name}" width="{STEP}" height="{STEP}" patternUnits="userSpaceOnUse">{person}</pattern>'


def _area(x: int, y: int, width: int, height: int, pattern: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="url(#{pattern})"/>'
