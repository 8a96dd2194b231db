"""Since when something is there, by a word and a time beside it: "since Monday", "seit drei Tagen"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause

NEAR: Final = 2


def has_beginning(clause: Clause, after: int = 0, kinds: tuple[str, ...] = ("since",)) -> bool:
    """Whether a time since when something is stands in the clause, after a place."""
    beginnings = [one.end for one in clause.all(*kinds) if one.start >= after]
    if not beginnings:
        return False
    times = clause.all("units", "weekdays", "days_ago", "months")
    return any(0 <= time.start - end <= NEAR for time in times for end in beginnings)
