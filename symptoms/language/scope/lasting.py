"""What began at a time before and has been there ever since: "since last winter", "last month, and it never went"."""

from __future__ import annotations

import re
from typing import Final

from symptoms.language.denial.denying import SYMPTOMS
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3
REACH: Final = 6
"""Words from "since" to the time that it dates: "since I moved house in 2020"."""

LONGEST_NAME: Final = 2
YEAR: Final = re.compile(r"(?:19|20)\d\d$")
GOING: Final = ("gone", "betterment", "stop", "closed")
"""What what was there before has not done."""


def lasts(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a complaint of a time before has been there ever since, is had still, or never went away."""
    return is_ever_since(clause, passage) or _has_it_still(clause) or _never_went(hit, clause, passage)


def is_ever_since(clause: Clause, passage: Passage) -> bool:
    """Whether a past time in it is that since when it is so: "since last winter", "depuis mon accident en 2019"."""
    dates = {hit.start for hit in clause.all("used_to", "past_time")}
    dates |= {at for at in range(clause.start, clause.end) if YEAR.match(passage.tokens[at].text)}
    starts = [at for at in range(clause.start, clause.end) if dates and passage.says(at, "ever_since")]
    return bool(dates) and all(any(0 < at - start <= REACH for start in starts) for at in dates)


def is_named_as_begun(clause: Clause, passage: Passage) -> bool:
    """Whether it only names what the clause before says has begun: "it started at Easter, the cough"."""
    before = passage.before(clause)
    is_bare = clause.end - clause.start <= LONGEST_NAME
    is_bare = is_bare and clause.has(*SYMPTOMS)
    return is_bare and before is not None and before.has("since") and not before.has("no", "not", "gone")


def is_of_late(clause: Clause, days: int) -> bool:
    """Whether it names a day of its own, no more than so many ago: "as a child I coughed, this morning again"."""
    return any((hit.value or 0) <= days for hit in clause.all("days_ago"))


def _has_it_still(clause: Clause) -> bool:
    """Whether it ends in that the speaker has it still: "met Kerst kreeg ik een hoest en die heb ik nog"."""
    past = {hit.end for hit in clause.all("had")}
    had = {hit.end for hit in clause.all("have")} - past
    return any(hit.start in had and hit.end == clause.end for hit in clause.all("left"))


def _never_went(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is said after it that it never went away, or got no better: "and it hasn't improved"."""
    for one in (clause, *passage.sentence_after(clause)):
        without = {denial.start for denial in one.all("without")}
        denials = [denial.end for denial in one.all("no", "not") if denial.start >= hit.end]
        denials = [end for end in denials if end - 1 not in without]
        if any(0 <= going.start - end <= NEAR for going in one.all(*GOING) for end in denials):
            return True
    return False
