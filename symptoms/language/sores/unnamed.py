"""Sores that are counted and not named: "got 4 of them now", "j'en ai trois, sur la langue", "had six, two left"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.scope.subjects import strangers_in
from symptoms.language.sores.amounts import amounts_in
from symptoms.language.sores.countable import is_anchored
from symptoms.language.sores.mouth import tells_of_others
from symptoms.language.sores.totals import Amount
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity, numbers_in

COUNTED_THINGS: Final = frozenset(
    ["drug", "tablets", "plan", "treatment", "unit_other", "relative", "stranger", "advice", "household", "if"]
) | group("not_in_mouth")
"""Where one of these is named, what is counted may be no sores."""
COUNTING_WORDS: Final = group("counting_words")
"""What a text consists of that tells no more than how many there are, and since when."""
COUNTING: Final = ("pieces", "another", "observe", "how_many", "still")
"""What says of a number without a noun that so many are there, wherever it stands."""
MOST_NUMBERS: Final = 100
"""Nobody tells of sores by more numbers than so many."""
NO_COUNT: Final = ("for", "since", "lasting", "future", "numbered", "after", "than")
"""A number right after one of these is an hour, a time or a dose."""
OTHER_PLACES: Final = COUNTED_THINGS - {"relative", "stranger"} | {"pain"}


def unnamed_sores(reader: Reader) -> list[tuple[Hit, Clause]]:
    """The numbers that count sores by what else is said, in a text that names none. In a check-in these are sores.

    Either a place in the mouth is named beside them, or nothing else at all is told of.
    """
    passage = reader.passage
    if not (passage.has_figures or passage.has("numbers", "ordinals", "gone")):
        return []
    if sum(len(clause.numerals) for clause in passage.clauses) > MOST_NUMBERS:
        return []
    counted = [(number, clause) for clause in passage.clauses for number in bare_numbers(clause, reader)]
    if found := [(number, clause) for number, clause in counted if _is_placed(clause, passage)]:
        return found
    if any(_names_things(clause) for clause in passage.clauses):
        return []
    if left := _left_of_more(reader):
        return left
    if any(_is_of_mouth(clause) for clause in passage.clauses):
        return [one for one in counted if _is_had(*one, passage)]
    if not _tells_no_more(passage):
        return []
    return [one for one in counted if _is_had(*one, passage)] or _come_to(counted, reader) or _told_in_order(passage)


def _told_in_order(passage: Passage) -> list[tuple[Hit, Clause]]:
    """The first and the second, with the days on which they came: "the first on Sunday, a second one today"."""
    ordinals = [(hit, clause) for clause in passage.clauses for hit in clause.all("ordinals")]
    values = {hit.value for hit, _ in ordinals}
    is_dated = all(clause.has("weekdays", "days_ago", "since") for _, clause in ordinals)
    return ordinals if {1, 2} <= values and is_dated else []


def _come_to(counted: list[tuple[Hit, Clause]], reader: Reader) -> list[tuple[Hit, Clause]]:
    """How many there are now, where the text tells how many there were: "yesterday two, today four"."""
    amounts = [amount for clause in reader.passage.clauses for amount in amounts_in(clause, reader)]
    earlier = [one for one in amounts if one.is_past or one.is_start]
    return [(hit, clause) for hit, clause in counted if any(one.at < hit.start for one in earlier)]


def _tells_no_more(passage: Passage) -> bool:
    """Whether no word of a text is of anything but how many there are, and since when: not "there are 4 of us here"."""
    told = {at for hit in passage.hits if hit.kind in COUNTING_WORDS for at in range(hit.start, hit.end)}
    numbers = {hit.start for clause in passage.clauses for hit in clause.numerals}
    times = numbers | {hit.start for hit in passage.hits if hit.kind in ("weekdays", "days_ago", "months", "ordinals")}
    told |= {hit.start for hit in passage.hits if hit.kind == "place" and not times.isdisjoint((hit.end, hit.end + 1))}
    for clause in passage.clauses:
        named = [hit.start for hit in clause.all("of") if hit.end - hit.start <= 2 and hit.start - 1 in numbers]
        if named and not clause.has("self", "place"):
            told.update(range(named[0], clause.end))
    return all(at in told or not token.is_word for at, token in enumerate(passage.tokens))


def bare_numbers(clause: Clause, reader: Reader) -> list[Hit]:
    """The numbers of a clause that no noun follows: not hours, times, doses, nor those of another matter."""
    passage = reader.passage
    numbers = numbers_in(clause, passage)
    if not numbers or tells_of_others(clause) or _names_things(clause):
        return []
    there = {one.at for one in amounts_in(clause, reader) if not (one.is_past or one.is_healed)}
    return [
        Hit("numbers", one.at, one.end, one.value)
        for one in numbers
        if one.at in there and is_anchored(one, clause, passage) and not _is_introduced(one, clause)
    ]


def is_of_thing(number: Hit, clause: Clause) -> bool:
    """Whether a word that is in no class of words follows a number: "three garden walls"."""
    return number.end < clause.end and not any(hit.start <= number.end < hit.end for hit in clause.hits)


def _names_things(clause: Clause) -> bool:
    """Whether a clause names what may be counted: not by the "m" of "il m'en reste", nor who only sees the sores."""
    numbers = {hit.end for hit in clause.numerals}
    units = [hit for hit in clause.all("unit_other") if hit.start in numbers or hit.start not in _small_words(clause)]
    kin = [*clause.all("relative"), *strangers_in(clause)] if not clause.has("observe") else []
    return bool(units or kin) or clause.has_any(COUNTED_THINGS - {"unit_other", "relative", "stranger"})


def _small_words(clause: Clause) -> set[int]:
    return {at for hit in clause.all("filler", "self", "now") for at in range(hit.start, hit.end)}


def _is_introduced(number: Quantity, clause: Clause) -> bool:
    """Whether it is an hour, a time or a dose by the word before it: not in "there are already four", "four came"."""
    there = {at for hit in clause.all("there_are") for at in range(hit.start, hit.end + 1)}
    there |= {hit.start for hit in clause.all("had")}
    return any(hit.end == number.at and hit.start not in there for hit in clause.all(*NO_COUNT))


def _is_placed(clause: Clause, passage: Passage) -> bool:
    """Whether a place in the mouth is named in a clause or beside it, and nothing else is told of that place."""
    beside = [clause, passage.before(clause), passage.after(clause)]
    return any(one is not None and _is_of_mouth(one) for one in beside)


def _is_of_mouth(clause: Clause) -> bool:
    return clause.has("mouthpart") and not (tells_of_others(clause) or clause.has(*OTHER_PLACES))


def _is_had(number: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is said to be there: "I've got 4", "there are five of the things"."""
    if any(hit.end == number.start for hit in clause.all("place")) or not _is_pronoun(number, clause, passage):
        return False
    is_hour = any(hit.end == number.start for hit in clause.all("mine"))
    is_there = not is_hour and any(0 <= number.start - hit.end <= 1 for hit in clause.all("there_are"))
    is_there = is_there or any(hit.end == number.start for hit in clause.all("only", "same"))
    is_there = is_there or any(of.start == number.end for of in clause.all("of"))
    return is_there or clause.has("have") or passage.has(*COUNTING)


def _is_pronoun(number: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether no noun follows that has nothing to do with sores: a word of no class, or what an article stands for."""
    if number.end == clause.end:
        return True
    is_article = any(hit.start == number.start for hit in clause.all("article"))
    return passage.lexicon.is_known(passage.tokens[number.end].text) and not is_article


def _left_of_more(reader: Reader) -> list[tuple[Hit, Clause]]:
    """How many are left of more: "had six, two left"."""
    amounts = [amount for clause in reader.passage.clauses for amount in amounts_in(clause, reader)]
    left = [amount for amount in amounts if (amount.is_left or amount.is_total) and amount.is_anchored]
    left = [one for one in left if one.clause.has("pieces") or not is_of_thing(_number_of(one), one.clause)]
    if not left or not any(one.is_past or one.is_whole or one.is_healed for one in amounts if one is not left[-1]):
        return []
    return [(_number_of(left[-1]), left[-1].clause)]


def _number_of(amount: Amount) -> Hit:
    return Hit("numbers", amount.at, amount.at + 1, amount.value)
