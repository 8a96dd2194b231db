"""When a patient is asked whether the sores are still there, and what a clinician's closing does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from symptoms.clinical import calendar, episodes
from symptoms.clinical.episodes import MouthEpisode
from symptoms.clinical.history import Baseline, Closing, PastReport, lowest_severities, summarise

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.source("S-11")
def test_an_episode_is_over_three_days_on_the_fourth_day_after_its_first() -> None:
    assert episodes.crossing_day(date(2026, 3, 2)) == date(2026, 3, 6), "a sore of Monday is over 3 days on Friday"
    assert MouthEpisode(date(2026, 3, 2), is_onset_known=True).days_on(date(2026, 3, 6)) == 4


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "local"),
    [
        (time(21), time(7), time(8)),
        (time(21), time(8), time(8)),
        (time(21), time(9, 30), time(9, 30)),
        (time(21), time(11), time(10)),
        (time(7), time(9), time(9)),
        (time(13), time(15), time(8)),
        (time(8), time(8), time(8)),
    ],
)
def test_the_question_comes_at_eight_or_after_quiet_hours_but_by_ten(
    quiet_from: time, quiet_until: time, local: time
) -> None:
    asked_at = episodes.moment_to_ask(date(2026, 7, 1), BRUSSELS, quiet_from, quiet_until)

    assert asked_at.astimezone(BRUSSELS).timetz().replace(tzinfo=None) == local


@pytest.mark.parametrize(
    ("at", "quiet_from", "quiet_until", "after"),
    [
        (time(21), time(21), time(8), time(8)),
        (time(20, 59), time(21), time(8), time(20, 59)),
        (time(8), time(21), time(8), time(8)),
        (time(7, 59), time(21), time(8), time(8)),
        (time(13), time(13), time(15), time(15)),
        (time(15), time(13), time(15), time(15)),
        (time(14, 59), time(13), time(15), time(15)),
        (time(12, 59), time(13), time(15), time(12, 59)),
        (time(9), time(9), time(9), time(9)),
        (time(10), time(9), time(9), time(10)),
    ],
)
def test_quiet_hours_include_their_beginning_and_not_their_end(
    at: time, quiet_from: time, quiet_until: time, after: time
) -> None:
    assert calendar.after_quiet_hours(at, quiet_from, quiet_until) == after


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2026, 3, 28), 7), (date(2026, 3, 29), 6), (date(2026, 10, 24), 6), (date(2026, 10, 25), 7)],
)
def test_eight_in_the_morning_follows_the_change_of_clocks(day: date, utc_hour: int) -> None:
    asked_at = episodes.moment_to_ask(day, BRUSSELS, time(21), time(7))

    assert asked_at == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)


def test_a_clinicians_closing_ends_the_episode_and_only_an_open_one() -> None:
    sore = PastReport(datetime(2026, 3, 1, 12, tzinfo=UTC), {"symptoms": ["mouth_sores"]})
    closing = Closing(datetime(2026, 3, 3, 12, tzinfo=UTC))
    later = Closing(datetime(2026, 3, 5, 12, tzinfo=UTC))
    now = datetime(2026, 3, 9, tzinfo=UTC)

    closed = summarise([later, closing, sore], baseline=Baseline(), now=now, zone=BRUSSELS).episode
    assert closed is not None
    assert closed.closed_on == date(2026, 3, 3)
    assert summarise([closing], baseline=Baseline(), now=now, zone=BRUSSELS).episode is None


def test_reports_before_the_first_dose_make_the_baseline_and_no_comparison() -> None:
    before = PastReport(datetime(2026, 3, 1, tzinfo=UTC), {"cough.severity": 1, "symptoms": ["cough"]}, True)
    since = PastReport(datetime(2026, 3, 5, tzinfo=UTC), {"dyspnea.severity": 3})
    worse = PastReport(datetime(2026, 3, 2, tzinfo=UTC), {"cough.severity": 2}, True)
    now = datetime(2026, 3, 9, tzinfo=UTC)

    history = summarise([before, worse], baseline=Baseline(), now=now, zone=BRUSSELS)
    assert (history.lowest_cough, history.lowest_dyspnea, history.had_recent_cough) == (None, None, False)
    assert lowest_severities([before, worse], BRUSSELS) == (1, 0), "cough as graded; breathlessness was denied"
    later = summarise([before, worse, since], baseline=Baseline(), now=now, zone=BRUSSELS)
    assert (later.lowest_cough, later.lowest_dyspnea) == (None, 3)


@pytest.mark.source("S-14")
def test_day_15_is_a_fortnight_after_the_first_dose() -> None:
    assert calendar.day_15_on(date(2026, 2, 20)) == date(2026, 3, 6)
    assert calendar.day_number(date(2026, 2, 20), date(2026, 2, 20)) == 1
    assert calendar.day_number(date(2026, 2, 20), date(2026, 3, 6)) == 15
    assert calendar.day_number(date(2026, 2, 20), date(2026, 2, 19)) == 0
