"""What is said not to hinder at table: "die Aphthen stören beim Reden, beim Essen nicht", "du mal à manger non".

This lowers, so both are read only where every word of the clause is known to say no more than that.
"""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause

BRIEF: Final = 5
TAKEN: Final = ("eat", "drink", "swallow")
SORES: Final = ("aphtha", "lesion")
DOING: Final = ("speak", "utter", "minimal_effort", "tooth")
LED: Final = ("company", "place", "for_to")
"""The "when" of "beim Essen", "al comer", "pour manger"."""
SMALL: Final = ("mine", "article", "filler", "numbers", "place", "mouthpart", "self", "me", "someone", *LED)
HINDERS: Final = ("quiet_verb", "trouble", "pain", "stings")


def hinders_not_at_table(clause: Clause, reader: Reader) -> bool:
    """Whether eating is said to go on unhindered, in a clause that says no more."""
    if not (_is_trouble_answered_no(clause) or _is_only_when_talking(clause, reader)):
        return False
    return not any(one.has(*TAKEN, *HINDERS, "but") for one in reader.passage.sentence_after(clause))


def _is_trouble_answered_no(clause: Clause) -> bool:
    """Whether trouble with eating is named and answered with no: "sores yes, trouble eating no"."""
    noes = [hit for hit in clause.all("no_answer") if hit.end == clause.end]
    taken = clause.all(*TAKEN)
    if not noes or not taken or clause.mark == "?" or clause.end - clause.start > BRIEF:
        return False
    is_named = any(hit.start == clause.start and hit.end <= taken[0].start for hit in clause.all("trouble"))
    return is_named and _is_all_of(clause, "trouble", *LED, *TAKEN, "of", "mine", "no_answer")


def _is_only_when_talking(clause: Clause, reader: Reader) -> bool:
    """Whether sores hinder when something else is done, and the next words say that they do not at table."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or before.mark != "," or clause.mark == "?":
        return False
    denials = [hit for hit in clause.all("not", "no_answer") if hit.end == clause.end]
    if not (denials and clause.has("eat")) or clause.end - clause.start > BRIEF:
        return False
    is_led = any(hit.start == clause.start for hit in clause.all(*LED))
    is_brief = is_led and _is_all_of(clause, *LED, "mine", "eat", "not", "no_answer")
    tells = before.has(*SORES) and before.has(*DOING) and bool(reader.facts(before, *HINDERS))
    return is_brief and tells and _is_all_of(before, *SMALL, *SORES, *DOING, *HINDERS)


def _is_all_of(clause: Clause, *kinds: str) -> bool:
    """Whether every word of a clause is one of these classes."""
    known = {at for hit in clause.all(*kinds) for at in range(hit.start, hit.end)}
    return known.issuperset(range(clause.start, clause.end))
