"""The other of two sores: still there when one has gone, or there since another day."""

from __future__ import annotations

from typing import Final

from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.singles import PLURALS
from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

BRIEF: Final = 6
OPENING: Final = 3
"""Words with which "but the ones" may open a clause."""

OF_PLACES: Final = ("only", "but", "and", "place", "of", "mine", "article", "mouthpart", "filler", "right_side")
"""Of what a clause consists that says only where something is."""


def other_left(clause: Clause, passage: Passage) -> Hit | None:
    """The words for the other of two of which one has gone: "one has healed, the other is still there"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or not before.has("gone"):
        return None
    if before.has("mouthpart") and _names_other(clause, passage) and not clause.has("clean", "fine", "gone"):
        return clause.first("still", "there_are", "pain", "size")
    if not before.has(*NOUNS):
        return None
    return clause.first("still", "there_are") if _names_other(clause, passage) and not clause.numerals else None


def that_one_left(clause: Clause, passage: Passage) -> Hit | None:
    """The words for a sore that has not gone like that of the clause before: "celle de la joue pas encore"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or not (before.has("gone") and before.has(*NOUNS)):
        return None
    is_bare = clause.has("mouthpart") and not clause.has(*NOUNS, "gone", "clean", "fine", "relative", "also", "if")
    is_there = clause.has("still", "left", "almost", "not", "no_answer")
    return clause.first("that_one") if is_bare and is_there and clause.begins_with("that_one") else None


def only_these_left(clause: Clause, passage: Passage) -> Hit | None:
    """The words for the sores that are left of those that have gone: the Dutch "alleen die op mijn tong zijn over"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or not (before.has("gone") and before.has(*NOUNS)):
        return None
    is_left = passage.says(clause.end - 1, "over") and not clause.has("no", "not", "no_answer", "relative")
    return clause.first("mouthpart") if is_left and clause.begins_with("only") else None


def only_elsewhere(clause: Clause, passage: Passage) -> Hit | None:
    """The place in the mouth where there are sores that are denied of another: "none on my gums, only on my cheek"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.mark == "?":
        return None
    is_denied = before.has("mouthpart") and before.has("no", "not", "nothing")
    if not is_denied or not clause.begins_with("only") or not clause.has("place"):
        return None
    said = places_of(clause.all(*OF_PLACES))
    return clause.first("mouthpart") if said.issuperset(range(clause.start, clause.end)) else None


def still_elsewhere(clause: Clause, passage: Passage) -> Hit | None:
    """The place in the mouth where there still are what is no more in another: "none on my lip, on my tongue still"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.mark == "?":
        return None
    is_other = before.has("mouthpart") and before.has("no", "not", "no_answer", "nothing", "gone", "closed")
    is_there = clause.has("still", "left", "affirmed") and clause.has("place") and not before.has("also")
    said = places_of(clause.all(*OF_PLACES, "still", "left", "affirmed", "yes", "since", "there_are"))
    is_bare = said.issuperset(range(clause.start, clause.end))
    return clause.first("mouthpart") if is_other and is_there and is_bare else None


def those_elsewhere(clause: Clause, passage: Passage) -> Hit | None:
    """The place of those that are there since when others went: "ceux de la langue sont là depuis une semaine"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or not (before.has("gone") and before.has(*NOUNS)):
        return None
    is_bare = not clause.has(*NOUNS, "gone", "closed", "clean", "fine", "betterment", "relative", "also", "if", "no")
    is_led = any(passage.says(at, "those_ones") for at in range(clause.start, min(clause.start + OPENING, clause.end)))
    is_there = before.has("mouthpart") and clause.has("units", "weekdays", "still", "left")
    return clause.first("mouthpart") if is_bare and is_led and is_there else None


def single_that_is_left(clause: Clause, passage: Passage) -> Hit | None:
    """The same where it is one, as was that which has gone: "die Stelle ist zu, die an der Wange noch nicht"."""
    before, that_one = passage.before(clause), that_one_left(clause, passage)
    if before is None or that_one is None:
        return None
    endings = PLURALS[passage.lexicon.language]
    is_plural = any(passage.tokens[hit.end - 1].text.endswith(endings) for hit in before.all(*NOUNS))
    return None if is_plural else that_one


def other_since(clause: Clause, passage: Passage) -> Hit | None:
    """The time of the other of two: "one ulcer since yesterday, the other since Friday"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or before.has("gone") or not before.has(*NOUNS):
        return None
    is_one = all(hit.value == 1 for hit in before.numerals) and before.has("article", "numbers")
    is_dated = before.has("since", "for") and is_one and _names_other(clause, passage)
    return clause.first("since", "for") if is_dated else None


def _names_other(clause: Clause, passage: Passage) -> bool:
    """Whether a brief clause is about the other one, and names no sore by itself."""
    is_bare = clause.end - clause.start <= BRIEF and not clause.has(*NOUNS, "no", "not", "relative")
    return is_bare and any(passage.says(at, "other") for at in range(clause.start, clause.end))
