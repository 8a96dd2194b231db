"""Numbers in digits and words, and ranges of them; of a range the larger counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.words import Token

NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?$")
HALF: Final = "1/2"
MARKS: Final = frozenset(["komma", "virgule", "coma", "point", "punt", "punto"])
"""How the mark before tenths is called."""
TWO_DIGITS: Final = 10
"""From here on tenths that are said apart are taken for such, and not for another number of sores."""
TENTH: Final = 10
RANGE: Final = re.compile(r"(\d+)[-/](\d+)$")
ORDINAL_ENDS: Final = frozenset(["st", "nd", "rd", "th", "er", "e", "eme", "de", "ste", "te", "o", "a"])
RANGE_REACH: Final = 4
"""Words and mark between the numbers of a range: "six sores or seven"."""
BEFORE: Final = 8
"""Words before a unit among which its number stands."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and where it stands."""

    value: float
    at: int
    end: int = 0


def numbers_in(clause: Clause, passage: Passage) -> list[Quantity]:
    """The numbers of a clause, in order; "4 or 5" and "4-5" are one, of the larger value."""
    if not (passage.has_figures or clause.has("numbers")):
        return []
    words = {hit.start: hit for hit in sorted(clause.all("numbers"), key=lambda hit: hit.end)}
    found: list[Quantity] = []
    at = clause.start
    while at < clause.end:
        token = passage.tokens[at]
        if at in words:
            hit = words[at]
            found.append(Quantity(hit.value or 0, at, hit.end))
            at = hit.end
            continue
        if token.text == HALF:
            whole = found.pop() if found and found[-1].end == at else Quantity(0, at)
            found.append(Quantity(whole.value + 0.5, whole.at, at + 1))
        elif token.is_number and (matched := RANGE.match(token.text)) and int(matched[1]) < int(matched[2]):
            found.append(Quantity(max(int(matched[1]), int(matched[2])), at, at + 1))
        elif token.is_number and NUMBER.match(token.text):
            found.append(Quantity(float(token.text.replace(",", ".")), at, at + 1))
        at += 1
    return _ranges_joined(found, clause, passage)


def _ranges_joined(found: list[Quantity], clause: Clause, passage: Passage) -> list[Quantity]:
    if len(found) < 2:
        return found
    joints = {hit.start: hit.end for hit in clause.all("or")}
    between = {hit.end for hit in clause.all("between")}
    joined: list[Quantity] = []
    for number in found:
        last = joined[-1] if joined else None
        gap = passage.tokens[last.end : number.at] if last else []
        if last is not None and any(last.end <= unit.start < number.at for unit in clause.all("units", "unit_other")):
            joined.append(number)
            continue
        is_range = last is not None and (
            joints.get(last.end) == number.at
            or (not gap and number.value == last.value + 1)
            or (len(gap) <= RANGE_REACH and number.at in joints.values() and not _is_placed(last, number, clause))
            or (len(gap) == 1 and gap[0].text in {"-", "/", "a", "to", "bis", "tot"})
            or bool(gap and gap[0].text == ",")
            or (1 <= len(gap) <= 2 and not between.isdisjoint((last.at, last.at - 1)))
        )
        if last is not None and last.value >= TWO_DIGITS and _is_decimal(last, number, gap):
            joined[-1] = Quantity(last.value + number.value / 10, last.at, number.end)
        elif last is not None and is_range and number.value > last.value:
            joined[-1] = Quantity(number.value, last.at, number.end)
        else:
            joined.append(number)
    return joined


def _is_placed(last: Quantity, number: Quantity, clause: Clause) -> bool:
    """Whether a part of the mouth is named for the first of two numbers: "one on the lip or two on the tongue"."""
    return any(last.end <= hit.start < number.at for hit in clause.all("mouthpart"))


def _is_decimal(number: Quantity, tenths: Quantity, gap: list[Token]) -> bool:
    """Whether no more than the name of the mark stands between a number and its tenths: "veertien komma twee"."""
    return len(gap) == 1 and gap[0].text in MARKS and tenths.value < TENTH and number.value == int(number.value)


def is_ordinal(number: Quantity, passage: Passage) -> bool:
    """Whether it is a 3rd or a 2e rather than a 3 or a 2."""
    if number.end in passage.dots:
        return True
    following = passage.tokens[number.end] if number.end < len(passage.tokens) else None
    return following is not None and following.is_glued and following.text in ORDINAL_ENDS


def quantity_before(whole: Clause, passage: Passage, at: int) -> Quantity | None:
    """The number or article that stands before a unit, with at most one word between."""
    if not (passage.has_figures or whole.has("numbers", "article")):
        return None
    start = max(whole.start, at - BEFORE)
    clause = Clause(start, at, 0)
    for hit in whole.hits:
        if start <= hit.start and hit.end <= at:
            clause.add(hit)
    articles: list[Hit] = [hit for hit in clause.all("article") if at - hit.end <= 1]
    if numbers := [one for one in numbers_in(clause, passage) if at - one.end <= 1 and not is_ordinal(one, passage)]:
        is_of_article = articles and articles[-1].end == at and numbers[-1].end == articles[-1].start
        return Quantity(1, articles[-1].start, at) if is_of_article else numbers[-1]
    return Quantity(1, articles[-1].start, articles[-1].end) if articles else None
