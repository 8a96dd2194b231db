"""Times that have long passed: youth, the first weeks of the treatment, a feast."""

from __future__ import annotations

from datetime import date
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.times.dates import days_since_feast

NEAR: Final = 3
YEAR_DAYS: Final = 300
OLDEST: Final = 50
NEWEST: Final = 99
"""The years of which only two digits are named that a patient may tell of: 1950 to 1999."""
SHORT: Final = 2
YEARLY: Final = frozenset({"in", "im", "en"})
APOSTROPHES: Final = frozenset("'’")
YOUTH: Final = 20
"""The age up to which a patient of the clinic tells of what has long passed."""


def is_of_youth(clause: Clause, passage: Passage) -> bool:
    """Whether an age of youth dates it: "à vingt ans je me suis évanouie", "mit achtzehn Jahren bin ich umgekippt".

    Not a time that ended or was lasting: "mit 15 Jahren Rauchen huste ich", "a los diez años de la operación".
    """
    if not (clause.numerals and clause.has("units")) or clause.has("now", "still", "since", "for"):
        return False
    years = {one.start: one.end for one in clause.all("units") if (one.value or 0) >= YEAR_DAYS}
    told = {one.start for one in clause.all("self", "have", "being", "had")}
    for number in clause.numerals:
        end = years.get(number.end)
        if end is None or not 3 < (number.value or 0) <= YOUTH or number.start == clause.start:
            continue
        is_age = passage.says(number.start - 1, "at_the_age")
        if is_age and (end in told or end == clause.end):
            return True
    return False


def names_short_year(clause: Clause, passage: Passage) -> bool:
    """Whether a feast of the speaker's is dated by the last two digits of its year: "op mijn trouwfeest in '92"."""
    if not clause.has("gathering") or clause.has("now", "still", "since", "days_ago"):
        return False
    quantities = {one.start for one in clause.all("units", "unit_other", "aphtha", "lesion", "spot", "moderate_effort")}
    for number in clause.digits:
        if number.end in quantities or not OLDEST <= (number.value or 0) <= NEWEST or number.start <= clause.start + 1:
            continue
        before = range(number.start - SHORT, number.start)
        is_in = any(at > clause.start and passage.tokens[at].text in YEARLY for at in before)
        if is_in or passage.tokens[number.start - 1].text in APOSTROPHES:
            return True
    return False


def is_when_small(clause: Clause, passage: Passage) -> bool:
    """Whether it is the French "petite, ..." before what was then."""
    is_bare = clause.end - clause.start == 1 and clause.mark == ","
    return is_bare and passage.says(clause.start, "when_small")


def is_of_first_weeks(clause: Clause) -> bool:
    """Whether it was so in the first weeks of the treatment: "in den ersten vier Wochen der Therapie hatte ich ..."."""
    if not (clause.has("had") and clause.has("ordinals")) or clause.has("now", "still"):
        return False
    firsts = [one.end for one in clause.all("ordinals") if one.value == 1]
    units = [one for one in clause.all("units") if any(0 <= one.start - at <= 1 for at in firsts)]
    courses = [one.start for one in clause.all("treatment", "tablets", "drug")]
    return any(0 <= at - unit.end <= NEAR for unit in units for at in courses)


def is_just_past(clause: Clause, today: date, days: int) -> bool:
    """Whether a feast that is named was no more than so many days ago."""
    ago = [days_since_feast(hit, today) for hit in clause.all("feasts", "easter")]
    return any(one is not None and one <= days for one in ago)
