"""Breath that was short at a time before, and is well now: "now I breathe again", "jetzt atme ich normal"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.times.beginnings import has_beginning

BREATH: Final = ("breathless", "cannot_breathe", "breathe", "air")
HINDERED: Final = (
    "no", "not", "cannot", "barely", "less", "lack", "trouble", "worse", "only", "stop", "breathless", "cannot_breathe",
    "if", "pain", "laboured", "half", "perhaps", "chest", "relative", "stranger", "rest", "sit_up", "hardly_any",
)  # fmt: skip
"""Beside which breath is not said to be well."""
NO_COMPLAINT: Final = ("now", "no", "not", "without", "can", "fine", "well", "clean", "ample", "suffice")
"""Beside which "not any more" ends no complaint: "last week still good breath, now not any more"."""


def is_not_now(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it was so at a time that is named, and the text goes on with no more than "now not at all any more"."""
    after = passage.after(clause)
    if after is None or hit.kind not in BREATH or not clause.has("days_ago", "past_time", "months", "had"):
        return False
    if not after.has("now") or not after.has("not", "no_longer") or clause.has(*NO_COMPLAINT):
        return False
    later = passage.after(after)
    goes_on = later is not None and later.sentence == after.sentence
    small = {at for one in after.all("now", "not", "no_longer", "filler") for at in range(one.start, one.end)}
    return not goes_on and after.mark != "?" and small.issuperset(range(after.start, after.end))


def breathes_again(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether breath was short, and the text goes on with "now I breathe normally"."""
    if hit.kind not in BREATH or not clause.has("had") or clause.has("now") or has_beginning(clause):
        return False
    after = passage.after(clause)
    if after is None or not after.has("fine") or not after.has("breathe", "air") or after.has(*HINDERED):
        return False
    later = passage.after(after)
    if later is not None and later.sentence == after.sentence and later.has(*HINDERED, "moderate_effort", "but"):
        return False
    return after.has("now") or any(one.value == 0 for one in after.all("days_ago"))


def breathes_now(clause: Clause) -> bool:
    """Whether it tells of breath as it is now, and not only at rest or on the way: "jetzt atme ich normal"."""
    is_now = clause.has("now") and clause.has("breathe", "air")
    return is_now and not clause.has("rest", "moderate_effort", "minimal_effort", "only", "if", "no", "trouble", "lack")
