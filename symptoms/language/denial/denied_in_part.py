"""Sores that are there although a negation stands beside them: "not three but five", "no new ones, still three"."""

from __future__ import annotations

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit


def leaves_some(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only a number, the new ones, or all but some are denied."""
    is_part = _is_of_number(negation, clause, passage) or _is_of_new_ones(negation, clause, passage)
    return is_part or _is_but_for_some(negation, clause, passage)


def _is_of_number(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it stands right before a number in whose place another is named: "it's 3 ulcers not 2"."""
    articles = {hit.start for hit in clause.all("article")}
    denied = [one.start for one in clause.numerals if one.start == negation.end and one.start not in articles]
    beside = [
        one.start for part in passage.sentence_of(clause) for one in part.numerals if abs(part.at - clause.at) <= 1
    ]
    return bool(denied) and any(at not in denied and at not in articles for at in beside)


def _is_of_new_ones(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only new ones are denied, and the sentence goes on with the old: "no new ulcers, still three"."""
    is_of_new = any(0 <= hit.start - negation.end <= 2 for hit in clause.all("new"))
    later = [one for one in passage.sentence_of(clause) if one.at > clause.at]
    return is_of_new and any(one.numerals and one.has("still", "same", "left", "mine") for one in later)


def _is_but_for_some(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether so many are left out of what is denied: "but for the one on my palate no sores"."""
    if not clause.has("aphtha", "lesion"):
        return False
    before = passage.before(clause)
    parts = [clause, before] if before is not None and before.sentence == clause.sentence else [clause]
    return any(
        0 <= number.start - hit.end <= 1 and (part is not clause or hit.start < negation.start)
        for part in parts
        for hit in part.all("excepting")
        for number in part.numerals
    )


def is_number_denied(hit: Hit, negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only the number of sores is denied: "not three sores but five", "niet twee maar drie aften"."""
    if hit.kind not in ("aphtha", "lesion", "spot"):
        return False
    counted = [one for one in clause.numerals if 0 <= hit.start - one.end <= 1 and one.value != 0]
    if any(negation.end == one.start and one.end < hit.start for one in clause.numerals for _ in counted):
        return True
    later = passage.clauses[clause.at + 1 : clause.at + 3]
    is_one = all(one.value == 1 for one in counted)
    return bool(counted) and any(
        not one.has("had") and any(not (is_one and _is_of_days(number, one)) for number in one.numerals)
        for one in later
    )


def _is_of_days(number: Hit, clause: Clause) -> bool:
    """Whether it is that of a day, in whose place no sores are counted: "not one sore, and I'm on day 20"."""
    is_named = any(hit.end == number.start for hit in clause.all("numbered"))
    return is_named or any(hit.start == number.end for hit in clause.all("units"))


def is_the_one(hit: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether it is a sore that is there, of which the first denial says what it does not do: "la llaga ni duele"."""
    is_first = not any(one.start < negation.start for one in clause.all("no", "not", "cannot", "without"))
    is_determined = any(one.end == hit.start for one in clause.all("mine", "numbers"))
    return is_first and is_determined and hit.kind in ("aphtha", "lesion", "spot")


def denies_knowing(negation: Hit, clause: Clause) -> bool:
    """Whether it is only no longer known how or since when: "two sores, ya no sé desde cuándo", "kweet niet meer hoe".

    It denies nothing that was named before it; a bare "sores? don't know" is left as it is.
    """
    asked = [one.start for one in clause.all("wh", "how_many", "if")]
    return any(
        one.start < negation.end and negation.start < one.end and any(one.end <= at for at in asked)
        for one in clause.all("dont_know")
    )


def spared(negation: Hit, clause: Clause, found: set[Hit]) -> set[Hit]:
    """The sores that are there and are not to be touched: "para no tocarme el afta", "para no lastimar las llagas".

    And the blood of which only much is denied: "not coughing up much blood"; and what was named before an "I no longer
    know how".
    """
    if denies_knowing(negation, clause):
        return {hit for hit in found if hit.start < negation.start}
    much = {hit.end for hit in clause.all("much_amount", "many") if hit.start >= negation.end}
    if any(hit.start in much or hit.end in much for hit in clause.all("blood")):
        return set(clause.all("cough", "bring_up", "blood"))
    if not any(one.end == negation.start for one in clause.all("for_to")):
        return set()
    determined = {one.end for one in clause.all("mine")}
    return {hit for hit in clause.all("aphtha", "lesion", "spot") if hit.start in determined}
