"""Celery tasks that belong to the whole."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from config.privacy import erasing


@shared_task
def erase_due() -> None:
    """Erase what patients asked to have erased and what need not be kept any longer."""
    erasing.erase_due(timezone.now())
