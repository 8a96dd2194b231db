"""Records that a patient came to a visit, and what was looked at in it (S-14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext

from alerts.models import ChecklistTakenBack, Visit, VisitChecklist
from alerts.models.visit import VisitStatus
from alerts.reminders import drop_visit_reminders, plan_visit_reminders
from alerts.visits import CannotChangeVisit, day_of, hold_visit
from symptoms.clinical.calendar import local_date
from symptoms.models import Practitioner


def mark_attended(visit: Visit, now: datetime, by: Practitioner | None = None) -> Visit:
    """The patient came, whatever had become of the visit; nobody is reminded any more. Kept: when and by whom it was
    recorded, the first time.

    Raises CannotChangeVisit before the day of the visit, by the clinic's calendar.
    """
    with transaction.atomic():
        patient, held = hold_visit(visit)
        day, today = day_of(held, patient), local_date(now, patient.clinic.zone)
        if today < day:
            raise CannotChangeVisit(
                gettext("This visit is on %(day)s, still ahead. If the patient comes earlier, book a time of today.")
                % {"day": date_format(day)}
            )
        if held.status != VisitStatus.ATTENDED:
            held.attended_at, held.attended_by = now, by
        held.status, held.cancelled_for = VisitStatus.ATTENDED, ""
        held.save()
        drop_visit_reminders(held, now)
        return held


def take_back_attendance(visit: Visit, now: datetime) -> Visit:
    """That the patient came was recorded by mistake: the visit is again as it was planned or booked.

    It is missed when its time for that has passed, and the sweep tells the care team. Raises CannotChangeVisit for
    a visit that nobody marked, and for one with a checklist that stands, which says that it took place.
    """
    with transaction.atomic():
        patient, held = hold_visit(visit)
        if held.status != VisitStatus.ATTENDED:
            raise CannotChangeVisit(gettext("This visit is not marked as attended."))
        if held.checklists.standing().exists():
            raise CannotChangeVisit(gettext("A checklist of this visit is recorded, so it took place."))
        held.status = VisitStatus.BOOKED if held.booked_at else VisitStatus.PLANNED
        held.attended_at = held.attended_by = None
        held.save()
        plan_visit_reminders(held, patient, now)
        return held


def record_checklist(
    visit: Visit, practitioner: Practitioner, answers: Mapping[str, Any], now: datetime
) -> VisitChecklist:
    """What was looked at in the visit, which counts as attended from then on. A correction is a new checklist.

    `answers` holds the fields of a VisitChecklist. Raises ValidationError naming every field that is not right, and
    CannotChangeVisit before the day of the visit.
    """
    with transaction.atomic():
        held = mark_attended(visit, now, practitioner)
        checklist = VisitChecklist(visit=held, recorded_by=practitioner, recorded_at=now, **answers)
        checklist.full_clean()
        checklist.save(force_insert=True)
        return checklist


def take_back_checklist(
    visit: Visit, checklist_id: int, practitioner: Practitioner, reason: str, now: datetime
) -> ChecklistTakenBack:
    """The checklist was recorded by mistake, such as for the wrong patient: it stays to be read, and counts no more.

    An earlier one that stands counts again. The visit stays attended: whether the patient came is another question.
    Raises CannotChangeVisit for a checklist that is not the one of the visit that counts.
    """
    with transaction.atomic():
        _, held = hold_visit(visit)
        counts = held.checklists.standing().last()
        if counts is None or counts.pk != checklist_id:
            raise CannotChangeVisit(gettext("This checklist does not count any more. Look at the visit again."))
        return ChecklistTakenBack.objects.create(
            checklist=counts, reason=reason, taken_back_by=practitioner, taken_back_at=now
        )
