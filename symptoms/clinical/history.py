"""What earlier reports say about today: the lowest grades of four weeks, a cough that lasts, a mouth episode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from symptoms.clinical import episodes
from symptoms.clinical.answers import State, Unknown, read_answers, read_grade
from symptoms.clinical.calendar import local_date
from symptoms.clinical.episodes import MouthEpisode
from symptoms.clinical.judging import JudgedReport, judge_report
from symptoms.clinical.terms import NOT_ASKED, Slot, Symptom

LOWEST_OF_DAYS: Final = 28
COUGH_LASTS_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Baseline:
    """Severity 0-4 of cough and dyspnea before the first dose. 0 also when there is none: treat as new."""

    cough: int = 0
    dyspnea: int = 0


@dataclass(frozen=True, slots=True)
class PastReport:
    """An earlier report: when the patient gave it, and its raw answers.

    One from before the first dose makes the baseline and is not part of the comparison with it.
    """

    at: datetime
    answers: Mapping[str, object]
    is_before_treatment: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """A clinician's closing of the mouth episode."""

    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """All that the rules look at of earlier reports.

    `lowest_cough` and `lowest_dyspnea`: lowest stated severity of the last 28 days, None without one.
    `had_recent_cough`: cough above baseline on another day, at most 14 days back.
    `episode`: the latest mouth episode as the last report left it.
    """

    lowest_cough: int | None = None
    lowest_dyspnea: int | None = None
    had_recent_cough: bool = False
    episode: MouthEpisode | None = None


def read_baseline(raw: Mapping[str, object]) -> Baseline:
    """The baseline from raw severities; none, unknown or out of range is 0."""

    def read(slot: Slot) -> int:
        severity = read_grade(raw.get(slot, NOT_ASKED))
        return severity if isinstance(severity, int) else 0

    return Baseline(cough=read(Slot.COUGH_SEVERITY), dyspnea=read(Slot.DYSPNEA_SEVERITY))


def is_above(severity: int | Unknown | None, baseline: int) -> bool:
    """Whether a judged severity is above baseline; an unknown one is."""
    return severity is State.UNKNOWN or (severity is not None and severity > baseline)


def summarise(events: Iterable[PastReport | Closing], *, baseline: Baseline, now: datetime, zone: ZoneInfo) -> History:
    """The history as of `now`, from events in any order. Later ones are ignored; one at exactly `now` counts."""
    today = local_date(now, zone)
    lowest_cough: int | None = None
    lowest_dyspnea: int | None = None
    had_recent_cough = False
    episode: MouthEpisode | None = None
    for event in sorted((event for event in events if event.at <= now), key=lambda event: event.at):
        day = local_date(event.at, zone)
        if isinstance(event, Closing):
            episode = episodes.close(episode, day)
            continue
        report = judge_past_report(event, day, episode)
        episode = episodes.follow(episode, report, day)
        if event.is_before_treatment:
            continue
        days_back = (today - day).days
        if days_back <= LOWEST_OF_DAYS:
            lowest_cough = _lower(lowest_cough, _stated_severity(report, Symptom.COUGH))
            lowest_dyspnea = _lower(lowest_dyspnea, _stated_severity(report, Symptom.DYSPNEA))
        if 1 <= days_back <= COUGH_LASTS_DAYS and is_above(report.cough.severity, baseline.cough):
            had_recent_cough = True
    return History(lowest_cough, lowest_dyspnea, had_recent_cough, episode)


def judge_past_report(past: PastReport, day: date, episode: MouthEpisode | None) -> JudgedReport:
    """An earlier report, judged as final on its own day."""
    answers = read_answers(past.answers, day)
    return judge_report(answers, is_final=True, is_onset_known=episodes.is_onset_known(episode, day))


def lowest_severities(reports: Iterable[PastReport], zone: ZoneInfo) -> tuple[int | None, int | None]:
    """The lowest stated severity of cough and of dyspnea in some reports; None when none states it."""
    cough: int | None = None
    dyspnea: int | None = None
    for past in reports:
        report = judge_past_report(past, local_date(past.at, zone), episode=None)
        cough = _lower(cough, _stated_severity(report, Symptom.COUGH))
        dyspnea = _lower(dyspnea, _stated_severity(report, Symptom.DYSPNEA))
    return cough, dyspnea


def _stated_severity(report: JudgedReport, symptom: Literal[Symptom.COUGH, Symptom.DYSPNEA]) -> int | None:
    """The severity a report states: its grade, 0 when the symptom is denied and not present, else None."""
    severity = report.cough.severity if symptom is Symptom.COUGH else report.dyspnea.severity
    if isinstance(severity, int):
        return severity
    return 0 if symptom in report.stated_absent - report.present else None


def _lower(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)
