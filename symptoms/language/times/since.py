"""Since when something is there, as one time in a text says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LIMIT_DAYS: Final = 3
"""Sores that are there for longer are looked at (S-11)."""


@dataclass(frozen=True, slots=True)
class Since:
    """How long something has lasted. `days` is None when only "long" or "a few days" is said.

    `is_beginning`: it is said to have begun then, and not merely named ("three sores this morning").
    """

    days: float | None
    is_over_three: bool | None
    at: int
    is_beginning: bool = True


def since(days: float, at: int, *, over: bool = False, is_beginning: bool = True) -> Since:
    """A known number of days, or `over` more than that."""
    days = round(days, 1)
    return Since(days, days > LIMIT_DAYS or (over and days >= LIMIT_DAYS), at, is_beginning)
