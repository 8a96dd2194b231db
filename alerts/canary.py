"""The canary: a synthetic patient who files a red report every few minutes, so that the watchdog sees it arrive.

It goes the whole way: report, rules, alert, page, provider. It belongs to a clinic of its own, which no list
and no statistic of people shows.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from alerts.acknowledging import close
from alerts.liveness import begin_slot
from alerts.models import Alert, Notification
from alerts.models.alert import CANARY_SLUG, Outcome
from alerts.models.notification import ARRIVED_STATES
from symptoms.clinical.terms import Respondent
from symptoms.clock import database_now
from symptoms.enrolment import enrol_patient
from symptoms.flow.report import file_report
from symptoms.models import Clinic, Patient, Practitioner, User
from symptoms.models.report import ReportSource

JOB: Final = "canary"
NAME: Final = "canary"
"""The account of the one who is paged about it."""

RED_REPORT: Final[dict[str, Any]] = {
    "symptoms": ["dyspnea"],
    "dyspnea.severity": 4,
    "dyspnea.interference": 4,
    "dyspnea.exertion": "at_rest",
    "red_flags": ["sudden_breathlessness"],
    "fever.temperature_c": 37.0,
}
ARRIVES_WITHIN: Final = timedelta(minutes=2)


def is_kept() -> bool:
    """Whether there is a canary: an address that its pages go to has been set."""
    return bool(settings.CANARY_EMAIL)


def period() -> timedelta:
    return timedelta(minutes=settings.CANARY_EVERY_MINUTES)


def send_canary() -> bool:
    """File the red report of this period, unless somebody has. The alert of the one before is closed.

    Without an address none is filed; what is open then is closed all the same.
    """
    now = database_now()
    if not is_kept():
        _close_open(now)
        return False
    slot = datetime.fromtimestamp(now.timestamp() // period().total_seconds() * period().total_seconds(), now.tzinfo)
    with transaction.atomic():
        if not begin_slot(JOB, slot):
            return False
        patient = _cast(now)
        _close_open(now)
        file_report(
            patient,
            client_id=uuid.uuid4(),
            answers=RED_REPORT,
            occurred_at=None,
            respondent=Respondent.PATIENT,
            source=ReportSource.FORM,
            now=now,
        )
    return True


def _close_open(now: datetime) -> None:
    """Nobody but the canary's own practitioner can, who never signs in."""
    for alert in Alert.objects.filter(clinic__slug=CANARY_SLUG).not_closed():
        close(alert, Practitioner.objects.get(user__username=NAME), Outcome.NO_ACTION, "the canary", now)


def canary_age() -> timedelta | None:
    """How long ago the last page of the canary reached its provider. None: never, or there is no canary."""
    arrived = Notification.objects.filter(
        alert__clinic__slug=CANARY_SLUG, state__in=ARRIVED_STATES, finished_at__isnull=False
    )
    last = arrived.order_by("-finished_at").values_list("finished_at", flat=True).first()
    return database_now() - last if last is not None else None


def is_canary_late() -> bool:
    """Whether the canary should have arrived and has not."""
    if not is_kept() or not Clinic.objects.filter(slug=CANARY_SLUG).exists():
        return False
    age = canary_age()
    if age is not None:
        return not -ARRIVES_WITHIN <= age <= period() + ARRIVES_WITHIN
    first = Alert.objects.filter(clinic__slug=CANARY_SLUG).order_by("raised_at").first()
    return first is not None and database_now() - first.raised_at > ARRIVES_WITHIN


def _cast(now: datetime) -> Patient:
    """The canary, and who is paged about it: made when they are first needed."""
    clinic, _ = Clinic.objects.get_or_create(
        slug=CANARY_SLUG, defaults={"name": "Canary (no people)", "phone": "112", "time_zone": "UTC"}
    )
    user, is_new = User.objects.get_or_create(username=NAME, defaults={"is_staff": False})
    if is_new:
        user.set_unusable_password()
    user.email = settings.CANARY_EMAIL
    user.save()
    Practitioner.objects.get_or_create(user=user, defaults={"clinic": clinic, "is_on_call": True})
    patient = Patient.objects.filter(clinic=clinic).first()
    if patient is None:
        patient = enrol_patient(clinic=clinic, full_name="Canary", first_dose_on=now.date(), now=now).patient
        Patient.objects.filter(pk=patient.pk).update(is_synthetic=True)
    return patient
