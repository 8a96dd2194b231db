"""The others with whom breath is compared: "like all my friends", "not sooner than the rest of the team"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

NEAR: Final = 4
BETWEEN: Final = (
    "mine", "article", "each", "every", "all_of", "everybody", "another", "new", "had", "being", "self", "place",
)  # fmt: skip
"""What stands between "like" and the others: "like all my friends", "as was every other runner"."""


def compared_with_others(clause: Clause, passage: Passage, joint: str, kind: str) -> list[Hit]:
    """The words of a clause in which a joint, "like" or "than", leads to others, as hits of a class."""
    small = places_of(clause.all(*BETWEEN))
    return [
        Hit(kind, one.start, at + 1)
        for one in clause.all(joint)
        for at in range(one.end, min(one.end + NEAR, clause.end))
        if passage.says(at, "companions") and small.issuperset(range(one.end, at))
    ]
