"""How many sores: counts, sums, what is left of them, and amounts that have no number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from symptoms.language.clauses import Clause, Passage
from symptoms.language.lexicon import Hit
from symptoms.language.mentions import Mention
from symptoms.language.numbers import Quantity, numbers_in

MAX_COUNT: Final = 99
REACH: Final = 3
PLACES: Final = ("mouthpart",)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of sores. `value` is None when only "more than three", or "not more", is said."""

    value: int | None = None
    is_over_three: bool | None = None


def count_sores(mentions: list[Mention], passage: Passage) -> Count:
    """How many sores the mentions tell of, all in all."""
    clauses: list[Clause] = []
    for mention in mentions:
        if mention.clause not in clauses:
            clauses.append(mention.clause)
    clauses = _with_neighbours(clauses, passage)
    total, last = 0, None
    for clause in clauses:
        for hit in clause.all("left"):
            last = hit if last is None else last
    amounts = [(clause, amount) for clause in clauses for amount in _amounts(clause, passage)]
    if remaining := _remaining(amounts, clauses):
        return remaining
    if any(_is_many(clause) for clause in clauses):
        return Count(None, True)
    for clause, amount in amounts:
        if bound := _bound(clause, amount):
            return bound
        total += int(amount.value)
    if total:
        return Count(min(total, MAX_COUNT), total > 3)
    return Count()


def _with_neighbours(clauses: list[Clause], passage: Passage) -> list[Clause]:
    """The clauses that tell of sores and those of their sentence that go on counting: "six of them"."""
    found = []
    for clause in passage.clauses:
        near = any(clause is one for one in clauses)
        beside = any(abs(passage.clauses.index(one) - passage.clauses.index(clause)) == 1 for one in clauses)
        counts = clause.has("pieces", "left", "another", "mouthpart", "lesion", "aphtha") or _is_bare_number(clause, passage)
        other = clause.has("cough", "breathless", "fever", "elsewhere", "units")
        if near or (beside and counts and not other):
            found.append(clause)
    return found


def _is_bare_number(clause: Clause, passage: Passage) -> bool:
    return clause.end - clause.start <= 3 and bool(numbers_in(clause, passage))


def _amounts(clause: Clause, passage: Passage) -> list[Quantity]:
    """The numbers of a clause that count sores: not those of days, doses, stairs or degrees."""
    units = {hit.start for hit in clause.all("unit_other", "units", "months", "weekdays")}
    sides = {hit.start for hit in clause.all("right_side")}
    found: list[Quantity] = []
    for number in numbers_in(clause, passage):
        if number.value != int(number.value) or number.value > MAX_COUNT or number.value <= 0:
            continue
        if any(number.end <= unit <= number.end + 1 for unit in units) or any(hit.start <= number.at < hit.end for hit in clause.all("days_ago", "vague_few", "vague_days")):
            continue
        if any(0 <= number.at - hit.end <= 1 for hit in clause.all("since", "ago", "fever")) and not clause.has("aphtha", "lesion"):
            continue
        if _is_date(number, clause, passage) or number.at in sides:
            continue
        found.append(number)
    others = [Quantity(1, hit.start, hit.end) for hit in clause.all("another")]
    if clause.has("each") and found and clause.has(*PLACES):
        found = [Quantity(found[0].value * 2, found[0].at, found[0].end)]
    found = [one for one in found if not any(hit.start <= one.at < hit.end for hit in clause.all("another"))]
    if not found and not others:
        found = _single(clause)
    return found + others


def _is_date(number: Quantity, clause: Clause, passage: Passage) -> bool:
    following = passage.tokens[number.end] if number.end < clause.end else None
    return following is not None and following.is_glued and following.text in {"st", "nd", "rd", "th", "er", "eme", "e", "de", "ste"}


def _single(clause: Clause) -> list[Quantity]:
    """One, when a sore is spoken of with "a" or "the" in the singular."""
    for hit in clause.all("article"):
        if any(0 <= noun.start - hit.end <= REACH - 1 for noun in clause.all("lesion", "aphtha")):
            return [Quantity(1, hit.start, hit.end)]
    return []


def _is_many(clause: Clause) -> bool:
    return any(_is_about_sores(hit, clause) for hit in clause.all("many"))


def _is_about_sores(hit: Hit, clause: Clause) -> bool:
    nouns = clause.all("lesion", "aphtha", "mouthpart", "pain")
    return any(abs(noun.start - hit.start) <= REACH + 3 for noun in nouns)


def _bound(clause: Clause, amount: Quantity) -> Count | None:
    """More than three, at least four, up to two."""
    number = int(amount.value)

    def introduces(kind: str) -> bool:
        return any(0 <= amount.at - hit.end <= 1 for hit in clause.all(kind))

    if introduces("at_least"):
        return Count(number, number > 3)
    if introduces("more_than"):
        return Count(None, True) if number >= 3 else Count(None, None)
    if introduces("less_than"):
        return Count(None, False) if number <= 4 else Count(None, None)
    if introduces("at_most"):
        return Count(number, False) if number <= 3 else Count(number, None)
    return None


def _remaining(amounts: list[tuple[Clause, Quantity]], clauses: list[Clause]) -> Count | None:
    """What is left: "two of the nine", "only 3 left", "had five, now one"."""
    if len(amounts) < 2:
        return None
    lefts = [clause for clause in clauses if clause.has("left")]
    if not lefts:
        return None
    clause = lefts[-1]
    inside = [amount for one, amount in amounts if one is clause]
    if not inside:
        return None
    hit = clause.all("left")[-1]
    after = [amount for amount in inside if 0 <= amount.at - hit.end <= 2]
    chosen = after[0] if after and len(inside) > 1 and not _of(clause, inside) else inside[0]
    return Count(int(chosen.value), chosen.value > 3)


def _of(clause: Clause, amounts: list[Quantity]) -> bool:
    return len(amounts) >= 2 and amounts[1].at - amounts[0].end <= 3
