"""The speaker's own complaint that has not gone as another's did: "my husband's cough has gone, mine hasn't"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

LONGEST: Final = 6
OTHERS: Final = ("relative", "stranger")
SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")
ENDED: Final = ("gone", "closed", "done_with", "no_longer", "betterment")
NOT_GONE: Final = ("not", "no_answer", "still", "left", "goes_on", "almost")
BARE: Final = ("mine", "self", "me", "of", "but", "and", "filler", "have", "being", "ask", "had", "place", *NOT_GONE)
"""Of what a clause consists that says no more than that one's own has not."""


def mine_left(clause: Clause, passage: Passage) -> Hit | None:
    """The words for what the speaker still has, in a clause that says no more than that theirs has not gone.

    The clause before tells in the same sentence that somebody else's has: "la tos de mi marido se fue, la mía no".
    """
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.mark == "?" or before.mark == "?":
        return None
    if not (before.has(*OTHERS) and before.has(*SYMPTOMS) and before.has(*ENDED)):
        return None
    own = {at for at in range(clause.start, clause.end) if passage.says(at, "own_one")}
    is_bare = (places_of(clause.all(*BARE)) | own).issuperset(range(clause.start, clause.end))
    if not own or not is_bare or clause.end - clause.start > LONGEST or clause.has("also"):
        return None
    return clause.first(*NOT_GONE)
