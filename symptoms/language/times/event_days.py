"""Which days of a clause are those of a meal, of bleeding or of what is only compared, and of no beginning."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.times.dates import SORES, is_introduced
from symptoms.language.times.day_by_day import is_counted_day
from symptoms.language.times.since import LIMIT_DAYS

LIKENED: Final = 4
"""Words from "the same" to the day on which it was so."""
COPULA: Final = 2
"""Words before the "of" of a clause that opens with whose day it is: "die ist von gestern"."""
SINGLE_EVENTS: Final = ("eat", "drink", "tablets", "gone", "plan", "treatment", "unit_other", "no", "not")
"""Beside which so many the same as last week are none that have been there since."""
DEGREES: Final = (
    "worse", "more_than", "less", "less_than", "further", "like", "same", "different", "well", "goes_on", "still",
    "fewer", "trivial", "rest", "no_longer", "not",
)  # fmt: skip
"""What stands before "than a day": "peor que ayer"."""


def is_of_event(clause: Clause, at: int) -> bool:
    """Whether a day is that of a meal, of bleeding or of healing, rather than of a beginning."""
    begun = [(hit.start, hit.end) for hit in clause.all("since") if hit.end - hit.start > 1]
    events = clause.all("blood", "hearty", "soft", "gone", "clean", "left", "eat", "drink", "tablets")
    merely = {hit.start for hit in clause.all("only")}
    counted = {hit.start for hit in clause.numerals} if clause.has("observe", "had") else set()
    is_told = any(hit.start > at for hit in clause.all("since"))
    is_told = is_told or any(hit.start == at and is_counted_day(hit, clause) for hit in clause.all("days_ago"))
    events = [hit for hit in events if hit.kind != "left" or not (is_told or hit.end in counted or hit.start in merely)]
    is_event = any(not any(start <= hit.start < end for start, end in begun) for hit in events)
    begun_at = [hit.start for hit in clause.all("since", "for") if hit.start < at]
    is_compared = any(
        (one.start <= at < one.end and _is_of_degree(one, clause))
        or (0 <= at - one.end <= 2 and not any(one.end <= near for near in begun_at))
        for one in clause.all("than")
    )
    is_compared = is_compared or _is_likened(clause, at)
    if is_compared:
        return True
    if _is_day_of_coming(clause, at):
        return False
    is_begun = clause.has("sudden") or any(hit.start > at and hit.end == clause.end for hit in clause.all("since"))
    return is_event and not is_begun and not is_introduced(clause, at, "since", "for")


def _is_day_of_coming(clause: Clause, at: int) -> bool:
    """Whether a day is that of sores, whatever is said of food after it: "die ist von gestern und stört nicht",
    "drei Bläschen sind heute gekommen ich esse normal".
    """
    end = next((hit.end for hit in clause.all("days_ago") if hit.start == at), at)
    turns = {hit.start for hit in clause.all("self", "and", "but", "someone")} | {clause.end}
    dated = is_dated_from(clause, at)
    told = any(hit.start == end and hit.end in turns for hit in clause.all("since"))
    is_after_sores = any(hit.end <= at for hit in clause.all(*SORES)) and not clause.has("cause")
    return (dated and end in turns) or (told and is_after_sores)


def is_dated_from(clause: Clause, at: int) -> bool:
    """Whether a clause opens with whose day it is: "son de ayer", "die ist von gestern"."""
    return any(hit.end == at and 0 < hit.start - clause.start <= COPULA for hit in clause.all("of"))


def _is_of_degree(than: Hit, clause: Clause) -> bool:
    """Whether words before "que ayer" compare something, and do not tell of it: "te cuento que ayer noté una llaga"."""
    return any(hit.start < than.start for hit in clause.all(*DEGREES))


def _is_likened(clause: Clause, at: int) -> bool:
    """Whether it is a time that something is like: "as last week", "the same two as yesterday"."""
    if any(one.end == at for one in clause.all("like")):
        return True
    is_same = any(0 < at - one.end <= LIKENED for one in clause.all("same"))
    return is_same and any(one.end == at for one in clause.all("of", "like", "than", "as_if"))


def is_since_then(clause: Clause, day: Hit) -> bool:
    """Whether so many are the same as over three days ago, and so are there since: "same four as last week"."""
    if (day.value or 0) <= LIMIT_DAYS or clause.has(*SINGLE_EVENTS):
        return False
    ends, starts = {hit.end for hit in clause.numerals}, {hit.start for hit in clause.numerals}
    same = [hit for hit in clause.all("same") if hit.end <= day.start and (hit.start in ends or hit.end in starts)]
    led = clause.all("of", "like", "than", "as_if", "coloured_like")
    return bool(same) and any(one.end == day.start or one.start < day.start < one.end for one in led)
