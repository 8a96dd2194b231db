"""Confusion in a clause: by its own name, or as what somebody no longer knows, says, or can think."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

NEAR: Final = 4
SIGNING: Final = (
    "confused", "orientation", "name", "know", "mistaking", "odd_place", "nonsense", "scrambled", "observe",
)  # fmt: skip
"""Classes of words of which every sign of confusion has one."""
DENIALS: Final = ("not", "no", "no_longer", "cannot", "barely", "nothing", "trouble")


def is_confused(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that the patient is confused, in the patient's words or those of a carer."""
    if not clause.has(*SIGNING) or clause.has("spectacle"):
        return False
    named = bool(reader.facts(clause, "confused"))
    return named or any(sign(clause, reader) for sign in SIGNS)


def _is_lost(clause: Clause, reader: Reader) -> bool:
    """ "Doesn't know where she is", "forgot his own name"."""
    for what in [*reader.facts(clause, "orientation"), *_names_of_kin(clause, reader)]:
        if any(_is_near(what, one) for one in reader.facts(clause, "unknowing")):
            return True
        knowing = [one for one in clause.all("know") if _is_near(what, one)]
        if any(_is_near(one, denial) for one in knowing for denial in clause.all(*DENIALS)):
            return True
    return False


def _has_lost_the_day(clause: Clause, reader: Reader) -> bool:
    """ "Couldn't tell you if it's Tuesday or Christmas": not the day of an appointment, nor since when."""
    if not (clause.has("weekdays") and clause.has("or")) or clause.has("since", "plan", "treatment", "tablets", "drug"):
        return False
    day = clause.all("weekdays")[0]
    knowing = [one for one in clause.all("know") if one.end <= day.start]
    return not reader.scope.is_others(day, clause) and any(
        _is_near(one, denial) for one in knowing for denial in clause.all(*DENIALS)
    )


def _mistakes_kin(clause: Clause, reader: Reader) -> bool:
    """ "Thinks I'm her sister"."""
    kin = clause.all("relative")
    return any(0 <= one.start - hit.end < NEAR for hit in reader.facts(clause, "mistaking") for one in kin)


def _misplaces_things(clause: Clause, reader: Reader) -> bool:
    """ "Put my keys in the freezer"."""
    places = {hit.start for hit in reader.facts(clause, "odd_place")}
    things = {hit.start for hit in clause.all("household")}
    is_in_another = any(thing != place for thing in things for place in places)
    return is_in_another and not clause.has("stranger")


def _names_of_kin(clause: Clause, reader: Reader) -> list[Hit]:
    """The words that name a name of kin: "my daughter's name", "le nom de ma fille"."""
    kin = clause.all("relative")
    return [hit for hit in reader.facts(clause, "name") if any(_is_near(hit, one) for one in kin)]


def _talks_nonsense(clause: Clause, reader: Reader) -> bool:
    """ "She says the strangest things": somebody says it, not the person who is written to."""
    said = [
        one for one in reader.facts(clause, "nonsense") if any(_is_near(one, saying) for saying in clause.all("utter"))
    ]
    return bool(said) and clause.has("self", "someone", "relative")


def _cannot_think(clause: Clause, reader: Reader) -> bool:
    """ "My head is all muddled"."""
    minds = clause.all("mind") if not clause.has("pain") else []
    return any(_is_near(one, mind) for one in reader.facts(clause, "scrambled") for mind in minds)


def _sees_unreal(clause: Clause, reader: Reader) -> bool:
    """ "Mum sees cats that aren't there"."""
    after = reader.passage.after(clause)
    goes_on = after is not None and after.sentence == clause.sentence and after.has("unreal")
    return (clause.has("unreal") or goes_on) and bool(reader.facts(clause, "observe"))


def _is_near(hit: Hit, other: Hit) -> bool:
    return max(hit.start - other.end, other.start - hit.end) <= NEAR


SIGNS: Final = (
    _is_lost,
    _has_lost_the_day,
    _mistakes_kin,
    _misplaces_things,
    _talks_nonsense,
    _cannot_think,
    _sees_unreal,
)
