"""The daily digest: on working days, when the clinic opens, tier 1 is told how many alerts wait in the worklist.

Once a day and person: a digest is a row first, tried by the person's own channels until it is sent or its day is over.
One that all of them refuse is put before the staff. It holds a count and a link, no name and nothing clinical.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Now

from alerts.contacts import ways_of
from alerts.escalation import Who
from alerts.models import Alert, Digest, RotaGap
from alerts.models.alert import CANARY_SLUG
from alerts.models.digest import DigestState
from alerts.models.notification import AttemptOutcome
from alerts.policies import office_hours_of, team_of
from alerts.raising import raise_alert
from alerts.rostering import for_each_clinic
from alerts.transports import CARRIERS, Sent
from alerts.transports.messages import Message
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Problem, Urgency
from symptoms.clock import database_now
from symptoms.models import Clinic

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=3)
"""How long a claimed digest is left alone: longer than a try by every channel. A failed one is tried again then."""

DIGEST_REFUSED: Final = NotifyCareTeam(Problem.SYSTEM, Urgency.URGENT, rules=("DIGEST-REFUSED",))


def plan_digests() -> int:
    """Write the digests of today, once each, for clinics that have opened and have alerts waiting.

    Raises SomeClinicsFailed at the end.
    """
    now = database_now()
    waiting = Alert.objects.not_closed().values("clinic")
    clinics = Clinic.objects.filter(pk__in=waiting).exclude(slug=CANARY_SLUG)
    return for_each_clinic(clinics, lambda clinic: _plan(clinic, now))


def _plan(clinic: Clinic, now: datetime) -> int:
    hours = office_hours_of(clinic, now)
    if not hours.is_open(now):
        return 0
    today = local_date(now, hours.zone)
    if Digest.objects.filter(recipient__clinic=clinic, on=today).exists():
        return 0
    count = Alert.objects.of_clinic(clinic).not_closed().count()
    team = team_of(clinic, Urgency.ROUTINE, now)
    people = team.people(Who.TIER_1) or team.everybody
    planned = Digest.objects.bulk_create(
        [Digest(recipient=one, on=today, alert_count=count, not_before=now, created_at=now) for one in people],
        ignore_conflicts=True,
    )
    return len(planned)


def deliver_digests(limit: int = 100) -> int:
    """Send the digests that are due, one after the other. Returns how many were sent."""
    sent = 0
    for _ in range(limit):
        digest = _claim()
        if digest is None:
            break
        sent += _send(digest)
    return sent


def _claim() -> Digest | None:
    with transaction.atomic(durable=True):
        due = Digest.objects.claimable().select_for_update(skip_locked=True, of=("self",))
        digest = due.select_related("recipient__user", "recipient__clinic").first()
        if digest is not None:
            ours = Digest.objects.filter(pk=digest.pk)
            ours.update(not_before=Now() + Value(LEASE), attempt_count=F("attempt_count") + 1)
    return digest


def _send(digest: Digest) -> bool:
    """Send by the first of the person's channels that takes it, or may have taken it. Its day over, it is not sent."""
    if _is_over(digest):
        logger.error("digest_not_sent digest=%s", digest.pk)
        Digest.objects.filter(pk=digest.pk).update(state=DigestState.FAILED, finished_at=Now())
        return False
    message = _compose(digest)
    refusals: list[Sent] = []
    for way in ways_of([digest.recipient])[digest.recipient_id]:
        sent = CARRIERS[way.channel].carry(message, way.address)
        if sent.outcome in (AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN):
            Digest.objects.filter(pk=digest.pk).update(state=DigestState.SENT, finished_at=Now())
            return True
        logger.info("digest_failed digest=%s channel=%s error=%s", digest.pk, way.channel, sent.error)
        refusals.append(sent)
    if all(sent.outcome == AttemptOutcome.PERMANENT_FAILURE for sent in refusals):
        _give_up(digest)
    return False


def _is_over(digest: Digest) -> bool:
    """Whether the clinic's day has ended: tomorrow has a digest of its own, and one mailbox must not warn for ever."""
    return local_date(database_now(), digest.recipient.clinic.zone) > digest.on


def _give_up(digest: Digest) -> None:
    """Every channel of the person refused it for good: the staff are told by an alert of a patient who waits."""
    logger.error("digest_refused digest=%s", digest.pk)
    with transaction.atomic():
        Digest.objects.filter(pk=digest.pk).update(state=DigestState.FAILED, finished_at=Now())
        waiting = Alert.objects.of_clinic(digest.recipient.clinic).not_closed().select_related("patient")
        oldest = waiting.order_by("raised_at").first()
        if oldest is not None:  # else there is nothing any more that the digest would have told
            raise_alert(DIGEST_REFUSED, patient=oldest.patient, report=None, now=database_now())


def _compose(digest: Digest) -> Message:
    count = digest.alert_count
    return Message(
        identity=f"digest-{digest.pk}",
        kind="digest",
        subject=f"{count} alerts are waiting" if count != 1 else "1 alert is waiting",
        paragraphs=tuple(_lines(digest)),
        link=_worklist(),
    )


def _worklist() -> str:
    return f"{settings.SITE_URL.rstrip('/')}/admin/alerts/alert/"


def _lines(digest: Digest) -> list[str]:
    lines = [
        "This is the daily digest of the alerts that nobody has closed.",
        "Sign in to see the worklist:",
        _worklist(),
    ]
    gaps = RotaGap.objects.filter(clinic=digest.recipient.clinic_id).count()
    if gaps:
        lines.append(f"The rota of the next fourteen days has {gaps} gaps: hours in which nobody is on shift.")
    return lines
