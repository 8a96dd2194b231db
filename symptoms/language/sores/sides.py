"""Numbers of sores that are told of each side, and so are twice as many: "two in each cheek"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity

NEAR: Final = 3


def doubled(number: Quantity, numbers: list[Quantity], clause: Clause, passage: Passage) -> Quantity:
    """A number, twice where so many are on each side: "two in each cheek and one on the lip"."""
    parts = clause.all("mouthpart")
    sides = [
        hit
        for hit in clause.all("each")
        if hit.end - hit.start > 1
        or any(one.end == hit.start for one in clause.all("each"))
        or (parts and hit.end == number.at)
        or any(0 <= part.start - hit.end <= NEAR for part in parts)
    ]
    is_pair = passage.says(number.at, "pairs") or passage.says(number.end - 1, "pairs")
    is_double = not is_pair and any(_is_of_sides(number, hit, numbers, clause) for hit in sides)
    return Quantity(2 * number.value, number.at, number.end) if is_double else number


def _is_of_sides(number: Quantity, sides: Hit, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether "each side" stands after a number, or before it: "on each side two"; not those of another number."""
    joints = [hit.start for hit in clause.all("and")]
    if number.end <= sides.start:
        is_near = sides.start < number.end + NEAR or len(numbers) == 1
        return is_near and not any(number.end <= at < sides.start for at in joints)
    is_taken = any(sides.start - NEAR < one.end <= sides.start for one in numbers)
    is_led = any(sides.end <= part.end <= number.at for part in clause.all("mouthpart"))
    is_joined = any(sides.end <= at < number.at for at in joints)
    is_near = number.at - sides.end <= NEAR and (is_led or sides.end == number.at)
    return not (is_taken or is_joined) and (is_near or len(numbers) == 1)
