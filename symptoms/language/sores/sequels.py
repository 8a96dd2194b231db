"""Numbers of sores that follow on others: what it began with, what became of it, what is right instead."""

from __future__ import annotations

from typing import Final

from symptoms.language.sores.countable import is_introduced
from symptoms.language.sores.singles import names_a_place
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.numbers import Quantity

OTHER_MATTERS: Final = ("cough", "breathless", "pain", "fever", "eat", "drink", "swallow")
"""What a "no" is about that takes no number back: "three sores. No cough. Two on the lip"."""


def is_grown(number: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether so many have become of fewer, or of more: "one became two", "aus der einen sind vier geworden"."""
    is_led = any(hit.end == number.at for hit in clause.all("company", "woke"))
    if is_led and any(hit.start <= number.end + 1 and hit.end >= number.at - 2 for hit in clause.all("woke")):
        return not clause.has("another")
    if number is numbers[0] and len(numbers) > 1 and not clause.begins_with("become"):
        return False
    return is_introduced(number.at, clause, "become") or any(hit.start == number.end for hit in clause.all("become"))


def is_corrected(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether "no" stands before it, in place of what was said: "a sore, no two", "a sore, no, two actually"."""
    denials = {hit.start for hit in clause.all("no", "not")}
    answers = [hit for hit in clause.all("no_answer", "rather") if hit.start not in denials]
    if any(hit.start == clause.start and hit.end == number.at for hit in answers):
        return True
    lower = [hit.end for hit in clause.numerals if (hit.value or 0) < number.value]
    if any(hit.end == number.at and end <= hit.start for hit in answers for end in lower):
        return True
    before = passage.before(clause)
    is_no = before is not None and before.end - before.start <= 2 and before.has("no_answer", "rather")
    is_no = is_no or (
        before is not None and any(before.end - before.start == hit.end - hit.start for hit in before.all("rather"))
    )
    is_no = is_no or (before is not None and before.has("correction"))
    if before is not None and (clause.has("also", "on_top") or before.has(*OTHER_MATTERS) or _goes_on(before, passage)):
        return False
    return is_no and number.at == clause.start and before is not None and not before.numerals


def _goes_on(clause: Clause, passage: Passage) -> bool:
    """Whether no more than "and" stands before a "sorry" by which more is told: "three sores. And, sorry, two more"."""
    before = passage.before(clause)
    return before is not None and before.end - before.start == 1 and before.has("and")


def is_then(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether it is how many there were next: "then five", not "then five more"."""
    is_more = any(0 <= number.at - hit.end <= 1 for hit in clause.all("further", "another", "left", "new"))
    is_more = is_more or any(hit.start == number.end for hit in clause.all("new", "another"))
    previous = passage.before(clause)
    is_led = previous is not None and previous.end - previous.start <= 2 and previous.has("then")
    return not is_more and (is_led or is_introduced(number.at, clause, "then"))


def is_more_than_before(number: Quantity, clause: Clause) -> bool:
    """Whether there are so many more than on a day before: "one more than yesterday", "een aft meer dan gisteren"."""
    thans = {hit.start for hit in clause.all("than")} | {hit.end for hit in clause.all("than")}
    days = {hit.start for hit in clause.all("days_ago", "weekdays")}
    days |= {hit.start + 1 for hit in clause.all("still", "worse") if hit.start in thans}
    more = [hit for hit in clause.all("more_than", "further", "new") if number.end <= hit.start <= number.end + 1]
    return any(
        not thans.isdisjoint((hit.end - 1, hit.end)) and hit.end in days | {at - 1 for at in days} for hit in more
    )


def is_start(number: Quantity, clause: Clause) -> bool:
    """Whether it is how many it began with: "started with one", "five at first"; not of one part of the mouth."""
    if clause.has("at_first") and not (names_a_place(clause) or clause.has("another", "now")):
        return True
    of = {hit.start for hit in clause.all("of")}
    if clause.has("woke"):
        return False
    has_begun = any(hit.end <= number.at and hit.start not in of for hit in clause.all("since"))
    return has_begun and any(hit.end == number.at for hit in clause.all("company"))
