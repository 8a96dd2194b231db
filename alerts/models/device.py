"""Phones and browsers of patients that can be pushed to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import models

from symptoms.models import DeviceToken, Patient
from symptoms.models.encrypted import EncryptedTextField
from symptoms.models.fields import choices, one_of


class PushService(StrEnum):
    WEB_PUSH = "web_push"
    FCM = "fcm"


class PatientDeviceQuerySet(models.QuerySet["PatientDevice"]):
    def signed_in(self, now: datetime) -> PatientDeviceQuerySet:
        """Devices whose token still opens the API: a phone that was signed out is not pushed to."""
        return self.filter(session__expiry__gt=now)


class PatientDevice(models.Model):
    """The push registration of one device of one patient. It ends with the session in which it was made.

    `address` is what the push service wants: an FCM registration token, or the JSON of a Web Push subscription.
    One address belongs to one patient only: a phone that changes hands takes nobody's messages with it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="devices")
    session = models.ForeignKey(DeviceToken, on_delete=models.CASCADE, related_name="+")
    device_id = models.CharField(max_length=64, help_text="Made by the app.")
    service = models.CharField(max_length=20, choices=choices(PushService))
    address = EncryptedTextField()
    address_digest = models.CharField(max_length=64, unique=True, editable=False)
    registered_at = models.DateTimeField()

    objects = PatientDeviceQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "device_id"], name="one_registration_per_device"),
            models.CheckConstraint(condition=one_of("service", PushService), name="device_service_known"),
        ]

    def __str__(self) -> str:
        return f"{self.service} device of {self.registered_at:%Y-%m-%d}"
