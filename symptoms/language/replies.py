"""Reads a text as the reply to the question on screen, in the terms of the specification."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Final

from symptoms.clinical.terms import (
    MAX_COUNT,
    MAX_ONSET_DAYS_BACK,
    MAX_SEVERITY,
    MORE_THAN_THREE,
    NONE,
    UNKNOWN,
    BathStarted,
    Exertion,
    Intake,
    RedFlag,
    Slot,
    YesNo,
)
from symptoms.language.account import Account
from symptoms.language.clauses import Clause
from symptoms.language.counting import count_in_reply
from symptoms.language.dates import days_since_date, days_since_day_of_month
from symptoms.language.eating import INTAKE, read_intake
from symptoms.language.fever import temperature_in_reply
from symptoms.language.lexicon import Hit
from symptoms.language.mentions import Reader
from symptoms.language.numbers import Quantity, numbers_in

BRIEF: Final = 8
"""Words of a reply that may be taken as no more than "I don't know"."""

FILLERS: Final = (
    "filler", "self", "have", "of", "mine", "article", "and", "or", "now", "greeting", "place", "for_to", "also",
    "acknowledge",
)  # fmt: skip
"""Classes of words that add nothing to a yes or a no."""

MATTERS: Final = frozenset(
    {"sleep", "eat", "drink", "swallow", "breathe", "cough", "pain", "blood", "fever", "chest", "faint", "speak"}
)
"""Classes of words of which a yes or a no may be meant, rather than of the question."""

DANGERS: Final = frozenset(
    {
        "breathless",
        "air",
        "cannot_breathe",
        "pressure",
        "swollen",
        "blue",
        "confused",
        "closing",
        "sudden",
        "throat",
        "lip",
    }
)
"""Classes of words of a danger: beside one a no in front may be meant of anything."""

NOES: Final = ("no_answer", "reply_no", "no", "not", "nothing")

COUNTING: Final = (
    "observe",
    "rather",
    "correction",
    "no_answer",
    "not",
    "no",
    "still",
    "sum",
    "roughly",
    "aphtha",
    "lesion",
    "spot",
)
"""Classes of words beside a number of sores that is counted anew."""

VAGUELY: Final = ("roughly", "or", "greeting", "article")
"""Classes of words that leave a number on its own: "about two"."""

DENIALS: Final = 2
"""Who denies so many symptoms one by one may have none."""

SLEEPLESS: Final = 3
"""How much it interferes when it keeps somebody awake: quite a bit."""

OUT_OF_TEN: Final = re.compile(r"\b(10|[0-9]) ?(?:/|out of|sur|op|von|de|auf) ?10\b")
GRADES_OF_TEN: Final = ((0, 0), (3, 1), (6, 2), (8, 3), (10, 4))
"""Of the scale from 0 to 10 that hospitals use: up to which number it is which grade."""

GRADED: Final[Mapping[str, str]] = {
    Slot.MOUTH_SEVERITY: "severity",
    Slot.COUGH_SEVERITY: "severity",
    Slot.DYSPNEA_SEVERITY: "severity",
    Slot.MOUTH_INTERFERENCE: "interference",
    Slot.COUGH_INTERFERENCE: "interference",
    Slot.DYSPNEA_INTERFERENCE: "interference",
}
"""The table of words for each question that is answered by a grade."""

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
    """Hits of these classes, but for the "no" in "no idea" and in "no, wait"."""
    unsure = [hit for hit in reader.passage.hits if hit.kind in ("dont_know", "rather") and hit.kind not in kinds]
    return [
        hit
        for hit in reader.passage.hits
        if hit.kind in kinds and not any(one.start <= hit.start and hit.end <= one.end for one in unsure)
    ]


def _is_made_of(reader: Reader, *kinds: str) -> bool:
    """Whether every word of a text is of these classes or a filler, and none is a number, nor of another matter.

    "No duermo" is no "no": a verb in the first person is a filler, sleep is another matter.
    """
    if any(hit.kind in MATTERS and hit.kind not in kinds for hit in reader.passage.hits):
        return False
    covered = {at for hit in _free(reader, *kinds, *FILLERS) for at in range(hit.start, hit.end)}
    return all(token.is_mark or at in covered for at, token in enumerate(reader.passage.tokens))


def _lone_number(reader: Reader, *beside: str) -> float | None:
    """The number that a reply consists of, with no words but those of the classes `beside`."""
    denials = {hit.end for hit in _free(reader, "not", "no")}
    numbers = _numbers(reader)
    numbers = [one for one in numbers if one.at not in denials] if len(numbers) > 1 else numbers
    if len(numbers) != 1:
        return None
    covered = {at for hit in _free(reader, *beside) for at in range(hit.start, hit.end)}
    covered |= {at for number in _numbers(reader) for at in range(number.at, number.end)}
    is_alone = all(token.is_mark or at in covered for at, token in enumerate(reader.passage.tokens))
    return numbers[0].value if is_alone else None


def _numbers(reader: Reader) -> list[Quantity]:
    return [number for clause in reader.passage.clauses for number in numbers_in(clause, reader.passage)]


def recount(reader: Reader) -> int | None:
    """The sores that a reply to another question about them counts anew: "sorry, there are four". None: it does not."""
    number = _lone_number(reader, *FILLERS, *COUNTING)
    if number is None or number != int(number) or _lone_number(reader, *VAGUELY) is not None:
        return None
    return min(int(number), MAX_COUNT)


def _is_no(reader: Reader, *about: str) -> bool:
    """Whether a text is a no and nothing else; words of the classes `about` may name what is denied."""
    says_no = bool(_free(reader, *NOES))
    return says_no and _is_made_of(reader, *NOES, "everything", *about)


def is_yes(reader: Reader, *about: str) -> bool:
    """Whether a text is a yes and nothing else. A bare "ok" may only say that the question was read."""
    return bool(_free(reader, "yes")) and _is_made_of(reader, "yes", *about)


def agrees(reader: Reader) -> bool:
    """Whether a text is a yes, or an "ok", to a reading that it was asked to confirm."""
    says_so = bool(_free(reader, "yes", "acknowledge"))
    return says_so and _is_made_of(reader, "yes", "acknowledge")


def disagrees(reader: Reader) -> bool:
    """Whether a text is a no to a reading that it was asked to confirm."""
    return _is_no(reader)


def _begins_with_yes(reader: Reader) -> bool:
    """Whether a yes stands in front and nothing takes it back: "yes, twice a day"."""
    return any(hit.start == 0 for hit in _free(reader, "yes")) and not _free(reader, *NOES, "but")


def _begins_with_no(reader: Reader, account: Account) -> bool:
    """Whether a no stands in front, and what follows tells of no danger and of no symptom: "no, just tired"."""
    is_no = any(hit.start == 0 for hit in _free(reader, *NOES)) and not _free(reader, "but", *MATTERS, *DANGERS)
    return is_no and not (account.present or account.red_flags)


def _yes_or_no(reader: Reader, *about: str) -> YesNo | None:
    if is_yes(reader, *about):
        return YesNo.YES
    return YesNo.NO if _is_no(reader, *about) else None


def _is_nothing(reader: Reader) -> bool:
    """Whether a reply says that there is nothing of what was asked for, or that all is well, and nothing else."""
    is_all_well = reader.passage.has("well", "fine", "otherwise") and _is_made_of(
        reader, "well", "fine", "otherwise", "no_answer", "reply_no", "nothing", "yes"
    )
    return not reader.passage.has("unwell") and (_is_no(reader) or is_all_well)


def _symptoms(reader: Reader, account: Account) -> object | None:
    """Nothing, when it is said of everything: who denies some symptoms has not denied the others.

    "Yes, normal" answers another question.
    """
    is_of_this = reader.passage.has("well", "otherwise") or not reader.passage.has("yes")
    return NONE if _is_nothing(reader) and is_of_this and not (account.absent or account.present) else None


def _red_flags(reader: Reader, account: Account) -> object | None:
    if account.red_flags:
        return sorted(account.red_flags)
    is_well = _is_nothing(reader) and (_is_no(reader) or reader.passage.has("well", "otherwise"))
    return NONE if is_well and not account.present else None


def _count(reader: Reader, account: Account) -> object | None:
    tokens = [token.text for token in reader.passage.tokens]
    if {">", "+"} & set(tokens):
        return MORE_THAN_THREE if any(one.isdigit() and int(one) >= 3 for one in tokens) else None
    if any(one == "-" and after.isdigit() for one, after in pairwise(["", *tokens]) if tokens[0] == "-"):
        return None
    count = account.count if account.count.is_over_three is not None else count_in_reply(reader)
    if count.value is not None and (count.is_over_three or not reader.passage.has("another", "new", "further")):
        return count.value
    if count.is_over_three:
        return MORE_THAN_THREE
    return 0 if _is_no(reader, "aphtha", "lesion") else None


def _onset_on(reader: Reader, account: Account) -> object | None:
    tokens = [token.text for token in reader.passage.tokens]
    if (since := days_since_day_of_month(tokens, reader.today)) is not None:
        return reader.today - timedelta(days=since)
    times = [time for clause in reader.passage.clauses for time in reader.times(clause)]
    days = [time.days for time in times if time.days is not None]
    dates = [days_since_date(token.text, reader.today) for token in reader.passage.tokens]
    days += [float(one) for one in dates if one is not None]
    if not times and not days and (number := _lone_number(reader, *VAGUELY)) is not None:
        days = [number]
    if days and max(days) <= MAX_ONSET_DAYS_BACK:
        return reader.today - timedelta(days=int(max(days)))
    return UNKNOWN if any(time.is_over_three for time in times) else None


def _intake(reader: Reader, account: Account) -> object | None:
    """As usual only where nothing limits it and not only one of eating, drinking and tablets is named."""
    if affected := read_intake(reader):
        return affected
    has_answer = bool(_free(reader, "yes", "no_answer", "no", "not"))
    limits = [hit for hit in _free(reader, *LIMITS) if hit.kind != "if" or hit.start]
    if has_answer and (_is_no(reader) or limits):
        return Intake.REDUCED
    is_partial = len({kind for kind in INTAKE if reader.passage.has(kind)}) == 1 and not reader.passage.has(
        "everything"
    )
    is_usual = reader.passage.has("yes", "fine", "everything", "hearty", "well")
    is_all = _is_made_of(reader, "yes", "fine", "everything", "hearty", "well", "can", *INTAKE)
    return Intake.NORMAL if is_usual and is_all and not is_partial and not reader.passage.has("unwell") else None


def _grade(table: str) -> Callable[[Reader, Account], object | None]:
    """A reader of grades 0-4 from the words of a table, or a bare number. Of several the worst counts.

    Nothing at all is said only by who says nothing else: "I do not sleep" is none of it.
    """

    def read(reader: Reader, account: Account) -> object | None:
        grades = [value for value in _graded(reader, table) if value]
        if table == "interference" and _is_sleepless(reader):
            grades.append(SLEEPLESS)
        number = _lone_number(reader, *VAGUELY)
        if not grades and number in range(MAX_SEVERITY + 1):
            grades = [int(number or 0)]
        is_ungraded = not any(hit.value for hit in _outer(reader, table))
        if not grades and is_ungraded and (_is_no(reader, table) or _is_nil(reader, table)):
            grades = [0]
        return max(grades, default=None)

    return read


def _is_nil(reader: Reader, table: str) -> bool:
    """Whether a reply is a word of a table for nothing at all, and no more."""
    return bool(_outer(reader, table)) and _is_made_of(reader, table)


def _graded(reader: Reader, table: str) -> list[int]:
    """The grades of the words of a table that nothing negates."""
    denials = _free(reader, "not", "no")
    return [
        int(hit.value or 0)
        for hit in _outer(reader, table)
        if not any(_stands_before(denial, hit, reader) for denial in denials)
    ]


def _stands_before(denial: Hit, hit: Hit, reader: Reader) -> bool:
    """Whether a "not" denies a grade, with at most one word between: "not so bad"."""
    between = reader.passage.tokens[denial.end : hit.start]
    return denial.end <= hit.start and len(between) <= 1 and all(token.is_word for token in between)


def _outer(reader: Reader, table: str) -> list[Hit]:
    hits = _free(reader, table)
    return [hit for hit in hits if not any(_is_within(hit, other) for other in hits)]


def _is_sleepless(reader: Reader) -> bool:
    return reader.passage.has("sleep", "night") and reader.passage.has("not", "no", "cannot", "trouble", "sit_up")


def guess_reply(slot: str, reader: Reader, account: Account) -> object | None:
    """What a reply may mean that gives its slot no value of its own, to be confirmed; None when there is no telling."""
    if slot == Slot.RED_FLAGS and reader.passage.has("pressure"):
        return [RedFlag.CHEST_PAIN]
    if slot in (Slot.SYMPTOMS, Slot.RED_FLAGS):
        is_denied = len(account.absent) >= DENIALS and not (account.present or account.red_flags)
        return NONE if is_denied or _begins_with_no(reader, account) else None
    if slot == Slot.MOUTH_GONE:
        return YesNo.YES if _may_be_none_left(reader) else None
    if slot == Slot.DYSPNEA_EXERTION:
        return Exertion.AT_REST if _is_no(reader) else None
    table = GRADED.get(slot)
    if table is None:
        return None
    if (out_of_ten := _out_of_ten(reader)) is not None:
        return str(next(grade for most, grade in GRADES_OF_TEN if out_of_ten <= most))
    has_negated_grade = len(_outer(reader, table)) > len(_graded(reader, table))
    return "1" if has_negated_grade and not _is_sleepless(reader) else None


def _out_of_ten(reader: Reader) -> int | None:
    words = " ".join(token.text for token in reader.passage.tokens)
    found = OUT_OF_TEN.search(words)
    return int(found[1]) if found else None


def _is_within(hit: Hit, other: Hit) -> bool:
    return other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start


def read_exertion(reader: Reader) -> Exertion | None:
    """The least effort that a text names; None when it names none, or only one at which nobody is breathless."""
    clauses = [one for one in reader.passage.clauses if not _is_breathless_denied(one, reader)]
    return next((effort for kind, effort in EFFORTS if any(reader.facts(clause, kind) for clause in clauses)), None)


def _is_breathless_denied(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says of no more than breathlessness that it is not there: "not breathless at rest"."""
    told = clause.all("breathless")
    return bool(told) and all(hit in reader.denied for hit in told) and not clause.has("cannot_breathe", "lack", "stop")


def _exertion(reader: Reader, account: Account) -> object | None:
    """The least effort that is named, also as "if I lie down"; a bare "nothing" is asked about again."""
    if (named := read_exertion(reader)) is not None:
        return named
    if reader.passage.has("everything"):
        return Exertion.MINIMAL
    if any(_is_breathless_denied(clause, reader) for clause in reader.passage.clauses):
        return None
    free = [kind for kind, _ in EFFORTS if any(hit not in reader.denied for hit in _free(reader, kind))]
    return dict(EFFORTS)[free[0]] if free else None


def _blood(reader: Reader, account: Account) -> object | None:
    """A denied amount admits the blood: "not a lot"."""
    if _is_no(reader, "blood", "cough", "bring_up", "phlegm"):
        return YesNo.NO
    is_admitted = reader.passage.has("little_amount", "much_amount", "less", "almost", "barely")
    clauses = reader.passage.clauses
    is_there = is_admitted or any(reader.facts(clause, "blood") for clause in clauses)
    return YesNo.YES if is_there or _begins_with_yes(reader) else None


def _gone(reader: Reader, account: Account) -> object | None:
    """All gone only where nothing else is said: one that is left is not gone."""
    about = ("aphtha", "lesion", "mouthpart", "everything")
    if _may_be_none_left(reader):
        return None
    is_gone = reader.passage.has("yes", "gone") and not reader.passage.has("almost")
    if is_gone and _is_made_of(reader, "yes", "gone", "no_longer", *about):
        return YesNo.YES
    is_left = reader.passage.has("still", "left", "almost", "but", "another", "numbers", "article") or account.present
    return YesNo.NO if is_left or _is_no(reader, "gone", "not", *about) else None


def _may_be_none_left(reader: Reader) -> bool:
    """Whether a reply may say that there is nothing any more, or "all" of them: which is asked back."""
    is_none_more = reader.passage.has("no_longer") or (
        reader.passage.has("nothing", "not", "no") and reader.passage.has("further", "left")
    )
    if is_none_more and not reader.passage.has("yes"):
        return _is_made_of(reader, *NOES, "no_longer", "further", "left", "aphtha", "lesion", "mouthpart")
    return reader.passage.has("everything") and _is_made_of(reader, "everything")


def _bath_started(reader: Reader, account: Account) -> object | None:
    if reader.passage.has("none_prescribed"):
        return BathStarted.NONE_PRESCRIBED
    answer = YesNo.YES if _begins_with_yes(reader) else _yes_or_no(reader, "still")
    return BathStarted(answer) if answer else None


def _temperature(reader: Reader, account: Account) -> object | None:
    """Without a number it was not measured, whatever else is said."""
    measured = temperature_in_reply(reader)
    is_denied = _is_no(reader, "fever", "can", "numbers") or _is_made_of(reader, "fine", "fever", "yes")
    is_unmeasured = is_denied or (is_brief(reader) and reader.passage.has("cannot"))
    return UNKNOWN if measured is None and is_unmeasured else measured


def _rigors(reader: Reader, account: Account) -> object | None:
    """That it has stopped does not matter: "yesterday I was"."""
    is_told = any(reader.facts(clause, "shiver") for clause in reader.passage.clauses)
    is_over = reader.passage.has("days_ago") and not _free(reader, *NOES) and is_brief(reader)
    if is_told or is_over or _begins_with_yes(reader):
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
    Slot.MOUTH_BATH_STARTED: _bath_started,
    Slot.MOUTH_GONE: _gone,
    Slot.COUGH_BLOOD: _blood,
    Slot.DYSPNEA_EXERTION: _exertion,
    Slot.FEVER_TEMPERATURE_C: _temperature,
    Slot.FEVER_RIGORS: _rigors,
    Slot.OTHER_CAN_WAIT: _can_wait,
    Slot.OTHER_SYMPTOMS: _other_symptoms,
    **{slot: _grade(table) for slot, table in GRADED.items()},
}
