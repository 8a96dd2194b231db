"""Food that does not go down, or not yet: "Brot geht immer noch nicht", "la carne ya no entra con esta boca"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause, places_of
from symptoms.language.text.hits import Hit

NEAR: Final = 2
FOOD: Final = ("eat", "soft", "hard_fare", "swallow")
NOT_SO: Final = (
    "fine", "clean", "well", "trivial", "quiet_verb", "gone", "cough", "breathless", "nausea", "queasy",
    "tablets", "drug", "advice", "if", "say", "know", "dont_know", "only", "off_food", "relative",
    "stranger", "smell", "after",
)  # fmt: skip
"""Beside which it is not the food that does not go down."""


def does_not_go_down(clause: Clause, reader: Reader) -> bool:
    """Whether food is named and then said not to go down, or still not to, or it is said not to be possible yet."""
    goes = places_of(clause.all("going_in"))
    if clause.mark == "?" or any(goes.isdisjoint(range(hit.start, hit.end)) for hit in clause.all(*NOT_SO)):
        return False
    food = [hit for hit in clause.all(*FOOD) if reader.scope.is_real(hit, clause)]
    food = [hit for hit in food if not reader.scope.is_over(hit, clause)]
    if any(
        _is_not_like_that(hit, clause, reader) or _is_no_longer(hit, clause) or _is_denied_after(hit, clause, reader)
        for hit in food
    ):
        return True
    return any(_is_not_yet_possible(hit, clause, reader) for hit in food)


def _is_not_like_that(food: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether food does not yet go down as what the clause before names does: "Suppe geht, Brot noch nicht"."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or not before.has("going_in", "can"):
        return False
    waits = [hit for hit in _not_yet(clause, reader) if hit.end == clause.end]
    return before.has(*FOOD, "drink") and any(0 <= hit.start - food.end < NEAR for hit in waits)


def _is_no_longer(food: Hit, clause: Clause) -> bool:
    """Whether eating opens a clause and is right after said to be no more: "eating not any more"."""
    ended = [hit for hit in clause.all("no_longer") if 0 <= hit.start - food.end < NEAR]
    is_first = food.kind in ("eat", "swallow") and food.start == clause.start
    return is_first and bool(ended) and not clause.has("pain", "trouble", "stuck", "less")


def _is_denied_after(food: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a verb of going down follows food, with a denial right beside it."""
    denials = [*clause.all("no", "not", "no_longer"), *_not_yet(clause, reader)]
    goes = [hit for hit in clause.all("going_in") if hit.start >= food.end]
    return any(
        one.start <= hit.start < one.end or 0 <= hit.start - one.end < NEAR or 0 <= one.start - hit.end < NEAR
        for hit in goes
        for one in denials
        if one.start >= food.end
    )


def _is_not_yet_possible(food: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether somebody cannot yet eat: "ich kann noch nicht kauen"."""
    waits = _not_yet(clause, reader)
    able = [hit for hit in clause.all("can") if any(0 <= one.start - hit.end < NEAR for one in waits)]
    return bool(able) and clause.has("self") and food.kind in ("eat", "swallow")


def _not_yet(clause: Clause, reader: Reader) -> list[Hit]:
    """The words for "still" that hold a denial: "immer noch nicht", "nog steeds niet"."""
    words = reader.passage.tokens
    entries = reader.passage.lexicon.entries
    return [
        hit
        for hit in clause.all("still", "almost")
        if any(
            one.kind in ("no", "not") and not one.rest
            for at in range(hit.start, hit.end)
            for one in entries(words[at].text)
        )
    ]
