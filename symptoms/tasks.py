"""Periodic work on reports, episodes and messages. Each task calls one function that works off due rows."""

from celery import shared_task

from symptoms.clock import database_now
from symptoms.emergency import tell_of_emergencies
from symptoms.flow import sweeps
from symptoms.sign_in.forgetting import forget_ended


@shared_task
def assess_due_reports() -> None:
    """Assess every report that has no final assessment yet."""
    sweeps.assess_due_reports(database_now())


@shared_task
def reassess_open_episodes() -> None:
    """Ask about, then raise, the mouth episodes that have lasted over three days."""
    sweeps.reassess_open_episodes(database_now())


@shared_task
def retry_unanswered_messages() -> None:
    """Answer once more what a crash left without a reply."""
    sweeps.retry_unanswered_messages(database_now())


@shared_task
def tell_clinics_of_emergencies() -> None:
    """Mail clinics whose patients somebody of another clinic has looked at."""
    tell_of_emergencies()


@shared_task
def forget_ended_sign_ins() -> None:
    """Delete sessions that have ended, tries to sign in that count no more, and which forms were sent long ago."""
    forget_ended(database_now())
