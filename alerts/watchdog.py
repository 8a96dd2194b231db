"""Looks whether alerts reach people in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min

from alerts.clock import database_now
from alerts.models import Notification


def oldest_undelivered_age(now: datetime | None = None) -> timedelta | None:
    """How long the longest waiting page has not been handed to a provider. None: none is waiting.

    `now` is the database's clock unless it is given.
    """
    oldest = Notification.objects.undelivered().aggregate(oldest=Min("created_at"))["oldest"]
    return max((now or database_now()) - oldest, timedelta(0)) if oldest is not None else None
