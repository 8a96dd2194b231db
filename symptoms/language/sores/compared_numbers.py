"""Numbers of sores that are told by those before: "twice as many now", "it has a twin", "three more than yesterday"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.sores.singles import PLURALS
from symptoms.language.sores.totals import Amount
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

BESIDE: Final = 1
"""Words between a number and its "more", and between that and "than"."""
REACH: Final = 3
"""Words from "than" to the day with which it is compared; clauses back to the number that is multiplied."""
BRIEF: Final = 5
DEGREES: Final = ("new", "further", "more_than", "fewer", "less_than")
DAYS: Final = ("days_ago", "weekdays", "last")
NOT_OF_SORES: Final = (group("content") - group("of_sores")) | {
    "drug", "tablets", "treatment", "plan", "units", "unit_other", "relative", "stranger", "if", "no", "not",
}  # fmt: skip
"""Beside which twice as much is not said of sores: "since I take twice the dose"."""
MORE: Final = ("another", "ordinals", "joined")


def compared(amounts: list[Amount], reader: Reader) -> list[Amount]:
    """The amounts without mere differences, and with what is told by others: twice as many, one in each place."""
    amounts = [one for one in amounts if not _is_difference(one, amounts)]
    if reader.passage.has("each"):
        amounts = [_with_each_place(one, reader) for one in amounts]
    if reader.passage.has("times_as_many"):
        amounts = _multiplied(amounts, reader)
    return _accompanied(amounts, reader) if reader.passage.has("twin") else amounts


def _is_difference(amount: Amount, amounts: list[Amount]) -> bool:
    """Whether it only says by how many there are more, or fewer, than before: "seven now, three more than yesterday".

    Not after a number of that day: "two on Monday, today three more than on Monday".
    """
    clause = amount.clause
    if not clause.has("than"):
        return False
    before = [one for one in amounts if one.at < amount.at]
    if not before or before[-1].is_past or before[-1].clause.has("had") or before[-1].clause.at < clause.at - 1:
        return False
    ends = {hit.end for hit in clause.numerals if hit.start == amount.at} or {amount.at + 1}
    mores = [hit for hit in clause.all(*DEGREES) if any(0 <= hit.start - end <= BESIDE for end in ends)]
    thans = [hit for hit in clause.all("than") for more in mores if -1 <= hit.start - more.end <= BESIDE]
    return any(hit.end - hit.start > 1 or _leads_to_day(hit, clause) for hit in thans)


def _leads_to_day(than: Hit, clause: Clause) -> bool:
    """Whether a day follows on "than": "than on Monday", "dan gisteren"."""
    is_phrase = any(hit.start == than.start for hit in clause.all("worse"))
    return is_phrase or any(0 <= hit.start - than.end < REACH for hit in clause.all(*DAYS))


def _with_each_place(amount: Amount, reader: Reader) -> Amount:
    """An amount, so many times as there are places before it: "sores on tongue, cheek and gum, one in each place"."""
    clause = amount.clause
    eachs = [hit for hit in clause.all("each") if hit.end - hit.start == 1]
    if not eachs or clause.end - clause.start > BRIEF or clause.has("mouthpart", "right_side"):
        return amount
    before = [one for one in reader.passage.sentence_of(clause) if one.at < clause.at]
    if any(one.numerals or one.has("each") for one in before):
        return amount
    wholes = {hit.start for one in before for hit in one.all("whole_mouth")}
    places = {hit.start for one in before for hit in one.all("mouthpart")} - wholes
    is_of_places = len(places) > 1 and not any(one.has_any(NOT_OF_SORES) for one in before)
    return replace(amount, value=amount.value * len(places), is_single=False) if is_of_places else amount


def _multiplied(amounts: list[Amount], reader: Reader) -> list[Amount]:
    """The amounts with those that are so many times what was counted before: "three last time, now the double"."""
    for clause in reader.passage.clauses:
        times = max(clause.all("times_as_many"), key=lambda hit: hit.end, default=None)
        if times is None or _is_of_something_else(times, clause):
            continue
        base = [one for one in amounts if one.at < times.start and one.clause.at >= clause.at - REACH]
        is_counted = any(one.at > times.end for one in amounts)
        if base and not is_counted and _is_of_now(times, base[-1], clause):
            number = base[-1].value * int(times.value or 1)
            amounts = [*amounts, Amount(number, times.start, clause, is_grown=True, is_now=True)]
    return amounts


def _is_of_something_else(times: Hit, clause: Clause) -> bool:
    """Whether the clause tells of another matter than sores: the dose, the stairs."""
    fillers = {(hit.start, hit.end) for hit in clause.all("filler")}
    others = [hit for hit in clause.hits if hit.kind in NOT_OF_SORES and (hit.start, hit.end) not in fillers]
    return any(hit.end <= times.start or hit.start >= times.end for hit in others)


def _is_of_now(times: Hit, base: Amount, clause: Clause) -> bool:
    """Whether it is now that there are so many times more, not on a day before: "three, twice as many on Monday"."""
    later = [hit for hit in clause.all("days_ago", "weekdays") if hit.kind == "weekdays" or hit.value]
    later = [hit for hit in later if hit.start > base.at and (base.clause is not clause or hit.start > times.start)]
    return not later and not (base.clause is not clause and clause.has("had"))


def _accompanied(amounts: list[Amount], reader: Reader) -> list[Amount]:
    """The amounts with one more, where a lone sore is said to have got company: "now it has a twin next to it"."""
    clauses = [one for one in reader.passage.clauses if one.has("twin") and not one.has("relative", "stranger", "if")]
    if not clauses or len(amounts) > 1 or any(one.clause.has(*MORE) for one in amounts):
        return amounts
    hit = clauses[0].all("twin")[0]
    if amounts:
        known = replace(amounts[0], is_single=False, is_new=True)
        return [known, Amount(1, hit.start, clauses[0], is_more=True)]
    return [Amount(2, hit.start, clauses[0])] if _names_one(clauses[0], reader) else []


def _names_one(clause: Clause, reader: Reader) -> bool:
    """Whether the sore that has company, or the clause before names it, stands in the singular."""
    endings = PLURALS[reader.passage.lexicon.language]
    before = reader.passage.before(clause)
    clauses = [one for one in (before, clause) if one is not None]
    nouns = [hit for one in clauses for hit in one.all("aphtha", "lesion")]
    return bool(nouns) and not any(reader.passage.tokens[hit.end - 1].text.endswith(endings) for hit in nouns)
