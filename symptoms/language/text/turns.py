"""The words at which a clause begins though no mark stands there: "but", "because", some "and", some "today"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.classes import group
from symptoms.language.text.clauses import PARTS, TOPICS, Clause, places_of
from symptoms.language.text.restarts import restarts
from symptoms.language.text.words import Token

STARTS_A_CLAUSE: Final = ("self", "have", "someone", "relative", "stranger", "no_longer", "if", "drug")
"""After "and", one of these begins a clause of its own."""

NEAR_DENIAL: Final = 4
"""Words from a denial to the "but" that takes its place: Dutch "niet twee maar drie", where "maar" is "only" too."""

NEAR_DAYS: Final = 8
"""Words from a day on which there was nothing to that on which there is something."""

BUT_WITHIN: Final = frozenset({"de"})
"""Languages in which "but" may stand after the verb: "stört aber nicht", "die mich jedoch nicht stören"."""

WITHIN: Final = group("before_but")
LONGEST_WITHIN: Final = 3
UNBOUND: Final = ("but", "because", "not_now", "not_wholly")
"""Classes of words whose phrases a turn may begin within: "ahora" of "ahora no"."""


def turns_of(tokens: list[Token], whole: Clause, ends: set[int], language: str) -> set[int]:
    """Where a word begins a new clause: the "but" of "no cough but a sore"; `ends` are the marks that end one.

    What would be that word alone begins none, nor does "but nothing".
    """
    nothing = {hit.start for hit in whole.all("nothing")}
    turns = {at for at in _words_that_turn(tokens, whole, ends) if at + 1 not in ends}
    turns -= {at for at in turns if at + 1 in nothing and at + 2 in ends}
    turns -= _buts_within(whole, ends) if language in BUT_WITHIN else set()
    return turns | restarts(tokens, whole, ends, language)


def _words_that_turn(tokens: list[Token], whole: Clause, ends: set[int]) -> set[int]:
    """Where a word stands that begins a clause."""
    turns = _buts_and_becauses(tokens, whole) | _affirmed_days(whole, ends)
    if not whole.has("and"):
        return turns
    openers = _openers(tokens, whole)
    return turns | {hit.start for hit in whole.all("and") if hit.end in openers} - _paired_parts(whole)


def _buts_and_becauses(tokens: list[Token], whole: Clause) -> set[int]:
    """Where a "but" or "because" stands that is no "only" and no part of a longer phrase."""
    if not whole.has("but", "because"):
        return set()
    numbers = _places_of_numbers(tokens, whole)
    denied = [hit.start for hit in whole.all("no", "not")]
    only = {
        hit.start
        for hit in whole.all("only")
        if hit.end in numbers and not any(0 < hit.start - at <= NEAR_DENIAL for at in denied)
    }
    long = [(hit.start, hit.end) for hit in whole.hits if hit.kind not in UNBOUND and hit.end - hit.start > 1]
    return {
        hit.start
        for hit in whole.all("but", "because")
        if hit.start not in only
        and not any(start < hit.start < end or (start == hit.start and hit.end < end) for start, end in long)
    }


def _buts_within(whole: Clause, ends: set[int]) -> set[int]:
    """Where a "but" stands after no more than a verb and small words, and so within its clause."""
    found: set[int] = set()
    small = places_of(whole.all(*WITHIN, *TOPICS)) if whole.has("but") else set()
    for hit in whole.all("but"):
        start = hit.start
        while start > 0 and start - 1 in small and start - 1 not in ends:
            start -= 1
        if 0 < hit.start - start <= LONGEST_WITHIN and (start == 0 or start - 1 in ends):
            found.add(hit.start)
    return found


def _openers(tokens: list[Token], whole: Clause) -> set[int]:
    """The words that begin a clause of their own after an "and"."""
    times = {hit.start for hit in whole.all("weekdays", "days_ago", "numbers")}
    openers = {hit.start for hit in whole.all(*STARTS_A_CLAUSE)}
    openers |= {hit.start for hit in whole.all("since") if hit.end in times}
    openers |= {hit.start for hit in whole.all("also") if hit.end - hit.start > 1}
    told = openers | {hit.start for hit in whole.all("there_are")}
    openers |= {hit.start for hit in whole.all("now") if not told.isdisjoint(range(hit.start, hit.end + 2))}
    openers |= _opposed_days(whole)
    numbers = _places_of_numbers(tokens, whole)
    had = min((hit.start for hit in whole.all("had", "gone")), default=len(tokens))
    return openers | {hit.start for hit in whole.all("left") if had < hit.start and hit.end in numbers}


def _opposed_days(whole: Clause) -> set[int]:
    """Where today is set against a day on which there was nothing: "yesterday there was nothing and today two"."""
    earlier = [hit.start for hit in whole.all("days_ago", "weekdays") if hit.value]
    denials = [hit.start for hit in whole.all("no", "not", "nothing")]
    if not (earlier and denials):
        return set()
    numbers = {hit.end: hit.start for hit in whole.all("numbers")}
    todays = [hit.start for hit in whole.all("now", "days_ago") if hit.kind == "now" or not hit.value]
    opposed = [
        at
        for at in todays
        if any(0 < at - day <= NEAR_DAYS for day in earlier) and any(0 < at - denial <= NEAR_DAYS for denial in denials)
    ]
    return {numbers.get(at, at) for at in opposed} | set(opposed)


def _affirmed_days(whole: Clause, ends: set[int]) -> set[int]:
    """Where it is said of today at the end of a clause that denies: "gisteren geen hoest vandaag wel"."""
    affirmed = {hit.start: hit.end for hit in whole.all("affirmed")}
    denials = [hit.end for hit in whole.all("no", "not")] if affirmed else []
    found: set[int] = set()
    for hit in whole.all("now", "days_ago") if denials else []:
        is_today = hit.kind == "now" or hit.value == 0
        is_last = is_today and affirmed.get(hit.end) in ends
        if is_last and any(0 <= hit.start - at <= NEAR_DAYS for at in denials):
            found.add(hit.start)
    return found


def _paired_parts(whole: Clause) -> set[int]:
    """The "and" between two parts of the body of which one thing is said: "my lips and my eyelids are swelling"."""
    parts = whole.all(*PARTS)
    ends = {hit.end for hit in parts}
    starts = {hit.start for hit in parts}
    determiners = {hit.start: hit.end for hit in whole.all("mine")}
    return {hit.start for hit in whole.all("and") if hit.start in ends and determiners.get(hit.end, hit.end) in starts}


def _places_of_numbers(tokens: list[Token], whole: Clause) -> set[int]:
    """Where numbers stand, in words or digits."""
    return {hit.start for hit in whole.all("numbers")} | {at for at, token in enumerate(tokens) if token.is_number}
