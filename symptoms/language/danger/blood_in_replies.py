"""Whether the answer to a question about the cough, or about signs of danger, tells of coughed blood, and how much.

There the cough goes without saying: "half a cup of blood", "yes, a lot".
"""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import RedFlag, Slot
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

OF_COUGH: Final = frozenset({Slot.RED_FLAGS, Slot.COUGH_SEVERITY, Slot.COUGH_BLOOD, Slot.COUGH_INTERFERENCE})
"""Questions at which blood that is told is coughed up."""
AMOUNTS: Final = ("much_amount", "many")
ELSEWHERE: Final = (
    "nose",
    "tooth",
    "elsewhere",
    "limb",
    "state",
    "wound",
    "aphtha",
    "lesion",
    "shiver",
    "chest_attack",
)
"""Beside one of these blood comes from somewhere else."""
OTHER_MATTERS: Final = (
    "cough",
    "phlegm",
    "breathless",
    "breathe",
    "air",
    "pain",
    "sleep",
    "eat",
    "swallow",
    "speak",
    "sport",
)
"""Of one of these an amount may be that stands beside no blood: "yes, when I cough a lot"."""


def blood_in_reply(reader: Reader, expected: str | None) -> frozenset[RedFlag]:
    """The blood that a reply says is coughed up: "about half a cup", "yes, blood"; none at other questions.

    An amount stands for blood by itself only where blood was asked for.
    """
    if expected not in OF_COUGH:
        return frozenset()
    clauses = reader.passage.clauses
    named = [clause for clause in clauses if clause.has("blood")]
    told = [clause for clause in named if _is_coughed(clause, reader)]
    is_asked = expected == Slot.COUGH_BLOOD and not named
    if any(_is_much(clause, reader, told, is_asked=is_asked) for clause in clauses):
        return frozenset({RedFlag.COUGHING_MUCH_BLOOD})
    return frozenset({RedFlag.COUGHING_BLOOD}) if told and expected == Slot.RED_FLAGS else frozenset()


def _is_coughed(clause: Clause, reader: Reader) -> bool:
    """Whether blood is told in a clause, today's or of before, and not that of a nose, a tooth or the mouth."""
    amounts = {hit.start for hit in clause.all(*AMOUNTS)}
    is_of_mouth = any(hit.start not in amounts for hit in clause.all("mouthpart", "lip", "tongue"))
    if clause.has(*ELSEWHERE) or (is_of_mouth and not clause.has("cough", "bring_up", "phlegm")):
        return False
    return any(_is_told(hit, clause, reader) for hit in clause.all("blood"))


def _is_much(clause: Clause, reader: Reader, told: list[Clause], *, is_asked: bool) -> bool:
    """Whether a clause names more than a spoonful, of the blood that it or another clause tells."""
    if clause.has("little_amount", "less_than") and not clause.has("more_than"):
        return False
    if not any(_is_told(hit, clause, reader) for hit in clause.all(*AMOUNTS)):
        return False
    if clause in told:
        return True
    return bool(told or is_asked) and not _is_of_other_matter(clause)


def _is_of_other_matter(clause: Clause) -> bool:
    """Whether an amount may be of something else than blood: not the spoon that is the amount, nor "coughed up"."""
    measured = {at for hit in clause.all(*AMOUNTS, "bring_up") for at in range(hit.start, hit.end)}
    return any(hit.start not in measured for hit in clause.all(*OTHER_MATTERS, *ELSEWHERE))


def _is_told(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether something is neither denied, nor somebody else's: a cupful of yesterday counts."""
    return hit not in reader.denied and not (clause.has("relative") and reader.scope.is_others(hit, clause))
