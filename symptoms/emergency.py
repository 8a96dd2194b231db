"""Break-glass: a clinician reads about one patient of another clinic for an hour, says why, and that clinic is told.

Nothing else becomes visible by it: the pages of the clinic stay as closed as before, and there is one page for it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import DurationField, F, QuerySet, Value
from django.db.models.functions import Greatest, Now
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from symptoms.access_log import write_access
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.finding import patient_exactly
from symptoms.flow.act import carry_out
from symptoms.mail import mail_staff
from symptoms.models import Clinic, EmergencyAccess, Patient, Practitioner
from symptoms.models.access import AccessKind
from symptoms.models.clinic import Role

LASTS: Final = timedelta(hours=1)
SHORTEST_WAIT: Final = timedelta(minutes=1)
"""From one try to tell a clinic by mail to the next; longer than a mail takes."""

OPENED_ELSEWHERE: Final = NotifyCareTeam(Problem.SYSTEM, Urgency.ROUTINE, rules=("EMERGENCY-ACCESS",))

MOST_OPENED: Final = 3
"""So many records one person opens within an hour. For more, a second person answers."""


class TooManyOpened(Exception):
    """This person has opened as many records as one person may."""


class NoSuchPatient(Exception):
    """No patient of another clinic has this number, or this name and date of birth; or more than one has."""


def open_in_emergency(
    request: HttpRequest,
    by: Practitioner,
    *,
    clinic: Clinic,
    reason: str,
    number: str = "",
    full_name: str = "",
    date_of_birth: date | None = None,
) -> EmergencyAccess:
    """Let a clinician read about a patient of another clinic, from now on for an hour: the one with a hospital number
    there, or with a full name and a date of birth.

    The opening is in that clinic's log, with the reason, and stands in its worklist: the patient is somewhere else.
    Raises TooManyOpened, and NoSuchPatient, the same whatever is wrong.
    """
    patient = patient_exactly(clinic, number=number, full_name=full_name, date_of_birth=date_of_birth)
    if patient is None or patient.clinic_id == by.clinic_id:
        raise NoSuchPatient
    with transaction.atomic():
        Practitioner.objects.select_for_update(no_key=True).get(pk=by.pk)  # one opening after the other
        if others_opened(by, patient) >= MOST_OPENED:
            raise TooManyOpened
        access = EmergencyAccess.objects.create(practitioner=by, patient=patient, reason=reason, ends_at=Now() + LASTS)
        access.refresh_from_db()
        _record(request, AccessKind.EMERGENCY, access)
        carry_out([OPENED_ELSEWHERE], patient=patient, report=None, now=access.opened_at)
    return access


def others_opened(by: Practitioner, patient: Patient) -> int:
    """Of how many other patients somebody has opened the record within the hour: the same one again is none more."""
    lately = EmergencyAccess.objects.filter(practitioner=by, opened_at__gt=Now() - LASTS)
    return lately.exclude(patient=patient).values("patient").distinct().count()


def opened_lately(by: Practitioner, within: timedelta) -> int:
    """How many records somebody has opened, by the clock of the database."""
    return EmergencyAccess.objects.filter(practitioner=by, opened_at__gt=Now() - within).count()


def read_in_emergency(request: HttpRequest, by: Practitioner, access_id: int) -> EmergencyAccess | None:
    """The access that somebody has opened, with its patient. It is logged. None for others', or once it is over."""
    access = open_accesses(by).filter(pk=access_id).select_related("patient__clinic").first()
    if access is not None:
        _record(request, AccessKind.VIEW, access)
    return access


def open_accesses(by: Practitioner) -> QuerySet[EmergencyAccess]:
    """What somebody may still read."""
    return EmergencyAccess.objects.filter(practitioner=by, ends_at__gt=Now())


def _record(request: HttpRequest, kind: AccessKind, access: EmergencyAccess) -> None:
    patient = access.patient
    by = access.practitioner
    write_access(request, kind, [patient], by=by, clinic_id=patient.clinic_id, record=access, emergency=access)


def tell_of_emergencies() -> int:
    """Tell clinics of accesses that they have not been told of yet; returns how many were told.

    One that fails stops no other, and is tried again after a minute, two, four and so on.
    """
    waiting = EmergencyAccess.objects.filter(told_at=None, tell_after__lte=Now())
    return sum(_tell(access_id) for access_id in waiting.order_by("opened_at").values_list("pk", flat=True))


def _tell(access_id: int) -> bool:
    """Claim one access, mail its clinic, and note it. Two runs at once mail once."""
    access = _claim(access_id)
    if access is None:
        return False
    if not _mail(access.patient.clinic, opened_lately(access.practitioner, timedelta(days=1))):
        return False
    EmergencyAccess.objects.filter(pk=access_id).update(told_at=Now())
    return True


def _claim(access_id: int) -> EmergencyAccess | None:
    """Keep others from telling of an access for as long again as it waits by now. None: it is told, or another's."""
    with transaction.atomic(durable=True):  # a mail takes longer than a transaction may lie idle
        waiting = EmergencyAccess.objects.select_for_update(skip_locked=True, of=("self",))
        waiting = waiting.select_related("patient__clinic", "practitioner")
        access = waiting.filter(pk=access_id, told_at=None, tell_after__lte=Now()).first()
        if access is not None:
            wait = Greatest(Value(SHORTEST_WAIT), Now() - F("opened_at"), output_field=DurationField())
            EmergencyAccess.objects.filter(pk=access_id).update(tell_after=Now() + wait)
    return access


def _mail(clinic: Clinic, count: int) -> bool:
    """To those who answer for the clinic's records: no name, no reason, no patient, only where to look."""
    with translation.override(clinic.language):
        body = _(
            "A clinician of another clinic has opened the record of one of your patients in an emergency. Who it was, "
            "whose record, and why stands in the access log."
        )
        body += " " + _("Records opened by this person within a day: %(count)d.") % {"count": count}
        subject = _("A record was opened in an emergency")
    return mail_staff(subject, body, "/admin/symptoms/emergencyaccess/", bcc=_addresses(clinic))


def _addresses(clinic: Clinic) -> list[str]:
    """Administrators and auditors; everybody where there are none who can be written to."""
    staff = clinic.practitioners.filter(user__is_active=True).exclude(user__email="")
    answerable = staff.filter(role__in=[Role.ADMINISTRATOR, Role.AUDITOR])
    chosen = answerable if answerable.exists() else staff
    return list(chosen.values_list("user__email", flat=True))
