"""What is the speaker's own, and so is there though it is asked about: "my cough", "die Aphthen, die ich habe"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.told_by_me import is_told_by_me
from symptoms.language.scope.onlookers import SORES
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.times.beginnings import has_beginning

NEAR: Final = 2
ITEM: Final = 3
"""Words of one thing in a list."""
PARTS: Final = group("parts")
CALLED: Final = frozenset(["fine", "clean", "quiet_verb"])
"""Words that are asked of what is there: whether it is normal, or serious."""
OF_ANYBODY: Final = frozenset(
    ["ask", "if", "wh", "advice", "drug", "tablets", "treatment", "anybody", "relative", "stranger"]
)
"""Classes of words beside which it may be anybody's."""
CONTENT: Final = group("content")
COMPLAINTS: Final = ("aphtha", "lesion", "cough", "breathless")
MOUTH: Final = 5
"""Words between a sore and the mouth it is in."""


def is_owned(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the speaker says "my" of it, or "I have" before it without "if"; "why" asks about a fact."""
    if clause.has("why") or _is_the_fact_asked_about(clause, passage) or _is_wondered_about(hit, clause, passage):
        return True
    if _is_complaint_of_mine(hit, clause) or _is_with_this(hit, clause, passage):
        return True
    if _is_dreaded_to_grow(hit, clause, passage) or is_told_by_me(hit, clause, passage):
        return True
    if _is_pointed_at(hit, clause, passage) or _is_the_one_i_have(hit, clause):
        return True
    if any(one.start < hit.start for one in clause.all("if")):
        return False
    if _is_called_mine(hit, clause) or _is_related(hit, clause, passage):
        return True
    if not clause.begins_with("ask") and _is_had(hit, clause):
        return True
    return _is_own_number(hit, clause) or _is_timed(hit, clause, passage)


def is_the_speakers(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether others only speak of "the" complaint that "I have", or gave it: "he worries about the cough I have"."""
    return _is_the_one_i_have(hit, clause) or _is_had_by_me(hit, clause) or _is_passed_on(hit, clause, passage)


def _is_had_by_me(hit: Hit, clause: Clause) -> bool:
    """Whether "that I have" follows on "the" complaint: "la toux que j'ai", "de hoest die ik heb"."""
    is_the = any(one.end == hit.start for one in clause.all("mine"))
    if hit.kind not in COMPLAINTS or not is_the or clause.has("can", "if", "had"):
        return False
    haves = {at for one in clause.all("have") for at in (one.start, one.end - 1)}
    thats = [one for one in clause.all("mine", "wh") if one.start == hit.end]
    return any(one.start < at <= one.end + 1 for one in thats for at in haves)


def _is_passed_on(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether somebody gave it to the speaker, or it was caught of them: "mi marido me ha pegado su tos"."""
    if hit.kind not in ("cough", "breathless") or clause.has("no", "not", "if", "remedy", "medicine"):
        return False
    determiners = {one.start for one in clause.all("mine")}
    kin = {one.start for one in clause.all("relative", "stranger")}
    own = [one.start for one in clause.all("self") if one.start not in determiners]
    own += [one.start for one in clause.all("me") if kin.isdisjoint((one.end, one.end + 1))]
    own += [clause.start] if passage.says(clause.start, "passed_on") else []
    verbs = [at for at in range(clause.start, hit.start) if passage.says(at, "passed_on")]
    verbs = [at for at in verbs if not any(at < one.start < hit.start for one in clause.all("for_to"))]
    is_led = any(one.end == hit.start for one in clause.all("mine", "someone"))
    return is_led and any(abs(verb - at) <= NEAR for verb in verbs for at in own)


def _is_the_fact_asked_about(clause: Clause, passage: Passage) -> bool:
    """Whether the clause before asks whether it is normal that it is so: "ist es normal, dass ich so schnaufe?"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or not before.begins_with("ask"):
        return False
    is_of_fact = before.has("why", "quiet_verb") and passage.says(clause.start, "that")
    return is_of_fact and clause.has("self") and not clause.has("drug", "tablets")


def _is_own_number(hit: Hit, clause: Clause) -> bool:
    """Whether a question of the speaker's tells how many there are: "should I call about two sores".

    Not one that asks from how many on: "do I have to call at three or only at four ulcers".
    """
    if hit.kind not in SORES or not clause.has("self") or clause.has("more_than", "at_least", "many", "someone"):
        return False
    leads = {one.end for one in clause.all("company", "of", "place", "since")}
    if clause.has("or") and sum(one.start in leads for one in clause.numerals) > 1:
        return False
    return any((one.value or 0) > 1 and 0 <= hit.start - one.end <= 1 for one in clause.numerals)


def _is_of_days(hit: Hit, clause: Clause) -> bool:
    """Whether so many days stand before a cough: "is vijf dagen hoesten erg", "dix jours de toux c'est normal"."""
    if hit.kind != "cough" or clause.has("after", "over_time", "more_than", "how_many", "if"):
        return False
    numbers = {one.end for one in clause.numerals}
    of = {one.start: one.end for one in clause.all("of", "company")}
    days = [one.end for one in clause.all("units") if one.start in numbers and (one.value or 0) >= 1]
    return any(of.get(end, end) == hit.start for end in days)


def _is_complaint_of_mine(hit: Hit, clause: Clause) -> bool:
    """Whether "my" stands before a complaint, which is there whatever is supposed of it: "if my cough gets worse"."""
    if hit.kind not in ("aphtha", "lesion", "cough") or clause.has("still", "new", "gone", "advice", "dreamt"):
        return False
    return any(one.end == hit.start for one in clause.all("mine") if one.end - one.start == 1 and _is_my(one, clause))


def _is_with_this(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is asked what goes with "this" complaint, which is there: "can I eat curry with these ulcers?"."""
    if hit.kind not in ("aphtha", "lesion", "cough") or clause.has("advice", "drug", "anybody", "relative", "stranger"):
        return False
    these = [one for one in clause.all("mine") if one.end == hit.start and one.end - one.start == 1]
    these = [one for one in these if not passage.says(one.start, "unowned")]
    return any(company.end == one.start for company in clause.all("company") for one in these)


def _is_pointed_at(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a question points to it by "this", and so tells of it: "when will this cough end?"."""
    if hit.kind not in COMPLAINTS or clause.has("advice", "anybody", "relative", "stranger", "if", "supposed"):
        return False
    if hit.start == clause.start or not clause.begins_with("ask"):
        return False
    return passage.says(hit.start - 1, "pointing") or _is_asked_when_it_ends(hit, clause, passage)


def _is_asked_when_it_ends(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is asked when or why "the" complaint stops, and so it is there: "when will the cough end"."""
    is_led = any(one.end == hit.start for one in clause.all("mine")) or passage.says(hit.start - 1, "general_articles")
    is_end = clause.has("stop", "stop_talk", "gone") or (clause.has("relieves") and clause.has("me"))
    return is_led and is_end and hit.kind in ("cough", "breathless") and clause.begins_with("wh")


def _is_dreaded_to_grow(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is only dreaded that there will be more of it: "peur de devenir encore plus essoufflée"."""
    if not clause.has("dread"):
        return False
    kept = {one.start for one in clause.all("left")}
    is_comparative = passage.tokens[hit.end - 1].text.endswith("er")
    return any(one.end == hit.start and (is_comparative or one.start not in kept) for one in clause.all("further"))


def _is_the_one_i_have(hit: Hit, clause: Clause) -> bool:
    """Whether a question is of "the" complaint that "I have": "does the cough I have come from everolimus?"."""
    dreads = {one.start for one in clause.all("dread")}
    is_advice = any(one.start not in dreads for one in clause.all("advice"))
    if hit.kind not in COMPLAINTS or is_advice or clause.has("can", "if"):
        return False
    is_the = any(one.end == hit.start for one in clause.all("mine"))
    return is_the and any(0 <= one.start - hit.end <= 1 for one in clause.all("have"))


def _is_my(hit: Hit, clause: Clause) -> bool:
    """Whether a determiner says "my" or "that I have", rather than "the" or "this"."""
    return any(one.start < hit.end and hit.start < one.end for one in clause.all("self"))


def is_in_my_mouth(hit: Hit, clause: Clause) -> bool:
    """Whether it is a sore that others only speak of.

    "My husband says there are ulcers all over my gums", "er fand zwei Bläschen bei mir im Mund".
    """
    if hit.kind not in SORES:
        return False
    my = {one.end for one in clause.all("mine") if any(one.start == of.start for of in clause.all("self"))}
    my |= {one.end + skipped for one in clause.all("me") if one.start >= hit.end for skipped in (0, 1)}
    places = [one.start for one in clause.all("mouthpart") if one.start in my]
    return any(0 < at - hit.end <= MOUTH for at in places)


def _is_called_mine(hit: Hit, clause: Clause) -> bool:
    """Whether "my" stands before it, or "of mine" after it."""
    if not clause.has("self"):
        return False
    asked = [(one.start, one.end) for one in clause.all("ask")]
    if any(
        0 <= hit.start - one.end <= NEAR - 1 and not (one.end - one.start > 1 and clause.has("advice"))
        for one in clause.all("mine")
        if _is_my(one, clause) and not any(start < one.start < end for start, end in asked)
    ):
        return True
    owners = {one.start for one in clause.all("self")}
    return bool(owners) and any(of.start == hit.end and of.end in owners for of in clause.all("of"))


def _is_had(hit: Hit, clause: Clause) -> bool:
    """Whether "I have" stands before it, or right after it."""
    if not clause.has("have"):
        return False
    read = [one.start for one in clause.all("advice") if one.start < hit.start]
    return any(
        0 <= one.start - hit.end <= 1
        or (one.start < hit.start and one.end <= hit.end and not any(one.start <= at for at in read))
        for one in clause.all("have")
    )


def _is_wondered_about(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is told, and the next clause asks whether that is normal: "toux sèche, c'est normal ?".

    Not of things in general: "la toux, c'est normal ?", "everolimus and sores, is that normal?".
    """
    after = passage.after(clause)
    if after is None or after.mark != "?" or after.sentence != clause.sentence or clause.has_any(OF_ANYBODY):
        return False
    is_brief = after.end - after.start <= ITEM + 2 and not after.has_any(CONTENT - CALLED | OF_ANYBODY - {"ask"})
    is_general = hit.start > clause.start and passage.says(hit.start - 1, "general_articles") and hit.kind not in PARTS
    return is_brief and after.has(*CALLED, "why") and not is_general


def _is_related(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is one "that I have": "moet ik bellen over de zweertjes die ik heb"; not "that I may get"."""
    if hit.end >= clause.end or clause.has("can", "if"):
        return False
    at = min(hit.end + 1, clause.end - 1)
    return passage.says(hit.end, "relatives") and any(one.start == at for one in clause.all("self"))


def _is_timed(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is said since when: what began is no mere question."""
    if has_beginning(clause, hit.end, ("since", "for")) or _is_of_days(hit, clause):
        return True
    after = passage.after(clause)
    is_said_after = after is not None and has_beginning(after) and not (after.has_any(CONTENT) or after.has("if"))
    starts = clause.begins_with("ask") or clause.begins_with("wh")
    return is_said_after or (not starts and has_beginning(clause, kinds=("since", "for")))
