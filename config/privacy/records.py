"""Where in the database something about a patient stands, how to get there, and what is shown of it.

A test fails when a table that leads to a patient is missing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db.models import Field, Model, QuerySet

from symptoms.models import Patient

BASIC: Final = "Basic"
"""The kind of resource that FHIR keeps for what it has no kind for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One table: `path` leads from its rows to the patient, `fhir` is the resource that a row is exported as.

    A path that ends in `__contains` leads to a list of patients.

    `group` is the section of the readable export, `key` the column by which a row is named there.
    """

    label: str
    path: str
    group: str
    fhir: str = BASIC
    key: str = "pk"

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    def rows_of(self, patient: Patient) -> QuerySet[Model]:
        """The patient's rows in this table, in the order of their keys."""
        whose = [patient.pk] if self.path.endswith("__contains") else patient.pk
        return self.model._base_manager.filter(**{self.path: whose}).order_by("pk")


KEPT: Final = (
    Kept("symptoms.Patient", "pk", "about_you", "Patient"),
    Kept("symptoms.Consent", "patient", "consent", "Consent"),
    Kept("symptoms.Carer", "patient", "access", "RelatedPerson"),
    Kept("symptoms.ActivationCode", "patient", "access"),
    Kept("symptoms.DeviceToken", "user__patient", "access", key="session_id"),
    Kept("symptoms.Erasure", "patient", "consent"),
    Kept("symptoms.TreatmentCourse", "patient", "treatment", "MedicationStatement"),
    Kept("symptoms.DoseEvent", "course__patient", "treatment"),
    Kept("symptoms.Conversation", "patient", "talks"),
    Kept("symptoms.Message", "conversation__patient", "talks", "Communication"),
    Kept("symptoms.SymptomReport", "patient", "reports", "QuestionnaireResponse"),
    Kept("symptoms.Amendment", "report__patient", "reports"),
    Kept("symptoms.Assessment", "report__patient", "reports"),
    Kept("symptoms.Episode", "patient", "reports"),
    Kept("symptoms.CtcaeGrade", "patient", "reports"),
    Kept("symptoms.CtcaeGradeTakenBack", "grade__patient", "reports"),
    Kept("symptoms.EmergencyAccess", "patient", "who_looked"),
    Kept("symptoms.AccessRecord", "patients__contains", "who_looked", "AuditEvent"),
    Kept("alerts.Alert", "patient", "alerts", "Flag"),
    Kept("alerts.AlertEvent", "alert__patient", "alerts"),
    Kept("alerts.Visit", "patient", "visits", "Appointment"),
    Kept("alerts.VisitChecklist", "visit__patient", "visits"),
    Kept("alerts.ChecklistTakenBack", "checklist__visit__patient", "visits"),
    Kept("alerts.Reminder", "patient", "reminders"),
    Kept("alerts.CheckInPlan", "patient", "reminders"),
    Kept("alerts.PatientDevice", "patient", "access"),
    Kept("education.LeafletOffer", "patient", "leaflets"),
    Kept("education.LeafletReading", "patient", "leaflets"),
    Kept("education.TeachBackAnswer", "patient", "leaflets"),
    Kept("education.Misunderstanding", "patient", "leaflets"),
    Kept("education.TeachingPlan", "course__patient", "leaflets"),
)

NOT_EXPORTED: Final = {
    "alerts.Notification": "Pages between members of staff: who was told when, without anything about the patient.",
    "alerts.DeliveryAttempt": "How such a page went through the network.",
    "symptoms.User": "The account behind the tokens: a made-up name and nothing else.",
    "admin.LogEntry": "What members of staff did in the site. The clinic answers questions about it in person.",
}
"""Tables that lead to a patient and are not exported, and why."""

SECRETS: Final = frozenset({
    "address_digest", "body_digest", "code_hash", "content_hash", "digest", "lease_until", "token_key", "user",
})  # fmt: skip
"""Columns that open something or only serve the machinery."""

OF_OTHERS: Final = {"symptoms.AccessRecord": frozenset({"patients", "person", "address"})}
"""Columns that tell of other people: who else was on the page, and which member of staff. The role is shown."""


def shown_fields(model: type[Model]) -> Iterator[Field[object, object]]:
    """The fields of a table that are exported: not what the database makes of others of them, to search by."""
    for field in model._meta.concrete_fields:
        if not field.generated and field.name not in SECRETS | OF_OTHERS.get(model._meta.label, frozenset()):
            yield field
