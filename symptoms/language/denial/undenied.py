"""What stands beside a denial and is there all the same: "no change in the cough", "never coughed like this"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import SYMPTOMS
from symptoms.language.denial.none_gone import (
    is_gone_of_none,
    neither_gone,
    not_once_gone,
    not_what_went,
    sores_not_gone,
)
from symptoms.language.denial.not_stopped import is_not_stopped
from symptoms.language.denial.told_by_me import is_told_by_me
from symptoms.language.denial.unchanged import is_unchanged
from symptoms.language.denial.undenied_topics import undenied_topic
from symptoms.language.denial.unlike_before import is_unlike_before
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3
DENIALS: Final = ("no", "not", "cannot", "no_answer")
THERE: Final = (*SYMPTOMS, "spot")
SMALL: Final = ("mine", "of", "article", "filler", "place", "company", "numbers", "for_to")
"""Words between a complaint and what is said of it."""

KNOWN: Final = ("if", "why", "wh", "know", "dont_know", "unsure", "told", "how_many")
"""What is not known or said, of a complaint that is there: where it comes from, whether it is serious."""

SORES: Final = ("aphtha", "lesion", "spot")
TAKEN: Final = ("rinse", "drug", "tablets", "treatment", "medicine", "drink", "breathe")
"""What is taken or done against a complaint: a rinse, a syrup, an inhaler."""

BOTHERS: Final = ("trouble", "quiet_verb", "worse", "dread", "advice")


def undenied(clause: Clause, passage: Passage) -> set[Hit]:
    """The complaints of a clause that are there, though a denial stands beside them."""
    found = {hit for hit in clause.all(*THERE) if _is_there(hit, clause, passage)} if clause.has(*DENIALS) else set()
    found |= {
        hit for hit in clause.all("cannot_breathe") if clause.has("still") and is_told_by_me(hit, clause, passage)
    }
    found |= sores_not_gone(clause, passage) | neither_gone(clause, passage) | not_what_went(clause)
    found |= {hit for hit in not_once_gone(clause) if hit.kind in SYMPTOMS}
    return found | _not_what_bothers(clause, passage)


def never_gone(clause: Clause, passage: Passage) -> set[Hit]:
    """The words for going away that are denied of every sore, or that nobody would say: "none of the five has gone"."""
    if not clause.has(*DENIALS):
        return set()
    gone = clause.all("gone", "closed", "clean")
    unsaid = [one.end for one in clause.all("say", "dont_know", "told") if _is_denied_before(one, clause)]
    nones = [one.end for one in clause.all("none_of")]
    if neither_gone(clause, passage) or not_what_went(clause) or not_once_gone(clause):
        return set(gone)
    return {
        hit
        for hit in gone
        if is_gone_of_none(hit, clause, passage)
        or any(end < hit.start for end in unsaid)
        or any(0 <= hit.start - end <= NEAR for end in nones)
    }


def _is_there(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether one complaint is there, by what is denied instead."""
    return (
        is_unchanged(hit, clause)
        or is_taken_for_granted(hit, clause)
        or _is_not_rid_of(hit, clause)
        or _is_not_borne(hit, clause, passage)
        or _is_not_told_of(hit, clause, passage)
        or (clause.has("still") and is_told_by_me(hit, clause, passage))
        or is_unlike_before(hit, clause, passage)
        or undenied_topic(hit, clause, passage)
        or _is_of_another_day(hit, clause)
        or _is_what_nothing_took(hit, clause, passage)
        or is_not_stopped(hit, clause, passage)
    )


def _between(start: int, end: int, clause: Clause, *kinds: str) -> bool:
    """Whether a word of a class stands between two places."""
    return any(start <= one.start and one.end <= end for one in clause.all(*kinds))


def _is_denied_before(hit: Hit, clause: Clause) -> bool:
    """Whether a denial stands right before, or in the words themselves: "can't say"."""
    return any(one.start <= hit.start <= one.end + NEAR for one in clause.all("no", "not", "cannot"))


def _denials_before(hit: Hit, clause: Clause) -> list[Hit]:
    """The denials that begin before a complaint."""
    return [one for one in clause.all(*DENIALS) if one.start < hit.start]


def is_taken_for_granted(hit: Hit, clause: Clause) -> bool:
    """Whether it is "the" or "my" complaint, of which something is not known or said, or that nobody told of.

    "I don't know if the cough is from the tablets", "don't tell me this cough is normal", "nobody told me I'd be
    so breathless".
    """
    silent = [one.end for one in clause.all("nobody")]
    if any(_between(end, hit.start, clause, "told", "know", "advice") for end in silent):
        return True
    if not any(one.end == hit.start for one in clause.all("mine")):
        return False
    asked = [one.end for one in clause.all("told") if one.start == clause.start]
    if any(end <= one.start <= end + NEAR and one.end <= hit.start for end in asked for one in clause.all("not")):
        return True
    denials = [one.start for one in [*_denials_before(hit, clause), *clause.all("unsure", "dont_know")]]
    start = min((one.start for one in clause.all("mine") if one.end == hit.start), default=hit.start)
    return any(_between(at, start, clause, *KNOWN) for at in denials)


def _is_not_rid_of(hit: Hit, clause: Clause) -> bool:
    """Whether it is what somebody is not rid of: "not over my cough yet", "no me he librado de la tos"."""
    for rid in clause.all("rid_of"):
        near = any(0 <= rid.start - one.end <= NEAR for one in clause.all("not", "cannot"))
        near = near or any(one.start < rid.start < one.end for one in clause.all("trouble"))
        smalls = {at for one in clause.all(*SMALL) for at in range(one.start, one.end)}
        is_named = rid.end <= hit.start <= rid.end + NEAR and smalls.issuperset(range(rid.end, hit.start))
        if near and is_named:
            return True
    return False


def _is_the(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether "the" or "my" stands before it, or the French elided article."""
    start = min([hit.start, *(one.start for one in clause.numerals if one.end == hit.start)])
    is_general = start > clause.start and passage.says(start - 1, "general_articles")
    return is_general or any(one.end == start for one in clause.all("mine"))


def _is_not_borne(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the speaker cannot bear "the" complaint: "ich halte den Husten nicht mehr aus"."""
    if hit.kind not in ("cough", "breathless") or not _is_the(hit, clause, passage) or not clause.has("self"):
        return False
    return clause.has("allow") and not clause.has("eat", "drink", "sleep")


def _is_not_told_of(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether "I" have not told of "the" complaint, and do so now: "no he mencionado la tos"; not "that I cough"."""
    if not _is_the(hit, clause, passage) or not clause.has("self", "have"):
        return False
    return any(passage.says(at, "have_told") for at in range(clause.start, clause.end)) and not clause.has("gone")


def _is_of_another_day(hit: Hit, clause: Clause) -> bool:
    """Whether only a day is denied of the sores: "die Aphthen sind nicht von gestern"."""
    if hit.kind not in SORES or clause.has("have", "had", "there_are", "gone"):
        return False
    ends = {one.end for one in clause.all("not") if one.start >= hit.end}
    starts = {one.end for one in clause.all("of", "since") if one.start in ends}
    return any(one.start in starts and one.end == clause.end for one in clause.all("days_ago", "weekdays"))


def _is_what_nothing_took(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is what something has not taken: "die Spülung hat die Aphthen nicht weggebracht".

    What does so is a remedy, nothing, or a word that no lexicon knows, and the complaint is "the" or "my" one.
    """
    owned = [one for one in clause.all("mine") if one.end == hit.start]
    own = {one.start for one in owned}
    is_spoken_of = any(one.start not in own for one in clause.all("self"))
    if not owned or is_spoken_of or clause.has("have", "there_are", "relative", "stranger"):
        return False
    is_led = any(one.start == clause.start and one.end == clause.start + 1 for one in clause.all("mine", "article"))
    subject = clause.start + is_led
    if passage.tokens[subject].is_mark or subject >= min(own):
        return False
    if any(one.start == clause.start for one in clause.all("nothing")):
        return min(own) - clause.start > 1
    is_thing = any(one.start == subject for one in clause.all(*TAKEN))
    is_thing = is_thing or not any(one.start <= subject < one.end for one in clause.hits)
    undone = any(subject < one.start and (one.end < min(own) or hit.end <= one.start) for one in clause.all("not"))
    return is_thing and undone


def _not_what_bothers(clause: Clause, passage: Passage) -> set[Hit]:
    """What is there and is not what bothers: "it's not the mouth that bothers me", "nicht die Aphthen stören mich"."""
    if not clause.has(*BOTHERS):
        return set()
    determined = {one.end: one.start for one in clause.all("mine") if one.end - one.start == 1}
    ends = {one.end for one in clause.all("not")}
    after = passage.after(clause)
    goes_on = after is not None and after.sentence == clause.sentence and after.begins_with("but")
    return {
        hit
        for hit in clause.all(*SYMPTOMS, "mouthpart")
        if determined.get(hit.start) in ends
        and any(one.start >= hit.end for one in clause.all(*BOTHERS))
        and (goes_on or (hit.end < clause.end and passage.says(hit.end, "that_of")))
    }
