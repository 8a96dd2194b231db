"""Which alerts are stuck: urgent ones of which nobody has been told in time, and those that climb too late.

By the clock of the database. The audit asks, and the worklist says it of the alert itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from alerts.models import Alert, Notification
from alerts.models.alert import CLOCKS_AGREE, AlertQuerySet, AlertState
from alerts.models.notification import ARRIVED_STATES
from symptoms.clinical.terms import Urgency

UNDELIVERED_AFTER: Final = timedelta(minutes=2)
"""An urgent alert that nobody has been told of for so long is stuck: ten times the promise of ten seconds, and more."""

CLIMB_LATE_AFTER: Final = timedelta(minutes=1)


def is_undelivered() -> Q:
    """Urgent alerts that wait for somebody, and of whose present climb no page has arrived anywhere in time."""
    told = Notification.objects.filter(
        alert=OuterRef("pk"),
        generation=OuterRef("generation"),
        created_at__gte=OuterRef("climbing_since"),
        state__in=ARRIVED_STATES,
    )
    is_waiting = Q(state=AlertState.OPEN, awaited="", urgency__gte=Urgency.URGENT)
    is_long_ago = Q(climbing_since__lte=Now() - UNDELIVERED_AFTER) | Q(climbing_since__gt=Now() + CLOCKS_AGREE)
    return is_waiting & is_long_ago & ~Q(Exists(told))


def undelivered_alerts() -> AlertQuerySet:
    return Alert.objects.filter(is_undelivered())


def late_climbs() -> AlertQuerySet:
    """Alerts whose next step, or the end of whose acknowledgement, is overdue."""
    return Alert.objects.not_closed().filter(climbs_at__lte=Now() - CLIMB_LATE_AFTER)


def stuck_alerts() -> AlertQuerySet:
    """All of them, and those that wait for a moment which the clock has stepped back from."""
    return undelivered_alerts() | late_climbs() | Alert.objects.too_far_ahead()
