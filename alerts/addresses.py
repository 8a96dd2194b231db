"""Reads the address that somebody typed for a channel, and says what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from alerts.models.notification import Channel
from alerts.transports.web import is_allowed
from symptoms.models import Clinic

LONGEST_TOKEN: Final = 4096


def read_address(channel: str, typed: str, clinic: Clinic) -> str:
    """The address as its channel takes it. Raises ValidationError."""
    return READERS[Channel(channel)](typed.strip(), clinic)


def _read_email(typed: str, clinic: Clinic) -> str:
    validate_email(typed)
    return typed


def _read_phone(typed: str, clinic: Clinic) -> str:
    """A number in E.164 form. Without a country code it is one of the clinic's country."""
    try:
        number = phonenumbers.parse(typed, _region_of(clinic))
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("Enter a telephone number with its country code, such as +32 470 12 34 56.")) from error
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_("There is no such telephone number."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _region_of(clinic: Clinic) -> str | None:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(clinic.phone, None))
    except phonenumbers.NumberParseException:
        return None


def _read_webhook(typed: str, clinic: Clinic) -> str:
    if not is_allowed(typed, settings.WEBHOOK_HOSTS):
        raise ValidationError(
            _("A webhook has to begin with https:// and to be on a host that is set up for webhooks.")
        )
    return typed


def _read_subscription(typed: str, clinic: Clinic) -> str:
    """What a browser gives when it subscribes: an endpoint and two keys."""
    try:
        given = json.loads(typed)
        endpoint, keys = str(given["endpoint"]), {name: str(given["keys"][name]) for name in ("p256dh", "auth")}
    except (ValueError, KeyError, TypeError) as error:
        raise ValidationError(_("This is not a subscription of a browser.")) from error
    if not is_allowed(endpoint, settings.WEB_PUSH_HOSTS):
        raise ValidationError(_("The browser's push service is not among those that are set up."))
    return json.dumps({"endpoint": endpoint, "keys": keys})


def _read_token(typed: str, clinic: Clinic) -> str:
    if not typed or len(typed) > LONGEST_TOKEN or not typed.isascii() or " " in typed:
        raise ValidationError(_("This is not a registration token of an app."))
    return typed


READERS: Final[dict[Channel, Callable[[str, Clinic], str]]] = {
    Channel.EMAIL: _read_email,
    Channel.SMS: _read_phone,
    Channel.WEBHOOK: _read_webhook,
    Channel.WEB_PUSH: _read_subscription,
    Channel.FCM: _read_token,
}
