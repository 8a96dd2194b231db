"""What a negation is not about, near as it stands: what keeps from what is denied, leads to it, or does it not."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import NEAR, SYMPTOMS
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

SORES: Final = ("aphtha", "lesion", "spot")


def is_beyond(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether a negation cannot be about what stands before it: it denies what that leads to, keeps from or does."""
    does = any((one.start, one.end) == (last.end, negation.start) for one in clause.all("mine"))
    does = does or _is_what_one_has(last, clause) or _is_of_one_in_place(last, negation, clause)
    return (
        does or _is_of_ability(last, negation, clause) or _leads_to(last, negation, clause) or _is_cause(last, clause)
    )


def keeps_from(first: Hit, last: Hit | None, negation: Hit, clause: Clause) -> bool:
    """Whether what stands after a negation is why something is not done: "ik slaap niet van het hoesten".

    With a verb between them it is the coughing that keeps from it: "kon niet stilhouden van het hoesten".
    """
    if negation.kind == "no":
        return _is_with_sores(first, negation, clause)
    if negation.kind != "not":
        return False
    is_sleep = last is not None and any(one.start == last.start for one in clause.all("sleep"))
    if first.kind == "cough" and first.start - negation.end > 2 and _is_from_the(first, clause):
        return True
    return _is_cause(first, clause) or (is_sleep and _is_of_the(first, clause))


def _is_of_one_in_place(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether it is what a sore in its place does not do: "eine Aphthe an der Lippe die nicht heilt"."""
    if last.kind not in SORES or negation.end == clause.end:
        return False
    places = {at for one in clause.all("place", "mine", "mouthpart") for at in range(one.start, one.end)}
    is_led = any((one.end, one.end - one.start) == (negation.start, 1) for one in clause.all("mine"))
    return is_led and places.issuperset(range(last.end, negation.start))


def _is_what_one_has(last: Hit, clause: Clause) -> bool:
    """Whether something is not done with it, or cannot be for it: "met die hoest", "ik kan van het hoesten niet"."""
    if all(one.start != last.start for one in clause.all(*SYMPTOMS)):
        return False
    starts = {one.start for one in clause.all("mine") if one.end == last.start}
    with_it = any(one.end in starts for one in clause.all("company"))
    for_it = [one.start for one in clause.all("of") if one.end in starts]
    return with_it or any(can.end <= at for can in clause.all("can") for at in for_it)


def _is_with_sores(first: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether something else is denied, with these sores in the mouth: "no spinach with these ulcers"."""
    starts = {one.start for one in clause.all("mine") if one.end == first.start and one.start > negation.end}
    is_with = any(one.end in starts for one in clause.all("company", "cause", "place"))
    return is_with and first.kind in SORES


def _is_of_ability(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether something that cannot be done is denied, and no symptom before it: "mouth full of sores can't eat"."""
    is_symptom = last.kind in SYMPTOMS or last.kind == "mouthpart"
    others = [one for one in clause.all("cannot") if (one.start, one.end) != (negation.start, negation.end)]
    return is_symptom and any(last.end <= one.start < negation.end for one in others)


def _leads_to(last: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether it stands in a "that I" after it: "zo benauwd dat ik niet meer fiets"; not "the cough that I had"."""
    thats = [hit for hit in clause.all("mine") if hit.end - hit.start > 1 and last.end <= hit.start]
    had = [hit.start for hit in clause.all("have", "had")]
    return any(
        0 <= negation.start - that.end < NEAR and not any(that.start < at < negation.start for at in had)
        for that in thats
    )


def _is_cause(hit: Hit, clause: Clause) -> bool:
    """Whether it is there, and what it keeps from happening is denied: "door de hoest slaap ik niet"."""
    starts = {hit.start} | {one.start for one in clause.all("mine", "article", "filler") if one.end == hit.start}
    return any(one.end in starts for one in clause.all("cause"))


def _is_from_the(hit: Hit, clause: Clause) -> bool:
    """Whether "from the" stands before it, as in Dutch "van het hoesten"; not the article of "de la toux"."""
    froms = {one.end for one in clause.all("of")} & {one.end for one in clause.all("since")}
    return any(one.start in froms for one in clause.all("mine", "article") if one.end == hit.start)


def _is_of_the(hit: Hit, clause: Clause) -> bool:
    """Whether "of the" stands before it: "ik slaap niet van het hoesten"."""
    starts = {one.start for one in clause.all("mine", "article") if one.end == hit.start}
    return any(one.end in starts for one in clause.all("of"))
