"""Reads a text a second time, by how labelled sentences were worded, where the lexicons may have no word for it.

A linear model of words, the letters they are made of, and the classes that the lexicons know. It speaks up, and is
never asked whether something is absent: it can only raise. `python -m tests.symptoms.language.train` makes its weights.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from math import sqrt
from typing import Final
from zlib import crc32

from symptoms.language.accounts.all_over import is_all_over
from symptoms.language.breath.harmless_breath import is_harmless
from symptoms.language.breath.slight_coughs import is_of_no_note
from symptoms.language.denial.denying import CONTENT
from symptoms.language.reading.reader import Reader, passed_off
from symptoms.language.scope.generalities import is_no_fact
from symptoms.language.sores.mouth import BESIDE_MOUTH, ELSEWHERE, is_elsewhere
from symptoms.language.text.classes import group, trait
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

WEIGHTS: Final = "second_reader.json"
BUCKETS: Final = 1 << 14
LETTERS: Final = (3, 4)
"""How many letters of a word make a piece of it."""

SHORTEST: Final = 3
"""A text of fewer words is an answer or a slip of the finger; the rules and the buttons take care of it."""

UNWEIGHED: Final = trait("unweighed")
OF_MOUTH: Final = group("of_mouth")
OF_BODY: Final = OF_MOUTH | group("of_body") | group("parts") | group("complaints") | CONTENT
SORES: Final = ("aphtha", "lesion", "spot")
BARE: Final = group("bare_sores")
"""Classes of words that tell of sores and say no more than where they are, and that they hurt."""

BREATH: Final = ("breathless", "cannot_breathe", "breathe", "air")
CALMING: Final = ("fine", "harmless", "stain")
"""Classes of words with which a clause tells of no danger."""

OF_ONES_OWN: Final = (
    "self", "me", "have", "article", "still", "left", "no", "not", "units", "since", "for", "days_ago", "weekdays",
    "vague_long",
)  # fmt: skip
"""Classes of words with which a question may be about sores that somebody has."""

SHOWN: Final = 4
"""How many words are named as the reason."""


class Suspicion(StrEnum):
    """What a text may tell."""

    URGENT = "urgent"
    EMERGENCY = "emergency"
    MOUTH_SORES = "mouth_sores"


@dataclass(frozen=True, slots=True)
class Weights:
    """One number from -127 to 127 for every bucket of pieces. What sums up to more than `cut` is suspected.

    `cut_of_bare_sores` is lower: where neither how many, nor since when, nor how eating goes was heard of sores, one of
    them may have been told in words that no lexicon has.
    """

    cut: float
    cut_of_bare_sores: float
    of: array[int]


def suspect(reader: Reader, *, has_bare_sores: bool = False) -> dict[Suspicion, tuple[str, ...]]:
    """What a text may tell beside what the rules find, each with the words that weighed most, the heaviest first.

    `has_bare_sores`: the rules find sores, and nothing else of them.
    """
    if sum(token.is_word for token in reader.passage.tokens) < SHORTEST:
        return {}
    pieces = pieces_of(reader)
    if not any(piece.startswith("word ") for piece in pieces):  # the rules have settled all of it
        return {}
    count, *sums = (sum(column) for column in zip(*map(_weighed, pieces), strict=True))
    length = sqrt(count)
    found = {}
    for nth, (suspicion, weights) in enumerate(_load().items()):
        if has_bare_sores and suspicion is Suspicion.URGENT and _says_no_more(reader):
            continue
        cut = weights.cut_of_bare_sores if has_bare_sores else weights.cut
        if sums[nth] > cut * length and is_nameable(suspicion, reader):
            found[suspicion] = _heaviest(reader, nth, pieces)
    return found


def is_nameable(suspicion: Suspicion, reader: Reader) -> bool:
    """Whether a text has a word for what is suspected: of sores, or a number; of the body and how it is.

    Who says "I have" before a number may count sores, of which nothing else is told. Nothing urgent is suspected where
    all that is told has gone or is denied.
    """
    if suspicion is Suspicion.MOUTH_SORES and (_are_read_otherwise(reader) or _are_elsewhere(reader)):
        return False
    if suspicion is Suspicion.URGENT and is_all_over(reader):
        return False
    if reader.passage.has_any(OF_MOUTH if suspicion is Suspicion.MOUTH_SORES else OF_BODY):
        return True
    if suspicion is not Suspicion.MOUTH_SORES and not reader.passage.has("have"):
        return False
    return any(
        hit.start not in {one.start for one in clause.all("article")}
        for clause in reader.passage.clauses
        for hit in clause.numerals
    )


def _are_elsewhere(reader: Reader) -> bool:
    """Whether every sore is told of with a place that is none of the mouth, and the mouth is not named."""
    told = [clause for clause in reader.passage.clauses if clause.has(*SORES)]
    is_of_mouth = reader.passage.has("mouthpart", *BESIDE_MOUTH, "aphtha")
    return bool(told) and not is_of_mouth and all(is_elsewhere(clause, *(ELSEWHERE - BESIDE_MOUTH)) for clause in told)


def _says_no_more(reader: Reader) -> bool:
    """Whether every word of a text only tells of sores and where they are: nothing is left that may be urgent."""
    passage = reader.passage
    if passage.has("many", "whole", "nothing_but"):
        return False
    said = {at for clause in passage.clauses for hit in clause.all(*BARE) for at in range(hit.start, hit.end)}
    return all(at in said for at, token in enumerate(passage.tokens) if not token.is_mark)


def _are_read_otherwise(reader: Reader) -> bool:
    """Whether sores are named, and by the rules all are asked about, dreaded for some day, or had by others."""
    named = [(hit, clause) for clause in reader.passage.clauses for hit in clause.all("aphtha", "lesion")]
    return bool(named) and all(
        is_no_fact(hit, clause, reader.passage)
        or _is_had_by_others(hit, clause, reader)
        or _is_asked_of_any(hit, clause, reader)
        for hit, clause in named
    )


def _is_asked_of_any(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a text only asks about sores as such: "¿las aftas son contagiosas?"; not "... es que tengo dos"."""
    clauses = reader.passage.clauses
    is_ones_own = any(one.numerals or one.has(*OF_ONES_OWN) for one in clauses)
    return clause.mark == "?" and not is_ones_own and not reader.is_fact(hit, clause)


def _is_had_by_others(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether others have it, as a verb right after them says, and the text says nothing of the speaker's."""
    passage = reader.passage
    others = [one for one in clause.all("relative", "stranger") if one.end < hit.start]
    had = [one for one in others if passage.says(one.end, "had_by_persons", "done_by_me_too")]
    led = {one.start - 1 for one in others}
    is_of_me = any(one.start not in led for clause in passage.clauses for one in clause.all("self", "have"))
    return bool(had) and not is_of_me and reader.scope.is_others(hit, clause)


def _heaviest(reader: Reader, nth: int, pieces: Mapping[str, int]) -> tuple[str, ...]:
    """The words of a text that speak for the nth suspicion, each with what stands in its place."""
    by_word: dict[str, int] = {}
    for piece, at in pieces.items():
        word = reader.passage.tokens[at].text
        by_word[word] = by_word.get(word, 0) + _weighed(piece)[1 + nth]
    heaviest = sorted(by_word, key=lambda word: (-by_word[word], word))
    return tuple(word for word in heaviest[:SHOWN] if by_word[word] > 0)


def pieces_of(reader: Reader) -> dict[str, int]:
    """Every word, class of words, and pair of classes of a text, each with where it stands.

    What is said twice says no more than once. The words of what the rules have settled are left out.
    """
    found: dict[str, int] = {}
    classes: list[tuple[int, str]] = []
    for clause in reader.passage.clauses:
        is_settled = _is_settled(clause, reader)
        classes += [
            (hit.start, f"no {hit.kind}" if is_settled else hit.kind)
            for hit in clause.hits
            if hit.kind not in UNWEIGHED
        ]
        if not is_settled:
            found |= {f"word {reader.passage.tokens[at].text}": at for at in range(clause.start, clause.end)}
    found |= {f"class {kind}": at for at, kind in classes}
    return found | {f"class {first} {second}": at for (_, first), (at, second) in pairwise(classes)}


def _is_settled(clause: Clause, reader: Reader) -> bool:
    """Whether the rules read a clause as denied, over, asked, another's or harmless: its words are left to them.

    So is a cough that came once or twice, or that of a smoker as ever.
    """
    if clause.has(*CALMING) or passed_off(clause, reader):
        return True
    if any(not reader.is_fact(hit, clause) for hit in clause.all(*CONTENT)):
        return True
    is_of_breath = clause.has(*BREATH) and is_harmless(clause, reader)
    return is_of_breath or _has_cough_of_no_note(clause, reader)


def _has_cough_of_no_note(clause: Clause, reader: Reader) -> bool:
    coughs = clause.all("cough")
    return bool(coughs) and all(is_of_no_note(hit, clause, reader) for hit in coughs) and not clause.has(*SORES)


def names_of(piece: str) -> list[str]:
    """What a piece weighs by: itself, and all runs of the letters of a word."""
    told, _, word = piece.partition(" ")
    if told != "word" or not word[0].isalpha():
        return [piece]
    framed = f"<{word}>"
    runs = (framed[start : start + length] for length in LETTERS for start in range(len(framed) - length + 1))
    return [piece, *runs]


@lru_cache(maxsize=50_000)
def _weighed(piece: str) -> tuple[int, ...]:
    """How many names a piece has, and what they add to each suspicion."""
    buckets = [bucket_of(name) for name in names_of(piece)]
    return len(buckets), *(sum(weights.of[bucket] for bucket in buckets) for weights in _load().values())


def bucket_of(name: str) -> int:
    return crc32(name.encode()) % BUCKETS


@cache
def _load() -> dict[Suspicion, Weights]:
    source = json.loads(resources.files(__package__).joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return {one: _weights(**source[one]) for one in Suspicion}


def _weights(cut: float, weights: str, cut_of_bare_sores: float | None = None) -> Weights:
    return Weights(cut, cut if cut_of_bare_sores is None else cut_of_bare_sores, array("b", b64decode(weights)))
