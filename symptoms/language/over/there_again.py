"""What was over, or only read about, and is there now: "it came back", "now again", "and yes, I have it"."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.denial.denying import CONTENT
from symptoms.language.reading.mentions import Mention, Status
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

LONGEST: Final = 7
AGAIN: Final = (
    "but", "and", "now", "fronted", "still", "goes_on", "filler", "self", "have", "affirmed", "someone", "ask", "every",
    "units", "night", "days_ago", "vague_long", "all_of", "everything", "also", "mine", "yes", "had", "since", "left",
    "impersonal", "ago", "worse", "being", "then",
)  # fmt: skip
"""Of what a clause consists that says no more than that it is there, or there again."""

DOING: Final = ("moderate_effort", "minimal_effort", "rest", "sit_up", "speak")
"""What takes the breath of somebody who has less of it than before."""
SINCE: Final = (
    "treatment",
    "drug",
    "tablets",
    "place",
    "of",
    "article",
    "even",
    "for",
    "lasting",
    "company",
    "unit_other",
)
"""Of what else a clause consists that says since when it takes it."""

OTHER_MATTERS: Final = (CONTENT | {"eats_all"}) - {"worse", "night", "less"}
"""What else may be there again, or go well again: "ya como de todo otra vez"."""

OF_OTHERS: Final = ("self", "me", "have", "everything", "all_of")
"""What is back when the complaint has gone: "de hoest is weg en ik ben er weer"."""

DEGREES: Final = ("worse", "trouble", "amiss", "fiercely", "many", "so_much", "severity")
"""What is denied of a complaint that may be there all the same."""

HAD: Final = ("have", "self", "filler", "someone", "mine", "yes", "affirmed", "and", "but", "allow", "article")
"""Of what one consists that says no more than that the speaker has it."""


def is_there_again(clause: Clause, last: Mention, reader: Reader) -> Hit | None:
    """The words that say of what the clause before told that it is there now."""
    before = reader.passage.before(clause)
    if before is None or last.clause is not before or last.status is Status.PRESENT or clause.mark == "?":
        return None
    is_long = clause.end - clause.start > LONGEST
    if is_long or clause.has("no", "not", "no_answer", "nothing", "if", "relative", *OTHER_MATTERS):
        return None
    if before.sentence == clause.sentence and (again := _again(clause, last, reader)):
        return again
    return _had(clause, last, reader) or _after_all(clause, last, reader)


def _again(clause: Clause, last: Mention, reader: Reader) -> Hit | None:
    """What says that it is there again, of what was over: "last week it was gone but it came back"."""
    if back := _back(clause, last, reader):
        return back
    was_over = reader.scope.is_over(last.hit, last.clause) or last.clause.has("used_to")
    if not was_over or reader.scope.is_others(last.hit, last.clause):
        return None
    if last.symptom is Symptom.DYSPNEA and (worse := _at_less(clause)):
        return worse
    if not _consists_of(clause, AGAIN):
        return None
    told = clause.first("still", "goes_on", "affirmed", "vague_long", "everything", "every")
    is_turned = clause.begins_with("now") or clause.begins_with("but") or clause.has("still", "goes_on")
    return told or clause.first("now") if is_turned else None


def _at_less(clause: Clause) -> Hit | None:
    """What says that breath is short now of some effort, or none: "seit der Behandlung schon auf der Treppe"."""
    is_turned = any(clause.begins_with(kind) for kind in ("now", "since", "but"))
    return clause.first(*DOING) if is_turned and _consists_of(clause, (*AGAIN, *DOING, *SINCE)) else None


def _back(clause: Clause, last: Mention, reader: Reader) -> Hit | None:
    """What says that it is back, of what had gone: "the cough went away for two days and came back"."""
    had_gone = last.status is Status.ABSENT and last.hit not in reader.denied
    is_back = had_gone and not clause.has(*OF_OTHERS) and _consists_of(clause, AGAIN)
    return clause.first("still") if is_back else None


def _after_all(clause: Clause, last: Mention, reader: Reader) -> Hit | None:
    """What says that it is there all the same, of which how bad it is was denied: "no bad cough but it's there"."""
    is_degree = last.clause.has(*DEGREES) and last.status is Status.ABSENT
    if not is_degree or not clause.begins_with("but") or last.clause.sentence != clause.sentence:
        return None
    is_there = any(reader.passage.says(at, "there") for at in range(clause.start, clause.end))
    is_there = is_there or clause.has("left", "still", "worse", "whole")
    return clause.first("but") if is_there and not clause.has("self", "me", "have") else None


def _had(clause: Clause, last: Mention, reader: Reader) -> Hit | None:
    """What says that the speaker has what was only read about: "the leaflet says cough and yes, I have it"."""
    is_read = last.status is Status.IRRELEVANT and reader.scope.is_imagined(last.hit, last.clause)
    is_read = is_read and last.clause.has("advice") and not reader.scope.is_others(last.hit, last.clause)
    return clause.first("have") if is_read and _consists_of(clause, HAD) else None


def _consists_of(clause: Clause, kinds: tuple[str, ...]) -> bool:
    said = {at for hit in clause.all(*kinds) for at in range(hit.start, hit.end)}
    return said.issuperset(range(clause.start, clause.end))
