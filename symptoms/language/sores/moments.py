"""Of when a number of sores is told: of now, or of a time before."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3


def when_of(at: int, clause: Clause, passage: Passage) -> str:
    """Whether a number is of now or of the past, by the nearest word before it that says so, else by any."""
    hits = clause.all("now", "had", "used_to", "past_time", "days_ago", "weekdays")
    lasting = {hit.start for hit in clause.all("left", "since", "can")}
    hits = [hit for hit in hits if hit.kind != "had" or hit.start not in lasting]
    days = {hit.start for hit in hits if hit.kind in ("days_ago", "weekdays")}
    hits = [hit for hit in hits if hit.start not in days or not (_is_since(hit, clause) or _is_likened(hit, clause))]
    if said_before := _said_before(clause, passage):
        return said_before
    if not hits:
        return ""
    if any(hit.start == at + 1 and hit.end == clause.end for hit in clause.all("now")):
        return "now"
    before = [hit for hit in hits if hit.start <= at]
    if not before and any(one.start > hits[0].start for one in clause.numerals):
        return ""
    said = before[-1] if before else hits[0]
    is_of_today = len(before) > 1 and before[-2].kind == "days_ago" and not before[-2].value
    if said.kind == "had" and is_of_today and said.start - before[-2].end < NEAR:
        return "now"
    return "now" if said.kind == "now" or (said.kind == "days_ago" and not said.value) else "past"


def _said_before(clause: Clause, passage: Passage) -> str:
    """What "now" in front says of when, also in a clause of no more than "and now"."""
    previous = passage.before(clause)
    if clause.begins_with("now") and not clause.has("used_to", "past_time"):
        return "now"
    if previous is None or previous.end - previous.start > 2 or clause.has("days_ago", "weekdays"):
        return ""
    if previous.mark not in ("", ":"):
        return ""
    return "now" if previous.has("now") else _said_of_day(previous)


def _said_of_day(clause: Clause) -> str:
    """Whether a clause is no more than a day before: "yesterday:"."""
    is_day = any(hit.value or hit.kind == "weekdays" for hit in clause.all("days_ago", "weekdays"))
    return "past" if is_day and clause.mark == ":" else ""


def _is_since(day: Hit, clause: Clause) -> bool:
    """Whether a day is the first of something that lasts."""
    return any(0 <= day.start - hit.end <= 1 for hit in clause.all("since", "for"))


def _is_likened(day: Hit, clause: Clause) -> bool:
    """Whether a day is only one that is compared with: "the same two as on Monday", "las mismas dos del lunes"."""
    led = [*clause.all("like", "than"), *(clause.all("of") if clause.has("same") else [])]
    return any(0 <= day.start - hit.end <= 1 or hit.start < day.start < hit.end for hit in led)
