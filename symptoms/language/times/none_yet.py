"""Times of which it is only said that nothing was there then: "a week ago there was nothing yet"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.lifted import is_limit
from symptoms.language.text.clauses import Clause
from symptoms.language.times.weekdays import COMPLAINTS

BRIEF: Final = 6


def tells_what_was_not(clause: Clause) -> bool:
    """Whether it says of a time only that it was not so then: "a week ago there was nothing yet"."""
    if not clause.has("no", "not", "nothing", "almost") or not (clause.has("had") or _is_turned_from(clause)):
        return False
    days = clause.all("days_ago", "weekdays")
    begun = [hit for hit in clause.all("since", "for") if not any(one.start <= hit.start < one.end for one in days)]
    return not (begun or clause.has(*(COMPLAINTS - {"mouthpart"}), "since_then", "ordinals"))


def _is_turned_from(clause: Clause) -> bool:
    """Whether it only names a time and "nothing", and the next clause turns: "last week nothing and | now six"."""
    joint = min((hit.start for hit in clause.all("and")), default=clause.end)
    is_none = any(hit.start < joint for hit in clause.all("nothing", "no"))
    return is_none and clause.end - clause.start <= BRIEF and clause.mark in ("", ",")


def is_of_nothing(at: int, clause: Clause) -> bool:
    """Whether nothing was there at a time, before something came: "last week I had none and now there are six"."""
    turns = [hit.start for hit in clause.all("and", "but") if hit.start > at]
    if not turns:
        return False
    end = turns[0]
    said = {hit.kind for hit in clause.hits if hit.start < end}
    none = [hit for hit in clause.all("nothing", "no", "not") if hit.start < end and not is_limit(hit, clause)]
    is_told = not said.isdisjoint((*COMPLAINTS, "since", "ago", "since_then", "ordinals"))
    is_later = clause.numerals[-1:] and clause.numerals[-1].start > end
    return bool(none) and not is_told and bool(is_later)
