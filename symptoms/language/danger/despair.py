"""Whether somebody speaks of suicide: by name, as the end that they want, or as tablets kept for it or taken at once.

To hear too much costs a call; so whose words they are, and of when, is not asked of tablets.
"""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause

TABLETS: Final = ("tablets", "drug")
MEANT_OTHERWISE: Final = ("eat", "drink", "swallow", "tablets", "drug", "cough", "treatment")
"""Beside one of these "I don't want any more" is said of it."""


def has_self_harm(reader: Reader) -> bool:
    """Whether the patient speaks of suicide or of hurting themselves, or has taken all the tablets there were."""
    clauses = reader.passage.clauses
    return any(
        _is_named(clause, reader) or _is_weary(clause, reader) or _is_about_all_tablets(clause, reader)
        for clause in clauses
    )


def _is_named(clause: Clause, reader: Reader) -> bool:
    """Whether it is said as such, as a question or a hope too: "what's the point of going on?"."""
    named = [hit for hit in clause.all("self_harm") if hit not in reader.denied]
    return any(not (reader.scope.is_others(hit, clause) or reader.scope.is_over(hit, clause)) for hit in named)


def _is_weary(clause: Clause, reader: Reader) -> bool:
    """ "Ich mag nicht mehr", "I can't go on": said of nothing in particular, for the clause ends there."""
    is_at_end = any(hit.end == clause.end and hit not in reader.denied for hit in clause.all("weary"))
    return is_at_end and clause.has("self") and not clause.has(*MEANT_OTHERWISE)


def _is_about_all_tablets(clause: Clause, reader: Reader) -> bool:
    """Tablets that are saved up, or taken all at once or by the box: "I have swallowed the whole box"."""
    if not clause.has("hoarded", "at_one_go", "whole_pack"):
        return False
    sentence = reader.passage.sentence_of(clause)
    is_of_tablets = any(one.has(*TABLETS) for one in sentence)
    if is_of_tablets and clause.has("hoarded"):
        return True
    if is_of_tablets and clause.has("at_one_go") and any(one.has("all_of", "everything") for one in sentence):
        return True
    contents = {hit.start for hit in clause.all("of")}
    is_bare = any(hit.end not in contents for hit in clause.all("whole_pack"))
    is_taken = any(one.has("took") for one in sentence)
    return is_taken and clause.has("whole_pack") and (is_of_tablets or is_bare)
