"""What is asked of anybody, or dreaded for some day: no fact of the speaker's, whatever else the clause says."""

from __future__ import annotations

from typing import Final

from symptoms.language.scope.onlookers import BREATH, SORES
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 2
DETERMINERS: Final = ("article", "mine", "vague_few", "many", "of")
"""What may stand between getting and what is got: not the "already" of what is there."""

COMPLAINTS: Final = frozenset([*SORES, *BREATH])
ASKING: Final = ("how_many", "ask_fact", "or_not", "why", "quiet_verb")
"""Classes of words of which a question of fact has one."""


def is_no_fact(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is supposed, asked of anybody, or dreaded for some day."""
    if is_supposed(clause, passage):
        return True
    return is_asked_of_anybody(hit, clause, passage) or is_dreaded(hit, clause, passage)


def is_supposed(clause: Clause, passage: Passage) -> bool:
    """Whether it is only put as a case: "mettons que j'aie cinq aphtes", "hypothetically: a cough on a Sunday"."""
    before = passage.before(clause)
    is_put = before is not None and before.mark == ":" and before.has("supposed") and not clause.has("self", "have")
    return (is_put or clause.has("supposed")) and not clause.has("now") and not _has_begun(clause)


def is_asked_of_anybody(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is a question of fact, in which nothing is the speaker's, and nothing has begun."""
    if hit.kind not in COMPLAINTS or not clause.has(*ASKING) or _has_begun(clause):
        return False
    if _asks_how_many(hit, clause):
        return True
    sentence = passage.sentence_of(clause)
    if any(one.has("self", "have") for one in sentence) or _is_pointed_at(hit, clause, passage):
        return False
    return (
        _asks_of_the_drug(hit, clause, passage)
        or _asks_what_it_is(hit, clause, passage)
        or _asks_of_a_remedy(hit, clause)
        or _asks_in_case(hit, clause, passage)
    )


def _has_begun(clause: Clause) -> bool:
    """Whether a time since when it is there stands in the clause: not "one day"."""
    begun = [one.end for one in clause.all("since")]
    if not begun:
        return False
    some_days = {at for one in clause.all("some_day") for at in range(one.start, one.end)}
    times = [one.start for one in clause.all("units", "weekdays", "days_ago", "months") if one.start not in some_days]
    return any(0 <= at - end <= NEAR for end in begun for at in times)


def _is_pointed_at(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether "this", or a "the" that is no article of things in general, stands before it."""
    before = range(max(clause.start, hit.start - NEAR), hit.start)
    return any(passage.says(at, "this", "pointing_articles") for at in before)


def _asks_what_it_is(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is asked what it is, or how one tells it: "c'est quoi une mucite", "wie erkennt man Aphthen"."""
    articles = {one.start for one in clause.all("article")}
    if clause.has("many") or any(one.start not in articles for one in clause.numerals):
        return False
    asked = [one for one in clause.all("ask_fact") if one.end <= hit.start or one.start >= hit.end]
    return any(one.end == clause.end or not passage.says(one.end, "this") for one in asked)


def _asks_of_the_drug(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is asked whether the drug does it, in a text that is of nobody: "est-ce normal que ce traitement ...".

    Not of how much of it there is: "is it normal that this treatment gives so many ulcers".
    """
    if passage.has("self", "have", "me", "relative", "so_much", "like_this", "still", "days_ago", "since_then"):
        return False
    if passage.sentence_of(clause)[-1].mark != "?" or not clause.begins_with("ask") or clause.has("many", "fiercely"):
        return False
    articles = {one.start for one in clause.all("article")}
    if any(one.start not in articles for one in clause.numerals) or clause.has("units", "worse", "now", "because"):
        return False
    return any(one.start < hit.start for one in clause.all("drug", "treatment")) and clause.has("why")


def _asks_of_a_remedy(hit: Hit, clause: Clause) -> bool:
    """Whether it is asked what helps against it: "does bicarbonate prevent ulcers or not"."""
    helps = any(one.end <= hit.start for one in clause.all("remedy"))
    return helps and any(one.start >= hit.end for one in clause.all("or_not"))


def _asks_in_case(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is asked how bad it is when anybody has it: "quand on est essoufflé au repos c'est grave ?"."""
    if passage.sentence_of(clause)[-1].mark != "?" or not clause.has("why", "quiet_verb"):
        return False
    anybody = [one.start for one in clause.all("anybody")]
    cases = [one for one in clause.all("if") if one.end <= hit.start]
    is_like_this = any(passage.says(at, "like_this") for at in range(hit.end, clause.end))
    return any(one.start < at <= one.end for one in cases for at in anybody) and not is_like_this


def _asks_how_many(hit: Hit, clause: Clause) -> bool:
    """Whether it is asked how many are too many: "how many ulcers before I should ring"."""
    if hit.kind not in SORES or not clause.begins_with("how_many") or clause.has("have"):
        return False
    is_next = any(0 <= hit.start - one.end <= 1 for one in clause.all("how_many"))
    own = [one.start for one in clause.all("self")]
    asked = [one.start for one in clause.all("ask") if one.start >= hit.end]
    return is_next and bool(asked) and all(at > hit.end for at in own)


def is_dreaded(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is dreaded for some day, or as an end: "scared I'll choke one day", "peur de finir étouffée".

    Not what is there already: "scared because I can't breathe", "worried that I cough like my dad".
    """
    if hit.kind not in COMPLAINTS or not passage.has("dread"):
        return False
    if clause.has("now", "days_ago", "because", "worse", "further") or _has_begun(clause):
        return False
    if _is_dreaded_to_become(hit, clause, passage):
        return True
    start = _end_of_dread(hit, clause, passage)
    if start is None:
        return False
    if hit.kind in SORES and _is_soon_at_first(start, hit, clause):
        return True
    led = {hit.start} | {one.start for one in clause.all(*DETERMINERS) if one.end == hit.start}
    going_on = {one.end for one in clause.all("being", "have")}
    coming = [one for one in clause.all("end_up") if one.start >= start and one.start not in going_on]
    is_to_come = any(one.end in led for one in coming)
    denials = {one.end for one in clause.all("no", "not")}
    days = [*clause.all("some_day"), *(clause.all("returning") if _may_return(hit, clause) else [])]
    return is_to_come or any(one.start >= start and one.start not in denials for one in days)


def _is_soon_at_first(start: int, hit: Hit, clause: Clause) -> bool:
    """Whether sores that are named as none of those there are dreaded for soon: "mein Mund bald voller Blasen ist".

    Not what becomes of those that are there: "dass die Blasen bald platzen", "dass es bald fünf Aphten sind".
    """
    if not any(one.start >= start for one in clause.all("soon")) or clause.has("still", "no", "not", "have"):
        return False
    articles = {one.start for one in clause.all("article")}
    is_counted = any(one.start not in articles for one in clause.numerals)
    return not is_counted and not any(hit.start - NEAR <= one.start < hit.start for one in clause.all("mine"))


def _is_dreaded_to_become(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether "to become" ends it, after dread: "Angst davor, kurzatmig zu werden"; not "noch kurzatmiger"."""
    if not any(one.start == hit.end and one.end == clause.end for one in clause.all("to_become")):
        return False
    if clause.has("worse", "further", "still", "no", "not") or passage.tokens[hit.end - 1].text.endswith("er"):
        return False
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence
    dreads = [one.end for one in before.all("dread") if one.end == before.end] if before and is_next else []
    return bool(dreads) or any(one.end < hit.start for one in clause.all("dread"))


def _may_return(hit: Hit, clause: Clause) -> bool:
    """Whether it is a sore that can come back: not one of "the ulcers I have"; what takes the breath is not awaited."""
    return hit.kind in SORES and not any(one.start == hit.end for one in clause.all("have"))


def _end_of_dread(hit: Hit, clause: Clause, passage: Passage) -> int | None:
    """Where what is dreaded begins, if a "that" or "of" follows the dread at once: in the clause, or the one before."""
    dreads = [one.end for one in clause.all("dread") if one.end <= hit.start]
    before = passage.before(clause)
    if not dreads and before is not None and before.sentence == clause.sentence:
        dreads = [clause.start for one in before.all("dread") if one.end == before.end]
    ends = {one.start for one in clause.all("end_up")}
    starts = [at for at in dreads if at < hit.start and (passage.says(at, "of_dread") or at in ends)]
    return starts[-1] if starts else None
