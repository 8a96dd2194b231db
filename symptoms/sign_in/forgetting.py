"""Deletes what is left of sign-ins that are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from symptoms.models import SignInTry


def forget_ended(now: datetime) -> None:
    """Delete sessions past their time, and tries of more than a day ago, which count no more."""
    Session.objects.filter(expire_date__lt=now).delete()
    SignInTry.objects.filter(last_at__lt=now - timedelta(days=1)).delete()
