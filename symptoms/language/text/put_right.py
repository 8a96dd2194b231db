"""A "no" that puts a number or a grade right by a larger one, and denies nothing: "3, no 5", "mild, no severe".

English and Spanish say "no" for both; of the two readings only the one that makes it worse is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.language.text.hits import Hit
from symptoms.language.text.words import Token

DENIALS: Final = frozenset({"no", "not", "numbered"})
"""What else a "no" may be: "no pain", "no. 5"."""
ANSWERS: Final = frozenset({"no_answer", "rather"})
GRADES: Final = frozenset({"severity", "interference"})
COUNTED: Final = frozenset({"units", "aphtha", "lesion", "spot", "days_ago"})
LEAST: Final = 2
"""A "one" after it may be anybody: "no one has looked"."""
APART: Final = 6
"""Words from what is put right to the "no"."""


Places = dict[int, list[Hit]]
"""Hits by a place in the text."""


def without_answers_denying(hits: list[Hit], tokens: list[Token], bare: frozenset[str]) -> list[Hit]:
    """Hits without the denial of a "no" that answers: behind it stands more than before it, and nothing else.

    `bare` are the words for no more than a no: not "never".
    """
    starts = {hit.start for hit in hits if hit.kind in DENIALS}
    answers = [hit for hit in hits if hit.kind in ANSWERS and hit.start in starts]
    answers = [hit for hit in answers if hit.start and tokens[hit.start].text in bare]
    if not answers:
        return hits
    numbers, grades = _numbers(hits, tokens), [hit for hit in hits if hit.kind in GRADES]
    told = [*numbers, *(hit for hit in hits if hit.kind == "days_ago")]
    counted = {hit.start for hit in hits if hit.kind in COUNTED}
    larger = _right_by_numbers(answers, _by_start(numbers), _by_end(told), tokens, counted)
    worse = _right_by_grades(answers, _by_start(grades), _by_end(grades), tokens)
    ends = {at: hit.end for hit in (*larger, *worse) for at in range(hit.start, hit.end)}
    return [hit for hit in hits if hit.kind not in DENIALS or hit.end > ends.get(hit.start, 0)]


def _right_by_numbers(
    answers: list[Hit], after: Places, before: Places, tokens: list[Token], counted: set[int]
) -> Iterator[Hit]:
    """The answers between a number and a larger one, on which nothing follows, or only what it counts."""
    for answer in answers:
        earlier = next((before[at] for at in range(answer.start, answer.start - APART - 1, -1) if at in before), None)
        if not earlier or answer.end not in after:
            continue
        right = after[answer.end][-1]
        is_more = (right.value or 0) >= LEAST and (right.value or 0) > (earlier[0].value or 0)
        if is_more and (_is_end(right.end, tokens) or right.end in counted):
            yield answer


def _right_by_grades(answers: list[Hit], after: Places, before: Places, tokens: list[Token]) -> Iterator[Hit]:
    """The answers between a grade and a worse one of its kind, on which nothing follows."""
    for answer in answers:
        worse = [one for one in after.get(answer.end, ()) if _is_end(one.end, tokens)]
        milder = [one for at in (answer.start, answer.start - 1) for one in before.get(at, ())]
        if any((one.value or 0) > (other.value or 0) for one in worse for other in milder if one.kind == other.kind):
            yield answer


def _by_start(hits: list[Hit]) -> Places:
    """Hits by where they begin."""
    found: Places = {}
    for hit in hits:
        found.setdefault(hit.start, []).append(hit)
    return found


def _by_end(hits: list[Hit]) -> Places:
    """Hits by where they end."""
    found: Places = {}
    for hit in hits:
        found.setdefault(hit.end, []).append(hit)
    return found


def _numbers(hits: list[Hit], tokens: list[Token]) -> list[Hit]:
    found = [hit for hit in hits if hit.kind == "numbers"]
    found += [
        Hit("numbers", at, at + 1, float(token.text)) for at, token in enumerate(tokens) if token.text.isdecimal()
    ]
    return sorted(found, key=lambda hit: hit.start)


def _is_end(at: int, tokens: list[Token]) -> bool:
    return at >= len(tokens) or tokens[at].is_mark
