"""A complaint that is named first and of which something else is denied: "cough? nothing helps", "not one but six"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT, NEAR
from symptoms.language.denial.lifted import TIMES
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

SORES: Final = ("aphtha", "lesion", "spot")
DENIALS: Final = ("no", "not", "cannot", "no_answer", "nothing")
ENDED: Final = ("gone", "closed", "done_with", "rid_of")


def undenied_topic(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a complaint is there of which the words after it only seem to deny that it is."""
    denials = [one for one in clause.all(*DENIALS) if one.start >= hit.end]
    if not denials:
        return _is_not_ended_too(hit, clause, passage)
    return (
        _is_other_number(hit, denials, clause, passage)
        or _is_never_without(denials, clause)
        or _has_none_gone(hit, clause, passage)
        or _has_not_gone_after(clause, passage)
        or _is_not_done(clause, passage)
        or _is_unknown(denials, clause)
        or _was_never_such(clause)
    )


def _is_other_number(hit: Hit, denials: list[Hit], clause: Clause, passage: Passage) -> bool:
    """Whether only a number is denied, and another follows: "ulcers? not one but six"."""
    after = passage.after(clause)
    if hit.kind not in SORES or after is None or after.sentence != clause.sentence or not after.begins_with("but"):
        return False
    is_number = any(one.start <= number.start <= one.end for one in denials for number in clause.numerals)
    return is_number and bool(after.numerals or after.has("many"))


def _is_never_without(denials: list[Hit], clause: Clause) -> bool:
    """Whether there is no time without it: "cough? not a day without"."""
    ends = [one for one in clause.all("without") if one.end == clause.end]
    return any(
        denial.end <= time.start and time.end <= end.start
        for denial in denials
        for end in ends
        for time in clause.all(*TIMES)
    )


def _has_none_gone(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether none of the sores that were named has gone: "sores? none gone yet"."""
    nones = [
        one for one in clause.all("no", "none_of") if one.start >= hit.end and not passage.says(one.start, "bare_no")
    ]
    return hit.kind in SORES and any(
        one.end == gone.start for one in nones for gone in clause.all("gone", "betterment")
    )


def _has_not_gone_after(clause: Clause, passage: Passage) -> bool:
    """Whether the sentence goes on with that it has not gone: "the cough? no, it has not gone"."""
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.has(*CONTENT - {"gone"}):
        return False
    is_denied = any(one.end <= gone.start for one in after.all("not") for gone in after.all("gone"))
    return is_denied or (clause.has("no_answer") and after.has("still") and after.has("filler", "someone"))


def _is_not_done(clause: Clause, passage: Passage) -> bool:
    """Whether the speaker is not done with what the clause opens with: "mit dem Husten bin ich noch nicht durch"."""
    return clause.begins_with("company") and clause.has("not") and passage.says(clause.end - 1, "done")


def _is_unknown(denials: list[Hit], clause: Clause) -> bool:
    """Whether it is not known how many they are or since when: "sores? no idea how many"."""
    unknown = {one.start for one in clause.all("dont_know", "unsure")}
    return all(one.start in unknown for one in denials) and clause.has("how_many", "since", "wh", "long_unknown")


def _was_never_such(clause: Clause) -> bool:
    """Whether it was never so much: "¿tos? nunca tanta"."""
    ends = {one.end for one in clause.all("ever")}
    return any(one.start in ends and one.end == clause.end for one in clause.all("like_this", "so_much"))


def _is_not_ended_too(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it has not ended like what the clause before names: "done with the fever, not with the cough"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or not before.has(*ENDED) or before.has("no", "not"):
        return False
    is_led = any(one.start == clause.start for one in clause.all("not")) or clause.begins_with("but")
    is_bare = clause.end - clause.start <= NEAR + 2 and hit.end == clause.end and clause.has("not")
    return is_led and is_bare and clause.has("mine") and not clause.has("self", "have")
