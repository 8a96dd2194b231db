"""What was well and is so no more, as the next words say: "gisteren had ik nog adem genoeg, nu niet meer"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import NEAR, SYMPTOMS
from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

WELL: Final = ("fine", "ample")
ENDED: Final = ("no_longer", "not", "no_answer", "now", "but", "and", "filler", "someone")
"""Of what a clause consists that says no more than that it is so no more."""

UNWELL: Final = (
    "no", "not", "cannot", "barely", "lack", "trouble", "laboured", "amiss", "breathless", "cannot_breathe", "cough",
    "pain", "less", "aphtha", "lesion", "spot", "swollen", "fever",
)  # fmt: skip
"""Beside which it is not what was well that is no more: "I had no air, now no longer"."""


def well_no_more(clause: Clause, passage: Passage) -> set[Hit]:
    """The words for what a clause says was well before, where the next says no more than "now no longer"."""
    after = passage.after(clause)
    return set(clause.all(*WELL)) if after is not None and ends_what_was_well(after, passage) else set()


def ends_what_was_well(clause: Clause, passage: Passage) -> bool:
    """Whether it says no more than that what was well before is so no more: "yesterday I could breathe, now not"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.mark == "?":
        return False
    if not (clause.has("no_longer") or (clause.has("now") and clause.has("not", "no_answer"))):
        return False
    is_past = before.has("had", "used_to") or any(hit.value for hit in before.all("days_ago", "weekdays"))
    is_well = is_past and before.has(*WELL) and not before.has(*UNWELL)
    return is_well and places_of(clause.all(*ENDED)).issuperset(range(clause.start, clause.end))


def fine_no_more(clause: Clause) -> set[Hit]:
    """The "without pain" that is no longer so: "Essen ohne Schmerzen gibt es nicht mehr"."""
    if not clause.has("without"):
        return set()
    starts = {hit.start for hit in clause.all("without")}
    ended = clause.end - 1
    denials = [hit for hit in clause.all("not", "no_longer", "cannot") if hit.start > 0 and ended - hit.end <= NEAR]
    joints = [hit.start for hit in clause.all("and", "or", "but", *SYMPTOMS)]
    return {
        fine
        for fine in clause.all("fine", "clean")
        if fine.start in starts and fine.end - fine.start > 1
        for denial in denials
        if fine.end <= denial.start and not any(fine.end <= at < denial.start for at in joints)
    }
