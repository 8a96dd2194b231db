"""Breath that was never better: "nunca he respirado mejor", "je n'ai jamais aussi bien respiré"."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.easy_breath import TAKEN_BACK
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 2
OTHERWISE: Final = (
    "than", "until", "since", "used_to", "past_time", "if", "can", "trouble", "lack", "cannot", "barely", "less",
    "only", "worse", "laboured", "pain", "rest", "sit_up", "night", "chest", "relative", "stranger", "but",
    "minimal_effort", "moderate_effort", "after", "then", "wh", "half", "excepting", "ago", "breathless",
    "cannot_breathe", "season",
)  # fmt: skip
"""Beside which it may be no praise: "never better than sitting up", "never breathed better until now"."""


def was_never_better(breath: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a "never" stands before "better", or "so well", beside a breath that was drawn, and no more is said.

    Not a breath that is never better now: "I never breathe better", "nunca respiro mejor".
    """
    if clause.has(*OTHERWISE) or _is_taken_back(clause, passage):
        return False
    praise = [one for one in clause.all("betterment") if passage.says(one.start, "better")]
    so_much = {one.end for one in clause.all("so_much")}
    praise += [one for one in clause.all("fine") if one.start in so_much]
    if passage.lexicon.language == "fr":
        praise = [one for one in praise if one.end == breath.start]
    return _is_never(praise, breath, clause, passage)


def was_never_worse(breath: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a "never" stands before "worse", or "well": "nooit slechter geademd", "nunca he respirado bien"."""
    so_much = {one.end for one in clause.all("so_much")}
    called = [one for one in clause.all("worse", "laboured", "fine") if one.start not in so_much]
    return _is_never([one for one in called if not passage.says(one.start, "better")], breath, clause, passage)


def _is_never(called: list[Hit], breath: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether breath that was drawn was never what it is called beside it."""
    if not called or not passage.says(breath.start, "breathed") or clause.mark == "?":
        return False
    nevers = {one.end for one in clause.all("ever")} & {one.end for one in clause.all("no", "not")}
    return any(
        end <= one.start <= end + NEAR and max(one.start - breath.end, breath.start - one.end) <= 1
        for end in nevers
        for one in called
    )


def _is_taken_back(clause: Clause, passage: Passage) -> bool:
    """Whether the sentence goes on with what takes some of it back."""
    after = passage.after(clause)
    is_same = after is not None and after.sentence == clause.sentence
    return is_same and after is not None and after.has("no", "not", "now", "until", "then", *TAKEN_BACK)
