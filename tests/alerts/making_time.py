"""Lets time pass for alerts, which live by the clock of the database: their moments move into the past."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from alerts.escalating import escalate_due
from alerts.models import Alert

CLOCKS = ("climbing_since", "stepped_at", "climbs_at")


def let_pass(minutes: float) -> None:
    """So many minutes pass, and nothing works meanwhile."""
    span = timedelta(minutes=minutes)
    Alert.objects.update(**{name: F(name) - span for name in CLOCKS})


def pass_and_climb(minutes: float) -> int:
    """So many minutes pass; then what is due climbs. Returns how many alerts did."""
    let_pass(minutes)
    return escalate_due()
