"""What a patient agrees to, and what happens when the consent is taken back.

Taking it back stops what the service does on its own: check-ins, reminders, lessons. It stops no answer: whatever the
patient still reports is judged, answered and, when urgent, brought before the team.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.courses import set_status
from symptoms.flow.act import carry_out
from symptoms.models import Consent, Patient, User
from symptoms.models.patient import PatientStatus
from symptoms.wording import text

TEXT_VERSION: Final = "2026-11"
"""Of the text in `wording/<language>.toml`. A new text is a new version; who agreed to an older one is asked again."""


LEFT: Final = NotifyCareTeam(Problem.NO_REPORT, Urgency.ROUTINE, ("LEFT-SERVICE",))

BODY: Final = ("agreeing", "asks", "rules", "gives", "back", "kept", "emergency")
"""The paragraphs of the text, in order."""


class OutdatedText(Exception):
    """The version that somebody agreed to is not the one that holds now."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What is to be read before agreeing."""

    version: str
    language: str
    title: str
    body: str


def consent_text(language: str) -> ConsentText:
    """The text that holds now, in a language."""
    body = "\n".join(text(language, "consent.body", sentence) for sentence in BODY)
    return ConsentText(TEXT_VERSION, language, text(language, "consent", "title"), body)


def consent_in_force(patient: Patient) -> Consent | None:
    """What the patient agreed to and has not taken back; perhaps an older text."""
    return patient.consents.filter(withdrawn_at=None).first()


def is_agreed(patient: Patient, text_version: str, language: str) -> bool:
    """Whether the consent in force is to this text in this language: to agree once more changes nothing."""
    given = consent_in_force(patient)
    return given is not None and (given.text_version, given.language) == (text_version, language)


def last_word(patient: Patient) -> list[Any]:
    """The latest consent by its key, when it was taken back, and how the patient stands with the service.

    It never comes back to what it was: each consent is a row of its own.
    """
    last = patient.consents.order_by("-pk").values_list("pk", "withdrawn_at")[:1]
    return [*last, *Patient.objects.filter(pk=patient.pk).values_list("status")]


def has_left(patient: Patient) -> bool:
    """Whether there is nothing to take back: no consent is in force, and the service writes to the patient no more."""
    is_written_to = patient.status in (PatientStatus.ACTIVE, PatientStatus.PAUSED)
    return not is_written_to and consent_in_force(patient) is None


def give_consent(patient: Patient, *, text_version: str, language: str, now: datetime, by: User) -> Consent:
    """Note that the patient agreed, and to what; by whom it was entered. The service begins again if it had stopped.

    Whoever agrees wants to stay: an erasure that was asked for and is not done is taken back.

    A repeat returns the consent that is in force. Raises OutdatedText.
    """
    if text_version != TEXT_VERSION:
        raise OutdatedText
    with transaction.atomic():
        held = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
        if is_agreed(patient, text_version, language):
            return patient.consents.get(withdrawn_at=None)
        patient.consents.filter(withdrawn_at=None).update(withdrawn_at=now)
        given = Consent.objects.create(
            patient=patient, text_version=text_version, language=language, given_at=now, recorded_by=by
        )
        patient.erasures.take_back(now)
        if held.status == PatientStatus.WITHDRAWN:
            set_status(patient, PatientStatus.ACTIVE, now)
        return given


def take_consent_back(patient: Patient, *, now: datetime, by: User) -> None:
    """End the consent and with it all that the service does on its own. Also for who never agreed. May be repeated.

    The care team is told: the drug goes on, and somebody has to ask after it in another way (S-16).
    """
    with transaction.atomic():
        held = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
        patient.consents.filter(withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by)
        if held.status in (PatientStatus.ACTIVE, PatientStatus.PAUSED):
            set_status(patient, PatientStatus.WITHDRAWN, now)
            carry_out([LEFT], patient=patient, report=None, now=now)
