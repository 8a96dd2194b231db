"""The ways to a patient: push, e-mail, SMS. Which are open, in which order, and one send by one of them.

What is sent says that there is something to read in the app, and nothing else: others see it too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import phonenumbers
from django.conf import settings

from alerts.models import PatientDevice, Reminder
from alerts.models.device import PushService
from alerts.models.notification import AttemptOutcome
from alerts.transports.fcm import send_fcm
from alerts.transports.mail import compose_mail, send_mail
from alerts.transports.sms import send_sms
from alerts.transports.transport import Sent
from alerts.transports.web_push import send_web_push
from symptoms.models import Patient
from symptoms.wording import text


class PatientChannel(StrEnum):
    """`APP`: nothing was sent; the list in the app shows it."""

    PUSH = "push"
    SMS = "sms"
    EMAIL = "email"
    APP = "app"


BEST_FIRST: Final = (AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN, AttemptOutcome.TEMPORARY_FAILURE)


@dataclass(frozen=True, slots=True)
class Reached:
    """What became of one send. `gone` are the devices that will never take a push again."""

    outcome: AttemptOutcome
    error: str = ""
    gone: Sequence[PatientDevice] = field(default=())


def ways_to(patient: Patient, devices: Sequence[PatientDevice]) -> list[PatientChannel]:
    """The ways that are open to a patient, the best first: push, then e-mail or SMS.

    The patient's preferences close a way: `push`, `email` or `sms` false. SMS comes before e-mail for who has
    asked for it (`sms` true), else it is the last resort. Empty: the app's list alone.
    """
    wishes = patient.preferences
    after_push = [PatientChannel.EMAIL, PatientChannel.SMS]
    if wishes.get("sms") is True:
        after_push.reverse()
    is_open = {
        PatientChannel.PUSH: bool(devices),
        PatientChannel.EMAIL: bool(patient.email),
        PatientChannel.SMS: bool(settings.SMS_URL) and number_of(patient) is not None,
    }
    ways = [PatientChannel.PUSH, *after_push]
    return [way for way in ways if is_open[way] and wishes.get(way.value) is not False]


def number_of(patient: Patient) -> str | None:
    """The patient's telephone number in E.164 form; a national one is of the clinic's country. None: no number."""
    try:
        of_clinic = phonenumbers.parse(patient.clinic.phone, None)
        region = phonenumbers.region_code_for_number(of_clinic)
    except phonenumbers.NumberParseException:
        region = None
    try:
        number = phonenumbers.parse(patient.phone, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def send_by(channel: PatientChannel, reminder: Reminder, devices: Sequence[PatientDevice]) -> Reached:
    """Send one reminder by one way now. Never raises for a failed send. Each try carries the same identity."""
    patient = reminder.patient
    identity = f"reminder-{reminder.pk}"
    subject, body = (text(patient.language, "reminder", key) for key in ("subject", "short"))
    match channel:
        case PatientChannel.PUSH:
            return _push(reminder, devices, subject, body, identity)
        case PatientChannel.SMS:
            sent = send_sms(to=number_of(patient) or "", text=f"{subject}. {body}")
        case _:
            body = text(patient.language, "reminder", "body")
            sent = send_mail(compose_mail(identity=identity, to=patient.email, subject=subject, body=body))
    return Reached(sent.outcome, sent.error)


def _push(reminder: Reminder, devices: Sequence[PatientDevice], title: str, body: str, identity: str) -> Reached:
    """Push to all devices of the patient. One that has it is enough."""
    data = {"reminder": str(reminder.pk)}
    tries = [(device, _push_to(device, title, body, data, identity)) for device in devices]
    outcomes = {sent.outcome: sent for _, sent in tries}
    best = next((outcomes[outcome] for outcome in BEST_FIRST if outcome in outcomes), None)
    gone = [device for device, sent in tries if sent.is_address_bad]
    if best is None:
        return Reached(AttemptOutcome.PERMANENT_FAILURE, "NoDevice", gone)
    return Reached(best.outcome, best.error, gone)


def _push_to(device: PatientDevice, title: str, body: str, data: dict[str, str], identity: str) -> Sent:
    if device.service == PushService.FCM:
        return send_fcm(token=device.address, title=title, body=body, data=data, identity=identity)
    payload = {"title": title, "body": body, **data}
    return send_web_push(subscription=json.loads(device.address), payload=payload, identity=identity)
