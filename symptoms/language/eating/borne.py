"""What at table is no hindrance by what is said of it: a sting that can be borne, a meal that only seems eaten.

This lowers, so it is read only of one food that stings, and where nothing limits what is eaten.
"""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause, places_of

SPOILT: Final = ("aphtha", "lesion", "throat", "swallow", "pain", "stuck", "straw", "soft", "weep", "tooth")
DENIALS: Final = ("no", "not", "barely", "cannot", "almost", "no_longer", "less", "if")
LIMITS: Final = (
    "swallow", "stuck", "straw", "soft", "off_food", "forgone", "cannot", "only", "fiercely", "weep", "everything",
    "every", "so_much", "barely", "throat", "if", "because", "worse",
)  # fmt: skip
"""Beside which a food does more than sting."""


def is_borne(clause: Clause, reader: Reader) -> bool:
    """Whether one food stings, and can be borne: "brennen bei Tomaten, aber auszuhalten"."""
    foods = clause.all("hard_fare", "drink")
    if not foods or not reader.facts(clause, "stings", "pain") or clause.has(*LIMITS):
        return False
    after = [one for one in reader.passage.sentence_after(clause) if not _is_mere_but(one)][:1]
    later = [one for one in reader.passage.sentence_after(clause) if one.has("pain", "eat", "drink", *LIMITS)]
    told = [one for one in [clause, *after] if _can_be_borne(one)]
    return bool(told) and all(one in told for one in later)


def _is_mere_but(clause: Clause) -> bool:
    """Whether it is no more than a "but well" before a comma."""
    return places_of(clause.all("but", "filler", "and")).issuperset(range(clause.start, clause.end))


def _can_be_borne(clause: Clause) -> bool:
    """Whether something is called bearable, and nothing denies that."""
    said = clause.all("bearable")
    within = places_of(said)
    return bool(said) and not any(hit.start not in within for hit in clause.all(*DENIALS))


def is_as_if_eaten(clause: Clause) -> bool:
    """Whether it only looks as if something had been eaten: "seh aus, als hätt ich was Falsches gegessen"."""
    if clause.has("pain", "swallow", "stuck", "cannot", "every", "soft", "aphtha", "lesion"):
        return False
    relatives = {hit.start for hit in clause.all("wh")}
    if any(hit.start not in relatives for hit in clause.all("only")):
        return False
    likened = [hit.end for hit in clause.all("as_if")]
    ate = {hit.start for hit in clause.all("ate")}
    eaten = clause.all("eat", "ate", "drink")
    return bool(likened and eaten) and all(hit.start >= likened[0] and hit.start in ate for hit in eaten)


def is_mouth_sound(clause: Clause, reader: Reader) -> bool:
    """Whether food is only left, and the mouth is said to be well: "dejé la mitad, pero la boca está bien"."""
    if clause.has("cannot", *SPOILT):
        return False
    told = [one for one in reader.passage.clauses if one.has(*SPOILT)]
    if any(reader.facts(one, *SPOILT) for one in told):
        return False
    return any(_calls_mouth_well(one, reader) for one in reader.passage.clauses if one is not clause)


def _calls_mouth_well(clause: Clause, reader: Reader) -> bool:
    """Whether it says no less than that the mouth is well: not that it is almost so, nor that it will be."""
    if not clause.has("mouthpart") or clause.has("almost", "if", "half", "future", "wished", "used_to"):
        return False
    if reader.facts(clause, "clean", "well", "fine"):
        return not clause.has("no", "not")
    return clause.has("nothing") and clause.has("not", "no")
