"""Looks from outside Celery whether alerts reach people in time, and says so loudly when they do not.

The audit is plain SQL over the rows that carry alerts. It runs in the dispatcher. What it finds stands in its
heartbeat: `/health/alerting`, the banner of the clinician site and the notice in the app read it there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alerts.by_itself import by_itself
from alerts.canary import is_canary_late
from alerts.climbing import page_stuck
from alerts.liveness import findings_of, heartbeat_ages, record_heartbeat
from alerts.models import Alert, Digest, Notification
from alerts.models.digest import DigestState
from alerts.stuck import late_climbs, stuck_alerts, undelivered_alerts
from alerts.timeline import lock_alert, lock_patient
from symptoms.clock import database_now
from symptoms.flow.advise import numbers_of
from symptoms.models import Clinic, Message, Patient, SymptomReport
from symptoms.wording import text

logger = logging.getLogger(__name__)

AUDITOR: Final = "auditor"
HOUSEKEEPER: Final = "housekeeper"
UNJUDGED_AFTER: Final = timedelta(minutes=3)
DIGEST_LATE_AFTER: Final = timedelta(hours=2)
SILENT_AFTER: Final = {
    "dispatcher": timedelta(seconds=30),
    "escalator": timedelta(seconds=60),
    AUDITOR: timedelta(minutes=3),
    HOUSEKEEPER: timedelta(minutes=15),
}
PING_TIMEOUT_S: Final = 5.0
OF_ROWS: Final = frozenset({"alert_undelivered", "climb_late", "report_unjudged", "message_unanswered", "digest_late"})
"""Findings about rows of some clinic. The others are about what all clinics share."""

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


def audit() -> list[str]:
    """What is wrong now, as codes of MEANINGS. Empty: alerts reach people."""
    return list(_findings())


def waiting_at(clinic: Clinic) -> list[str]:
    """What waits too long at one clinic now, of the findings that are about rows: the codes of `OF_ROWS`."""
    return [code for code, (rows, way) in _waiting().items() if rows.filter(**{way: clinic}).exists()]


def _findings() -> Iterator[str]:
    yield from (code for code, (rows, _way) in _waiting().items() if rows.exists())
    if Alert.objects.too_far_ahead().exists() or Notification.objects.too_far_ahead().exists():
        yield "clock_stepped_back"
    if is_canary_late():
        yield "canary_late"
    yield from findings_of(HOUSEKEEPER)


def _waiting() -> dict[str, tuple[QuerySet[Any], str]]:
    """The rows that wait too long, by the finding that they are, each with the way to their clinic."""
    unjudged = SymptomReport.objects.filter(assess_due_at__lte=Now() - UNJUDGED_AFTER)
    unanswered = Message.objects.unanswered(database_now() - UNJUDGED_AFTER)
    digests = Digest.objects.filter(state=DigestState.PENDING, created_at__lte=Now() - DIGEST_LATE_AFTER)
    return {
        "alert_undelivered": (undelivered_alerts(), "clinic"),
        "climb_late": (late_climbs(), "clinic"),
        "report_unjudged": (unjudged, "patient__clinic"),
        "message_unanswered": (unanswered, "conversation__patient__clinic"),
        "digest_late": (digests, "recipient__clinic"),
    }


def run_audit() -> list[str]:
    """Audit, keep what was found, page about stuck alerts; all clean: tell the outside that we live."""
    found = audit()
    record_heartbeat(AUDITOR, found)
    if found:
        logger.critical("alerting_impaired findings=%s", ",".join(found))
        page_about_stuck_alerts()
    elif not reasons_for_delay():
        ping()
    return found


def page_about_stuck_alerts() -> int:
    """Page the rest of the clinic about every stuck alert. Returns how many alerts there are.

    One that cannot be paged about is logged; it does not stop the others.
    """
    stuck = list(stuck_alerts().values_list("pk", "patient_id"))
    for alert_id, patient_id in stuck:
        with by_itself("stuck_alert_not_paged alert=%s", alert_id):
            _page_if_stuck(alert_id, patient_id)
    return len(stuck)


def _page_if_stuck(alert_id: UUID, patient_id: UUID) -> None:
    with transaction.atomic():
        lock_patient(patient_id)
        alert = lock_alert(alert_id)
        if stuck_alerts().filter(pk=alert_id).exists():
            page_stuck(alert)


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
