"""Lets people report in a patient's name, from their own devices, until the patient or the clinic ends it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from symptoms.enrolment import derive_code, draw_code, hash_code, issue_activation_code
from symptoms.flow.report import ClientIdConflict
from symptoms.models import Carer, Patient, User

MOST_CARERS: Final = 5


def invite_carer(
    patient: Patient, *, name: str, now: datetime, by: User, client_id: uuid.UUID | None = None
) -> tuple[Carer, str]:
    """A carer of the patient, and the code for her device, which is known only here.

    A repeat with the same `client_id` gives the same carer and code, whatever became of them. Raises ValidationError
    for a name that is blank or too long, and for more than five carers at once; ClientIdConflict for another name.
    """
    carer = Carer(patient=patient, name=name.strip(), invited_by=by, invited_at=now)
    carer.full_clean(exclude=["patient", "invited_by", "revoked_by"])
    code = draw_code() if client_id is None else derive_code(patient, client_id)
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
        before = patient.carers.filter(activation_codes__code_hash=hash_code(code)).first()
        if before is not None and before.name != carer.name:
            raise ClientIdConflict
        if before is not None:
            return before, code
        if patient.carers.in_force().count() >= MOST_CARERS:
            said = _("A patient has at most %(most)d carers. End one of them first.")
            raise ValidationError({"name": said % {"most": MOST_CARERS}})
        carer.save(force_insert=True)
        return carer, issue_activation_code(patient, now=now, created_by=by, carer=carer, code=code)


def revoke_carer(carer: Carer, *, now: datetime, by: User) -> None:
    """End it at once: her devices are out, her codes void. What she reported stays. A repeat does nothing."""
    with transaction.atomic():
        if not Carer.objects.filter(pk=carer.pk).in_force().update(revoked_at=now, revoked_by=by):
            return
        carer.activation_codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
        carer.tokens.all().delete()
