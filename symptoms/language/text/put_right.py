"""A "no" that puts a number or a grade right by a larger one, and denies nothing: "3, no 5", "mild, no severe".

English and Spanish say "no" for both; of the two readings only the one that makes it worse is taken.
"""

from __future__ import annotations

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


def without_answers_denying(hits: list[Hit], tokens: list[Token], bare: frozenset[str]) -> list[Hit]:
    """Hits without the denial of a "no" that answers: behind it stands more than before it, and nothing else.

    `bare` are the words for no more than a no: not "never".
    """
    starts = {hit.start for hit in hits if hit.kind in DENIALS}
    answers = [hit for hit in hits if hit.kind in ANSWERS and hit.start in starts]
    answers = [hit for hit in answers if hit.start and tokens[hit.start].text in bare]
    if not answers:
        return hits
    ends = {hit.end for hit in answers if _puts_right(hit, hits, tokens)}
    spans = [(hit.start, hit.end) for hit in answers if hit.end in ends]
    return [
        hit
        for hit in hits
        if hit.kind not in DENIALS or not any(start <= hit.start < hit.end <= end for start, end in spans)
    ]


def _puts_right(answer: Hit, hits: list[Hit], tokens: list[Token]) -> bool:
    values = _numbers(hits, tokens)
    after = [hit for hit in values if hit.start == answer.end]
    told = [*values, *(hit for hit in hits if hit.kind == "days_ago")]
    before = [hit for hit in told if 0 <= answer.start - hit.end <= APART]
    if after and before:
        right = after[-1].value or 0
        is_more = right >= LEAST and right > (max(before, key=lambda hit: hit.end).value or 0)
        return is_more and _ends_there(after[-1].end, hits, tokens)
    grades = [hit for hit in hits if hit.kind in GRADES]
    worse = [hit for hit in grades if hit.start == answer.end and _is_end(hit.end, tokens)]
    milder = [hit for hit in grades if 0 <= answer.start - hit.end <= 1]
    return any((one.value or 0) > (other.value or 0) for one in worse for other in milder if one.kind == other.kind)


def _numbers(hits: list[Hit], tokens: list[Token]) -> list[Hit]:
    found = [hit for hit in hits if hit.kind == "numbers"]
    found += [
        Hit("numbers", at, at + 1, float(token.text)) for at, token in enumerate(tokens) if token.text.isdecimal()
    ]
    return sorted(found, key=lambda hit: hit.start)


def _ends_there(at: int, hits: list[Hit], tokens: list[Token]) -> bool:
    """Whether nothing follows on a number, or only what it counts."""
    counted = {hit.start for hit in hits if hit.kind in COUNTED}
    return _is_end(at, tokens) or at in counted


def _is_end(at: int, tokens: list[Token]) -> bool:
    return at >= len(tokens) or tokens[at].is_mark
