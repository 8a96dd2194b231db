"""Food that is named where nothing is said of eating: "I cough after dinner", "tea does not help", a spoon of blood."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

NEAR: Final = 3
TAKEN: Final = ("eat", "drink", "swallow", "soft", "straw", "off_food")
HINDERS: Final = group("hinders")
COUGHED: Final = ("cough", "breathless", "phlegm", "blood")
OF_EATING: Final = ("swallow", "stuck", "aphtha", "lesion", "mouthpart", "throat", "straw", "off_food", "soft", "only")
REMEDIES: Final = ("relieves", "remedy")


def names_no_meal(clause: Clause, reader: Reader) -> bool:
    """Whether all food of a clause is a time of day, a remedy for something else, or the measure of blood."""
    taken = clause.all(*TAKEN)
    if not taken:
        return False
    return (
        _is_after_meals(taken, clause)
        or _is_remedy(taken, clause)
        or all(is_measure(hit, clause, reader) for hit in taken)
    )


def is_measure(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is the spoon with which blood is measured: "trois cuillères à soupe", "dos cucharadas de sangre"."""
    if not reader.passage.has("blood", "phlegm"):
        return False
    amounts = clause.all("much_amount", "little_amount")
    return any((hit.start < one.end and one.start < hit.end) or 0 <= hit.start - one.end <= 1 for one in amounts)


def _is_after_meals(taken: list[Hit], clause: Clause) -> bool:
    """Whether each meal is that after which something is felt, and neither pain nor mouth is named.

    "The cough is worse after eating": what is worse is the cough.
    """
    if clause.has(*OF_EATING) or clause.has("pain", "weep", "cannot", "less", "barely"):
        return False
    if clause.has("trouble") and not clause.has(*COUGHED):
        return False
    afters = [hit.end for hit in clause.all("after")]
    return all(any(0 <= hit.start - end <= NEAR - 1 for end in afters) for hit in taken)


def _is_remedy(taken: list[Hit], clause: Clause) -> bool:
    """Whether a drink is what helps, or does not, and nothing that hinders eating is named beside it."""
    if clause.has(*OF_EATING) or clause.has(*HINDERS) or not clause.has(*REMEDIES):
        return False
    return all(hit.kind == "drink" for hit in taken)
