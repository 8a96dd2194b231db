"""Coughs that call for nobody: a slight one, one or two in a day, or a smoker's own as it has been for years."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.cough_degrees import is_belittled
from symptoms.language.breath.few_coughs import came_few_times
from symptoms.language.breath.smokers_cough import is_as_for_years
from symptoms.language.denial.never_without import is_never_without
from symptoms.language.reading.reader import Reader
from symptoms.language.scope.noticed import is_answered, is_likened_to_mine
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import distance

NEAR: Final = 4
"""Words between a cough and how often it came."""

OTHER_COMPLAINTS: Final = ("state", "unwell", "fever", "shiver", "eat", "drink", "swallow", "swollen", "limb", "faint")
"""What a degree that stands right before it belongs to, and to no cough."""


def is_slight(cough: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a cough is slight: it is called so, came once or twice, or is a smoker's as it has been for years."""
    is_told = is_likened_to_mine(clause, reader.passage) or is_answered(clause, reader.passage) == "yes"
    if is_told or is_never_without(cough, clause):
        return False
    return _is_called_slight(cough, clause, reader) or is_of_no_note(cough, clause, reader)


def is_of_no_note(cough: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether the whole text leaves it at a cough that came once or twice, or a smoker's as it has been for years."""
    return came_few_times(cough, clause, reader) or is_as_for_years(clause, reader)


def is_other_than_ever(cough: Hit, clause: Clause) -> bool:
    """Whether a cough is there that is only not the usual one: "it is not my usual smoker's cough"."""
    usual = clause.all("unchanged", "same")
    denials = clause.all("not", "no_longer")
    return (
        any(
            max(one.start - cough.end, cough.start - one.end) <= NEAR
            and any(not_.end <= one.start or not_.end == clause.end for not_ in denials)
            for one in usual
        )
        and clause.has("unchanged", "smokers")
        and not clause.has("have")
    )


def _is_of_time(little: Hit, clause: Clause) -> bool:
    """Whether it is time of which there is hardly any without a cough: "hardly a night goes by without"."""
    if not clause.has("barely") or not clause.has("without", "not"):
        return False
    return any(0 <= unit.start - little.end <= 2 for unit in clause.all("units"))


def _is_called_slight(cough: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether the clause, or the next one that goes on about it, makes little of a cough and nothing makes more.

    What makes more may stand one clause further: "a smoker's cough, as always, but more of it".
    """
    at = clause.at
    told = [clause, *(one for one in reader.passage.clauses[at + 1 : at + 3] if _goes_on(clause, one))]
    near = [one for one in told if one.at <= at + 1]
    little = any(
        _is_of_cough(hit, cough, clause)
        and hit not in reader.denied
        and not (_is_of_next(hit, one) or _is_of_its_cause(hit, cough, one) or _is_of_time(hit, one))
        for one in near
        for hit in one.all("trivial", "unsure", "hardly_any")
    )
    much = [hit for one in told for hit in reader.facts(one, "worse", "blood") if not is_belittled(hit, one)]
    much += [hit for one in told if one.begins_with("but") for hit in reader.facts(one, "phlegm", "fever", "every")]
    return little and not any(_is_of_cough(hit, cough, clause) for hit in much)


def _is_of_cough(hit: Hit, cough: Hit, clause: Clause) -> bool:
    """Whether a degree is that of the cough rather than of something that stands closer to it."""
    others = clause.all("breathless", "aphtha", "lesion", "pain", "fever", "mouthpart")
    return all(distance(hit, cough) <= distance(hit, other) for other in others)


def _is_of_its_cause(unsure: Hit, cough: Hit, clause: Clause) -> bool:
    """Whether only something about the cough is not known: "not sure if my cough is from the tablets".

    Or what it is, told after it: "I'm coughing, could be hay fever"; not "a cough maybe".
    """
    if unsure.kind != "unsure":
        return False
    if unsure.start >= cough.end:
        return unsure.end < clause.end
    parts = {one.end for one in clause.all("of")}
    named = [one.start for one in clause.all("mine") if one.end == cough.start]
    return any(unsure.start < at and at not in parts for at in named)


def _is_of_next(hit: Hit, clause: Clause) -> bool:
    """Whether a degree is that of what stands right after it: "a cough, and a bit tired", "a little bit better".

    Or of what became better, or is only hoped: "it has eased the cough a little", "I hope it's nothing".
    """
    if any(one.start <= hit.start for one in clause.all("hoped")):
        return True
    joints = {one.start: one.end for one in clause.all("of")}
    after = joints.get(hit.end, hit.end)
    is_how_much = any(0 <= one.start - hit.end <= 1 or one.end <= hit.start for one in clause.all("betterment"))
    return is_how_much or any(one.start == after for one in clause.all(*OTHER_COMPLAINTS))


def _goes_on(clause: Clause, later: Clause) -> bool:
    """Whether a clause goes on about the cough of the clause before."""
    is_other = later.has("breathless", "aphtha", "lesion", "eat", "pain")
    return later.sentence == clause.sentence and not is_other
