"""The French "je tousse plus" without its "ne": no more where the cough is said to be over, and more elsewhere."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

LANGUAGE: Final = "fr"
PLUS: Final = "plus"
SMALL: Final = ("self", "me", "have", "filler", "luckily")
"""What stands beside the verb that says no more than that it is so no more."""

NOT_OVER: Final = (
    "still", "no", "not", "if", "left", "almost", "half", "had", "aphtha", "lesion", "breathless", "cannot",
)  # fmt: skip
"""Beside which nothing says that the cough is over."""


def coughs_no_more(clause: Clause, passage: Passage) -> set[Hit]:
    """The cough of a clause that ends in "plus", beside one that says the cough is over: "la toux c'est fini, je"."""
    if passage.lexicon.language != LANGUAGE or not clause.has("cough") or clause.has("but", "no", "not", "now"):
        return set()
    cough = clause.all("cough")[-1]
    if passage.tokens[clause.end - 1].text != PLUS or cough.end != clause.end - 1 or clause.mark == "?":
        return set()
    said = {at for hit in clause.all(*SMALL) for at in range(hit.start, hit.end)} - {cough.start, clause.end - 1}
    if not said.issuperset(range(clause.start, cough.start)):
        return set()
    beside = [one for one in (passage.before(clause), passage.after(clause)) if one and one.sentence == clause.sentence]
    return {cough} if any(_says_over(one) or _says_it_over(one, passage) for one in beside) else set()


def _says_it_over(clause: Clause, passage: Passage) -> bool:
    """Whether a clause says no more than that it has gone, of the cough that the clause before names."""
    topic = passage.before(clause)
    if topic is None or topic.sentence != clause.sentence or not topic.has("cough") or topic.has(*NOT_OVER):
        return False
    is_gone = clause.has("gone", "no_longer", "done_with") and not clause.has(*NOT_OVER, "but", "cough")
    return is_gone and not clause.has(*(CONTENT - {"gone", "closing"}))


def _says_over(clause: Clause) -> bool:
    """Whether a clause says of the cough that it has gone."""
    coughs = clause.all("cough")
    if not coughs or not clause.has("gone", "no_longer", "done_with") or clause.has(*NOT_OVER, "but"):
        return False
    return all(hit.end <= coughs[0].start for hit in clause.all("worse"))
