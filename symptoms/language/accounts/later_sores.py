"""Which clauses tell only of sores that came later than others, or after those had healed: "a second ulcer today"."""

from __future__ import annotations

from typing import Final

from symptoms.language.accounts.counting import names_later_ones
from symptoms.language.over.shared_endings import all_gone
from symptoms.language.reading.mentions import Mention
from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.parted import went_in
from symptoms.language.text.clauses import Clause, places_of
from symptoms.language.times.since import Since

OF_OTHERS: Final = (
    "mine", "the_rest", "stranger", "each", "new", "numbers", "of", "since", "for", "last", "filler", "ask",
    "there_are", "days_ago", "weekdays", "units", "ago", "had", "still", "but", "and", "article",
)  # fmt: skip
"""Of what a clause consists that says no more than since when the others are there."""

SOME: Final = ("half", "the_rest", "mouthpart", "if", "almost", "still", "vague_few", "another", "article", "left")
"""Beside which not all of those that are named have gone."""


def since_older(mention: Mention, reader: Reader) -> Since | None:
    """The time of "the other two", that the next clause tells of sores which were there before the new ones."""
    after = reader.passage.after(mention.clause)
    is_new = mention.hit.kind in NOUNS and mention.clause.has("new") and not mention.clause.has("no", "not")
    if not is_new or after is None or after.sentence != mention.clause.sentence or after.mark == "?":
        return None
    words = range(after.start, after.end)
    said = places_of(after.all(*OF_OTHERS)) | {at for at in words if reader.passage.says(at, "of_healed_ones")}
    is_others = after.begins_with("mine") and after.has("stranger", "the_rest")
    if not is_others or not said.issuperset(words):
        return None
    times = [one for one in reader.times(after) if one.days]
    return max(times, key=lambda one: one.days or 0, default=None)


def is_of_one_more(clause: Clause) -> bool:
    """Whether a clause tells only of a sore that came later than others: "a second ulcer since last night"."""
    is_later = tells_of_later(clause) or clause.has("another") or has_more(clause)
    return is_later and not (any(hit.value == 1 for hit in clause.all("ordinals")) or _dates_the_first(clause))


def _dates_the_first(clause: Clause) -> bool:
    """Whether a sore and its day stand before one more: "an ulcer the day before yesterday and a second one today"."""
    later = min((hit.start for hit in clause.all("another", "ordinals", "new")), default=0)
    joint = max((hit.start for hit in clause.all("and") if hit.start < later), default=0)
    return all(any(hit.start < joint for hit in clause.all(*kinds)) for kinds in (NOUNS, ("weekdays", "days_ago")))


def is_of_one_more_now(clause: Clause) -> bool:
    """Whether it tells of one more that is there, not of the one that was still there: "am Sonntag wars noch eine"."""
    was_still = clause.has("had") and not clause.has("since")
    return is_of_one_more(clause) and not (was_still or any((hit.value or 0) > 1 for hit in clause.numerals))


def adds_up(mention: Mention, reader: Reader) -> bool:
    """Whether one more is told of, and what all come to: "another one this morning, that makes four"."""
    later = reader.passage.after(mention.clause)
    is_summed = later is not None and any((hit.value or 0) > 1 for hit in later.numerals) and later.has("sum", "now")
    is_more = mention.clause.has("another") and not any((hit.value or 0) > 1 for hit in mention.clause.numerals)
    return is_more and is_summed


def tells_of_later(clause: Clause) -> bool:
    """Whether it tells of a second sore, or of a second time that there are any: "my third lot of ulcers"."""
    if not clause.has("ordinals", "numbered"):
        return False
    sores = {hit.end for hit in clause.all("aphtha")}
    units = {hit.start for hit in clause.all("units")}
    numbers = {hit.end for hit in clause.all("numbered") if hit.start in sores and hit.start not in units}
    nth = [hit.value or 0 for hit in clause.numerals if hit.start in numbers]
    return names_later_ones(clause) or (bool(nth) and min(nth) > 1)


def is_after_healing(clause: Clause, reader: Reader) -> bool:
    """Whether all that was there before has gone: "they healed, since yesterday there is a new one"."""
    earlier = reader.passage.clauses[: clause.at] if reader.passage.has("gone") else []
    return any(all_gone(one, reader) or _went_before_new(one, clause, reader) for one in earlier)


def _went_before_new(earlier: Clause, clause: Clause, reader: Reader) -> bool:
    """Whether the sores have gone, and this tells of a new one: "the old ones are gone, since yesterday a new one"."""
    are_some = earlier.numerals or earlier.has(*SOME)
    return clause.has("new", "another") and earlier.has(*NOUNS) and not are_some and bool(went_in(earlier, reader))


def is_of_healed(clause: Clause, later: Clause, reader: Reader) -> bool:
    """Whether a clause tells of sores that went before those of another came."""
    return any(all_gone(one, reader) for one in reader.passage.clauses[clause.at : later.at])


def has_more(clause: Clause) -> bool:
    """Whether it tells of so many more: "two new ones"."""
    if not clause.has("new"):
        return False
    numbers = {hit.end for hit in clause.numerals}
    return any(hit.start in numbers for hit in clause.all("new"))
