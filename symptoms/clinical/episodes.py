"""Mouth episodes: from the first report of a sore until the sores are gone.

An episode is what makes "lasting over 3 days" (S-11) a matter of the calendar: sores that were reported
once and never mentioned again are still there until somebody says that they are not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from symptoms.clinical.calendar import after_quiet_hours, moment_of
from symptoms.clinical.judging import JudgedReport
from symptoms.clinical.terms import Symptom, YesNo

MAX_DAYS: Final = 3
"""Sores that last longer than this many days are a reason to come back at once (S-11)."""

REOPENING_DAYS: Final = 2
"""A sore reported, or begun, within this many days of the closing continues the closed episode."""

ASK_AT: Final = time(8, 0)
ASK_AT_LATEST: Final = time(10, 0)
PATIENCE: Final = timedelta(hours=4)
"""How long the question may stay unanswered before silence counts as "still there"."""


@dataclass(frozen=True, slots=True)
class MouthEpisode:
    """`earliest_on` is the earlier of the earliest stated onset and the day of the first report.

    `is_onset_known`: a report of this episode stated an onset. `closed_on` None: the sores are still there.
    """

    earliest_on: date
    is_onset_known: bool
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def days_on(self, today: date) -> int:
        """Days since the earliest known day: 0 on that day itself."""
        return (today - self.earliest_on).days


def follow(episode: MouthEpisode | None, report: JudgedReport, today: date) -> MouthEpisode | None:
    """The episode after a report given on `today`: opened, continued, reopened, closed or as it was."""
    if Symptom.MOUTH_SORES in report.present:
        return _with_sores(episode, report, today)
    return close(episode, today) if says_gone(report) else episode


def close(episode: MouthEpisode | None, today: date) -> MouthEpisode | None:
    """The episode after a clinician closed it on `today`; one that is not open stays as it was."""
    return replace(episode, closed_on=today) if episode is not None and episode.is_open else episode


def _with_sores(episode: MouthEpisode | None, report: JudgedReport, today: date) -> MouthEpisode:
    onset_on = report.answers.onset_on if isinstance(report.answers.onset_on, date) else None
    earliest_on = min(today, onset_on or today)
    if episode is not None and _continues(episode, earliest_on):
        return MouthEpisode(
            earliest_on=min(episode.earliest_on, earliest_on),
            is_onset_known=episode.is_onset_known or onset_on is not None,
        )
    return MouthEpisode(earliest_on=earliest_on, is_onset_known=onset_on is not None)


def _continues(episode: MouthEpisode, begun_on: date) -> bool:
    """Whether sores that began on `begun_on` belong to the episode."""
    return episode.closed_on is None or (begun_on - episode.closed_on).days <= REOPENING_DAYS


def is_onset_known(episode: MouthEpisode | None, today: date) -> bool:
    """Whether sores reported on `today` without an onset belong to an episode that has one."""
    return episode is not None and episode.is_onset_known and _continues(episode, today)


def says_gone(report: JudgedReport) -> bool:
    """Whether a report without sores closes the episode: `gone`, a count of 0, or "none of these".

    Not ticking sores is not enough, and an unknown `gone` outweighs the others.
    """
    opening = report.answers.symptoms
    is_none_stated = opening is not None and not opening.chosen and not opening.is_partly_unknown
    if report.answers.gone not in (None, YesNo.YES):
        return False
    return report.answers.gone is YesNo.YES or report.answers.count == 0 or is_none_stated


def crossing_day(earliest_on: date) -> date:
    """The day on which an episode becomes longer than three days: the 4th day after its earliest day."""
    return earliest_on + timedelta(days=MAX_DAYS + 1)


def moment_to_ask(crossing_on: date, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> datetime:
    """When to ask whether the sores are still there: 08:00 patient's time, after quiet hours, 10:00 at the latest."""
    return moment_of(crossing_on, min(after_quiet_hours(ASK_AT, quiet_from, quiet_until), ASK_AT_LATEST), zone)
