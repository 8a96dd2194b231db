"""What is denied of somebody else alone, and so is the speaker's: "my wife no longer coughs, I still do"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import SYMPTOMS
from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

OTHERS: Final = ("relative", "stranger", "origin")
DENIALS: Final = ("no", "not", "no_answer")
BARE: Final = ("self", "me", "have", "affirmed", "yes", "still", "left", "being", "but", "filler")
"""Of what a clause consists that says no more than that it is so of the speaker."""


def mine_alone(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms that a clause denies of others, after which no more is said than "but I do".

    "My wife no longer coughs, I still do", "nicht mein Bruder hat die Aphthen, sondern ich", "ce n'est pas ma mère qui
    tousse, c'est moi"; not "my wife doesn't cough, nor do I".
    """
    if not (clause.has(*OTHERS) and clause.has(*DENIALS) and clause.has(*SYMPTOMS)):
        return set()
    ends = [hit.start for hit in clause.all("gainsaying") if hit.end == clause.end]
    if ends and all(hit.end <= ends[0] for hit in clause.all(*SYMPTOMS)):
        return set(clause.all(*SYMPTOMS))
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence or clause.mark == "?" or after.mark == "?":
        return set()
    determiners = {hit.start for hit in after.all("mine")}
    is_mine = any(hit.start not in determiners for hit in after.all("self", "me"))
    is_bare = places_of(after.all(*BARE)).issuperset(range(after.start, after.end))
    return set(clause.all(*SYMPTOMS)) if is_mine and is_bare and not after.has(*DENIALS) else set()
