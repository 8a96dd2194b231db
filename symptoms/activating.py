"""Lets devices in by code, and slows down who tries codes out.

Refused codes are counted in the database, for all web processes together. A right code always lets in, however many
wrong ones came from its address: a ward shares one, and a code of 49 bits is not guessed (ADR 33).
"""

from __future__ import annotations

import math
import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, Min, Q
from django.utils.crypto import salted_hmac

from symptoms.enrolment import ActivationRefused, activate_device, hash_code
from symptoms.models import ActivationCode, DeviceToken, Patient, RefusedActivation

WINDOW: Final = timedelta(hours=1)
MOST_FROM_ADDRESS: Final = 20
MOST_OF_CODE: Final = 5
MOST_AT_CLINIC: Final = 100
"""Refused codes within the window; a clinic's are those that once were good there: used, replaced or expired ones."""


class TooManyTries(Exception):
    """Codes were refused too often. `wait` is the number of seconds after which a wrong one is looked at again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


def try_code(
    code: str, *, device_name: str, address: str, now: datetime, client_id: uuid.UUID | None = None
) -> tuple[DeviceToken, str, Patient]:
    """Let a device in, as `activate_device` does. Raises ActivationRefused, or TooManyTries after many of those."""
    try:
        return activate_device(code, device_name=device_name, now=now, client_id=client_id)
    except ActivationRefused:
        _count_refusal(hash_code(code), _hash_address(address), now)
        raise


def _count_refusal(code_hash: str, address_hash: str, now: datetime) -> None:
    """Write a refused code down, as far as there is room. Raises TooManyTries when there is none."""
    with transaction.atomic():
        _take_turn(address_hash, code_hash)
        clinic_id = _clinic_of(code_hash)
        _refuse_many(code_hash, address_hash, clinic_id, now)
        RefusedActivation.objects.create(
            refused_at=now, address_hash=address_hash, code_hash=code_hash, clinic_id=clinic_id
        )


def _hash_address(address: str) -> str:
    """A keyed hash: who was refused is told apart, and cannot be read."""
    return salted_hmac("symptoms.activating.address", address, algorithm="sha256").hexdigest()


def _take_turn(*hashes: str) -> None:
    """Tries from one address or of one code come one after the other: many at once are no more than many in a row."""
    with connection.cursor() as cursor:
        for one in hashes:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"activate {one}"])


def _clinic_of(code_hash: str) -> int | None:
    """The clinic that gave this code out, whatever became of it; none for a carer's, of which a patient makes many."""
    codes = ActivationCode.objects.filter(code_hash=code_hash, carer=None)
    return codes.values_list("patient__clinic_id", flat=True).first()


def _refuse_many(code_hash: str, address_hash: str, clinic_id: int | None, now: datetime) -> None:
    """Raise TooManyTries when address, code or clinic has had its share of refusals. One query."""
    limits = {
        "address": (Q(address_hash=address_hash), MOST_FROM_ADDRESS),
        "code": (Q(code_hash=code_hash), MOST_OF_CODE),
    }
    if clinic_id is not None:
        limits["clinic"] = (Q(clinic=clinic_id), MOST_AT_CLINIC)
    anything = Q()
    figures: dict[str, Any] = {}
    for name, (which, _) in limits.items():
        anything |= which
        figures |= {f"{name}_count": Count("pk", filter=which), f"{name}_first": Min("refused_at", filter=which)}
    recent = RefusedActivation.objects.filter(anything, refused_at__gt=now - WINDOW).aggregate(**figures)
    waits = [
        (recent[f"{name}_first"] + WINDOW - now).total_seconds()
        for name, (_, most) in limits.items()
        if recent[f"{name}_count"] >= most
    ]
    if waits:
        raise TooManyTries(max(1, math.ceil(max(waits))))
