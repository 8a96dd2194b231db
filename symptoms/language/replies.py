"""Reads a text as the reply to the question on screen, in the terms of the specification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import pairwise
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
from symptoms.language.dates import days_since_date
from symptoms.language.eating import INTAKE, read_intake
from symptoms.language.fever import temperature_in_reply
from symptoms.language.lexicon import Hit
from symptoms.language.mentions import Reader
from symptoms.language.numbers import numbers_in

BRIEF: Final = 8
"""Words of a reply that may be taken as no more than "I don't know"."""

FILLERS: Final = (
    "filler", "self", "have", "of", "mine", "article", "and", "or", "now", "greeting", "place", "for_to", "also",
)  # fmt: skip
"""Classes of words that add nothing to a yes or a no."""

LIMITS: Final = (
    "but",
    "if",
    "less",
    "cannot",
    "trouble",
    "soft",
    "barely",
    "pain",
    "stuck",
    "weep",
    "off_food",
    "straw",
)
"""Classes of words that say that eating, drinking or taking tablets does not go as usual."""

EFFORTS: Final = (
    ("rest", Exertion.AT_REST),
    ("minimal_effort", Exertion.MINIMAL),
    ("moderate_effort", Exertion.MODERATE),
)


def read_reply(slot: str, reader: Reader, account: Account) -> object | None:
    """The value that a text gives to a slot: a value, a date, `unknown`; None when it gives none.

    A yes or a no counts only where nothing else is said: "no, only yesterday" is asked about again.
    """
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


def _is_made_of(reader: Reader, *kinds: str) -> bool:
    """Whether every word of a text is of these classes or a filler, and none is a number."""
    covered = {at for hit in _free(reader, *kinds, *FILLERS) for at in range(hit.start, hit.end)}
    return all(token.is_mark or at in covered for at, token in enumerate(reader.passage.tokens))


def _is_no(reader: Reader, *about: str) -> bool:
    """Whether a text is a no and nothing else; words of the classes `about` may name what is denied."""
    says_no = bool(_free(reader, "no_answer", "no", "not", "nothing"))
    return says_no and _is_made_of(reader, "no_answer", "no", "not", "nothing", "everything", *about)


def _is_yes(reader: Reader, *about: str) -> bool:
    """Whether a text is a yes and nothing else."""
    return bool(_free(reader, "yes")) and _is_made_of(reader, "yes", *about)


def _yes_or_no(reader: Reader, *about: str) -> YesNo | None:
    if _is_yes(reader, *about):
        return YesNo.YES
    return YesNo.NO if _is_no(reader, *about) else None


def _is_nothing(reader: Reader) -> bool:
    """Whether a reply says that there is nothing of what was asked for, or that all is well, and nothing else."""
    is_all_well = reader.passage.has("well", "fine") and _is_made_of(
        reader, "well", "fine", "no_answer", "nothing", "yes"
    )
    return not reader.passage.has("unwell") and (_is_no(reader) or is_all_well)


def _symptoms(reader: Reader, account: Account) -> object | None:
    """Nothing, when it is said of everything: who denies some symptoms has not denied the others."""
    return NONE if _is_nothing(reader) and not (account.absent or account.present) else None


def _red_flags(reader: Reader, account: Account) -> object | None:
    if account.red_flags:
        return sorted(account.red_flags)
    return NONE if _is_nothing(reader) and not account.present else None


def _count(reader: Reader, account: Account) -> object | None:
    tokens = [token.text for token in reader.passage.tokens]
    if {">", "+"} & set(tokens):
        return MORE_THAN_THREE if any(one.isdigit() and int(one) >= 3 for one in tokens) else None
    if any(one == "-" and after.isdigit() for one, after in pairwise(["", *tokens]) if tokens[0] == "-"):
        return None
    count = account.count if account.count.is_over_three is not None else count_in_reply(reader)
    if count.value is not None:
        return count.value
    if count.is_over_three:
        return MORE_THAN_THREE
    return 0 if _is_no(reader, "aphtha", "lesion") else None


def _onset_on(reader: Reader, account: Account) -> object | None:
    times = [time for clause in reader.passage.clauses for time in reader.times(clause)]
    days = [time.days for time in times if time.days is not None]
    dates = [days_since_date(token.text, reader.today) for token in reader.passage.tokens]
    days += [float(since) for since in dates if since is not None]
    if not times and not days:
        days = [number.value for clause in reader.passage.clauses for number in numbers_in(clause, reader.passage)]
    if days and max(days) <= MAX_ONSET_DAYS_BACK:
        return reader.today - timedelta(days=int(max(days)))
    return UNKNOWN if any(time.is_over_three for time in times) else None


def _intake(reader: Reader, account: Account) -> object | None:
    """As usual only where nothing limits it and not only one of eating, drinking and tablets is named."""
    if affected := read_intake(reader):
        return affected
    has_answer = bool(_free(reader, "yes", "no_answer", "no", "not"))
    if has_answer and (_is_no(reader) or reader.passage.has(*LIMITS)):
        return Intake.REDUCED
    is_partial = len({kind for kind in INTAKE if reader.passage.has(kind)}) == 1 and not reader.passage.has(
        "everything"
    )
    is_usual = reader.passage.has("yes", "fine", "everything", "hearty", "well")
    is_all = _is_made_of(reader, "yes", "fine", "everything", "hearty", "well", "can", *INTAKE)
    return Intake.NORMAL if is_usual and is_all and not is_partial else None


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
    return read_exertion(reader) or (Exertion.AT_REST if _is_no(reader) else None)


def _blood(reader: Reader, account: Account) -> object | None:
    """A denied amount admits the blood: "not a lot"."""
    if _is_no(reader, "blood", "cough", "bring_up", "phlegm"):
        return YesNo.NO
    is_admitted = reader.passage.has("little_amount", "much_amount", "less", "almost", "barely")
    clauses = reader.passage.clauses
    is_there = is_admitted or any(reader.facts(clause, "blood") for clause in clauses)
    return YesNo.YES if is_there or _is_yes(reader, "blood") else None


def _gone(reader: Reader, account: Account) -> object | None:
    """All gone only where nothing else is said: one that is left is not gone."""
    about = ("aphtha", "lesion", "mouthpart", "everything")
    if _is_made_of(reader, "yes", "gone", "no_longer", *about) and reader.passage.has("yes", "gone"):
        return YesNo.YES
    is_left = reader.passage.has("still", "left", "almost", "but", "another", "numbers", "article") or account.present
    return YesNo.NO if is_left or _is_no(reader, "gone", "not", *about) else None


def _bath_started(reader: Reader, account: Account) -> object | None:
    if reader.passage.has("none_prescribed"):
        return BathStarted.NONE_PRESCRIBED
    answer = _yes_or_no(reader, "still")
    return BathStarted(answer) if answer else None


def _temperature(reader: Reader, account: Account) -> object | None:
    """Without a number it was not measured, whatever else is said."""
    measured = temperature_in_reply(reader)
    is_denied = _is_no(reader, "fever", "can", "numbers") or _is_made_of(reader, "fine", "fever", "yes")
    is_unmeasured = is_denied or (is_brief(reader) and reader.passage.has("cannot"))
    return UNKNOWN if measured is None and is_unmeasured else measured


def _rigors(reader: Reader, account: Account) -> object | None:
    if any(reader.facts(clause, "shiver") for clause in reader.passage.clauses):
        return YesNo.YES
    return _yes_or_no(reader, "shiver")


def _can_wait(reader: Reader, account: Account) -> object | None:
    waits = _free(reader, "can_wait")
    if any(not any(_is_within(hit, one) for one in waits) for hit in _free(reader, "cannot_wait")):
        return YesNo.NO
    return YesNo.YES if waits else _yes_or_no(reader)


def _other_symptoms(reader: Reader, account: Account) -> object | None:
    return {} if _is_no(reader) else None


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
    Slot.OTHER_SYMPTOMS: _other_symptoms,
}
