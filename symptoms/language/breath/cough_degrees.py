"""What makes more or little of a cough, and what takes it back: "just a tickle", "but with green phlegm"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

SMALL: Final = (
    "cough", "tickle", "trivial", "few_times", "no_more", "now", "place", "of", "mine", "article", "self", "me", "have",
    "had", "only", "perhaps", "roughly", "unsure", "filler", "at_most", "being", "there_are", "and", "throat",
    "otherwise", "reply_no", "fine", "well", "harmless", "vague_few", "hardly_any", "used_to", "formerly",
)  # fmt: skip
"""Of what a clause consists that says no more than that somebody coughed, and how little."""

ALARM: Final = (
    "worse", "blood", "red", "breathless", "cannot_breathe", "stop", "cannot", "barely", "trouble", "chest", "lungs",
    "faint", "ground", "fever", "shiver", "phlegm", "bring_up", "night", "sleep", "woke", "pain", "limb", "state",
    "unwell", "weep", "still", "different", "no_longer", "alarm", "sudden", "lack", "excepting", "running_out", "many",
    "laboured", "each", "dread", "if", "amiss",
)  # fmt: skip
"""What makes more of a cough, wherever a text says it."""

TAKEN_BACK: Final = ("but", "excepting", "no_longer", "if", "not_that", "new", "another", "every")
"""With which a clause takes some of it back."""
CALM: Final = ("unchanged", "no_more", "few_times", "otherwise", "only", "trivial", "well")
"""Within which a word takes nothing back, and none alarms: "sonst nichts", "nothing new"."""
TOLD: Final = CONTENT | set(ALARM)


def is_belittled(hit: Hit, clause: Clause) -> bool:
    """Whether it is part of what makes little of it: "nothing bad", "mucho mejor", "twice all day"."""
    covers = clause.all("trivial", "well", "no_more", "unchanged")
    return any(one.start <= hit.start and hit.end <= one.end for one in covers) or _is_span_of_few(hit, clause)


def _is_span_of_few(hit: Hit, clause: Clause) -> bool:
    """Whether it is in how long it came only so often: "two or three times all day", "dos veces en todo el día"."""
    small = {at for one in clause.all("place", "of", "filler") for at in range(one.start, one.end)}
    is_day = any(hit.start <= one.start < hit.end and (one.value or 0) >= 1 for one in clause.all("units"))
    return is_day and any(
        one.end <= hit.start and small.issuperset(range(one.end, hit.start)) for one in clause.all("few_times")
    )


def calm_words(clause: Clause) -> set[int]:
    """The places of the words that say that nothing more is to be told: "sonst nichts", "nothing new"."""
    return {at for hit in clause.all(*CALM) for at in range(hit.start, hit.end)}


def takes_back(clause: Clause) -> bool:
    """Whether it goes on with what is otherwise: "but with green phlegm now", "sauf que je m'essouffle"."""
    calm = calm_words(clause)
    turned = [hit for hit in clause.all(*TAKEN_BACK) if hit.end - 1 not in calm]
    is_still_slight = clause.has("trivial", "unchanged") and not clause.has("worse", "blood")
    return any(hit.kind != "but" or not is_still_slight for hit in turned)
