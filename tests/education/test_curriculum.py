"""What is taught on which day, and in answer to which finding."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from education.catalogue import shipped_leaflets
from education.curriculum import (
    ANSWERS,
    Lesson,
    choose_leaflets,
    choose_lessons,
    lesson_moment,
    next_lesson_day,
)
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import Problem, Urgency

SLUGS = {slug for slug, _ in shipped_leaflets()}


def days(after: int, until: int) -> list[int]:
    return [lesson.day for lesson in choose_lessons(after=after, until=until)]


@pytest.mark.source("S-02")
def test_early_symptoms_are_taught_on_the_first_day() -> None:
    (first,) = choose_lessons(after=0, until=1)
    assert first == Lesson(1, ("starting-everolimus", "reaching-us", "your-mouth", "your-lungs"))


def test_every_leaflet_has_been_taught_within_the_first_week() -> None:
    assert {slug for lesson in choose_lessons(after=0, until=7) for slug in lesson.slugs} == SLUGS


@pytest.mark.parametrize(
    ("after", "until", "expected"),
    [
        (0, 0, []),
        (0, 1, [1]),
        (1, 2, []),
        (1, 3, [3]),
        (3, 6, []),
        (3, 7, [7]),
        (7, 13, []),
        (7, 14, [14]),
        (14, 30, []),
        (14, 31, [31]),
        (31, 60, []),
        (31, 61, [61]),
    ],
)
def test_lessons_are_on_days_1_3_7_14_and_every_thirty_days_from_day_31(
    after: int, until: int, expected: list[int]
) -> None:
    assert days(after, until) == expected


@pytest.mark.source("S-16")
def test_the_lungs_are_taught_again_every_month_without_an_end() -> None:
    day = 14
    found: list[int] = []
    while len(found) < 60:
        day = next_lesson_day(day)
        found.append(day)
        assert choose_lessons(after=day - 1, until=day) == (Lesson(day, ("your-lungs",)),)
    assert found == [30 * month + 1 for month in range(1, 61)]


@pytest.mark.parametrize(("after", "day"), [(-20, 1), (0, 1), (1, 3), (3, 7), (7, 14), (14, 31), (30, 31), (31, 61)])
def test_the_next_lesson_comes_on_the_next_lesson_day(after: int, day: int) -> None:
    assert next_lesson_day(after) == day


def test_who_was_away_gets_each_leaflet_once_on_its_latest_day() -> None:
    lessons = choose_lessons(after=0, until=100)
    slugs = [slug for lesson in lessons for slug in lesson.slugs]
    assert sorted(slugs) == sorted(SLUGS)
    assert lessons[-1] == Lesson(91, ("your-lungs",))
    assert Lesson(14, ("your-mouth",)) in lessons


@pytest.mark.parametrize(
    ("rules", "slugs"),
    [
        ([], ()),
        (["MOUTH-MILD"], ("your-mouth",)),
        (["MOUTH-MILD", "MOUTH-NO-BATH"], ("your-mouth",)),
        (["FEVER", "MOUTH-COUNT"], ("your-mouth", "fever-and-infections")),
        (["RESP-COUGH-MILD"], ("your-lungs",)),
        (["SWELLING"], ("other-side-effects",)),
        (["RED-SPEECH", "CONTRADICTION"], ()),
    ],
)
def test_leaflets_answer_findings(rules: list[str], slugs: tuple[str, ...]) -> None:
    assert choose_leaflets(rules) == slugs


def test_every_problem_of_a_patient_has_a_leaflet_and_no_emergency_has() -> None:
    answered = {rule for rules in ANSWERS.values() for rule in rules}
    for problem in (Problem.MOUTH, Problem.RESPIRATORY, Problem.INFECTION, Problem.OTHER):
        assert answered & {rule.id for rule in CURRENT.rules if rule.problem is problem}, problem
    emergencies = {rule.id for rule in CURRENT.rules if rule.urgency is Urgency.EMERGENCY}
    assert not answered & emergencies, "whoever is in danger gets a number, not a leaflet"


BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("quiet_until", "expected"),
    [
        (time(8), datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
        (time(9), datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
        (time(9, 30), datetime(2026, 3, 2, 8, 30, tzinfo=UTC)),
    ],
)
def test_a_lesson_comes_at_nine_or_when_the_quiet_hours_end(quiet_until: time, expected: datetime) -> None:
    assert lesson_moment(date(2026, 3, 2), BRUSSELS, time(21), quiet_until) == expected


def test_a_lesson_follows_the_clock_of_the_patient_over_the_change_of_clocks() -> None:
    moments = [lesson_moment(date(2026, 3, day), BRUSSELS, time(21), time(8)) for day in (28, 29)]
    assert moments == [datetime(2026, 3, 28, 8, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)]
