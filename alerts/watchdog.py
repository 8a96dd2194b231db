"""Looks from outside Celery whether alerts reach people in time, and says so loudly when they do not.

The audit is plain SQL over the rows that carry alerts. It runs in the dispatcher. What it finds stands in its
heartbeat: `/health/alerting`, the banner of the clinician site and the notice in the app read it there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import httpx
from django.conf import settings
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alerts.canary import is_canary_late
from alerts.clock import database_now
from alerts.liveness import findings_of, heartbeat_ages, record_heartbeat
from alerts.models import Alert, Digest, Notification
from alerts.models.alert import CLOCKS_AGREE, AlertState
from alerts.models.digest import DigestState
from alerts.models.notification import ARRIVED_STATES
from alerts.raising import raise_alert
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.flow.advise import numbers_of
from symptoms.models import Message, Patient, SymptomReport
from symptoms.wording import text

logger = logging.getLogger(__name__)

AUDITOR: Final = "auditor"
HOUSEKEEPER: Final = "housekeeper"
UNDELIVERED_AFTER: Final = timedelta(minutes=2)
"""An urgent alert that nobody has been told of for so long is stuck: ten times the promise of ten seconds, and more."""

CLIMB_LATE_AFTER: Final = timedelta(minutes=1)
UNJUDGED_AFTER: Final = timedelta(minutes=3)
DIGEST_LATE_AFTER: Final = timedelta(hours=2)
SILENT_AFTER: Final = {
    "dispatcher": timedelta(seconds=30),
    "escalator": timedelta(seconds=60),
    AUDITOR: timedelta(minutes=3),
    HOUSEKEEPER: timedelta(minutes=15),
}
PING_TIMEOUT_S: Final = 5.0
STUCK: Final = NotifyCareTeam(Problem.SYSTEM, Urgency.URGENT, rules=("ALERT-STUCK",))

MEANINGS: Final = {
    "alert_undelivered": _("an urgent alert has reached nobody"),
    "climb_late": _("an alert has not climbed when it should have"),
    "clock_stepped_back": _("the clock of the database has stepped back, and alerts wait for it"),
    "report_unjudged": _("a report waits for its assessment"),
    "message_unanswered": _("a patient's message has no answer"),
    "digest_late": _("a daily digest has not gone out"),
    "canary_late": _("the synthetic patient's page has not arrived"),
    "dispatcher_silent": _("no dispatcher shows life"),
    "escalator_silent": _("nothing lets alerts climb"),
    "housekeeping_failed": _("a digest, the look at a rota, or the synthetic patient's report failed"),
    "housekeeper_silent": _("nobody keeps the digests and the look at the rota going"),
    "auditor_silent": _("nobody has audited for minutes"),
}


def oldest_undelivered_age(now: datetime | None = None) -> timedelta | None:
    """How long the longest waiting page has not been handed to a provider. None: none is waiting.

    `now` is the database's clock unless it is given.
    """
    oldest = Notification.objects.undelivered().aggregate(oldest=Min("created_at"))["oldest"]
    return max((now or database_now()) - oldest, timedelta(0)) if oldest is not None else None


def undelivered_alerts() -> QuerySet[Alert]:
    """Urgent alerts that wait for somebody, and of whose present climb no page has arrived anywhere in time."""
    told = Notification.objects.filter(
        alert=OuterRef("pk"),
        generation=OuterRef("generation"),
        created_at__gte=OuterRef("climbing_since"),
        state__in=ARRIVED_STATES,
    )
    waiting = Alert.objects.filter(state=AlertState.OPEN, awaited="", urgency__gte=Urgency.URGENT)
    is_long_ago = Q(climbing_since__lte=Now() - UNDELIVERED_AFTER) | Q(climbing_since__gt=Now() + CLOCKS_AGREE)
    return waiting.filter(~Exists(told), is_long_ago)


def late_climbs() -> QuerySet[Alert]:
    """Alerts whose next step, or the end of whose acknowledgement, is overdue."""
    return Alert.objects.not_closed().filter(climbs_at__lte=Now() - CLIMB_LATE_AFTER)


def audit() -> list[str]:
    """What is wrong now, as codes of MEANINGS. Empty: alerts reach people."""
    return list(_findings())


def _findings() -> Iterator[str]:
    if undelivered_alerts().exists():
        yield "alert_undelivered"
    if late_climbs().exists():
        yield "climb_late"
    if Alert.objects.too_far_ahead().exists() or Notification.objects.too_far_ahead().exists():
        yield "clock_stepped_back"
    if SymptomReport.objects.filter(assess_due_at__lte=Now() - UNJUDGED_AFTER).exists():
        yield "report_unjudged"
    if Message.objects.unanswered(database_now() - UNJUDGED_AFTER).exists():
        yield "message_unanswered"
    late = Digest.objects.filter(state=DigestState.PENDING, created_at__lte=Now() - DIGEST_LATE_AFTER)
    if late.exists():
        yield "digest_late"
    if is_canary_late():
        yield "canary_late"
    yield from findings_of(HOUSEKEEPER)


def run_audit() -> list[str]:
    """Audit, keep what was found, tell the clinics of stuck alerts; all clean: tell the outside that we live."""
    found = audit()
    record_heartbeat(AUDITOR, found)
    if found:
        logger.critical("alerting_impaired findings=%s", ",".join(found))
        tell_of_stuck_alerts()
    elif not reasons_for_delay():
        ping()
    return found


def tell_of_stuck_alerts() -> int:
    """Raise a `system` alert for each patient with a stuck alert. Returns how many patients."""
    stuck = (undelivered_alerts() | late_climbs() | Alert.objects.too_far_ahead()).exclude(problem=Problem.SYSTEM)
    patients = Patient.objects.filter(pk__in=stuck.values("patient"))
    for patient in patients:
        raise_alert(STUCK, patient=patient, report=None, now=database_now())
    return len(patients)


def ping() -> bool:
    """Tell the dead man's switch outside that the audit is clean. It calls somebody when this stops."""
    if not settings.HEARTBEAT_URL:
        return False
    try:
        httpx.get(settings.HEARTBEAT_URL, timeout=PING_TIMEOUT_S).raise_for_status()
    except httpx.HTTPError as error:
        logger.error("heartbeat_ping_failed error=%s", type(error).__name__)
        return False
    return True


def reasons_for_delay() -> list[str]:
    """Why alerts may be delayed at this moment, as codes of MEANINGS: the last audit, and who has fallen silent."""
    silent = list(_silent(*SILENT_AFTER))
    return list(dict.fromkeys([*silent, *findings_of(AUDITOR)]))


def notice_for(patient: Patient) -> dict[str, str] | None:
    """What the app tells a patient while alerts may be delayed, in the patient's language; None while all is clean."""
    if not reasons_for_delay():
        return None
    return {
        "code": "alerts_delayed",
        "text": text(patient.language, "bot", "alerts_delayed", **numbers_of(patient, timezone.now())),
    }


def _silent(*names: str) -> Iterator[str]:
    ages = heartbeat_ages()
    for name in names:
        age = ages.get(name)
        # One from the future: the clock has stepped back since, and nobody has shown life by the clock as it is.
        if age is None or not timedelta(0) <= age <= SILENT_AFTER[name]:
            yield f"{name}_silent"
