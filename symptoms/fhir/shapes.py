"""What FHIR has names for in a row: of a patient, a report, a message. The doors and the export of a patient share it.

Nothing here asks the database: a row is shown as it was read. `subject` is how the patient is referred to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from symptoms.clinical.terms import Respondent
from symptoms.fhir.answers import items_of
from symptoms.fhir.codes import OWN
from symptoms.fhir.questionnaire import CANONICAL
from symptoms.flow.present import rfc3339
from symptoms.models import Message, Patient, SymptomReport
from symptoms.models.conversation import Sender
from symptoms.models.patient import NO_LONGER_FOLLOWED, PatientStatus
from symptoms.models.report import ReportStatus

Resource = dict[str, Any]
Reference = Mapping[str, str]

REPORT_STATUS: Final = {ReportStatus.IN_PROGRESS: "in-progress", ReportStatus.ABANDONED: "stopped"}
NO_WORDS: Final = "-"
"""Stands where FHIR wants a text and there is none: a tap, or words that were erased."""


def number_system(clinic_id: int) -> str:
    """The system of the hospital numbers of a clinic: another one's numbers may be the same."""
    return f"{OWN}hospital-number:{clinic_id}"


def shape_patient(patient: Patient) -> Resource:
    contacts = [("phone", patient.phone), ("email", patient.email)]
    telecom = [{"system": system, "value": value} for system, value in contacts if value]
    number = {"system": number_system(patient.clinic_id), "value": patient.hospital_number}
    language = {"coding": [{"system": "urn:ietf:bcp:47", "code": patient.language}], "text": patient.language}
    return {
        **({"identifier": [number]} if patient.hospital_number else {}),
        "active": patient.status not in NO_LONGER_FOLLOWED,
        "name": [{"text": patient.full_name}],
        **({"telecom": telecom} if telecom else {}),
        **({"birthDate": patient.date_of_birth.isoformat()} if patient.date_of_birth else {}),
        **({"deceasedBoolean": True} if patient.status == PatientStatus.DECEASED else {}),
        "communication": [{"language": language, "preferred": True}],
    }


def shape_report(report: SymptomReport, subject: Reference) -> Resource:
    """A report with its answers as they count now: with what was put right since."""
    items = items_of(answers_of(report))
    return {
        "identifier": {"system": f"{OWN}client-id", "value": str(report.client_id)},
        "questionnaire": CANONICAL,
        "status": "amended" if is_amended(report) else REPORT_STATUS.get(ReportStatus(report.status), "completed"),
        "subject": subject,
        "authored": rfc3339(report.occurred_at),
        "source": _who(is_carer=report.respondent == Respondent.CARER, subject=subject),
        **({"item": items} if items else {}),
    }


def answers_of(report: SymptomReport) -> dict[str, Any]:
    """The answers of a report, with what was put right since."""
    answers: dict[str, Any] = report.amended_answers if is_amended(report) else report.answers
    return answers


def is_amended(report: SymptomReport) -> bool:
    return report.amended_answers is not None


def shape_message(message: Message, subject: Reference) -> Resource:
    """What was said in a talk. Its identifier is the talk and the message's place in it."""
    is_from_patient = message.sender == Sender.PATIENT
    is_carer = message.carer_id is not None
    of_us = {"type": "Device" if message.sender == Sender.BOT else "Organization", "display": str(message.sender)}
    return {
        "identifier": [{"system": f"{OWN}message", "value": f"{message.conversation_id}.{message.number}"}],
        "status": "completed",
        "subject": subject,
        "sent": rfc3339(message.created_at),
        "sender": _who(is_carer=is_carer, subject=subject) if is_from_patient else of_us,
        "payload": [{"contentString": message.text or NO_WORDS}],
    }


def _who(*, is_carer: bool, subject: Reference) -> Reference:
    """Who speaks for the patient: who a carer is, the carer's own clinic knows."""
    return {"type": "RelatedPerson", "display": Respondent.CARER.value} if is_carer else subject
