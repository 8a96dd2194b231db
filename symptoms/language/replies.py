"""Reads a text as the reply to the question on screen, in the terms of the specification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from symptoms.clinical.terms import (
    MAX_ONSET_DAYS_BACK,
    MAX_SEVERITY,
    MORE_THAN_THREE,
    NONE,
    UNKNOWN,
    BathStarted,
    Exertion,
    Intake,
    Slot,
    YesNo,
)
from symptoms.language.account import Account
from symptoms.language.counting import count_in_reply
from symptoms.language.eating import Eating, read_intake
from symptoms.language.fever import temperature_in_reply
from symptoms.language.lexicon import Hit
from symptoms.language.mentions import Reader
from symptoms.language.numbers import numbers_in

BRIEF: Final = 8
"""Words of a reply that may be taken as no more than "yes", "no" or "nothing"."""

EFFORTS: Final = (
    ("rest", Exertion.AT_REST),
    ("minimal_effort", Exertion.MINIMAL),
    ("moderate_effort", Exertion.MODERATE),
)


def read_reply(slot: str, reader: Reader, account: Account) -> object | None:
    """The value that a text gives to a slot: a value, a date, `unknown`; None when it gives none."""
    value = READERS[slot](reader, account) if slot in READERS else None
    if value is None and reader.passage.has("dont_know") and is_brief(reader):
        return UNKNOWN
    return value


def is_brief(reader: Reader) -> bool:
    return sum(token.is_word for token in reader.passage.tokens) <= BRIEF


def _free(reader: Reader, *kinds: str) -> list[Hit]:
    """Hits of these classes, but for the "no" in "no idea"."""
    unsure = [hit for hit in reader.passage.hits if hit.kind == "dont_know"]
    return [
        hit
        for hit in reader.passage.hits
        if hit.kind in kinds and not any(one.start <= hit.start and hit.end <= one.end for one in unsure)
    ]


def _yes_or_no(reader: Reader) -> YesNo | None:
    """What a text begins with, or in few words comes down to."""
    found = [(hit.start, YesNo.YES) for hit in _free(reader, "yes")]
    found += [(hit.start, YesNo.NO) for hit in _free(reader, "no_answer", "no", "not")]
    if not found:
        return None
    start, value = min(found)
    return value if start == 0 or is_brief(reader) else None


def _is_nothing(reader: Reader, account: Account) -> bool:
    """Whether a reply says, in few words, that there is nothing of what was asked for."""
    if account.present or account.red_flags or account.eating is Eating.IMPAIRED or not is_brief(reader):
        return False
    has_yes = bool(_free(reader, "yes")) and not _free(reader, "no_answer", "no", "nothing")
    says_so = bool(_free(reader, "no_answer", "no", "nothing", "well")) or reader.passage.has("fine")
    is_more = reader.passage.has("trouble", "pain", "cannot", "state")
    return says_so and not has_yes and not is_more


def _symptoms(reader: Reader, account: Account) -> object | None:
    """Nothing, when it is said of everything: who denies some symptoms has not denied the others."""
    return NONE if _is_nothing(reader, account) and not account.absent else None


def _red_flags(reader: Reader, account: Account) -> object | None:
    if account.red_flags:
        return sorted(account.red_flags)
    return NONE if _is_nothing(reader, account) else None


def _count(reader: Reader, account: Account) -> object | None:
    count = account.count if account.count.is_over_three is not None else count_in_reply(reader)
    if count.value is not None:
        return count.value
    if count.is_over_three:
        return MORE_THAN_THREE
    return 0 if _is_nothing(reader, account) else None


def _onset_on(reader: Reader, account: Account) -> object | None:
    times = [time for clause in reader.passage.clauses for time in reader.times(clause)]
    days = max((time.days for time in times if time.days is not None), default=None)
    if days is not None and days <= MAX_ONSET_DAYS_BACK:
        return reader.today - timedelta(days=int(days))
    return UNKNOWN if any(time.is_over_three for time in times) else None


def _intake(reader: Reader, account: Account) -> object | None:
    if affected := read_intake(reader):
        return affected
    is_usual = account.eating is Eating.UNIMPAIRED or _yes_or_no(reader) is YesNo.YES or reader.passage.has("fine")
    is_limited = reader.passage.has("but", "less", "cannot", "trouble", "soft", "barely") or _free(reader, "not", "no")
    return Intake.NORMAL if is_usual and not is_limited else None


def _grade(table: str) -> Callable[[Reader, Account], object | None]:
    """A reader of grades 0-4 from the words of a table, or a bare number. Of several the worst counts."""

    def read(reader: Reader, account: Account) -> object | None:
        hits = _free(reader, table)
        outer = [hit for hit in hits if not any(_is_within(hit, other) for other in hits)]
        negated = {hit.end for hit in _free(reader, "not")}
        grades = [int(hit.value or 0) for hit in outer if hit.start not in negated]
        if not grades:
            numbers = [
                number.value for clause in reader.passage.clauses for number in numbers_in(clause, reader.passage)
            ]
            grades = [int(value) for value in numbers if len(numbers) == 1 and value in range(MAX_SEVERITY + 1)]
        return max(grades, default=None)

    return read


def _is_within(hit: Hit, other: Hit) -> bool:
    return other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start


def read_exertion(reader: Reader) -> Exertion | None:
    """The least effort that a text names; None when it names none."""
    clauses = reader.passage.clauses
    return next((effort for kind, effort in EFFORTS if any(reader.facts(clause, kind) for clause in clauses)), None)


def _exertion(reader: Reader, account: Account) -> object | None:
    return read_exertion(reader) or (Exertion.AT_REST if reader.passage.has("nothing") else None)


def _blood(reader: Reader, account: Account) -> object | None:
    clauses = reader.passage.clauses
    if any(reader.facts(clause, "blood", "little_amount", "much_amount") for clause in clauses):
        return YesNo.YES
    return _yes_or_no(reader)


def _gone(reader: Reader, account: Account) -> object | None:
    is_gone = any(reader.facts(clause, "gone") for clause in reader.passage.clauses)
    is_left = reader.passage.has("still", "left", "almost") or bool(account.present)
    if is_left and (is_gone or _yes_or_no(reader) is YesNo.YES):
        return YesNo.NO
    return YesNo.YES if is_gone else _yes_or_no(reader)


def _bath_started(reader: Reader, account: Account) -> object | None:
    if reader.passage.has("none_prescribed"):
        return BathStarted.NONE_PRESCRIBED
    answer = _yes_or_no(reader)
    return BathStarted(answer) if answer else None


def _temperature(reader: Reader, account: Account) -> object | None:
    return temperature_in_reply(reader)


def _rigors(reader: Reader, account: Account) -> object | None:
    is_shivering = any(reader.facts(clause, "shiver") for clause in reader.passage.clauses)
    return YesNo.YES if is_shivering else _yes_or_no(reader)


def _can_wait(reader: Reader, account: Account) -> object | None:
    if reader.passage.has("cannot_wait"):
        return YesNo.NO
    return YesNo.YES if reader.passage.has("can_wait") else _yes_or_no(reader)


READERS: Final[Mapping[str, Callable[[Reader, Account], object | None]]] = {
    Slot.SYMPTOMS: _symptoms,
    Slot.RED_FLAGS: _red_flags,
    Slot.MOUTH_COUNT: _count,
    Slot.MOUTH_ONSET_ON: _onset_on,
    Slot.MOUTH_INTAKE: _intake,
    Slot.MOUTH_SEVERITY: _grade("severity"),
    Slot.MOUTH_INTERFERENCE: _grade("interference"),
    Slot.MOUTH_BATH_STARTED: _bath_started,
    Slot.MOUTH_GONE: _gone,
    Slot.COUGH_SEVERITY: _grade("severity"),
    Slot.COUGH_INTERFERENCE: _grade("interference"),
    Slot.COUGH_BLOOD: _blood,
    Slot.DYSPNEA_SEVERITY: _grade("severity"),
    Slot.DYSPNEA_INTERFERENCE: _grade("interference"),
    Slot.DYSPNEA_EXERTION: _exertion,
    Slot.FEVER_TEMPERATURE_C: _temperature,
    Slot.FEVER_RIGORS: _rigors,
    Slot.OTHER_CAN_WAIT: _can_wait,
}
