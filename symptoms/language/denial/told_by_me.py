"""What the speaker asks or denies to have told, and so tells: "did I say that I cough?", "no os he dicho que toso"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

REACH: Final = 4
"""Words from the telling to its "that", and from that to its subject."""


def is_told_by_me(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether "I" have told, or not yet, that "I" have it: the "that" may open the clause.

    Not what others told, nor what anything can do: "did I tell you it can cause a cough".
    """
    is_able = clause.has("can") and not clause.has("no", "not", "cannot", "cannot_breathe")
    if is_able or clause.has("relative", "stranger", "if", "drug", "tablets"):
        return False
    thats = [at for at in range(clause.start, hit.end) if passage.says(at, "that")]
    if not thats or not any(one.start >= thats[0] for one in clause.all("self", "have")):
        return False
    before = passage.before(clause)
    is_led = thats[0] == clause.start and before is not None and before.sentence == clause.sentence
    telling = before if is_led and before is not None else clause
    end = telling.end if is_led else thats[0]
    told = [at for at in range(max(telling.start, end - REACH), end) if passage.says(at, "have_told")]
    return any(any(one.start <= at for one in telling.all("self", "have")) for at in told)
