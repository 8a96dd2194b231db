"""Sores of which none is left: "still two yesterday, none any more today", "il n'en reste plus un seul"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.sores.left_over import kept_in, left_overs
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, places_of

OTHER_MATTERS: Final = group("content") - group("of_sores")
PAST: Final = ("had", "at_first", "used_to", "until", "last")
OF_NONE: Final = (
    "no", "not", "no_answer", "no_longer", "not_even", "numbers", "article", "few_times", "now", "days_ago",
    "there_are", "filler", "left", "further", "someone", "self", "have", "me", "of_which", "pieces", "and", "but",
    "aphtha", "lesion", "ask", "being", "since", "mine", "vague_few", "luckily",
)  # fmt: skip
"""Of what a clause consists that says no more than that none is left."""
NEWS_REACH: Final = 2
"""Words from "nothing" to the "new" of "nothing new"."""


def is_none_left(clause: Clause, reader: Reader) -> bool:
    """Whether it says no more than that none is left of the sores that there were, as the clause before tells.

    Not where that tells of something else beside, of which it may be said.
    """
    before = reader.passage.before(clause)
    if before is None or clause.mark == "?" or not _is_of_past(before, reader) or before.has(*OTHER_MATTERS):
        return False
    if clause.has("only", "half", "almost", "if") or denies_new_ones(clause, reader):
        return False
    denials = {hit.start for hit in clause.all("no", "not")}
    gone = [hit for hit in clause.all("gone") if not denials.isdisjoint(range(hit.start, hit.end))]
    said = places_of([*clause.all(*OF_NONE), *gone])
    return said.issuperset(range(clause.start, clause.end)) and _denies_every_one(clause) and _is_of_now(clause, reader)


def _is_of_past(clause: Clause, reader: Reader) -> bool:
    """Whether a clause tells of a day gone by, and not since when something lasts."""
    is_lasting = any(time.is_beginning for time in reader.times(clause))
    days = any(hit.value or hit.kind == "weekdays" for hit in clause.all("days_ago", "weekdays"))
    some = {hit.start for hit in clause.all("vague_few")}
    is_lasting = is_lasting or any(hit.start not in some for hit in clause.all("since"))
    return (days or clause.has(*PAST)) and not (is_lasting or clause.has("now"))


def _is_of_now(clause: Clause, reader: Reader) -> bool:
    """Whether it is said of today, or that there are none any more; the German "da" alone is no "now"."""
    said = clause.all("now", "left", "no_longer", "further")
    is_said = any(not reader.passage.says(hit.start, "there") for hit in said)
    return is_said or any(hit.value == 0 for hit in clause.all("days_ago"))


def _denies_every_one(clause: Clause) -> bool:
    """Whether "none" is said, or a denial stands right before "one": "nicht eine", "plus un seul"."""
    ones = {hit.start: hit for hit in clause.numerals}
    denials = clause.all("no", "not", "not_even")
    denied = {at for hit in denials for at in range(hit.start, hit.end + 1)}
    ends = {hit.end for start, hit in ones.items() if start in denied}
    denied |= ends
    if any(hit.value != 1 or start not in denied for start, hit in ones.items()):
        return False
    return bool(ones) or any(hit.kind == "no" for hit in denials)


def denies_new_ones(clause: Clause, reader: Reader) -> bool:
    """Whether it only says that none has come besides: "no new ones", "keine weiteren"; not "keine mehr"."""
    return any(not reader.passage.says(hit.end - 1, "any_more") for hit in clause.all("new", "further", "another"))


def is_gone_without_new(clause: Clause, reader: Reader) -> bool:
    """Whether sores have gone and nothing new is there: "rien de nouveau", whose end alone means "again"."""
    nothing = [hit for hit in clause.all("nothing") if clause.has("aphtha", "lesion")]
    ends = {
        hit.end + nth + 1: hit
        for hit in nothing
        for nth in range(NEWS_REACH)
        if hit.end + nth < clause.end and reader.passage.says(hit.end + nth, "news")
    }
    if not ends or clause.has("another", "almost", "if", "half"):
        return False
    news = {at for end, hit in ends.items() for at in range(hit.start, end)}
    kept = [hit for hit in [*kept_in(clause), *left_overs(clause)] if hit.start not in news]
    return not kept and any(hit not in reader.denied for hit in clause.all("gone"))
