"""A change for the better that is denied, of a complaint that is there: "no relief from the cough"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

NEAR: Final = 3
REACH: Final = 6
"""Words from a denial to what it denies of a complaint, and from that to the complaint."""

DENIALS: Final = ("no", "not", "cannot", "no_answer", "nothing")


def is_unchanged(hit: Hit, clause: Clause) -> bool:
    """Whether it is a change for the better that is denied: "no relief from the cough", "cough: no improvement"."""
    before = [one for one in clause.all(*DENIALS) if one.start < hit.start and one.kind != "nothing"]
    for change in clause.all("betterment", "relieves"):
        near = [one for one in clause.all(*DENIALS) if _is_next_to(one, change)]
        if before and _is_its_own(change, hit, clause) and 1 < hit.start - before[-1].end <= NEAR:
            return True
        if change.end <= hit.start <= change.end + REACH:
            around = [one for one in before if not change.start < one.start < change.end]
            is_last = bool(around) and around[-1].start <= change.end + 1 and around[-1] in near
            is_so = is_last or (not before and _is_of_it(change, hit, clause))
        else:
            is_next = hit.end <= change.start <= hit.end + REACH and not before
            is_so = is_next and any(hit.end <= one.start for one in near)
        if is_so and not _are_apart(change, hit, clause):
            return True
    return False


def _is_its_own(change: Hit, hit: Hit, clause: Clause) -> bool:
    """Whether it follows on "the" complaint: "no sign of the cough easing"."""
    return any(one.end == hit.start for one in clause.all("mine")) and 0 <= change.start - hit.end <= 1


def _is_of_it(change: Hit, hit: Hit, clause: Clause) -> bool:
    """Whether the change of it is denied in the end: "von Besserung beim Husten keine Spur"."""
    is_of = any(change.end <= one.start < hit.start for one in clause.all("of", "place", "company"))
    return is_of and any(0 <= one.start - hit.end <= NEAR for one in clause.all("no", "not"))


def _are_apart(change: Hit, hit: Hit, clause: Clause) -> bool:
    """Whether an "and" or "or" stands between."""
    first, last = sorted((change, hit), key=lambda one: one.start)
    return any(first.end <= one.start < last.start for one in clause.all("or", "and"))


def _is_next_to(denial: Hit, change: Hit) -> bool:
    """Whether a denial is of a change: right before it, around it, or after a verb."""
    is_around = denial.start <= change.start and change.end <= denial.end
    is_after = 0 <= denial.start - change.end <= 1
    return is_around or is_after or -1 <= change.start - denial.end <= NEAR
