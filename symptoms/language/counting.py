"""How many sores: counts, sums, what is left of them, and amounts that have no number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from symptoms.language.classes import group
from symptoms.language.clauses import Clause, Passage
from symptoms.language.lexicon import Hit
from symptoms.language.mentions import Mention, Reader
from symptoms.language.numbers import Quantity, numbers_in

MAX_COUNT: Final = 99
REACH: Final = 3
OTHER_MATTERS: Final = group("content") - group("of_sores")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of sores. `value` is None when only "more than three", or "not more", is said."""

    value: int | None = None
    is_over_three: bool | None = None


def count_sores(mentions: list[Mention], reader: Reader) -> Count:
    """How many sores the mentions tell of, all in all."""
    clauses = _counting_clauses(mentions, reader.passage)
    return _count(clauses, reader, has_many=any(_is_many(clause) for clause in clauses))


def count_in_reply(reader: Reader) -> Count:
    """How many sores a text names that answers the question how many there are."""
    clauses = reader.passage.clauses
    return _count(clauses, reader, has_many=reader.passage.has("many"))


def _count(clauses: list[Clause], reader: Reader, *, has_many: bool) -> Count:
    amounts = [(clause, amount) for clause in clauses for amount in _amounts(clause, reader)]
    if remaining := _remaining(amounts, clauses):
        return remaining
    if has_many:
        return Count(None, True)
    for clause, amount in amounts:
        if bound := _bound(clause, amount):
            return bound
    total = int(sum(amount.value for _, amount in amounts))
    return Count(min(total, MAX_COUNT), total > 3) if total else Count()


def _counting_clauses(mentions: list[Mention], passage: Passage) -> list[Clause]:
    """The clauses that tell of sores, and those beside them that go on counting: "six of them"."""
    places = {mention.clause.at for mention in mentions}
    found = []
    for at, clause in enumerate(passage.clauses):
        beside = places & {at - 1, at + 1}
        is_own = at in places
        goes_on = beside and numbers_in(clause, passage) and not clause.has(*OTHER_MATTERS, "elsewhere", "drug")
        goes_on = goes_on or (beside and clause.has("another", "pieces", "many") and not clause.has(*OTHER_MATTERS))
        if is_own or goes_on:
            found.append(clause)
    return found


def _amounts(clause: Clause, reader: Reader) -> list[Quantity]:
    """The numbers of a clause that count sores: not those of days, doses, stairs or degrees."""
    others = [Quantity(1, hit.start, hit.end) for hit in clause.all("another")]
    found = [number for number in numbers_in(clause, reader.passage) if _counts(number, clause, reader)]
    found = [one for one in found if not any(hit.start <= one.at < hit.end for hit in clause.all("another"))]
    if clause.has("each") and len(found) == 1 and clause.has("mouthpart"):
        found = [Quantity(found[0].value * 2, found[0].at, found[0].end)]
    if not found and not others:
        found = _single(clause, reader.passage)
    return found + others


def _counts(number: Quantity, clause: Clause, reader: Reader) -> bool:
    """Whether a number is one of sores."""
    if number.value != int(number.value) or not 0 < number.value <= MAX_COUNT:
        return False
    if any(number.end <= unit.start <= number.end + 1 for unit in clause.all("unit_other", "units", "months")):
        return False
    if any(
        hit.start <= number.at < hit.end
        for hit in clause.all("days_ago", "vague_few", "vague_days", "right_side", "sentence")
    ):
        return False
    return number.at not in {since.at for since in reader.times(clause)}


PLURALS: Final = {"en": ("s",), "fr": ("s", "x"), "nl": ("en", "s"), "de": ("n",), "es": ("s",)}


def _single(clause: Clause, passage: Passage) -> list[Quantity]:
    """One, when a sore is spoken of in the singular: "a spot", "the sore", a bare "cold sore"."""
    plural = PLURALS[passage.lexicon.language]
    for noun in clause.all("lesion", "aphtha"):
        word = passage.tokens[noun.end - 1].text
        if any(0 <= noun.start - hit.end <= REACH - 1 for hit in clause.all("article")):
            return [Quantity(1, noun.start, noun.end)]
        is_determined = noun.kind == "aphtha" or any(0 <= noun.start - hit.end <= 1 for hit in clause.all("mine"))
        if is_determined and not word.endswith(plural):
            return [Quantity(1, noun.start, noun.end)]
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
    """What is left: "two of the nine", "only 3 left of 7", "had five, now one"."""
    wholes = [(clause, one) for clause, one in amounts if _is_whole(clause, one, amounts)]
    parts = [(clause, one) for clause, one in amounts if (clause, one) not in wholes]
    lefts = [one for clause, one in parts if clause.has("left")]
    if len(amounts) < 2 or not (wholes or lefts):
        return None
    left = lefts[0] if lefts else parts[0][1] if parts else None
    return Count(int(left.value), left.value > 3) if left else None


def _is_whole(clause: Clause, amount: Quantity, amounts: list[tuple[Clause, Quantity]]) -> bool:
    """Whether a number is what another is a part of: the nine in "two of the nine"."""
    introduced = any(0 <= amount.at - hit.end <= 1 for hit in clause.all("of", "between"))
    return introduced and any(
        one is clause and 0 < amount.at - other.end <= 4 for one, other in amounts if other is not amount
    )
