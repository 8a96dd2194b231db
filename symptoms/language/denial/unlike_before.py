"""What was never so, or never there, at a time before, and so is now: "never coughed like this"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3
SMALL: Final = ("mine", "of", "article", "filler", "place", "company", "numbers", "for_to")
"""Words between a complaint and what is said of it."""
OF_TIMES: Final = ("ever", "of_before", "many", "worse", "vague_long", "until", "future")
EFFORTS: Final = ("moderate_effort", "minimal_effort", "exercise")
"""What may stand there too: "ich schnaufe am Berg wie noch nie"."""


def is_unlike_before(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it was never so, or never there, at a time before: then it is now."""
    if not clause.has("no", "not", "cannot") or not clause.has(*OF_TIMES):
        return False
    return (
        _was_never_so(hit, clause, passage)
        or _is_new_since_then(hit, clause, passage)
        or _is_new_since_that_day(hit, clause)
    )


def _was_never_so(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only the like of it was never there: "never coughed like this", "nie so kurzatmig", "such a cough"."""
    if _is_as_many_as_never(hit, clause):
        return True
    if not clause.has("ever", "vague_long") or clause.has("no_longer"):
        return False
    smalls = {at for one in clause.all(*SMALL) for at in range(one.start, one.end)}
    for degree in clause.all("so_much"):
        if degree.end < clause.end and passage.says(degree.end, "not_so"):
            continue
        if degree.end <= hit.start <= degree.end + 2 and smalls.issuperset(range(degree.end + 1, hit.start)):
            return True
        is_front = degree.start == clause.start and passage.says(degree.start, "how_first")
        if is_front and degree.end < hit.start:
            return True
    ends = (hit.end, hit.end + 1)
    likes = [one for one in clause.all("like") if one.start == hit.end and one.end < clause.end]
    is_like_this = any(passage.says(one.end, "this", "pointing") for one in likes)
    within = [one.start for one in clause.all("like_this", "so_much")]
    is_within = any(hit.start < at < hit.end for at in within)
    if is_like_this or is_within or any(one.start in ends for one in clause.all("like_this")):
        return True
    smalls |= {at for one in clause.all(*EFFORTS) for at in range(one.start, one.end)}
    return any(hit.end < one.start and smalls.issuperset(range(hit.end, one.start)) for one in clause.all("like_this"))


def _is_as_many_as_never(hit: Hit, clause: Clause) -> bool:
    """Whether a phrase of how much it is has its denial in it: "n'ai jamais eu autant d'aphtes"."""
    return any(
        one.start < much.start < one.end <= much.end and much.end <= hit.start <= much.end + 1
        for much in clause.all("many", "worse")
        for one in clause.all("not", "no")
    )


def _is_new_since_then(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether there was none before the treatment, or before now: "before these tablets I never coughed"."""
    denials = clause.all("no", "not")
    is_denied = any(0 <= hit.start - one.end <= NEAR or 0 <= one.start - hit.end <= NEAR - 1 for one in denials)
    if not clause.has("of_before") or not is_denied:
        return False
    after = passage.after(clause)
    if after is not None and after.sentence == clause.sentence and after.has("not", "no", "no_answer"):
        return False
    courses = {one.start for one in clause.all("drug", "tablets", "treatment")}
    for one in clause.all("of_before"):
        if one.start > clause.start and passage.says(one.start - 1, "as"):
            continue
        is_dated = any(one.end <= at <= one.end + NEAR for at in courses)
        if is_dated or (one.end == clause.end and one.start >= hit.end) or _is_fronted(one, clause, passage):
            return True
    return False


def _is_new_since_that_day(hit: Hit, clause: Clause) -> bool:
    """Whether there was none until a day gone by: "I didn't have a cough until yesterday", "bis Montag kein Husten"."""
    days = {one.start for one in clause.all("days_ago") if one.value} | {one.start for one in clause.all("weekdays")}
    untils = [one for one in clause.all("until", "future") if one.end in days or one.end + 1 in days]
    is_past = clause.has("had") or any(hit.end <= one.start for one in untils)
    denials = [one for one in clause.all("no", "not") if one.start < hit.end + NEAR]
    return bool(untils) and is_past and bool(denials) and not clause.has("gone", "now", "promised")


def _is_fronted(before: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it opens the clause, and no time follows it: "früher habe ich nie gehustet", "antes no tosía"."""
    follows = [
        one for one in clause.hits if one.start == before.end and one.kind in ("self", "have", "had", "not", "me")
    ]
    return before.start == clause.start and bool(follows)
