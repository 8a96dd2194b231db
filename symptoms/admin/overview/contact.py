"""The contact details of a patient, masked until somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from symptoms.admin.moments import write_day
from symptoms.clinical.calendar import local_date
from symptoms.models import Patient
from symptoms.models.patient import PatientStatus

DOTS: Final = "•••"


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail; `link` is an address to dial or write to, empty while it is masked."""

    label: str
    words: str
    link: str = ""


def contact_details(patient: Patient, *, is_shown: bool) -> list[Detail]:
    """Those on record, in full or masked."""
    return list(_shown(patient) if is_shown else _masked(patient))


def _shown(patient: Patient) -> Iterator[Detail]:
    if patient.phone:
        yield Detail(_("Telephone"), patient.phone, f"tel:{_dialled(patient.phone)}")
    if patient.email:
        yield Detail(_("E-mail"), patient.email, f"mailto:{patient.email}")
    if patient.carer_name or patient.carer_phone:
        link = f"tel:{_dialled(patient.carer_phone)}" if patient.carer_phone else ""
        yield Detail(_("Carer"), " ".join(filter(None, (patient.carer_name, patient.carer_phone))), link)


def _masked(patient: Patient) -> Iterator[Detail]:
    if patient.phone:
        yield Detail(_("Telephone"), mask_phone(patient.phone))
    if patient.email:
        yield Detail(_("E-mail"), DOTS)
    if patient.carer_name or patient.carer_phone:
        yield Detail(_("Carer"), mask_phone(patient.carer_phone) if patient.carer_phone else DOTS)


def without_phone(patient: Patient) -> str:
    """That no telephone number of the patient is on record, and what there is instead; empty when there is one."""
    if patient.phone:
        return ""
    ways = [
        words
        for words, is_there in (
            (_("the carer's telephone"), patient.carer_phone),
            (_("an e-mail address"), patient.email),
            (_("a message in the app"), patient.status == PatientStatus.ACTIVE),
        )
        if is_there
    ]
    if not ways:
        return _("No telephone number of this patient is recorded, nor another way to reach them.")
    return _("No telephone number of this patient is recorded. There is: %(ways)s.") % {"ways": "; ".join(ways)}


def erasure_notice(patient: Patient) -> str:
    """That the contact details are about to go, or why there are none; empty otherwise. One query."""
    latest = patient.erasures.of_contact().first()
    return say_erasure(patient, latest.due_at, latest.done_at) if latest else ""


def say_erasure(patient: Patient, due_at: datetime, done_at: datetime | None) -> str:
    """The same of the latest erasure of the contact details, due and done at those moments."""
    day = {"day": write_day(local_date(done_at or due_at, patient.zone))}
    if done_at is None:
        said = _("The contact details are erased on %(day)s. Whoever still has to reach the patient does it before.")
        return said % day
    if patient.phone or patient.email:
        return ""
    return _("The contact details were erased on %(day)s: the patient asked for it, or their time had passed.") % day


def mask_phone(number: str) -> str:
    """All but the last two digits hidden: enough to tell two numbers apart, too little to dial."""
    digits = "".join(character for character in number if character.isdigit())
    return f"{DOTS} {digits[-2:]}"


def _dialled(number: str) -> str:
    return "".join(character for character in number if character.isdigit() or character == "+")
