"""Celery's doors to the alert side. Each task works off rows that are due, so a doubled or lost one changes nothing."""

from celery import shared_task

from alerts import check_ins, clinic_schedules, digests, escalating, notifying, reminding, rostering, silence, visits
from symptoms.clock import database_now


@shared_task
def deliver_due_notifications() -> None:
    """Try every notification that is due: the nudge after a commit, and the sweep that finds what nudges missed."""
    notifying.deliver_due()


@shared_task
def escalate_due_alerts() -> None:
    """Let the alerts climb whose time has come."""
    escalating.escalate_due()


@shared_task
def send_digests() -> None:
    """Plan the digests of clinics that have opened, and send what is due."""
    digests.plan_digests()
    digests.deliver_digests()


@shared_task
def find_rota_gaps() -> None:
    """Once in each clinic's night: look who is on duty in the next fourteen days."""
    rostering.refresh_all_gaps()
    rostering.tidy()


@shared_task
def deliver_due_reminders() -> None:
    """Send the reminders whose time has come."""
    reminding.deliver_due(database_now())


@shared_task
def mark_missed_visits() -> None:
    """Tell the clinic of visits that were not attended by the end of the second day after theirs."""
    visits.mark_missed(database_now())


@shared_task
def plan_due_check_ins() -> None:
    """Ask the patients whose check-in is due."""
    check_ins.plan_due(database_now())


@shared_task
def apply_changed_schedules() -> None:
    """Plan the visits that clinics have added to their schedules, and drop those that they have taken out."""
    clinic_schedules.apply_changed_schedules(database_now())


@shared_task
def judge_silence() -> None:
    """Nudge the patients who have not answered for a day, and find those whose care team has to be told."""
    silence.judge_silence(database_now())


@shared_task
def tell_of_silence() -> None:
    """Tell the care teams of patients who stay silent."""
    silence.tell_of_silence(database_now())


@shared_task
def repeat_unread_reminders() -> None:
    """Send once more what the app has not shown."""
    reminding.repeat_unread(database_now())
