"""Breath that is no shorter than it ever was: "nicht mehr als sonst", "I have always puffed on that hill"."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.companions import compared_with_others
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import distance, overlap
from symptoms.language.times.beginnings import has_beginning

COMPARED: Final = 4
"""Words from a degree to what it is compared with: "no more out of breath than usual"."""
NEAR: Final = 5
"""Words between breath and the "always" that is said of it."""
BRIEF: Final = 10
"""Words of a clause that says no more than "but not more than before the tablets"."""

CALM: Final = ("always_so", "than_ever", "more_so", "at_most", "no", "not")
SMALL: Final = (
    "numbers",
    "company",
    "filler",
    "self",
    "have",
    "had",
    "being",
    "mine",
    "also",
    "but",
    "and",
    "luckily",
    "roughly",
    "someone",
)
"""What else a clause consists of that says no more than that it was always so."""

CHANGED: Final = (
    "worse", "sudden", "rest", "sit_up", "night", "chest", "faint", "blood", "cannot_breathe", "different", "still",
    "used_to", "now", "drug", "tablets", "treatment", "barely", "cannot", "excepting", "only", "every", "each", "if",
    "less", "betterment", "amiss", "no_longer", "days_ago", "since_then", "further", "lack", "trouble", "can",
    "because", "cause", "but", "until", "smokers", "weekdays", "months",
)  # fmt: skip
"""Beside which breath is not said to be as it ever was."""


def is_as_ever(breathless: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is said, here or right after, that breath was always so, or is no shorter than ever.

    Not of breathlessness that has a name ("the breathlessness is no worse than before"), nor where a text goes on with
    what is otherwise.
    """
    passage = reader.passage
    if breathless.kind != "breathless" or not passage.has("than_ever", "always_so", "than") or clause.mark == "?":
        return False
    if any(hit.end == breathless.start for hit in clause.all("mine")):
        return False
    after = passage.after(clause)
    told = [clause, after] if after is not None and _says_only_that(after, passage) else [clause]
    calm = _calm_of(breathless, clause, passage)
    calm += [hit for one in told[1:] for hit in one.all(*CALM, "but")]
    if not any(hit.kind in ("than_ever", "always_so") for hit in calm):
        return False
    within = {at for hit in calm for at in range(hit.start, hit.end)}
    return not any(_has_changed(one, within, reader) for one in passage.clauses)


def is_degree_denied(breathless: Hit, clause: Clause) -> bool:
    """Whether only a degree is denied, and it is there: "never more breathless than now", "no less than before"."""
    return _was_never_as_now(breathless, clause) or _is_no_less(breathless, clause)


def _is_no_less(breathless: Hit, clause: Clause) -> bool:
    """Whether it is no less, or breathlessness that has a name no other, than at another time."""
    is_named = any(hit.end == breathless.start for hit in clause.all("mine"))
    degrees = clause.all("less", *(["different"] if is_named else []))
    ends = [hit.end for hit in clause.all("no", "not")]
    degrees = [hit for hit in degrees if any(0 <= hit.start - end <= NEAR for end in ends)]
    thans = clause.all("than", "than_ever")
    return any(overlap(hit, one) or 0 <= one.start - hit.end <= COMPARED for hit in degrees for one in thans)


def _was_never_as_now(breathless: Hit, clause: Clause) -> bool:
    """Whether it never was worse than now: "I've never been more breathless than I am now"."""
    nevers = [hit for hit in clause.all("ever") if hit.end <= breathless.start]
    thans = [hit.end for hit in clause.all("than") if hit.start >= breathless.end]
    nows = [hit for hit in clause.all("now", "days_ago") if not hit.value]
    return bool(nevers) and any(one.start >= end for one in nows for end in thans)


def _calm_of(breathless: Hit, clause: Clause, passage: Passage) -> list[Hit]:
    """The words of a clause that say of breath in it that it is no more than ever or than others', or always was."""
    joints = clause.all("and", "or", "smokers")
    goals = {hit.start for hit in clause.all("for_to")}
    always = [hit for hit in clause.all("always_so") if distance(hit, breathless) <= NEAR and hit.end not in goals]
    found = [hit for hit in always if not any(_is_between(one, hit, breathless) for one in joints)]
    for ever in clause.all("than_ever") + compared_with_others(clause, passage, "than", "than_ever"):
        if breathless.start < ever.start:
            found += _denied_degree(ever, clause)
    return found


def _denied_degree(ever: Hit, clause: Clause) -> list[Hit]:
    """The denied degree, and what it is compared with: "nicht schneller außer Atem als sonst"; nothing without one."""
    found = [hit for hit in clause.all("at_most") if overlap(hit, ever)]
    for more in clause.all("more_so"):
        denials = [hit for hit in clause.all("no", "not") if 0 <= more.start - hit.end <= 1]
        if denials and 0 <= ever.start - more.end <= COMPARED:
            found += [denials[-1], more]
    return [*found, ever] if found else []


def _is_between(joint: Hit, hit: Hit, other: Hit) -> bool:
    return min(hit.end, other.end) <= joint.start < max(hit.start, other.start)


def _says_only_that(clause: Clause, passage: Passage) -> bool:
    """Whether a clause says no more than that it was always so, or is no more than ever: "das war schon immer so"."""
    is_told = clause.has("always_so") or any(_denied_degree(hit, clause) for hit in clause.all("than_ever"))
    if not is_told or clause.end - clause.start > BRIEF or clause.mark == "?" or clause.has("now"):
        return False
    known = {at for hit in clause.all(*CALM, *SMALL) for at in range(hit.start, hit.end)}
    return known.issuperset(at for at in range(clause.start, clause.end) if not passage.tokens[at].is_mark)


def _has_changed(clause: Clause, within: set[int], reader: Reader) -> bool:
    """Whether a clause tells of anything that is not as it ever was, beside the words that say that it is."""
    changed = [hit for hit in reader.facts(clause, *CHANGED) if hit.start not in within]
    changed = [hit for hit in changed if hit.kind != "days_ago" or hit.value]
    return bool(changed) or has_beginning(clause) or clause.mark == "?"
