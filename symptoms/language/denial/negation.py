"""What a text denies: each negation finds the one thing that it denies, and what "or" adds to it."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denied_along import same_place
from symptoms.language.denial.denied_in_part import spared
from symptoms.language.denial.denied_lists import answered_topics, denied_in_lists
from symptoms.language.denial.denied_objects import object_of
from symptoms.language.denial.denying import CONTENT, NEAR, SYMPTOMS, negations_in
from symptoms.language.denial.fronting import denied_in_front, not_denied
from symptoms.language.denial.if_not_so import but_for_it, had_it_not, if_not_so
from symptoms.language.denial.lifted import lifts_denial
from symptoms.language.denial.mine_alone import mine_alone
from symptoms.language.denial.undenied import never_gone, undenied
from symptoms.language.denial.well_no_more import fine_no_more, well_no_more
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

DENYING: Final = (
    "no", "not", "cannot", "no_answer", "nothing", "none_of", "not_that", "no_longer", "fine", "well", "clean", "gone",
    "done_with", "rest",
)  # fmt: skip
"""Classes of words of which a text has one that denies anything."""


def denied_hits(passage: Passage) -> set[Hit]:
    """The hits that are denied; what is denied twice is not."""
    return _denied_in_clauses(passage) if passage.has(*DENYING) else set()


def _denied_in_clauses(passage: Passage) -> set[Hit]:
    """The same, clause by clause."""
    denied: set[Hit] = set()
    is_turned = False
    for at, clause in enumerate(passage.clauses):
        if at and (passage.clauses[at - 1].sentence != clause.sentence or clause.begins_with("but")):
            is_turned = False
        if at > 1 and is_turned and not (_opens_with_that(clause) or _opens_with_that(passage.clauses[at - 1])):
            is_turned = False
        answered = answered_topics(clause)
        denied |= denied_in_lists(clause, passage)
        denied.update(hit for _, topic in answered for hit in same_place(clause.all(*CONTENT), topic))
        saying = _denied_saying(clause, passage)
        if (lifting := lifts_denial(clause)) is not None:
            denied.update(hit for hit in clause.all("cannot", "off_food") if hit.start >= lifting.end)
        if is_turned and _opens_with_that(clause):
            denied.update(clause.all("cannot", "off_food"))
        for negation in negations_in(clause, passage):
            if is_turned or any(negation.start == answer for answer, _ in answered):
                continue
            is_unsaid = (saying is not None and negation.start > saying.start) or _is_said_after(clause, passage)
            if not is_unsaid:
                found = object_of(negation, clause, passage, denied)
                denied.update(found - spared(negation, clause, found))
        if saying is not None:
            denied.update(_not_said_to_be(saying, clause, passage.lexicon.language))
        denied -= {sore for sore in clause.all("aphtha", "lesion", "spot") if _is_unhelped(sore, clause)}
        is_turned = is_turned or saying not in (None, lifting)
        denied = _undone_in_part(denied | denied_in_front(clause, passage), clause, passage) - not_denied(
            clause, passage
        )
    return denied


def _undone_in_part(denied: set[Hit], clause: Clause, passage: Passage) -> set[Hit]:
    """What is denied, where it is only denied that something has gone, or goes without pain."""
    doubted = _not_thought_gone(clause, passage)
    there = set(clause.all(*SYMPTOMS)) if doubted else set()
    there |= undenied(clause, passage) | mine_alone(clause, passage) | if_not_so(clause)
    there |= but_for_it(clause, passage) | had_it_not(clause, passage)
    ended = fine_no_more(clause) | well_no_more(clause, passage)
    return (denied | doubted | ended | never_gone(clause, passage)) - there


def _not_thought_gone(clause: Clause, passage: Passage) -> set[Hit]:
    """The going away of a symptom that nobody believes in: "I don't think the cough has gone"."""
    if not clause.has("gone"):
        return set()
    symptom = clause.first(*SYMPTOMS)
    gone = [hit for hit in clause.all("gone") if symptom is not None and hit.start >= symptom.end]
    if symptom is None or not gone:
        return set()
    words = range(max(clause.start, symptom.start - NEAR), symptom.start)
    thats = [at for at in words if passage.says(at, "that")]
    ends = [hit.end for hit in clause.all("not", "cannot")]
    before = passage.before(clause)
    if before is not None and before.sentence == clause.sentence and before.mark in ("", ","):
        ends += [hit.end + 1 if before.mark else hit.end for hit in before.all("not", "cannot")]
    return set(gone) if any(0 <= at - end <= NEAR - 1 for at in thats for end in ends) else set()


def _is_unhelped(sore: Hit, clause: Clause) -> bool:
    """Whether nothing helps a sore that is "mine", which is there all the same: "bicarb did nothing for my ulcer"."""
    owned = {one.end for one in clause.all("mine") if any(of.start == one.start for of in clause.all("self"))}
    return sore.start in owned and clause.has("remedy")


def _denied_saying(clause: Clause, passage: Passage) -> Hit | None:
    """ "I cannot say", "I don't deny" and "it is not that I don't": what it denies is not denied."""
    if (lifting := lifts_denial(clause)) is not None:
        return lifting
    after = passage.after(clause)
    is_led_on = after is not None and clause.mark == "," and _opens_with_that(after)
    found = [hit for hit in clause.all("not_that") if is_led_on and hit.end == clause.end]
    denials = clause.all("not", "cannot")
    found += [hit for hit in clause.all("say") if any(0 < hit.start - one.start <= 3 for one in denials)]
    return found[0] if found else None


def _not_said_to_be(saying: Hit, clause: Clause, language: str) -> set[Hit]:
    """The symptoms that the speaker would not say are there: "I wouldn't say I'm breathless"; not "I can't deny"."""
    after = [hit for hit in clause.hits if hit.start >= saying.end]
    is_said = any(hit.start == saying.start for hit in clause.all("speak", "utter"))
    near = [hit for hit in after if hit.start <= saying.end + 1]
    is_own = any(hit.kind == "mine" and hit.end - hit.start > 1 for hit in near)
    owners = {hit.start for hit in near if hit.kind == "mine"}
    is_own = is_own or (language == "en" and any(hit.kind == "self" and hit.start not in owners for hit in near))
    thats = {hit.start for hit in near if hit.kind == "mine" and hit.end - hit.start > 1}
    asked = [hit for hit in after if hit.kind == "wh" and not (hit.start in thats and clause.hits[-1].kind in SYMPTOMS)]
    if (
        not (is_said and is_own)
        or asked
        or any(hit.kind in ("no", "not", "cannot", "if", "how_many", "less", "fine") for hit in after)
    ):
        return set()
    return {hit for hit in after if hit.kind in SYMPTOMS}


def _opens_with_that(clause: Clause) -> bool:
    """Whether it is a clause "that I ..." or "if I ..."."""
    return clause.has("if") or any(hit.start == clause.start and hit.end - hit.start > 1 for hit in clause.all("mine"))


def _is_said_after(clause: Clause, passage: Passage) -> bool:
    """Whether the next clause denies saying it: "that I do not cough, I cannot claim"."""
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence or not _opens_with_that(clause):
        return False
    return not after.has(*CONTENT - {"say"}) and _denied_saying(after, passage) is not None
