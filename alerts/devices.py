"""Registers phones and browsers of patients for push, and forgets them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from alerts.models import PatientDevice
from alerts.models.device import PushService
from alerts.timeline import lock_patient
from symptoms.models import DeviceToken, Patient

MOST_DEVICES: Final = 10


def register_device(
    patient: Patient, session: DeviceToken, *, device_id: str, service: PushService, address: str, now: datetime
) -> PatientDevice:
    """Push to this device from now on, until its session ends. A repeat renews the registration.

    An address that was another patient's, or another device's, is taken over: it is one phone. Of more than ten
    devices of a patient the oldest are forgotten.
    """
    digest = hashlib.sha256(address.encode()).hexdigest()
    with transaction.atomic():
        patient = lock_patient(patient.pk)
        with connection.cursor() as cursor:  # two patients on one phone at once, one after the other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [digest])
        others = PatientDevice.objects.filter(address_digest=digest)
        others.exclude(patient=patient, device_id=device_id).delete()
        device, _ = PatientDevice.objects.update_or_create(
            patient=patient,
            device_id=device_id,
            defaults={
                "session": session,
                "service": service,
                "address": address,
                "address_digest": digest,
                "registered_at": now,
            },
        )
        newest = PatientDevice.objects.filter(patient=patient).order_by("-registered_at", "-pk")[:MOST_DEVICES]
        PatientDevice.objects.filter(patient=patient).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
        return device


def forget_device(patient: Patient, device_id: str) -> None:
    """Push to this device no more. One that is not registered is fine too."""
    PatientDevice.objects.filter(patient=patient, device_id=device_id).delete()
