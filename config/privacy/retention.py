"""How long what is kept, why, and what then becomes of it. `docs/privacy.md` prints this table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from symptoms.models.access import ACCESS_KEPT_FOR
from symptoms.models.erasure import ErasureScope

CLOSED_FOR: Final = timedelta(days=90)
"""How long the account of somebody who left is kept ready: it may have been closed by mistake."""

ERASURE_WAITS: Final = timedelta(days=14)
"""Between a patient's request and the first erasure: it can be taken back so long, and the law allows a month."""


@dataclass(frozen=True, slots=True)
class Retention:
    """One row of the table. `scope`: erased with it; `moment` and `kept_for`: deleted so long after that column.

    Rows of a table that is append-only can be deleted in a transaction that says so, and only after that time.
    """

    what: str
    labels: tuple[str, ...]
    how_long: str
    then: str
    ground: str
    scope: ErasureScope | None = None
    moment: str = ""
    kept_for: timedelta = timedelta()
    is_append_only: bool = False


RETENTIONS: Final = (
    Retention(
        "Reports, talks, assessments, alerts, visits, dose log, leaflets read",
        (
            "symptoms.SymptomReport",
            "symptoms.Amendment",
            "symptoms.Conversation",
            "symptoms.Message",
            "symptoms.Assessment",
            "symptoms.Episode",
            "symptoms.CtcaeGrade",
            "symptoms.CtcaeGradeTakenBack",
            "symptoms.TreatmentCourse",
            "symptoms.DoseEvent",
            "symptoms.EmergencyAccess",
            "alerts.Alert",
            "alerts.AlertEvent",
            "alerts.Notification",
            "alerts.DeliveryAttempt",
            "alerts.Visit",
            "alerts.VisitChecklist",
            "alerts.ChecklistTakenBack",
            "alerts.Reminder",
            "alerts.CheckInPlan",
            "education.LeafletOffer",
            "education.LeafletReading",
            "education.TeachingPlan",
            "education.TeachBackAnswer",
            "education.Misunderstanding",
        ),
        "`retention_years` of the clinic (30 unless set, never under 10) after the last entry",
        "every word is erased; codes, grades and moments stay under a key that leads to nobody",
        "GDPR art. 9(2)(h), 17(3)(b) and (c): the law on patient records of the clinic's country; MDR art. 10(8)",
        scope=ErasureScope.RECORD,
    ),
    Retention(
        "Name, hospital number, date of birth, log lines of the site that name the patient",
        ("symptoms.Patient", "admin.LogEntry"),
        "as the record",
        "replaced by a pseudonym",
        "as the record, which has to be found by them",
        scope=ErasureScope.RECORD,
    ),
    Retention(
        "Addresses and numbers of the patient and a carer, tokens, push registrations, codes, what carers may do",
        ("symptoms.DeviceToken", "alerts.PatientDevice", "symptoms.ActivationCode", "symptoms.Carer"),
        "until the patient asks for erasure, then 14 days",
        "deleted; carers end",
        "GDPR art. 6(1)(a) and 7(3), 17(1)(b): only the service needs them, by consent",
        scope=ErasureScope.CONTACT,
    ),
    Retention(
        "Consents and erasures",
        ("symptoms.Consent", "symptoms.Erasure"),
        "as the record",
        "stay under the pseudonym",
        "GDPR art. 5(2) and 7(1): to be able to show it",
    ),
    Retention(
        "Activation codes that were used or have expired",
        ("symptoms.ActivationCode",),
        "a year",
        "deleted",
        "GDPR art. 32: to look into who was let in",
        moment="expires_at",
        kept_for=timedelta(days=365),
    ),
    Retention(
        "Refused codes",
        ("symptoms.RefusedActivation",),
        "30 days",
        "deleted",
        "GDPR art. 32, 6(1)(f)",
        moment="refused_at",
        kept_for=timedelta(days=30),
    ),
    Retention(
        "Expired tokens and what was pushed to them",
        ("symptoms.DeviceToken",),
        "30 days after their end",
        "deleted",
        "GDPR art. 5(1)(e)",
        moment="expiry",
        kept_for=timedelta(days=30),
    ),
    Retention(
        "That a member of staff had a code sent to an address",
        ("alerts.SentCode",),
        "30 days",
        "deleted",
        "GDPR art. 32, 6(1)(f)",
        moment="sent_at",
        kept_for=timedelta(days=30),
    ),
    Retention(
        "Access log: which member of staff or system saw or changed what of whom, when, from where",
        ("symptoms.AccessRecord",),
        "10 years",
        "deleted; once the record is erased, its keys lead to nobody",
        "GDPR art. 5(2), 15(1)(c), 32; NEN 7513 asks five years, claims may be made for ten",
        moment="happened_at",
        kept_for=ACCESS_KEPT_FOR,
        is_append_only=True,
    ),
    Retention(
        "Names and mail addresses of staff, when they worked, what they wrote, approved and were sent",
        (
            "symptoms.User",
            "symptoms.Practitioner",
            "symptoms.RulesetApproval",
            "symptoms.WordingApproval",
            "education.LeafletApproval",
            "education.LeafletText",
            "education.TextStep",
            "alerts.Shift",
            "alerts.TakeOver",
            "alerts.Absence",
            "alerts.Digest",
        ),
        "as the records in which they stand; an account is closed when its owner leaves",
        "stay: who did what has to be told",
        "GDPR art. 6(1)(c) and (f), 17(3)(b): the law on patient records",
    ),
    Retention(
        "Other addresses of staff, second factors",
        ("alerts.ContactPoint", "mfa.Authenticator", "account.EmailAddress"),
        "90 days after the last sign-in to an account that was closed",
        "deleted",
        "GDPR art. 5(1)(e), 6(1)(f)",
    ),
    Retention(
        "Tries to sign in, under a keyed hash",
        ("symptoms.SignInTry",),
        "a day",
        "deleted",
        "GDPR art. 32, 6(1)(f)",
    ),
    Retention(
        "Sessions of the clinician site",
        ("sessions.Session",),
        "until they expire",
        "deleted",
        "GDPR art. 5(1)(e)",
        moment="expire_date",
    ),
)


OF_NOBODY: Final = {
    "account.EmailConfirmation": "made by nothing here",
    "alerts.ClinicHoliday": "days of a clinic",
    "alerts.EscalationPolicy": "rules of a clinic",
    "alerts.EscalationStep": "rules of a clinic",
    "alerts.Heartbeat": "signs of life of processes",
    "alerts.OfficeCalendar": "hours of a clinic",
    "alerts.PeriodicRun": "runs of processes",
    "alerts.RotaGap": "hours in which nobody is on call",
    "alerts.ScheduledVisit": "the schedule of a clinic",
    "auth.Group": "not used",
    "auth.Permission": "of Django",
    "contenttypes.ContentType": "of Django",
    "symptoms.Clinic": "numbers of a clinic",
    "symptoms.SystemCredential": "tokens of a hospital's systems",
    "symptoms.SentForm": "that a form was sent, not whose it was nor what was in it",
}
"""Tables that tell of no person."""
