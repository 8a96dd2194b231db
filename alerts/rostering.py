"""Looks for hours in which nobody would be paged: when a rota or a policy is saved, and every night for a fortnight."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from alerts.by_itself import by_itself
from alerts.covering import look_ahead
from alerts.liveness import begin_slot, forget_old_slots
from alerts.models import RotaGap, Shift, TakeOver
from alerts.models.alert import CANARY_SLUG
from alerts.policies import office_hours_of
from symptoms.clinical.calendar import local_date, moment_of
from symptoms.clock import database_now
from symptoms.models import Clinic

logger = logging.getLogger(__name__)

LOOK_AHEAD: Final = timedelta(days=14)
JOB: Final = "rota gaps of clinic {}"


class SomeClinicsFailed(Exception):
    """Something could not be done for some clinics; for all others it was. Their log lines say why."""


def for_each_clinic(clinics: Iterable[Clinic], do: Callable[[Clinic], int]) -> int:
    """Do something for each clinic, each by itself, and return the sum. Raises SomeClinicsFailed after the last."""
    total, left = 0, list(clinics)
    for clinic in list(left):
        with by_itself("clinic_failed clinic=%s", clinic.pk):
            with transaction.atomic():
                total += do(clinic)
            left.remove(clinic)
    if left:
        raise SomeClinicsFailed(f"{len(left)} clinics failed")
    return total


def refresh_gaps(clinic: Clinic, now: datetime) -> list[RotaGap]:
    """Find the gaps of the next fourteen days, and keep them in place of those found before; so with its holidays."""
    gaps = look_ahead(clinic, now, now + LOOK_AHEAD)
    hours = office_hours_of(clinic, now)
    with transaction.atomic():
        if hours.has_all_holidays:
            Clinic.objects.filter(pk=clinic.pk).update(closed_on=sorted(hours.holidays))
        RotaGap.objects.filter(clinic=clinic).delete()
        RotaGap.objects.bulk_create(gaps)
    return gaps


def refresh_all_gaps() -> int:
    """Once in each clinic's night: look for gaps. Returns how many clinics were looked at.

    A night that was missed is made up for as soon as this is called again. Raises SomeClinicsFailed at the end.
    """
    now = database_now()
    return for_each_clinic(Clinic.objects.exclude(slug=CANARY_SLUG), lambda clinic: _refresh_tonight(clinic, now))


def _refresh_tonight(clinic: Clinic, now: datetime) -> bool:
    zone = ZoneInfo(clinic.time_zone)
    midnight = moment_of(local_date(now, zone), datetime.min.time(), zone)
    with transaction.atomic():
        if not begin_slot(JOB.format(clinic.pk), midnight):
            return False
        gaps = refresh_gaps(clinic, now)
        if gaps:
            logger.warning("rota_has_gaps clinic=%s gaps=%s", clinic.pk, len(gaps))
    return True


def check_occurrence(shift: Shift, on: date) -> None:
    """Raise ValidationError unless the shift begins on that day."""
    if not shift.begins_on(on):
        raise ValidationError(gettext("The shift does not begin on this day."))


def swap(*, shift: Shift, on: date, other_shift: Shift, other_on: date) -> None:
    """Two people do each other's shift once: that of `on` for that of `other_on`. Raises ValidationError.

    An occurrence that had changed hands before goes on to the other person from who has it now.
    """
    check_occurrence(shift, on)
    check_occurrence(other_shift, other_on)
    with transaction.atomic():
        mine, theirs = _who_does(shift, on), _who_does(other_shift, other_on)
        TakeOver.objects.update_or_create(shift=shift, on=on, defaults={"practitioner_id": theirs})
        TakeOver.objects.update_or_create(shift=other_shift, on=other_on, defaults={"practitioner_id": mine})


def _who_does(shift: Shift, on: date) -> int:
    taken = TakeOver.objects.filter(shift=shift, on=on).values_list("practitioner_id", flat=True).first()
    return taken if taken is not None else shift.practitioner_id


def tidy() -> None:
    """What nobody needs any more goes."""
    forget_old_slots()
