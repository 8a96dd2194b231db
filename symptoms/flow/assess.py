"""The one place that applies the thresholds to a stored report.

Called in the patient's own transaction, and by the tasks that work off due rows. The assessment, the
alert and its first pages are written together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from symptoms.clinical.actions import Action, NotifyCareTeam, OfferEducation, StandDownReminders
from symptoms.clinical.calendar import local_date, moment_of
from symptoms.clinical.consequences import actions_for
from symptoms.clinical.episodes import MouthEpisode
from symptoms.clinical.facts import Facts, gather_facts
from symptoms.clinical.history import Baseline, Closing, History, PastReport, lowest_severities
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import MAX_ONSET_DAYS_BACK, Slot, Symptom, Urgency
from symptoms.clinical.triage import Judgement, assess
from symptoms.flow.act import carry_out
from symptoms.flow.advise import Advice, advise
from symptoms.flow.episodes import update_episodes
from symptoms.models import Assessment, Episode, Patient, SymptomReport
from symptoms.models.assessment import AssessmentKind
from symptoms.prepared import Prepared, PreparedInsert, PreparedUpdate

LOOK_BACK: Final = timedelta(days=MAX_ONSET_DAYS_BACK + 4)
"""How far back earlier reports matter: the oldest onset, and two days for a closing that it would reopen."""


INSERT: Final = PreparedInsert(SymptomReport)
UPDATE: Final = PreparedUpdate(
    SymptomReport, "status", "respondent", "carer", "answers", "corrections", "assess_due_at", "urgency"
)
"""All that changes of a report while it is filled in and judged."""

KEEP: Final = PreparedInsert(Assessment)
EPISODES: Final = Prepared(
    lambda patient, since: Episode.objects.filter(Q(closed_at=None) | Q(closed_at__gte=since), patient=patient)
)
PAST_REPORTS: Final = Prepared(
    lambda patient, but, since, until, first_dose_at: (
        SymptomReport.objects.filter(
            Q(occurred_at__gte=since) | Q(occurred_at__lt=first_dose_at), patient=patient, occurred_at__lte=until
        )
        .exclude(pk=but)
        .only("occurred_at", "answers", "amended_answers")
    )
)


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of a patient beside a report: earlier ones, and the episodes that are open or closed of late."""

    episodes: Sequence[Episode]
    reports: Sequence[SymptomReport]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of a report, of which nothing has followed yet."""

    report: SymptomReport
    background: Background
    facts: Facts
    judgement: Judgement

    @property
    def urgency(self) -> Urgency:
        """The highest of this judgement and of those of the report before, for it only rises."""
        return max(self.judgement.urgency, Urgency(self.report.urgency or 0))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one assessment: the judgement, and the advice that the patient gets.

    No advice: the check-in goes on, and nothing has been found so far.
    """

    judgement: Judgement
    advice: Advice | None


def assess_report(report: SymptomReport, now: datetime, *, is_final: bool = True) -> Outcome:
    """Judge a report as of `now`, and do what follows.

    Reports of one patient are judged one after the other, so that each sees what the one before left.
    """
    wait_for_turn(report.patient)
    return assess_in_turn(report, now, is_final=is_final)


def assess_in_turn(report: SymptomReport, now: datetime, *, is_final: bool = True) -> Outcome:
    """The same for who already waits for nobody (`wait_for_turn`)."""
    background = read_background(report, read_episodes(report.patient, now), now)
    return follow_up(judge(report, background, now, is_final=is_final), now)


def read_episodes(patient: Patient, now: datetime) -> list[Episode]:
    """All that are open or that a report can still reopen."""
    return EPISODES.all(patient=patient.pk, since=now - LOOK_BACK)


def judge(report: SymptomReport, background: Background, now: datetime, *, is_final: bool) -> Judged:
    """What the rules say of a report as of `now`. Changes nothing."""
    facts = gather_report_facts(report, background, now, is_final=is_final)
    return Judged(report, background, facts, assess(facts, CURRENT))


def follow_up(judged: Judged, now: datetime) -> Outcome:
    """Carry out what follows from a judgement, and store the report and the assessment with the advice.

    A final assessment ends the report's waiting for one. While a check-in goes on and nothing has been found there is
    nothing to carry out, and nothing to store.
    """
    report, judgement, is_final = judged.report, judged.judgement, judged.facts.is_final
    report.urgency = judged.urgency
    if is_final:
        report.assess_due_at = None
    store(report)
    if is_final:
        update_episodes(report, judgement.case, judged.background.episodes, now)
    elif report.urgency is Urgency.NONE:
        return Outcome(judgement, None)
    kind = AssessmentKind.FINAL if is_final else AssessmentKind.INTERIM
    return _follow_up(report, judged.facts, judgement, kind, actions_for(judgement, judged.facts), now)


def store(report: SymptomReport) -> None:
    """Write a report that is new or has changed."""
    if report._state.adding:
        INSERT(report)
    else:
        UPDATE(report)


def assess_amended(report: SymptomReport, now: datetime) -> Outcome:
    """Judge a report again by its amended answers.

    It only raises: the urgency and what was found before stay, no episode is closed, no reminder is stood down.
    """
    wait_for_turn(report.patient)
    amended = copy(report)
    amended.answers = report.amended_answers or report.answers
    background = read_background(amended, read_episodes(report.patient, now), now)
    judged = judge(amended, background, now, is_final=True)
    facts, judgement = judged.facts, judged.judgement
    report.urgency = amended.urgency = judged.urgency
    report.save(update_fields=["urgency"])
    update_episodes(amended, judgement.case, background.episodes, now, may_close=False)
    actions = [one for one in actions_for(judgement, facts) if isinstance(one, (NotifyCareTeam, OfferEducation))]
    return _follow_up(amended, facts, judgement, AssessmentKind.FINAL, actions, now)


def wait_for_turn(patient: Patient) -> None:
    """Hold the right to file and judge reports of this patient until the transaction ends.

    No row is locked for it: a sweep that holds an episode waits for the patient's row, and would wait for ever.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"assess {patient.pk}"])


def assess_silence(episode: Episode, now: datetime) -> Outcome:
    """Let time alone judge an open mouth episode: no answers, only the calendar (S-11, "over 3 days").

    The assessment stands with the patient's latest report, after which nothing more was heard.
    """
    patient = episode.patient
    report = patient.reports.order_by("-occurred_at").first() or episode.opened_by
    facts = Facts(
        today=local_date(now, patient.zone),
        is_final=True,
        answers={},
        baseline=Baseline(),
        history=History(episode=MouthEpisode(episode.earliest_on, episode.is_onset_known)),
    )
    judgement = assess(facts, CURRENT)
    notify = [action for action in actions_for(judgement, facts) if isinstance(action, NotifyCareTeam)]
    return _follow_up(report, facts, judgement, AssessmentKind.CLOCK, notify, now)


def _follow_up(
    report: SymptomReport,
    facts: Facts,
    judgement: Judgement,
    kind: AssessmentKind,
    actions: Iterable[Action],
    now: datetime,
) -> Outcome:
    """Carry out the actions, make the advice of their results, and store the assessment."""
    results = carry_out(actions, patient=report.patient, report=report, now=now)
    alerts = [alert for action, alert in results if isinstance(action, NotifyCareTeam)]
    offers = [slugs for action, slugs in results if isinstance(action, OfferEducation) and slugs]
    advice = advise(
        judgement,
        report.patient,
        now,
        is_known_to_team=bool(alerts) and not any(alerts),
        leaflets=[slug for slugs in offers for slug in slugs],
        asked_again_at=next((at for action, at in results if isinstance(action, StandDownReminders)), None),
    )
    KEEP(
        Assessment(
            report=report,
            kind=kind,
            assessed_at=now,
            ruleset=CURRENT.version,
            ruleset_hash=CURRENT.content_hash,
            facts=facts.to_json(),
            findings=[finding.to_json() for finding in judgement.findings],
            urgency=judgement.urgency,
            stomatitis_grade_review=judgement.stomatitis_grade_review,
            composites=judgement.composites,
            advice=advice,
        )
    )
    return Outcome(judgement, advice if judgement.urgency >= (report.urgency or 0) else _earlier_advice(report))


def _earlier_advice(report: SymptomReport) -> Advice:
    """The advice of the report's most urgent assessment, which a correction does not take back."""
    earlier = report.assessments.filter(urgency=report.urgency or 0).order_by("-pk").first()
    assert earlier is not None, "a report is as urgent as one of its assessments"
    advice: Advice = earlier.advice or {}
    return advice


def read_background(report: SymptomReport, episodes: Sequence[Episode], now: datetime) -> Background:
    """What is known beside a report as of `now`. One query. `episodes` are those of `read_episodes`."""
    opened = [episode.opened_at for episode in episodes if episode.symptom == Symptom.MOUTH_SORES]
    reports = PAST_REPORTS.all(
        patient=report.patient_id,
        but=report.pk,
        since=min([now - LOOK_BACK, *opened]),
        until=now,
        first_dose_at=_first_dose_at(report),
    )
    return Background(episodes, reports)


def _first_dose_at(report: SymptomReport) -> datetime:
    """When treatment began, on the patient's clock; the beginning of time without a course."""
    course = report.course
    if course is None:
        return datetime.min.replace(tzinfo=UTC)
    return moment_of(course.first_dose_on, time.min, report.patient.zone)


def gather_report_facts(report: SymptomReport, background: Background, now: datetime, *, is_final: bool) -> Facts:
    """The facts of a report: its answers, the baseline, and the history as of `now`."""
    zone, first_dose_at = report.patient.zone, _first_dose_at(report)
    sores = [episode for episode in background.episodes if episode.symptom == Symptom.MOUTH_SORES]
    past = [
        PastReport(one.occurred_at, answers, is_before_treatment=one.occurred_at < first_dose_at)
        for one in background.reports
        for answers in ([one.answers] if one.amended_answers is None else [one.answers, one.amended_answers])
    ]
    closings = [Closing(episode.closed_at) for episode in sores if episode.closed_by_id and episode.closed_at]
    return gather_facts(
        report.answers,
        is_final=is_final,
        baseline=_baseline(report, past),
        events=[*past, *closings],
        now=now,
        zone=zone,
        spoken_against=spoken_against(report.corrections),
    )


def spoken_against(corrections: Iterable[Mapping[str, Any]]) -> frozenset[Symptom]:
    """The symptoms about which the patient typed something else than was answered."""
    found: set[Symptom] = set()
    for one in corrections:
        if one.get("typed") is None:
            continue
        codes = one["typed"] if one["slot"] == Slot.SYMPTOMS else [one["slot"].partition(".")[0]]
        found.update(symptom for symptom in Symptom if symptom in codes)
    return frozenset(found)


def _baseline(report: SymptomReport, past: list[PastReport]) -> Baseline:
    """The lowest severities before the first dose: as recorded at enrolment, and as reported."""
    reported = lowest_severities((event for event in past if event.is_before_treatment), report.patient.zone)
    course = report.course
    recorded = (course.baseline_cough, course.baseline_dyspnea) if course else (None, None)
    cough, dyspnea = (
        min((grade for grade in grades if grade is not None), default=0)
        for grades in zip(reported, recorded, strict=True)
    )
    return Baseline(cough, dyspnea)
