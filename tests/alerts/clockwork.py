"""Lets the periodic work of the calendar happen at given moments, as beat would, in one process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from alerts import check_ins, reminding, silence, visits
from alerts.models import Reminder
from alerts.models.reminder import ReminderState
from symptoms.models import Patient

BRUSSELS = ZoneInfo("Europe/Brussels")


def local(day: int, hour: int = 10, minute: int = 0, *, month: int = 3, zone: ZoneInfo = BRUSSELS) -> datetime:
    """A moment in 2026 by a wall clock, in Brussels unless told otherwise."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


def tick(now: datetime) -> None:
    """All sweeps of the calendar, once."""
    check_ins.plan_due(now)
    silence.judge_silence(now)
    silence.tell_of_silence(now)
    reminding.repeat_unread(now)
    reminding.deliver_due(now)
    visits.mark_missed(now)


def live(begin: datetime, end: datetime, every: timedelta = timedelta(hours=6)) -> None:
    """All sweeps, again and again, from one moment to another."""
    now = begin
    while now <= end:
        tick(now)
        now += every


def sent_to(patient: Patient) -> list[tuple[str, datetime | None]]:
    """What went out to a patient about check-ins: kind and moment, in order."""
    rows = Reminder.objects.filter(patient=patient, kind__startswith="check_in", state=ReminderState.SENT)
    return list(rows.order_by("sent_at").values_list("kind", "sent_at"))
