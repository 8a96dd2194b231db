"""Days on which something turned: "none for months and then yesterday, three", "yesterday I still could, today"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

LEADING: Final = 3
"""Words from "and" to the day: "and then on Tuesday"."""
DAYS: Final = ("days_ago", "weekdays")
COMPLAINTS: Final = group("content") - {"sudden"}
MORE: Final = ("another", "new", "further", "joined", "still")
"""Beside which sores were there before those of the day."""
EFFORTS: Final = ("can", "had", "moderate_effort", "minimal_effort", "whole")
ABLE: Final = ("still", "left", "further")


def turning_day(clause: Clause, passage: Passage) -> Hit | None:
    """The day that ends a clause of a time in which there was nothing: "monatelang keine und dann gestern | drei"."""
    if not clause.has("and") or not clause.has(*DAYS) or not clause.has("no", "nothing") or passage.has(*MORE):
        return None
    days = [hit for hit in clause.all(*DAYS) if hit.end == clause.end and clause.mark == ","]
    joints = [hit for hit in clause.all("and") if any(0 <= day.start - hit.end < LEADING for day in days)]
    if not joints or clause.has_any(COMPLAINTS):
        return None
    denials = [hit for hit in clause.all("no", "nothing") if hit.end <= joints[0].start]
    return days[0] if denials else None


def was_still_able(clause: Clause, passage: Passage) -> bool:
    """Whether it tells what was still possible on a day, and the next clause what is so today.

    "Yesterday I could still hoover the flat, today I have to sit down winded".
    """
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence or not clause.has(*DAYS):
        return False
    is_today = any(hit.value == 0 and hit.start - after.start <= 1 for hit in after.all("days_ago"))
    is_past = all(hit.value for hit in clause.all("days_ago"))
    is_able = clause.has(*ABLE) and clause.has(*EFFORTS) and not clause.has("no", "not", "cannot", "since", "barely")
    return is_today and is_past and is_able and not clause.has("cough", "breathless", "cannot_breathe", "air")
