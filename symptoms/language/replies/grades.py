"""Replies that grade how bad something is or how much it interferes, from 0 to 4: "quite a bit", "3", "7/10"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from symptoms.clinical.terms import MAX_SEVERITY, Slot
from symptoms.language.accounts.account import Account
from symptoms.language.reading.reader import Reader
from symptoms.language.replies.yes_and_no import VAGUELY, free_hits, is_made_of, is_no, lone_number
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import is_within

SLEEPLESS: Final = 3
"""How much it interferes when it keeps somebody awake: quite a bit."""
OUT_OF_TEN: Final = re.compile(r"\b(10|[0-9]) ?(?:/|out of|sur|op|von|de|auf) ?10\b")
GRADES_OF_TEN: Final = ((0, 0), (3, 1), (6, 2), (8, 3), (10, 4))
"""Of the scale from 0 to 10 that hospitals use: up to which number it is which grade."""
GRADED: Final[Mapping[str, str]] = {
    Slot.MOUTH_SEVERITY: "severity",
    Slot.COUGH_SEVERITY: "severity",
    Slot.DYSPNEA_SEVERITY: "severity",
    Slot.MOUTH_INTERFERENCE: "interference",
    Slot.COUGH_INTERFERENCE: "interference",
    Slot.DYSPNEA_INTERFERENCE: "interference",
}
"""The table of words for each question that is answered by a grade."""


def grade_reader(table: str) -> Callable[[Reader, Account], object | None]:
    """A reader of grades 0-4 from the words of a table, or a bare number. Of several the worst counts.

    Nothing at all is said only by who says nothing else: "I do not sleep" is none of it, "nothing else" is no grade,
    nor is "not just a little".
    """

    def read(reader: Reader, account: Account) -> object | None:
        if reader.passage.has("not_wholly"):
            return None
        grades = [value for value in _graded(reader, table) if value]
        if table == "interference" and _is_sleepless(reader):
            grades.append(SLEEPLESS)
        number = lone_number(reader, *VAGUELY)
        if not grades and number in range(MAX_SEVERITY + 1):
            grades = [int(number or 0)]
        is_ungraded = not any(hit.value for hit in _outer(reader, table))
        is_nil = (is_no(reader, table) or _is_nil(reader, table)) and not _has_told_all(reader)
        is_nil = is_nil and not reader.passage.has("cannot")
        if not grades and is_ungraded and is_nil:
            grades = [0]
        return max(grades, default=None)

    return read


def guess_grade(table: str, reader: Reader) -> str | None:
    """The grade that a number out of ten may mean, or a word that is denied: "not so bad" may be 1."""
    if (out_of_ten := _out_of_ten(reader)) is not None:
        return str(next(grade for most, grade in GRADES_OF_TEN if out_of_ten <= most))
    if reader.passage.has("not_wholly"):
        return None
    has_negated_grade = len(_outer(reader, table)) > len(_graded(reader, table))
    return "1" if has_negated_grade and not _is_sleepless(reader) else None


def _has_told_all(reader: Reader) -> bool:
    """Whether a no says that there is no more to tell, and so nothing of this question: "nothing else"."""
    said = {at for hit in free_hits(reader, "reply_no") if hit.end - hit.start > 1 for at in range(hit.start, hit.end)}
    return any(reader.passage.says(at, "no_more_to_tell") for at in said)


def _is_nil(reader: Reader, table: str) -> bool:
    """Whether a reply is a word of a table for nothing at all, and no more."""
    return bool(_outer(reader, table)) and is_made_of(reader, table)


def _graded(reader: Reader, table: str) -> list[int]:
    """The grades of the words of a table that nothing negates."""
    denials = free_hits(reader, "not", "no")
    return [
        int(hit.value or 0)
        for hit in _outer(reader, table)
        if not any(_stands_before(denial, hit, reader) for denial in denials)
    ]


def _stands_before(denial: Hit, hit: Hit, reader: Reader) -> bool:
    """Whether a "not" denies a grade, with at most one word between: "not so bad"."""
    between = reader.passage.tokens[denial.end : hit.start]
    return denial.end <= hit.start and len(between) <= 1 and all(token.is_word for token in between)


def _outer(reader: Reader, table: str) -> list[Hit]:
    """The words of a table that stand in no longer ones of it."""
    hits = free_hits(reader, table)
    return [hit for hit in hits if not any(is_within(hit, other) for other in hits)]


def _is_sleepless(reader: Reader) -> bool:
    """Whether it says that something keeps somebody awake."""
    return reader.passage.has("sleep", "night") and reader.passage.has("not", "no", "cannot", "trouble", "sit_up")


def _out_of_ten(reader: Reader) -> int | None:
    """The number of a reply on the scale from 0 to 10: "7/10", "7 von 10"."""
    words = " ".join(token.text for token in reader.passage.tokens)
    found = OUT_OF_TEN.search(words)
    return int(found[1]) if found else None
