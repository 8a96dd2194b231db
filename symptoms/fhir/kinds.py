"""The kinds of resources that the symptom side has, each with its rows and by what they are searched for."""

from __future__ import annotations

from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from symptoms.clinical.terms import Urgency
from symptoms.fhir.codes import OWN, Coding, codings_of
from symptoms.fhir.observations import OBSERVED, observe
from symptoms.fhir.searching import NOTHING, Kind, about, by_date, by_id, by_token, is_meant
from symptoms.fhir.shapes import Reference, Resource, shape_message, shape_patient, shape_report
from symptoms.flow.advise import Advice
from symptoms.flow.present import advice_of, advice_text
from symptoms.models import Assessment, Message, Patient, SymptomReport


def show_report(report: SymptomReport, subject: Reference, advice: Advice | None) -> Resource:
    """A report with how urgent it is, once that is known, and what the patient has to be told."""
    told = []
    if report.urgency is not None:
        told.append({"url": f"{OWN}urgency", "valueCode": Urgency(report.urgency).code})
    if advice:
        told.append({"url": f"{OWN}advice", "valueString": advice_text(advice)})
    return {**({"extension": told} if told else {}), **shape_report(report, subject)}


def _reports() -> QuerySet[SymptomReport]:
    return SymptomReport.objects.defer("corrections")


def _judged_reports() -> QuerySet[SymptomReport]:
    """Reports with all that is shown of them, in two queries."""
    assessments = Prefetch("assessments", Assessment.objects.defer("facts"))
    reports = SymptomReport.objects.select_related("patient__clinic").prefetch_related(assessments)
    return reports.defer("corrections")


def _messages() -> QuerySet[Message]:
    return Message.objects.select_related("conversation").defer("reply", "conversation__state")


def _by_number(_: str | None, number: str) -> Q:
    """Patients by the hospital number, in whichever system: `_numbers` tells which is meant."""
    return Q(hospital_number=number) if number else NOTHING


def _numbers(patient: Resource) -> list[Coding]:
    return [{"system": one["system"], "code": one["value"]} for one in patient.get("identifier", ())]


def _observing(*slots: str) -> Q:
    """Reports in which any of these was asked, by the answers that count."""
    own = Q(amended_answers__isnull=True, answers__has_any_keys=slots)
    return own | Q(amended_answers__has_any_keys=slots)


def _by_code(system: str | None, code: str) -> Q:
    value = code if system is None else f"{system}|{code}"
    slots = [slot.value for slot in OBSERVED if any(is_meant(value, one) for one in codings_of(slot))]
    return _observing(*slots) if slots else NOTHING


def _codings(observation: Resource) -> list[Coding]:
    codings: list[Coding] = observation["code"]["coding"]
    return codings


PATIENT: Final = Kind(
    "Patient",
    Patient.objects.all,
    lambda patient, _: [shape_patient(patient)],
    path="",
    sorted_by="created_at",
    parameters={"_id": by_id(), "identifier": by_token(_by_number, _numbers)},
)
RESPONSE: Final = Kind(
    "QuestionnaireResponse",
    _judged_reports,
    lambda report, subject: [show_report(report, subject, advice_of(report))],
    path="patient",
    sorted_by="occurred_at",
    parameters=about("patient") | {"authored": by_date("occurred_at")},
)
OBSERVATION: Final = Kind(
    "Observation",
    _reports,
    observe,
    path="patient",
    sorted_by="occurred_at",
    parameters=about("patient") | {"code": by_token(_by_code, _codings), "date": by_date("occurred_at")},
    listed=_observing(*OBSERVED),
)
COMMUNICATION: Final = Kind(
    "Communication",
    _messages,
    lambda message, subject: [shape_message(message, subject)],
    path="conversation__patient",
    sorted_by="created_at",
    parameters=about("conversation__patient") | {"sent": by_date("created_at")},
)
