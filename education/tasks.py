"""Celery's door to the education side."""

from celery import shared_task

from education import delivery
from symptoms.clock import database_now


@shared_task
def teach_due() -> None:
    """Offer the leaflets whose day has come."""
    delivery.teach_due(database_now())
