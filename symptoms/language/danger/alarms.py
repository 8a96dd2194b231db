"""What cannot wait though no question asks for it: cries for help, signs of a stroke, oxygen and sugar far off.

No rule judges these, so that words of them say what a cry for help says: that it cannot wait.
"""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import numbers_in

DENIED_NEAR: Final = 3
"""A "not" denies what stands so many words after it: "is not very low"."""
LIFTING: Final = ("oxygen", "sugar", "countenance", "only", "because", "why", "betterment")
"""Classes of words between a "not" and what is told, which make it deny something else."""
BARE: Final = 2
"""Words of a clause that is no more than a number: "86 %"."""
LOWEST_READING: Final = 40
NORMAL_READING: Final = 95
"""Percent of oxygen: below the first it is litres or hours; from the second the NHS calls a reading at home normal."""


def cannot_wait(reader: Reader) -> bool:
    """Whether the words tell of something that no question asks for and that cannot wait."""
    return any(_is_alarming(clause, reader) for clause in reader.passage.clauses)


def _is_alarming(clause: Clause, reader: Reader) -> bool:
    if reader.facts(clause, "alarm") or any(not _is_denied(hit, clause) for hit in reader.facts(clause, "attack")):
        return True
    if reader.facts(clause, "countenance") and _is_told(clause, "sagging"):
        return True
    if reader.facts(clause, "oxygen", "sugar") and _is_told(clause, "far_off"):
        return True
    return bool(reader.facts(clause, "oxygen")) and _is_read_off(clause, reader)


def _is_told(clause: Clause, kind: str) -> bool:
    """Whether a word of a class stands there undenied."""
    return any(not _is_denied(hit, clause) for hit in clause.all(kind))


def _is_denied(hit: Hit, clause: Clause) -> bool:
    """Whether a "not" stands right before it: not "no wonder sugar fell", "not only low", "no improvement in it"."""
    lifted = [one.start for one in clause.all(*LIFTING)]
    return any(
        0 <= hit.start - denial.end < DENIED_NEAR and not any(denial.end <= at < hit.start for at in lifted)
        for denial in clause.all("not", "no")
    )


def _is_read_off(clause: Clause, reader: Reader) -> bool:
    """Whether a number stands there, or by itself right after, that is too low on a meter of oxygen.

    One that is normal calls nobody by itself: whether it can wait is asked.
    """
    after = reader.passage.after(clause)
    is_bare = after is not None and after.sentence == clause.sentence and after.end - after.start <= BARE
    clauses = [clause, after] if after is not None and is_bare else [clause]
    numbers = [number for one in clauses for number in numbers_in(one, reader.passage)]
    return any(LOWEST_READING <= number.value < NORMAL_READING for number in numbers)
