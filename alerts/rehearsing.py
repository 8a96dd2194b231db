"""Sends somebody a page without an alert, the way a real one goes: row, claim, provider, receipt.

It hangs on an alert of a patient who does not exist, closed from the beginning: it is in no worklist and
climbs to nobody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from alerts.contacts import ways_of
from alerts.models import Alert, Notification
from alerts.models.alert import AlertState, Outcome
from alerts.paging import queue_tests
from alerts.timeline import lock_alert
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Clinic, Patient, Practitioner, User
from symptoms.models.patient import PatientStatus

RULE: Final = "TEST-PAGE"


class NoWay(Exception):
    """The practitioner has no address that may be used."""


def send_test_pages(practitioner: Practitioner, *, now: datetime) -> list[Notification]:
    """Queue a test to the practitioner by each channel that they can be reached by. Raises NoWay."""
    channels = [way.channel for way in ways_of([practitioner])[practitioner.pk]]
    if not channels:
        raise NoWay(gettext("There is no address that a page could go to. Add one and verify it."))
    with transaction.atomic():
        alert = lock_alert(_test_alert(practitioner, now).pk)
        return queue_tests(alert, practitioner, channels, now=now)


def _test_alert(practitioner: Practitioner, now: datetime) -> Alert:
    """The alert that the tests of a clinic hang on; its number stays the same."""
    patient = _nobody_of(practitioner.clinic)
    known = Alert.objects.filter(patient=patient, rules=[RULE]).first()
    return known or Alert.objects.create(
        clinic=practitioner.clinic,
        patient=patient,
        problem=Problem.SYSTEM,
        urgency=Urgency.ROUTINE,
        state=AlertState.CLOSED,
        rules=[RULE],
        raised_at=now,
        updated_at=now,
        outcome=Outcome.NO_ACTION,
        closed_by=practitioner,
        closed_at=now,
    )


def _nobody_of(clinic: Clinic) -> Patient:
    """The patient of a clinic who does not exist, made when first asked for. Held until the transaction ends."""
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    username = f"test-pages-{clinic.pk}"
    user, is_new = User.objects.get_or_create(username=username, defaults={"is_active": False})
    if not is_new:
        return Patient.objects.get(user=user)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return Patient.objects.create(
        clinic=clinic, user=user, full_name="Test pages", status=PatientStatus.WITHDRAWN, is_synthetic=True
    )
