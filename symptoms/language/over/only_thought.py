"""What was only thought to be gone, or not to be there: "I thought the cough was gone but no"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage, places_of

DENIALS: Final = ("no", "not", "no_answer", "mistaken", "untrue")
SMALL: Final = ("but", "because", "sum", "filler", "mine", "someone", "self", "had", "being", "luckily", *DENIALS)
"""Of what a clause consists that says no more than that it is not so."""

GONE: Final = ("gone", "closed", "done_with", "rid_of", "no_longer", "no", "not", "without")
BRIEF: Final = 6


def was_only_thought(clause: Clause, passage: Passage) -> bool:
    """Whether the next words say no more than that it is not as was thought: "pensé que ya no tenía tos, pues no"."""
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.mark == "?" or not clause.has(*GONE):
        return False
    if not any(passage.says(at, "thinking") for at in range(clause.start, clause.end)):
        return False
    is_bare = places_of(after.all(*SMALL)).issuperset(range(after.start, after.end))
    return is_bare and after.has(*DENIALS) and after.end - after.start <= BRIEF
