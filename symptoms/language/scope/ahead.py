"""What has not gone, for that it goes is asked, hoped or still to come: "when will this cough go away?"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3
"""Words between what says that something is to come and the going itself: "it will soon be gone"."""


def is_asked_or_hoped(clause: Clause, passage: Passage) -> bool:
    """Whether a clause asks for the going or hopes for it, and so tells of no end."""
    if clause.mark == "?" or any(hit.start == clause.start for hit in clause.all("hoped", "wished")):
        return True
    before = passage.before(clause)
    is_same = before is not None and before.sentence == clause.sentence
    return is_same and before is not None and any(hit.end == before.end for hit in before.all("hoped", "wished"))


def is_ahead(gone: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a going is hoped for before it is named, or still to come: "it will pass", "pour m'en débarrasser"."""
    if any(hit.end <= gone.start for hit in clause.all("hoped", "wished")):
        return True
    near = range(max(clause.start, gone.start - NEAR), gone.start)
    if any(passage.says(at, "to_come") for at in near):
        return True
    return gone.start > clause.start and passage.says(gone.start - 1, "in_order_to")
