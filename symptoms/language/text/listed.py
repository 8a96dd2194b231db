"""Words that are days, or numbers, only in a list of such: "di 1, mi 3", "einmal Zunge, zweimal Lippe"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.hits import Hit
from symptoms.language.text.words import Token

KINDS: Final = frozenset(["short_weekdays", "multiples"])
APART: Final = 4
"""Words and marks between two days of a list."""
BESIDE_PARTS: Final = ("place", "mine", "article", "filler")


def with_listed(hits: list[Hit], tokens: list[Token]) -> list[Hit]:
    """Hits in which the short names of weekdays, and "twice", are what they are in a list, and nothing elsewhere."""
    if all(hit.kind not in KINDS for hit in hits):
        return hits
    days = {hit.start: hit for hit in _listed_days(hits, tokens)}
    numbers = {hit.start: hit for hit in _listed_numbers(hits, tokens)}
    found: list[Hit] = []
    for hit in hits:
        if hit.kind == "short_weekdays" and hit.start in days:
            found.append(Hit("weekdays", hit.start, hit.end, hit.value))
        elif hit.kind == "multiples" and hit.start in numbers:
            found.append(Hit("numbers", hit.start, hit.end, hit.value))
        elif hit.kind not in KINDS and not (hit.start in days and hit.end == days[hit.start].end):
            found.append(hit)
    return found


def _listed_days(hits: list[Hit], tokens: list[Token]) -> list[Hit]:
    """The short names beside which another weekday stands, with no more than a number or a mark between.

    A name that is no other word is one beside today as well, where a number follows on both: "fr 2, heute 4".
    """
    short = [hit for hit in hits if hit.kind == "short_weekdays"]
    weekdays = [*short, *(hit for hit in hits if hit.kind == "weekdays")] if short else []
    todays = [hit for hit in hits if hit.kind == "now" or (hit.kind == "days_ago" and not hit.value)]
    others = {hit.start for hit in hits if hit.kind != "short_weekdays"}
    numbers = {hit.start for hit in hits if hit.kind == "numbers"}
    numbers |= {at for at, token in enumerate(tokens) if token.is_number}
    found: list[Hit] = []
    for hit in short:
        beside = weekdays if hit.start in others else [*weekdays, *todays]
        is_told = hit.end in numbers or hit.end == len(tokens) or tokens[hit.end].is_mark
        if is_told and any(one.value != hit.value and _are_listed(hit, one, numbers, tokens) for one in beside):
            found.append(hit)
    return found


def _are_listed(one: Hit, other: Hit, numbers: set[int], tokens: list[Token]) -> bool:
    """Whether a number follows on the first of two days, or nothing but marks parts them."""
    first, last = sorted((one, other), key=lambda hit: hit.start)
    between = range(first.end, last.start)
    if not 0 < len(between) <= APART:
        return False
    is_counted = not numbers.isdisjoint((first.end, first.end + 1))
    return is_counted or all(tokens[at].is_mark for at in between)


def _listed_numbers(hits: list[Hit], tokens: list[Token]) -> list[Hit]:
    """The "twice" of "twice on the tongue, once on the lip", where there are two such at least."""
    parts = {hit.start: hit.end for hit in hits if hit.kind == "mouthpart"}
    small = {at for hit in hits if hit.kind in BESIDE_PARTS for at in range(hit.start, hit.end)} - parts.keys()
    found = [hit for hit in hits if hit.kind == "multiples" and _is_of_part(hit, parts, small, tokens)]
    return found if len({hit.start for hit in found}) > 1 else []


def _is_of_part(multiple: Hit, parts: dict[int, int], small: set[int], tokens: list[Token]) -> bool:
    """Whether no more than small words stand between it and a part of the mouth."""
    at = multiple.end
    while at in small:
        at += 1
    return at in parts and at < len(tokens)
