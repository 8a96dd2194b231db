"""Breath that is short for no concern: a sight took it, the nose is blocked, or sport does it as ever."""

from __future__ import annotations

from typing import Final

from symptoms.language.classes import group
from symptoms.language.clauses import Clause
from symptoms.language.reader import Reader

OTHERS: Final = group("content") - {"fine", "clean", "gone", "state", "well", "worse"}


def was_taken_by_what_was_seen(clause: Clause, reader: Reader) -> bool:
    """Whether it was a sight that took the breath: "mir blieb die Luft weg, als ich die Rechnung sah"."""
    before = reader.passage.before(clause)
    is_told = clause.has("had") or _is_of_anybody(clause)
    if before is not None and before.sentence == clause.sentence and is_told and _names_a_sight(before):
        return not clause.has("moderate_effort", "minimal_effort", "rest", "since", "sudden")
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not clause.has("had"):
        return False
    return after.begins_with("than") and after.has("spectacle") and not after.has(*OTHERS)


def _is_of_anybody(clause: Clause) -> bool:
    """Whether it is what happens to anybody: "se le corta a una la respiración"; not to "una", which is "a" too."""
    articles = {hit.start for hit in clause.all("article")}
    is_anybody = any(hit.start not in articles for hit in clause.all("anybody"))
    return is_anybody and not clause.has("self", "me", "have")


def _names_a_sight(clause: Clause) -> bool:
    """Whether it names a sight by itself, not where somebody was: "ein Film", not "im Konzert"."""
    led = {hit.end for hit in clause.all("article", "mine", "wh")} | {clause.start}
    is_place = clause.has("place", "company", *OTHERS)
    return not is_place and any(hit.start in led for hit in clause.all("spectacle"))


def is_through_nose(clause: Clause, reader: Reader) -> bool:
    """Whether no air comes through the nose of which the clause before tells: "my nose is blocked, no air through"."""
    if not (clause.has("through") and reader.passage.has("nose")):
        return False
    before = reader.passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and not before.has("lungs", "chest", "sudden")
    return is_next and before is not None and before.has("nose")


def is_of_sport(clause: Clause, reader: Reader) -> bool:
    """Whether it is how breath always goes after sport: "out of breath after my run, as always"."""
    if not (reader.passage.has("sport") and reader.passage.has("as_ever")):
        return False
    sentence = reader.passage.sentence_of(clause)
    if not any(one.has("sport") for one in sentence) or reader.passage.has("rest", "less", "used_to"):
        return False
    if any(one.has("worse", "sudden", "barely", "cannot", "trouble") for one in sentence):
        return False
    return any(one.has("as_ever") for one in sentence)
