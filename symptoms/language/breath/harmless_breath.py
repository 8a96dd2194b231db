"""Breath that is short for no concern: a sight took it, the nose is blocked, sport does it to all, a tyre is flat."""

from __future__ import annotations

from symptoms.language.breath.after_sport import is_of_sport
from symptoms.language.breath.of_things import is_of_thing
from symptoms.language.breath.sights import was_taken_by_what_was_seen
from symptoms.language.breath.wrong_way import went_down_wrong
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause


def is_harmless(clause: Clause, reader: Reader) -> bool:
    """Whether what a clause tells of breath is no concern: "out of breath after squash like always"."""
    return (
        clause.has("nose")
        or was_taken_by_what_was_seen(clause, reader)
        or is_through_nose(clause, reader)
        or is_of_sport(clause, reader)
        or is_of_thing(clause, reader)
        or went_down_wrong(clause, reader)
    )


def is_through_nose(clause: Clause, reader: Reader) -> bool:
    """Whether no air comes through the nose of which the clause before tells: "my nose is blocked, no air through"."""
    if not (clause.has("through") and reader.passage.has("nose")):
        return False
    before = reader.passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and not before.has("lungs", "chest", "sudden")
    return is_next and before is not None and before.has("nose")
