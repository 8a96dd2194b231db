"""Numbers of sores that another takes back: "I said two, but I counted again, it's three", "five, no, only two"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.totals import Amount
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause

REACH: Final = 3
"""Words from a number to the "I thought" that ends its clause; clauses from one number to that which takes it back."""
OTHER_MATTERS: Final = group("content") - group("of_sores")
LOOKING: Final = ("self", "observe", "mistaken", "relative", "no_answer", "rather", "now")
"""What a clause has that tells no more than that somebody looks, or that what was said is wrong."""
COUNTED_ANEW: Final = ("but", "there_are", "observe", "only", "mistaken", "now")
BEFORE: Final = (
    "self", "me", "have", "observe", "only", "now", "there_are", "but", "and", "sum", "filler", "mine", "mistaken",
    "left", "rather", "no_answer", "roughly", "new", "someone", "fronted", "relative", "days_ago", "article",
)  # fmt: skip
"""What may stand before the number that holds, in its clause: "jetzt zähle ich bloß zwei"."""
NOT_COUNTING: Final = group("intake") | {"drug", "treatment", "plan", "rinse"}
"""Beside which a mistake is none in counting: "I made a mistake with my tablets"."""
ADDING: Final = ("also", "another", "joined", "gone")
"""Beside which a number is one of more sores, or of some of them."""


def without_taken_back(amounts: list[Amount], reader: Reader) -> list[Amount]:
    """The amounts without those that are said to be wrong, or that were only thought or said before it was counted."""
    if reader.passage.has("mistaken"):
        for at in range(len(amounts) - 1, 0, -1):
            if _is_set_right(amounts[at - 1], amounts[at], reader):
                return amounts[at:]
    if not reader.passage.has("believed"):
        return amounts
    return [one for one in amounts if not _is_believed(one, amounts, reader)]


def _is_set_right(wrong: Amount, right: Amount, reader: Reader) -> bool:
    """Whether between two numbers it is said that the first is wrong, and the second is put in its place."""
    clauses = reader.passage.clauses[wrong.clause.at : right.clause.at + 1]
    told = [clause for clause in clauses if not clause.has(*NOT_COUNTING)]
    said = [hit for clause in told for hit in clause.all("mistaken") if wrong.at < hit.start < right.at]
    is_next = right.clause.at - wrong.clause.at <= REACH
    is_right = right.value > wrong.value or _is_restated(right)
    return is_next and bool(said) and _is_instead(wrong, right) and is_right


def _is_believed(amount: Amount, amounts: list[Amount], reader: Reader) -> bool:
    """Whether it is only how many there were thought, or said, to be at first: "I thought three but it's five"."""
    before = reader.passage.before(amount.clause)
    is_led = before is not None and before.mark == "," and not before.numerals and before.has("believed")
    behind = [hit for hit in amount.clause.all("believed") if hit.end == amount.clause.end]
    is_behind = any(0 < hit.start - amount.at <= REACH for hit in behind)
    if any(one.is_corrected for one in amounts):
        return False
    if not (is_led or is_behind or any(hit.end <= amount.at for hit in amount.clause.all("believed"))):
        return False
    at = amount.clause.at + 1
    later = [one for one in amounts if one.at > amount.at]
    if not any(one.clause.at <= at for one in later) and _is_look(reader.passage.after(amount.clause)):
        at += 1
    later = [one for one in later if amount.clause.at < one.clause.at <= at or _is_last_word(one, amount, at)]
    later = [one for one in later if _is_instead(amount, one)]
    return any(_is_counted_anew(amount, one, reader) for one in later)


def _is_counted_anew(believed: Amount, counted: Amount, reader: Reader) -> bool:
    """Whether it is how many there are in truth: no fewer, unless the number stands alone and nothing is said of it."""
    is_fewer = counted.value < believed.value
    if is_fewer and not _is_restated(counted):
        return False
    signs = ("but", "there_are") if counted.is_placed and not believed.is_placed else COUNTED_ANEW
    between = reader.passage.clauses[believed.clause.at + 1 : counted.clause.at]
    return counted.clause.has(*signs) or any(one.has("but", "no_answer") for one in between)


def _is_last_word(last: Amount, believed: Amount, at: int) -> bool:
    """Whether it is told apart, after what was wrong with the first: "I said three but one was a crumb. 2 ulcers"."""
    return last.clause.at == at + 1 and last.clause.sentence > believed.clause.sentence and _is_restated(last)


def _is_instead(wrong: Amount, right: Amount) -> bool:
    """Whether a number may take the place of another: it adds none, and is of no other part of the mouth."""
    is_part = right.is_part and right.value <= wrong.value
    if right.is_more or right.is_healed or is_part or right.clause.has(*ADDING):
        return False
    is_own_word = wrong.clause.begins_with("self")
    is_seen_by_another = right.is_seen is not wrong.is_seen and right.value < wrong.value and not is_own_word
    is_of_one = right.is_single and right.is_placed and not right.clause.has("only")
    return not (is_seen_by_another or is_of_one) and not (wrong.part and right.part and wrong.part != right.part)


def _is_restated(amount: Amount) -> bool:
    """Whether no more than "now there are only" stands before a number, and no more than the sores after it."""
    clause = amount.clause
    small = {at for hit in clause.all(*BEFORE) for at in range(hit.start, hit.end)}
    if not small.issuperset(range(clause.start, amount.at)):
        return False
    number_end = max((hit.end for hit in clause.numerals if hit.start == amount.at), default=amount.at + 1)
    beside = {hit.end for hit in clause.all(*NOUNS, "pieces", "size", "left", "now") if hit.start == number_end}
    ends = {number_end, *beside}
    is_bare = clause.end in ends or any(hit.end == clause.end for hit in clause.all(*NOUNS) if hit.start in ends)
    return is_bare or (clause.has("only") and any(hit.start in ends for hit in clause.all("place")))


def _is_look(clause: Clause | None) -> bool:
    """Whether a clause tells no more than that somebody looks, or the like: "then I look in the mirror"."""
    return clause is not None and clause.has(*LOOKING) and not (clause.numerals or clause.has(*OTHER_MATTERS, *NOUNS))
