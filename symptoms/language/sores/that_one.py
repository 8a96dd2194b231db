"""The one sore that is left, for which only "that" stands: "de las aftas solo queda la de la mejilla"."""

from __future__ import annotations

from typing import Final

from symptoms.language.sores.totals import Amount
from symptoms.language.sores.uncounted import only_the_sized
from symptoms.language.text.clauses import Clause, Passage

OPENING: Final = 1
"""Words before the "of" of "now of the sores only that on the lip is left"."""
OTHERS: Final = ("and", "or", "also", "another", "new", "no", "not", "almost", "if")
"""Beside which it may be more than those that are named."""


def those_left(clause: Clause, passage: Passage) -> list[Amount]:
    """The one that is left, where its size or a "that" stands for it: "nur noch die große", "solo la del labio"."""
    kept = only_the_sized(clause, passage)
    return [kept] if kept else _that_one_left(clause, passage)


def _went_before(clause: Clause, passage: Passage) -> bool:
    """Whether the clause before says that sores have gone: "those on my palate healed, only that on my lip is left"."""
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and clause.has("mouthpart", "place")
    return is_next and before is not None and before.has("gone") and before.has("aphtha", "lesion")


def _that_one_left(clause: Clause, passage: Passage) -> list[Amount]:
    """One for "that on the lip", which alone is left of sores: not for "those on the lip"."""
    if not clause.has("that_one") or clause.numerals or not (clause.has("only", "left") and clause.has("of")):
        return []
    sores = clause.all("aphtha", "lesion")
    ofs = [hit for hit in clause.all("of") if hit.start <= clause.start + OPENING]
    is_after_others = not sores and _went_before(clause, passage)
    verbs = passage.lexicon.function_words["singular_verbs"]
    is_singular = not verbs or any(passage.says(at, "singular_verbs") for at in range(clause.start, clause.end))
    if not (is_after_others or (sores and ofs)) or not is_singular:
        return []
    named = [hit for hit in clause.all("that_one") if is_after_others or hit.start >= sores[0].end]
    if any(hit.start >= one.end for hit in clause.all(*OTHERS) for one in named):
        return []
    return [Amount(1, hit.start, clause, is_single=True, is_left=True, is_now=True) for hit in named[:1]]
