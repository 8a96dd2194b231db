"""Numbers of sores that are said to be all there are: "four in all", "that makes, I think, four"."""

from __future__ import annotations

from symptoms.language.sores.countable import is_introduced
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.numbers import Quantity


def is_total(number: Quantity, numbers: list[Quantity], clause: Clause, passage: Passage) -> bool:
    """Whether it is said to be all there are: "four in all", "that makes, I think, four", "so | now there are five"."""
    previous = passage.before(clause)
    summed_up = previous is not None and not previous.mark and _ends_with(previous, "sum")
    if any(_leads_to(hit.end, number.at, clause) for hit in clause.all("sum")):
        return True
    if is_introduced(number.at, clause, "sum") or is_followed(number, clause, "sum"):
        return True
    if summed_up and clause.begins_with("now"):
        return True
    if _counts_what_was_named(number, clause, previous):
        return True
    if number.end == clause.end and clause.begins_with("still") and not clause.has("aphtha", "lesion", "mouthpart"):
        return True
    return len(numbers) == 1 and clause.begins_with("sum") and number.end == clause.end


def _counts_what_was_named(number: Quantity, clause: Clause, previous: Clause | None) -> bool:
    """Whether a clause of its own counts in pieces what the one before named: "Bläschen auf der Zunge, zwei Stück"."""
    ends = {hit.end for hit in clause.all("pieces") if hit.start == number.end}
    is_alone = number.at == clause.start and clause.end in ends
    if not is_alone or previous is None or previous.sentence != clause.sentence or previous.numerals:
        return False
    return previous.has("aphtha", "lesion") and not previous.has("article")


def _ends_with(clause: Clause, kind: str) -> bool:
    return any(hit.end == clause.end for hit in clause.all(kind))


def _leads_to(start: int, at: int, clause: Clause) -> bool:
    """Whether no more than "now there are" stands from one place to another: "so now there are five"."""
    said = {place for hit in clause.all("now", "there_are", "have", "filler") for place in range(hit.start, hit.end)}
    return start < at and said.issuperset(range(start, at))


def is_followed(number: Quantity, clause: Clause, *kinds: str) -> bool:
    return any(0 <= hit.start - number.end <= 1 for hit in clause.all(*kinds))
