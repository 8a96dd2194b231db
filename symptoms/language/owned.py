"""What is the speaker's own, by the words beside it: "my cough", "two ulcers" of hers, "ten days of coughing"."""

from __future__ import annotations

from typing import Final

from symptoms.language.clauses import Clause, Passage
from symptoms.language.hits import Hit
from symptoms.language.onlookers import SORES

ARTICLES: Final = frozenset(
    ["the", "such", "el", "la", "los", "las", "le", "les", "l", "de", "het", "der", "die", "das", "den", "dem"]
)
"""Words that also stand before things in general."""
MOUTH: Final = 5
"""Words between a sore and the mouth it is in."""


def is_own_number(hit: Hit, clause: Clause) -> bool:
    """Whether a question of the speaker's tells how many there are: "should I call about two sores".

    Not one that asks from how many on: "do I have to call at three or only at four ulcers".
    """
    if hit.kind not in SORES or not clause.has("self") or clause.has("more_than", "at_least", "many", "someone"):
        return False
    leads = {one.end for one in clause.all("company", "of", "place", "since")}
    if clause.has("or") and sum(one.start in leads for one in clause.numerals) > 1:
        return False
    return any((one.value or 0) > 1 and 0 <= hit.start - one.end <= 1 for one in clause.numerals)


def is_of_days(hit: Hit, clause: Clause) -> bool:
    """Whether so many days stand before a cough: "is vijf dagen hoesten erg", "dix jours de toux c'est normal"."""
    if hit.kind != "cough" or clause.has("after", "over_time", "more_than", "how_many", "if"):
        return False
    numbers = {one.end for one in clause.numerals}
    of = {one.start: one.end for one in clause.all("of", "company")}
    days = [one.end for one in clause.all("units") if one.start in numbers and (one.value or 0) >= 1]
    return any(of.get(end, end) == hit.start for end in days)


def is_complaint_of_mine(hit: Hit, clause: Clause) -> bool:
    """Whether "my" stands before a complaint, which is there whatever is supposed of it: "if my cough gets worse"."""
    if hit.kind not in ("aphtha", "lesion", "cough") or clause.has("still", "new", "gone", "advice", "dreamt"):
        return False
    return any(one.end == hit.start for one in clause.all("mine") if one.end - one.start == 1 and is_my(one, clause))


def is_with_this(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is asked what goes with "this" complaint, which is there: "can I eat curry with these ulcers?"."""
    if hit.kind not in ("aphtha", "lesion", "cough") or clause.has("advice", "drug", "anybody", "relative", "stranger"):
        return False
    these = [one for one in clause.all("mine") if one.end == hit.start and one.end - one.start == 1]
    these = [one for one in these if passage.tokens[one.start].text not in ARTICLES]
    return any(company.end == one.start for company in clause.all("company") for one in these)


def is_my(hit: Hit, clause: Clause) -> bool:
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
