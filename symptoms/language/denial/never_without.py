"""What is there at all times, as there is none without it: "hardly an hour goes by without me having to cough"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3
DENIALS: Final = ("no", "not", "barely", "hardly_any", "stuck")
TIMES: Final = ("units", "night")
OTHERS: Final = CONTENT - {"gone", "night", "trivial", "cannot"}
JOINTS: Final = ("and", "or", "but")
SUBJECTS: Final = ("self", "me", "have", "wh")


def is_never_without(hit: Hit, clause: Clause) -> bool:
    """Whether a denial of any time without it stands before: "no day without sores", "not a night I don't cough".

    Not "no cough for days, without a sore": the denial has the time alone to deny.
    """
    if not clause.has(*TIMES) or not clause.has(*DENIALS):
        return False
    without = {one.start for one in clause.all("without")}
    first = [one for one in clause.all(*DENIALS) if one.start not in without]
    seconds = [one for one in clause.all("no", "not", "without") if one.end <= hit.start]
    for denial in first:
        for time in clause.all(*TIMES):
            if 0 <= time.start - denial.end <= NEAR and not _has_between(denial.end, time.start, clause, OTHERS):
                later = [one for one in seconds if one.start >= time.end and _undoes(one, time, hit, clause)]
                if later and not _has_between(time.end, hit.start, clause, frozenset(JOINTS)):
                    return True
    return False


def adds_a_time(clause: Clause, passage: Passage) -> bool:
    """Whether it adds one more time to those that are not without it: "nor today", "ook nu niet", "hoy tampoco"."""
    if clause.has("also", "or") or any(hit.end - hit.start > 1 for hit in clause.all("no_answer")):
        return True
    return any(passage.says(at, "not_either") for at in range(clause.start, clause.end))


def _undoes(second: Hit, time: Hit, hit: Hit, clause: Clause) -> bool:
    """Whether it is a "without", or the "not" of a clause with a subject of its own: "a morning that I don't cough"."""
    if any(one.start == second.start for one in clause.all("without")):
        return True
    is_of_hit = hit.start - second.end <= 1
    return is_of_hit and any(time.end <= one.start < hit.start for one in clause.all(*SUBJECTS))


def _has_between(start: int, end: int, clause: Clause, kinds: frozenset[str]) -> bool:
    return any(start <= hit.start < end for hit in clause.all(*kinds))
