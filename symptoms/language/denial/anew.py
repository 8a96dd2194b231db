"""Where something new begins after a negation, which it does not reach: "ik slaap niet zo hoest ik", "how I cough"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

VERB_SECOND: Final = frozenset({"nl", "de"})
"""Languages in which a verb before its subject tells, when something else opens the sentence."""

NEAR: Final = 2
"""Words of what is so much so: "zo benauwd ben ik"."""


def opens_anew(negation: Hit, clause: Clause, passage: Passage) -> list[Hit]:
    """The words with which another clause begins after a negation, though no mark parts it."""
    if negation.kind == "no":
        return _another_thing(negation, clause)
    return [*_verbs_before_subjects(negation, clause, passage), *_how_it_is(negation, clause, passage)]


def _another_thing(negation: Hit, clause: Clause) -> list[Hit]:
    """The "and a" after what is denied: "no money for a doctor and a cough"."""
    articles = {hit.start for hit in clause.all("article")}
    return [hit for hit in clause.all("and") if hit.start > negation.end and hit.end in articles]


def _verbs_before_subjects(negation: Hit, clause: Clause, passage: Passage) -> list[Hit]:
    """A verb before an "I" of its own where one stands before the negation: "als ik niet stilzit ben ik benauwd"."""
    if passage.lexicon.language not in VERB_SECOND:
        return []
    determiners = {hit.start for hit in clause.all("mine")}
    subjects = {hit.start for hit in clause.all("self") if hit.start not in determiners}
    if not any(at < negation.start for at in subjects):
        return []
    verbs = [hit for hit in clause.all("have") if hit.start >= negation.end and hit.end - 1 in subjects - {hit.start}]
    verbs += [hit for hit in clause.all("cough", "breathless") if hit.start >= negation.end and hit.end in subjects]
    degrees = [hit for hit in clause.all("so_much") if hit.start >= negation.end]
    return [*verbs, *(hit for hit in degrees if any(0 < verb.start - hit.end <= NEAR for verb in verbs))]


def _how_it_is(negation: Hit, clause: Clause, passage: Passage) -> list[Hit]:
    """The "how I" after a judgement: "it's not funny how I cough", "c'est pas drôle comme je tousse"."""
    own = {hit.start for hit in clause.all("self", "have")}
    hows = [hit for hit in clause.all("wh", "like") if hit.start > negation.end and hit.end in own]
    return [hit for hit in hows if hit.kind == "like" or passage.says(hit.start, "in_what_way")]
