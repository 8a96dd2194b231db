"""Deletes what is left of sign-ins that are over, and of what was sent in them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from symptoms.models import SentForm, SignInTry
from symptoms.models.sent_form import KNOWN_FOR


def forget_ended(now: datetime) -> None:
    """Delete sessions past their time, tries of more than a day ago, which count no more, and forms sent long ago."""
    Session.objects.filter(expire_date__lt=now).delete()
    SentForm.objects.filter(sent_at__lt=now - KNOWN_FOR).delete()
    SignInTry.objects.filter(last_at__lt=now - timedelta(days=1)).delete()
