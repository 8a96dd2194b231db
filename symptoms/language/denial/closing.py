"""What ends a symptom by words that mean other things elsewhere: a sore that "is closed", "done with the cough"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

SORES: Final = ("aphtha", "lesion", "spot")
SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")
UNSURE: Final = (
    "no", "not", "no_answer", "almost", "wished", "barely", "still", "half", "if", "left", "tomorrow", "wh", "throat",
    "nose", "breathe", "air", "swallow", "hardly_any",
)  # fmt: skip
"""Beside which nothing is taken for closed: what is denied, not yet so, or of a throat that closes."""

TIMES: Final = (
    "since", "units", "weekdays", "days_ago", "now", "numbers", "last", "mine", "months",
    "luckily", "ago", "have",
)  # fmt: skip
BETWEEN: Final = ("mine", "last", "all_of", "ordinals", "filler")


def is_closed(clause: Clause) -> bool:
    """Whether it says that its sore has closed, or that the speaker is done with or rid of what it names."""
    if not clause.has("closed", "done_with") or clause.has(*UNSURE):
        return False
    words = {(hit.start, hit.end) for hit in clause.all("closed")}
    if any((hit.start, hit.end) not in words for hit in clause.all("cannot")):
        return False
    return any(_is_of_sore(hit, clause) or is_rid_of(hit, clause) for hit in clause.all("closed")) or _is_done(clause)


def is_rid_of(hit: Hit, clause: Clause) -> bool:
    """Whether the words go round a symptom ("van die hoest af"), or stand right before it ("se acabaron las aftas")."""
    if any(one.start == hit.end - 1 and one.end > hit.end for one in clause.hits):
        return False
    between = {at for one in clause.all(*BETWEEN) for at in range(one.start, one.end)}
    for one in clause.all(*SYMPTOMS):
        is_before = hit.end <= one.start and all(at in between for at in range(hit.end, one.start))
        if hit.start < one.start < hit.end or (is_before and clause.start >= hit.start - 1):
            return True
    return False


def _is_of_sore(hit: Hit, clause: Clause) -> bool:
    """Whether it ends a clause about a sore, but for times: "das letzte Bläschen ist seit Montag zu"."""
    times = {at for one in clause.all(*TIMES) for at in range(one.start, one.end)}
    sores = [one for one in clause.all(*SORES) if one.end <= hit.end - 1]
    is_whole = clause.has("last", "all_of", "each") or not (clause.has("mouthpart") or clause.numerals)
    around = (*range(hit.start + 1, hit.end - 1), *range(hit.end, clause.end))
    return bool(sores) and is_whole and all(at in times for at in around)


def _is_done(clause: Clause) -> bool:
    """Whether it opens with the symptom that somebody is done with: "mit der Kurzatmigkeit bin ich durch".

    Or with its name, maybe after "the" or "my", and says no more: "la toux c'est fini", "cough's away"; not "plus de
    souffle c'est fini".
    """
    opening = [hit.end for hit in clause.all("company") if hit.start == clause.start]
    done = [hit for hit in clause.all("done_with") if hit.end == clause.end]
    if done and any(0 <= hit.start - end <= 2 for end in opening for hit in clause.all(*SYMPTOMS)):
        return True
    named = [hit for hit in clause.all(*SYMPTOMS) if hit.end - hit.start == 1 and hit.start - clause.start <= 1]
    is_led = clause.begins_with("mine") or clause.begins_with("filler")
    named = [hit for hit in named if is_led or hit.start == clause.start]
    return clause.mark != "?" and any(hit.end == one.start for hit in named for one in done)
