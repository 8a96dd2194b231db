"""What is known of a patient beside a report, and the facts that the rules judge it by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet, Subquery
from django.db.models.functions import Least

from symptoms.clinical.calendar import moment_of
from symptoms.clinical.facts import Facts, gather_facts
from symptoms.clinical.history import Baseline, Closing, PastReport, lowest_severities
from symptoms.clinical.terms import MAX_ONSET_DAYS_BACK, Slot, Symptom, Urgency
from symptoms.models import Episode, Patient, SymptomReport, TreatmentCourse
from symptoms.prepared import Prepared, Together

INSTRUCTION_STANDS: Final = timedelta(hours=24)
"""How long an urgent instruction is repeated to somebody who comes back without anything new."""

LOOK_BACK: Final = timedelta(days=MAX_ONSET_DAYS_BACK + 4)
"""How far back earlier reports matter: the oldest onset, and two days for a closing that it would reopen."""

EPISODES: Final = Prepared(
    lambda patient, since: Episode.objects.filter(Q(closed_at=None) | Q(closed_at__gte=since), patient=patient)
)
"""All that are open or that a report can still reopen."""


@Prepared
def PAST_REPORTS(patient: Any, since: Any, now: Any) -> QuerySet[SymptomReport]:  # noqa: N802  (a statement)
    """Those since the sores of EPISODES began, and those from before treatment; of its first days perhaps some more."""
    sores = Episode.objects.filter(Q(closed_at=None) | Q(closed_at__gte=since), patient=patient)
    began = sores.filter(symptom=Symptom.MOUTH_SORES).order_by("opened_at").values("opened_at")[:1]
    after_first_dose = ExpressionWrapper(F("first_dose_on") + timedelta(days=2), DateTimeField())
    courses = TreatmentCourse.objects.filter(patient=patient).order_by("-first_dose_on").values(at=after_first_dose)
    reports = SymptomReport.objects.filter(patient=patient, occurred_at__lte=now)
    counts = Q(occurred_at__gte=Least(since, Subquery(began))) | Q(occurred_at__lt=Subquery(courses[:1]))
    return reports.filter(counts).only("occurred_at", "received_at", "answers", "amended_answers", "urgency")


BACKGROUND: Final = (EPISODES, PAST_REPORTS)
READ_BACKGROUND: Final = Together(*BACKGROUND)


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of a patient beside a report: earlier ones, and the episodes that are open or closed of late."""

    episodes: Sequence[Episode]
    reports: Sequence[SymptomReport]
    now: datetime

    @property
    def sores(self) -> list[Episode]:
        """The episodes of mouth sores."""
        return [episode for episode in self.episodes if episode.symptom == Symptom.MOUTH_SORES]

    @property
    def stands(self) -> Urgency:
        """The urgency of the instruction that stands: of the last day's reports, filed however, urgent or worse."""
        since = self.now - INSTRUCTION_STANDS
        recent = [Urgency(one.urgency or 0) for one in self.reports if one.received_at >= since]
        return max((one for one in recent if one >= Urgency.URGENT), default=Urgency.NONE)

    def reports_beside(self, report: SymptomReport, first_dose_at: datetime) -> list[SymptomReport]:
        """The other reports that matter: from before the first dose, and since the sores began or can have begun."""
        since = min([self.now - LOOK_BACK, *(episode.opened_at for episode in self.sores)])
        others = (one for one in self.reports if one.pk != report.pk)
        return [one for one in others if one.occurred_at >= since or one.occurred_at < first_dose_at]


def read_background(patient: Patient, now: datetime) -> Background:
    """What is known beside a report as of `now`. One query. The caller has waited for its turn."""
    episodes, reports = READ_BACKGROUND.all(**background_values(patient, now))
    return Background(episodes, reports, now)


def background_values(patient: Patient, now: datetime) -> dict[str, Any]:
    """The values of BACKGROUND, also for who reads it together with something else."""
    return {"patient": patient.pk, "since": now - LOOK_BACK, "now": now}


def _first_dose_at(report: SymptomReport) -> datetime:
    """When treatment began, on the patient's clock; the beginning of time without a course."""
    course = report.course
    if course is None:
        return datetime.min.replace(tzinfo=UTC)
    return moment_of(course.first_dose_on, time.min, report.patient.zone)


def gather_report_facts(report: SymptomReport, background: Background, now: datetime, *, is_final: bool) -> Facts:
    """The facts of a report: its answers, the baseline, and the history as of `now`."""
    zone, first_dose_at = report.patient.zone, _first_dose_at(report)
    past = [
        PastReport(one.occurred_at, answers, is_before_treatment=one.received_at < first_dose_at)
        for one in background.reports_beside(report, first_dose_at)
        for answers in ([one.answers] if one.amended_answers is None else [one.answers, one.amended_answers])
    ]
    closings = [Closing(sore.closed_at) for sore in background.sores if sore.closed_by_id and sore.closed_at]
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
