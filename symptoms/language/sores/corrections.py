"""Numbers of sores that another takes back: "I said two, but I counted again, it's three", "five, no, only two"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.totals import Amount
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

REACH: Final = 3
"""Words from a number to the "I thought" that ends its clause; clauses from one number to that which takes it back."""
OTHER_MATTERS: Final = group("content") - group("of_sores")
LOOKING: Final = ("self", "observe", "mistaken", "slip", "relative", "no_answer", "rather", "now")
"""What a clause has that tells no more than that somebody looks, or that what was said is wrong."""
COUNTED_ANEW: Final = ("but", "there_are", "observe", "only", "mistaken", "slip", "now")
BEFORE: Final = (
    "self", "me", "have", "observe", "only", "now", "there_are", "but", "and", "sum", "filler", "mine", "mistaken",
    "left", "rather", "no_answer", "roughly", "new", "someone", "fronted", "relative", "days_ago", "article",
    "slip", "correction",
)  # fmt: skip
"""What may stand before the number that holds, in its clause: "jetzt zähle ich bloß zwei"."""
NOT_COUNTING: Final = group("intake") | {"drug", "treatment", "plan", "rinse"}
"""Beside which a mistake is none in counting: "I made a mistake with my tablets"."""
ADDING: Final = ("also", "another", "joined", "gone")
"""Beside which a number is one of more sores, or of some of them."""
TAKING_BACK: Final = ("slip", "rather", "correction", "mistaken")
AFTER_SLIP: Final = (*BEFORE, *TAKING_BACK, "someone", "being", "impersonal", "had")
"""What may stand between a "sorry, I meant" and the number that holds."""


def without_taken_back(amounts: list[Amount], reader: Reader) -> list[Amount]:
    """The amounts without those that are said to be wrong, or that were only thought or said before it was counted."""
    if reader.passage.has("only"):
        amounts = [one for one in amounts if not _is_not_all(one, amounts, reader.passage)]
    if reader.passage.has("mistaken"):
        for at in range(len(amounts) - 1, 0, -1):
            if _is_set_right(amounts[at - 1], amounts[at], reader):
                return amounts[at:]
    for at in range(len(amounts) - 1, 0, -1):
        if _is_slip_put_right(amounts[at - 1], amounts[at], reader):
            others = _of_other_places(amounts[: at - 1], amounts[at - 1])
            kept = others or amounts[:at]
            return [*kept, replace(amounts[at], is_corrected=not others), *amounts[at + 1 :]]
    if not reader.passage.has("believed"):
        return amounts
    return [one for one in amounts if not _is_believed(one, amounts, reader)]


def _is_not_all(amount: Amount, amounts: list[Amount], passage: Passage) -> bool:
    """Whether it is said that there are not only so many, and more are told of next: "not just two, I have seven".

    Not the French "n'ai que", which is "only" by itself: a denial is one word.
    """
    clause, before = amount.clause, passage.before(amount.clause)
    later = [one for one in amounts if one.at > amount.at and one.clause.at - clause.at <= 1]
    later = [one for one in later if not one.is_past and _is_restated(one)]
    if not any(one.value > amount.value and _is_instead(amount, one) for one in later):
        return False
    denials = {hit.end for hit in clause.all("not", "no") if hit.end - hit.start == 1}
    if before is not None and not before.mark:
        denials |= {hit.end for hit in before.all("not", "no") if hit.end == before.end}
    if any(one.clause.has("but") for one in later):
        denials |= {hit.end for hit in clause.all("no_answer") if hit.end - hit.start == 1}
    only = [hit for hit in clause.all("only") if 0 <= amount.at - hit.end <= 1]
    counted = {hit.start for hit in clause.numerals}
    return any(0 <= hit.start - end <= (end not in counted) for hit in only for end in denials)


def _is_set_right(wrong: Amount, right: Amount, reader: Reader) -> bool:
    """Whether between two numbers it is said that the first is wrong, and the second is put in its place."""
    clauses = reader.passage.clauses[wrong.clause.at : right.clause.at + 1]
    told = [clause for clause in clauses if not clause.has(*NOT_COUNTING)]
    said = [hit for clause in told for hit in clause.all("mistaken") if wrong.at < hit.start < right.at]
    is_next = right.clause.at - wrong.clause.at <= REACH
    is_right = right.value > wrong.value or _is_restated(right)
    return is_next and bool(said) and _is_instead(wrong, right) and is_right


def _is_slip_put_right(wrong: Amount, right: Amount, reader: Reader) -> bool:
    """Whether no more than "no, sorry, I meant" stands right before a number, or right after it: "five, oops, three".

    Not where it is said of a place by itself, and may be of more sores.
    """
    is_near = right.clause.at - wrong.clause.at <= REACH + 1
    is_placed = bool(right.part) and not wrong.part
    if not is_near or is_placed or right.clause.has(*NOT_COUNTING) or not _is_instead(wrong, right):
        return False
    return _follows_on_slip(wrong, right, reader.passage) or _leads_to_slip(wrong, right, reader.passage)


def _slips_in(passage: Passage) -> list[Hit]:
    """The words that take something back, with the "no" that answers and denies nothing."""
    denials = {hit.start for clause in passage.clauses for hit in clause.all("no", "not")}
    answers = [hit for clause in passage.clauses for hit in clause.all("no_answer") if hit.start not in denials]
    answers = [hit for hit in answers if passage.says(hit.end - 1, "bare_no")]
    return answers + [hit for clause in passage.clauses for hit in clause.all(*TAKING_BACK)]


def _follows_on_slip(wrong: Amount, right: Amount, passage: Passage) -> bool:
    ends = [min(hit.end, right.at) for hit in _slips_in(passage) if wrong.at < hit.start < right.at]
    is_led = bool(ends) and _is_small(max(ends), right.at, passage)
    return is_led and (right.value > wrong.value or _ends_clause(right) or _is_followed_by_time(right))


def _is_followed_by_time(amount: Amount) -> bool:
    """Whether since when, or no more than "in my mouth", follows on a number and the sores that it counts."""
    clause = amount.clause
    ends = _ends_of(amount)
    ends |= {hit.end for hit in clause.all(*NOUNS) if hit.start in ends}
    places = {hit.start for hit in clause.all("place") if not amount.part}
    return any(hit.start in ends for hit in clause.all("since", "for", "days_ago")) or not places.isdisjoint(ends)


def _leads_to_slip(wrong: Amount, right: Amount, passage: Passage) -> bool:
    """Whether the number stands alone in its clause, and what takes another back follows: "eran dos, perdón"."""
    starts = [hit.start for hit in _slips_in(passage) if hit.start > right.at]
    is_led = right.clause is not wrong.clause and _is_small(right.clause.start, right.at, passage)
    return is_led and bool(starts) and min(starts) <= right.clause.end + 1 and _ends_clause(right)


def _is_small(start: int, end: int, passage: Passage) -> bool:
    """Whether nothing stands from one place to another but marks and small words that lead to a number."""
    small = {at for clause in passage.clauses for at in places_of(clause.all(*AFTER_SLIP))}
    return all(at in small or passage.tokens[at].is_mark for at in range(start, end))


def _of_other_places(amounts: list[Amount], wrong: Amount) -> list[Amount]:
    """The amounts of other parts of the mouth than that of which a number is taken back."""
    return [one for one in amounts if wrong.part and one.part and one.part != wrong.part]


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
    is_of_place = clause.has("only") and any(hit.start in _ends_of(amount) for hit in clause.all("place"))
    return is_of_place or _ends_clause(amount)


def _ends_of(amount: Amount) -> set[int]:
    """Where a number ends, or the word for the sores that it counts."""
    end = max((hit.end for hit in amount.clause.numerals if hit.start == amount.at), default=amount.at + 1)
    phrases = {hit.end for hit in amount.clause.all("slip") if hit.start < amount.at and end <= hit.end}
    return {
        end,
        *phrases,
        *(hit.end for hit in amount.clause.all(*NOUNS, "pieces", "size", "left", "now") if hit.start == end),
    }


def _ends_clause(amount: Amount) -> bool:
    """Whether a clause ends with a number, or with the sores that it counts."""
    ends, clause = _ends_of(amount), amount.clause
    return clause.end in ends or any(hit.end == clause.end for hit in clause.all(*NOUNS) if hit.start in ends)


def _is_look(clause: Clause | None) -> bool:
    """Whether a clause tells no more than that somebody looks, or the like: "then I look in the mirror"."""
    return clause is not None and clause.has(*LOOKING) and not (clause.numerals or clause.has(*OTHER_MATTERS, *NOUNS))
