"""What is taught when, and in answer to what: the whole curriculum on one page.

Pure. Early symptoms and their management are taught from the first day (S-02), the mouth again in the weeks in
which sores begin (S-13), and the lungs again every month for as long as the drug is taken (S-16).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from symptoms.clinical.calendar import after_quiet_hours, moment_of


@dataclass(frozen=True, slots=True)
class Lesson:
    """The leaflets of one day of treatment; day 1 is the day of the first dose."""

    day: int
    slugs: tuple[str, ...]


LESSONS: Final = (
    Lesson(1, ("starting-everolimus", "reaching-us", "your-mouth", "your-lungs")),
    Lesson(3, ("fever-and-infections", "for-carers")),
    Lesson(7, ("day-15-visit", "other-side-effects")),
    Lesson(14, ("your-mouth", "your-lungs")),
)
REFRESHER: Final = ("your-lungs",)
REFRESH_EVERY_DAYS: Final = 30
"""The refreshers are on days 31, 61, 91 and so on, without an end (S-16)."""

ANSWERS: Final[dict[str, tuple[str, ...]]] = {
    "your-mouth": (
        "MOUTH-MILD",
        "MOUTH-PAIN",
        "MOUTH-NO-BATH",
        "MOUTH-COUNT",
        "MOUTH-DURATION",
        "MOUTH-INTAKE",
        "MOUTH-SEVERE",
        "MOUTH-UNKNOWN",
    ),
    "your-lungs": ("RESP-COUGH", "RESP-COUGH-MILD", "RESP-DYSPNEA", "RESP-IMPACT", "RESP-RISE", "RESP-BLOOD"),
    "fever-and-infections": ("FEVER", "FEVER-LOW"),
    "other-side-effects": ("SWELLING",),
    "reaching-us": ("OTHER", "OTHER-NOW"),
}
"""The findings beside which each leaflet is offered. Whoever is in danger gets a number, and no leaflet."""

TEACH_AT: Final = time(9, 0)


def choose_leaflets(rules: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the leaflets that answer any of these findings, each once, in the order of `ANSWERS`."""
    found = set(rules)
    return tuple(slug for slug, answered in ANSWERS.items() if found & set(answered))


def choose_lessons(*, after: int, until: int) -> tuple[Lesson, ...]:
    """The lessons of the days after `after` up to and including `until`, in order.

    Each leaflet comes once, on the latest of its days: who was away for months gets one refresher, not three.
    """
    chosen: list[Lesson] = []
    seen: set[str] = set()
    for lesson in reversed([*_first_lessons(after, until), *_latest_refresher(after, until)]):
        slugs = tuple(slug for slug in lesson.slugs if slug not in seen)
        seen.update(slugs)
        if slugs:
            chosen.append(Lesson(lesson.day, slugs))
    return tuple(reversed(chosen))


def next_lesson_day(after: int) -> int:
    """The first day of treatment after `after` on which there is a lesson."""
    planned = [lesson.day for lesson in LESSONS if lesson.day > after]
    return planned[0] if planned else _refresher_day(max(after, LESSONS[-1].day) // REFRESH_EVERY_DAYS, after)


def lesson_moment(day_on: date, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> datetime:
    """When a lesson of a calendar day is given: at 09:00 of the patient's clock, or when the quiet hours end."""
    return moment_of(day_on, after_quiet_hours(TEACH_AT, quiet_from, quiet_until), zone)


def _first_lessons(after: int, until: int) -> list[Lesson]:
    return [lesson for lesson in LESSONS if after < lesson.day <= until]


def _latest_refresher(after: int, until: int) -> list[Lesson]:
    latest = (until - 1) // REFRESH_EVERY_DAYS * REFRESH_EVERY_DAYS + 1
    return [Lesson(latest, REFRESHER)] if latest > max(after, LESSONS[-1].day) else []


def _refresher_day(first_month: int, after: int) -> int:
    days = (month * REFRESH_EVERY_DAYS + 1 for month in count(max(first_month, 1)))
    return next(day for day in days if day > after)
