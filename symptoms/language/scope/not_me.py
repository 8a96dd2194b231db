"""What is told of nobody, and then said not to be the speaker's: "coughing all over the place, luckily not me"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage

CONTENT: Final = group("content")
EMPTY: Final = ("but", "only", "luckily", "through", "of", "company", "for_to", "excepting", "all_of_it", "place")
DENIALS: Final = ("not", "no", "nothing", "nobody", "no_answer")
LONGEST: Final = 5


def is_not_me(clause: Clause, passage: Passage) -> bool:
    """Whether the words after a complaint of which nobody is named say no more than "but not me", and end the text.

    Not after "my": "my cough is bad, but not me", nor where more follows: "coughing, not me being dramatic".
    """
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence or after is not passage.clauses[-1] or after.mark == "?":
        return False
    if not after.has("self", "me") or not after.has(*DENIALS) or after.end - after.start > LONGEST:
        return False
    told = [one for one in passage.clauses if one is not after]
    if after.has_any(CONTENT - {"only"}) or after.has("can", "cannot", "since"):
        return False
    if any(one.has("self", "have", "me", "since", "days_ago", "addressed") for one in told):
        return False
    denied = [one.start for one in after.all(*DENIALS)]
    if any(one.start >= denied[0] for one in after.all("only")):
        return False
    known = after.all("self", "me", *DENIALS, *EMPTY)
    return {at for one in known for at in range(one.start, one.end)}.issuperset(range(after.start, after.end))
