"""Breath that was short at a time before, and is no more: "vorige maand nog kortademig, nu helemaal niet meer"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage, places_of
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
NOTHING: Final = (
    "since", "for", "lasting", "mine", "article", "of", "and", "but", "treatment", "drug", "tablets", "now", "nothing",
    "no_more", "no_longer", "not", "filler",
)  # fmt: skip
"""Of what a clause consists that says that there is none of it since the treatment."""
NEAR: Final = 3


def is_short_no_more(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether breath was short, and the text goes on with that it is not now, or not since the treatment."""
    return (
        _is_not_now(hit, clause, passage)
        or _breathes_again(hit, clause, passage)
        or (_was_short_before(hit, clause) and _is_well_since(clause, passage))
    )


def _is_not_now(hit: Hit, clause: Clause, passage: Passage) -> bool:
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


def _breathes_again(hit: Hit, clause: Clause, passage: Passage) -> bool:
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


def _was_short_before(hit: Hit, clause: Clause) -> bool:
    """Whether it was so "before": "avant, j'étais essoufflée"."""
    is_short = hit.kind in ("breathless", "cannot_breathe") and clause.has("had") and clause.has("of_before")
    return is_short and not clause.has("now", "still", "no", "not") and not has_beginning(clause)


def _is_well_since(clause: Clause, passage: Passage) -> bool:
    """Whether the sentence goes on with none of it since, or with an effort that goes well."""
    following = passage.sentence_after(clause)
    if len(following) != 1 or following[0].mark == "?" or not following[0].has("since", "now"):
        return False
    after = following[0]
    if is_nothing_since(after):
        return True
    treated = {hit.start for hit in after.all("treatment", "drug", "tablets")}
    since = {hit.end for hit in after.all("since")}
    hindered = [hit for hit in after.all(*HINDERED) if hit.start not in since]
    hindered = [hit for hit in hindered if not any(0 <= at - hit.end < NEAR for at in treated)]
    return after.has("moderate_effort", "minimal_effort") and after.has("fine") and not hindered


def is_nothing_since(clause: Clause) -> bool:
    """Whether it says no more than that there is none since the treatment: "depuis le traitement plus rien"."""
    is_none = clause.has("nothing") and clause.has("since", "now") and clause.has("treatment", "drug", "tablets")
    return is_none and places_of(clause.all(*NOTHING)).issuperset(range(clause.start, clause.end))


def breathes_now(clause: Clause) -> bool:
    """Whether it tells of breath as it is now, and not only at rest or on the way: "jetzt atme ich normal"."""
    is_now = clause.has("now") and clause.has("breathe", "air")
    return is_now and not clause.has("rest", "moderate_effort", "minimal_effort", "only", "if", "no", "trouble", "lack")
