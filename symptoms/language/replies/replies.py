"""Reads a text as the reply to the question on screen, in the terms of the specification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from symptoms.clinical.terms import NONE, UNKNOWN, Exertion, RedFlag, Slot, YesNo
from symptoms.language.accounts.account import Account
from symptoms.language.danger.fever import temperature_in_reply
from symptoms.language.reading.reader import Reader
from symptoms.language.replies.asked import only_asks
from symptoms.language.replies.exertion import reply_of_exertion
from symptoms.language.replies.grades import GRADED, grade_reader, guess_grade
from symptoms.language.replies.replies_about_sores import (
    may_be_none_left,
    reply_of_bath,
    reply_of_count,
    reply_of_gone,
    reply_of_intake,
    reply_of_onset,
)
from symptoms.language.replies.yes_and_no import (
    NOES,
    begins_with_no,
    begins_with_yes,
    free_hits,
    is_brief,
    is_made_of,
    is_no,
    is_nothing,
    is_now_and_then,
    yes_or_no,
)
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import is_within

DENIED_AT_TIMES: Final = ("not_now", "no_longer", "same", "unchanged", "like", "goes_on")
"""Classes of words beside which a day is none on which it was so: "not since yesterday", "the same as yesterday"."""
DENIALS: Final = 2
"""Who denies so many symptoms one by one may have none."""


def read_reply(slot: str, reader: Reader, account: Account) -> object | None:
    """The value that a text gives to a slot: a value, a date, `unknown`; None when it gives none.

    A yes or a no counts only where nothing else is said: "no, only yesterday" is asked about again. A question
    answers none.
    """
    if only_asks(reader):
        return None
    value = READERS[slot](reader, account) if slot in READERS else None
    if value is None and reader.passage.has("dont_know") and is_brief(reader):
        return UNKNOWN
    return value


def guess_reply(slot: str, reader: Reader, account: Account) -> object | None:
    """What a reply may mean that gives its slot no value of its own, to be confirmed; None when there is no telling."""
    if only_asks(reader):
        return None
    if slot == Slot.RED_FLAGS and reader.passage.has("pressure"):
        return [RedFlag.CHEST_PAIN]
    if slot in (Slot.SYMPTOMS, Slot.RED_FLAGS):
        is_denied = len(account.absent) >= DENIALS and not (account.present or account.red_flags)
        return NONE if is_denied or begins_with_no(reader, account) else None
    if slot == Slot.MOUTH_GONE:
        return YesNo.YES if may_be_none_left(reader) else None
    if slot == Slot.DYSPNEA_EXERTION:
        return Exertion.AT_REST if is_no(reader) else None
    return guess_grade(GRADED[slot], reader) if slot in GRADED else None


def _symptoms(reader: Reader, account: Account) -> object | None:
    """Nothing, when it is said of everything: who denies some symptoms has not denied the others.

    "Yes, normal" answers another question, and who is "as usual" may have what they usually have.
    """
    if any(not _holds_a_no(hit, reader) for hit in free_hits(reader, "unchanged")):
        return None
    is_of_this = reader.passage.has("well", "otherwise") or not reader.passage.has("yes")
    return NONE if is_nothing(reader) and is_of_this and not (account.absent or account.present) else None


def _holds_a_no(hit: Hit, reader: Reader) -> bool:
    """Whether it is "nothing new" rather than "as usual"."""
    return any(is_within(no, hit) for no in free_hits(reader, *NOES))


def _red_flags(reader: Reader, account: Account) -> object | None:
    if account.red_flags:
        return sorted(account.red_flags)
    if reader.passage.has("not_now"):
        return None
    is_well = is_nothing(reader) and (is_no(reader) or reader.passage.has("well", "otherwise"))
    return NONE if is_well and not account.present else None


def _blood(reader: Reader, account: Account) -> object | None:
    """A denied amount admits the blood: "not a lot". So does "not always"; "not any more" is asked about again."""
    if is_no(reader, "blood", "cough", "bring_up", "phlegm"):
        return None if reader.passage.has("not_now") else YesNo.NO
    is_admitted = reader.passage.has("little_amount", "much_amount", "less", "almost", "barely")
    is_admitted = is_admitted or is_now_and_then(reader) or _was_once(reader)
    clauses = reader.passage.clauses
    is_there = is_admitted or any(reader.facts(clause, "blood") for clause in clauses)
    return YesNo.YES if is_there or begins_with_yes(reader) else None


def _temperature(reader: Reader, account: Account) -> object | None:
    """Without a number it was not measured, whatever else is said."""
    measured = temperature_in_reply(reader)
    is_denied = is_no(reader, "fever", "can", "numbers") or (
        reader.passage.has("fine", "fever") and is_made_of(reader, "fine", "fever", "yes")
    )
    is_unmeasured = is_denied or (is_brief(reader) and reader.passage.has("cannot"))
    return UNKNOWN if measured is None and is_unmeasured else measured


def _rigors(reader: Reader, account: Account) -> object | None:
    """That it has stopped does not matter: "yesterday I was"."""
    is_told = any(reader.facts(clause, "shiver") for clause in reader.passage.clauses)
    if is_told or is_now_and_then(reader) or _was_once(reader) or begins_with_yes(reader):
        return YesNo.YES
    return None if reader.passage.has("not_now") else yes_or_no(reader, "shiver")


def _was_once(reader: Reader) -> bool:
    """Whether a reply says when it was so: "yesterday"."""
    return reader.passage.has("days_ago") and not free_hits(reader, *NOES, *DENIED_AT_TIMES) and is_brief(reader)


def _can_wait(reader: Reader, account: Account) -> object | None:
    waits = free_hits(reader, "can_wait")
    if any(not any(is_within(hit, one) for one in waits) for hit in free_hits(reader, "cannot_wait")):
        return YesNo.NO
    return YesNo.YES if waits else yes_or_no(reader)


def _other_symptoms(reader: Reader, account: Account) -> object | None:
    return {} if is_no(reader) else None


READERS: Final[Mapping[str, Callable[[Reader, Account], object | None]]] = {
    Slot.SYMPTOMS: _symptoms,
    Slot.RED_FLAGS: _red_flags,
    Slot.MOUTH_COUNT: reply_of_count,
    Slot.MOUTH_ONSET_ON: reply_of_onset,
    Slot.MOUTH_INTAKE: reply_of_intake,
    Slot.MOUTH_BATH_STARTED: reply_of_bath,
    Slot.MOUTH_GONE: reply_of_gone,
    Slot.COUGH_BLOOD: _blood,
    Slot.DYSPNEA_EXERTION: reply_of_exertion,
    Slot.FEVER_TEMPERATURE_C: _temperature,
    Slot.FEVER_RIGORS: _rigors,
    Slot.OTHER_CAN_WAIT: _can_wait,
    Slot.OTHER_SYMPTOMS: _other_symptoms,
    **{slot: grade_reader(table) for slot, table in GRADED.items()},
}
