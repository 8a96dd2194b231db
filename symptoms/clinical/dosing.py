"""What the dose log means: which daily dose was taken from when to when, and how often stomatitis interrupted it.

Pure. Doses are milligrams a day; days are the patient's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class DoseEventKind(StrEnum):
    """What a line of the dose log says (S-01). `changed`: to the dose of that line; a reduction is one."""

    CHANGED = "changed"
    INTERRUPTED = "interrupted"
    RESTARTED = "restarted"
    STOPPED = "stopped"


class DoseReason(StrEnum):
    STOMATITIS = "stomatitis"
    PNEUMONITIS = "pneumonitis"
    INFECTION = "infection"
    OTHER_TOXICITY = "other_toxicity"
    PROCEDURE = "procedure"
    PATIENT_CHOICE = "patient_choice"
    PROGRESSION = "progression"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One line of the dose log. `dose_mg` None: none was written down."""

    kind: DoseEventKind
    happened_on: date
    dose_mg: Decimal | None
    reason: DoseReason


@dataclass(frozen=True, slots=True)
class DoseStretch:
    """Days on one dose, both included; `dose_mg` None: the drug was interrupted, for `reason`."""

    first: date
    last: date
    dose_mg: Decimal | None
    reason: DoseReason | None = None


def dose_stretches(
    first_dose_on: date, starting_dose_mg: Decimal, log: Iterable[DoseLine], until: date
) -> list[DoseStretch]:
    """The course in stretches of one dose each, from the first dose until a day, or the day before it stopped.

    A restart without a dose goes on with the last one. A change during an interruption ends it: its dose is
    what is taken from then on. Days between a stop and a restart are an interruption.
    """
    lines = sorted(log, key=_by_day)
    stopped_on = end_of_treatment(lines)
    if stopped_on is not None:
        until = min(until, stopped_on - timedelta(days=1))
    return [
        stretch
        for stretch in _stretches(first_dose_on, starting_dose_mg, lines, until)
        if stretch.first <= stretch.last
    ]


def end_of_treatment(log: Iterable[DoseLine]) -> date | None:
    """The day on which the drug was stopped and not taken up again; None while it is taken or interrupted.

    Of lines of one day the later one counts, so that a stop recorded by mistake is undone by a restart of that day.
    """
    stopped_on: date | None = None
    for line in sorted(log, key=_by_day):
        if line.kind is DoseEventKind.STOPPED:
            stopped_on = stopped_on or line.happened_on
        elif line.kind is not DoseEventKind.INTERRUPTED:
            stopped_on = None
    return stopped_on


def standing_on(log: Iterable[DoseLine], on: date) -> DoseLine | None:
    """The line by which the drug is not taken at the end of a day: an interruption or a stop; None while it is taken.

    It is the first of its kind: a second line about an interruption that goes on begins none.
    """
    standing: DoseLine | None = None
    for line in sorted(log, key=_by_day):
        if line.happened_on > on:
            break
        if line.kind in (DoseEventKind.RESTARTED, DoseEventKind.CHANGED):
            standing = None
        elif standing is None or (line.kind, standing.kind) == (DoseEventKind.STOPPED, DoseEventKind.INTERRUPTED):
            standing = line
    return standing


def next_dose_after(log: Iterable[DoseLine], on: date) -> DoseLine | None:
    """The first line after a day, if it says that another dose was taken; None where it says anything else."""
    later = [line for line in sorted(log, key=_by_day) if line.happened_on > on]
    return later[0] if later and later[0].kind is DoseEventKind.CHANGED else None


def _by_day(line: DoseLine) -> date:
    return line.happened_on


def _stretches(first: date, starting_dose_mg: Decimal, log: Sequence[DoseLine], until: date) -> Iterator[DoseStretch]:
    last_dose: Decimal = starting_dose_mg
    dose: Decimal | None = starting_dose_mg
    reason: DoseReason | None = None
    for line in log:
        yield DoseStretch(first, min(line.happened_on - timedelta(days=1), until), dose, reason)
        first, reason = line.happened_on, None
        if line.kind in (DoseEventKind.INTERRUPTED, DoseEventKind.STOPPED):
            dose, reason = None, line.reason
            continue
        last_dose = line.dose_mg if line.dose_mg is not None else last_dose
        dose = last_dose
    yield DoseStretch(first, until, dose, reason)


def stomatitis_interruptions(log: Iterable[DoseLine]) -> int:
    """How often the drug was interrupted for stomatitis: after the second time the review restarts at 5 mg (S-09).

    A second line about an interruption that goes on is no second interruption.
    """
    count, is_interrupted = 0, False
    for line in sorted(log, key=_by_day):
        begins = line.kind is DoseEventKind.INTERRUPTED and line.reason is DoseReason.STOMATITIS
        count += begins and not is_interrupted
        is_interrupted = begins or (is_interrupted and line.kind is DoseEventKind.INTERRUPTED)
    return count
