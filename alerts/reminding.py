"""Delivers due reminders: by push, e-mail or SMS, else through the list in the app.

At most two tries for each, and one repeat of what the app has not shown. Nothing is sent to somebody whom the
service no longer writes to, in quiet hours, or too late; after downtime the newest of a kind is sent and the
older ones are superseded.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from alerts.check_ins import CHECK_INS
from alerts.models import PatientDevice, Reminder
from alerts.models.notification import AttemptOutcome
from alerts.models.reminder import ReminderKind, ReminderState
from alerts.reaching import PatientChannel, send_by, ways_to
from alerts.reminders import is_outdated, quiet_hours_of
from alerts.schedule import ANSWER_WITHIN
from symptoms.models import TreatmentCourse
from symptoms.models.patient import PatientStatus

logger = logging.getLogger(__name__)

BATCH: Final = 250
SENDERS: Final = 16
LEASE: Final = timedelta(minutes=15)
"""Longer than a batch whose every send takes its full time-out by every way."""

SECONDS: Final = 25.0
"""Of one run. One begins every ten seconds, so up to three workers send at once while much is due."""

MAX_TRIES: Final = 2
TRY_AGAIN_AFTER: Final = timedelta(minutes=10)
UNREAD_AFTER: Final = timedelta(hours=3)
"""What the app has not shown for so long is sent once more, by another way if there is one."""

WHATEVER_THE_HOUR: Final = (ReminderKind.STILL_SORE, ReminderKind.STAFF_MESSAGE)
"""The question about the sores is asked by 10:00 at the latest; what a person writes is meant for now."""

Devices = Mapping[UUID, Sequence[PatientDevice]]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of one try. A `channel` when it went out, a `lease_until` when it has to be tried again."""

    reminder: Reminder
    channel: PatientChannel | None = None
    lease_until: datetime | None = None
    gone: Sequence[PatientDevice] = ()


def deliver_due(now: datetime, limit: int = 1_000_000, seconds: float = SECONDS) -> int:
    """Work off the reminders that are due at `now`, in batches, and return how many were sent.

    Goes on until nothing is due, or so many seconds are used; the next run does the rest. Any number of workers may
    do so at once: a batch is claimed in one transaction, sent by several threads outside any, and settled in one
    statement.
    """
    deadline = monotonic() + seconds
    sent = 0
    with ThreadPoolExecutor(SENDERS, "reminders") as pool:
        for _ in range(0, limit, BATCH):
            claimed, seen = _claim_batch(now)
            sent += _settle(_try_all(claimed, pool, now), now)
            if seen < BATCH or monotonic() >= deadline:
                break
    return sent


def _claim_batch(now: datetime) -> tuple[list[Reminder], int]:
    """The reminders to send of the next batch, and how many rows were looked at. The others are settled."""
    with transaction.atomic(durable=True):
        treated = TreatmentCourse.objects.filter(patient=OuterRef("patient"), ended_on=None)
        due = Reminder.objects.due(now).annotate(has_newer=Exists(_newer(now)), is_treated=Exists(treated))
        held = due.select_for_update(skip_locked=True, of=("self",)).select_related("patient__clinic", "visit")
        batch: list[Any] = list(held[:BATCH])
        to_send = []
        for reminder in batch:
            reminder.state = _judge(reminder, now)
            if reminder.state == ReminderState.SENDING:
                reminder.attempt_count += 1
                reminder.lease_until = now + LEASE
                to_send.append(reminder)
        _write_down(batch)
    return to_send, len(batch)


def _write_down(batch: Iterable[Reminder]) -> None:
    """Record the verdicts of a batch in one statement."""
    rows = [(one.pk, one.state, one.attempt_count, one.lease_until, one.due_at) for one in batch]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_reminder AS reminder"
            " SET state = v.state, attempt_count = v.attempt_count, lease_until = v.lease_until, due_at = v.due_at"
            " FROM unnest(%s::uuid[], %s::text[], %s::int[], %s::timestamptz[], %s::timestamptz[])"
            " AS v (id, state, attempt_count, lease_until, due_at) WHERE reminder.id = v.id",
            [list(column) for column in zip(*rows, strict=True)],
        )


def _newer(now: datetime) -> QuerySet[Reminder]:
    """Reminders of the same kind and visit for the same patient that are due as well, later, and not given up."""
    later = Q(due_at__gt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), pk__gt=OuterRef("pk"))
    worth = Q(state__in=[ReminderState.PENDING, ReminderState.SENDING], expires_at__gt=now) | Q(
        state=ReminderState.SENT
    )
    same = Q(visit=None) | Q(visit=OuterRef("visit"))
    theirs = Reminder.objects.filter(patient=OuterRef("patient"), kind=OuterRef("kind"), due_at__lte=now)
    return theirs.filter(later, worth, same)


def _judge(reminder: Any, now: datetime) -> ReminderState:
    """What becomes of a due reminder. One that cannot be judged must not stop the others: it is put off.

    A repeat that is not needed any more stays what it was: sent.
    """
    try:
        verdict = _verdict(reminder, now)
    except Exception:
        logger.exception("reminder_not_judged reminder=%s", reminder.pk)
        reminder.lease_until = now + TRY_AGAIN_AFTER
        return ReminderState.PENDING
    is_over = verdict not in (ReminderState.PENDING, ReminderState.SENDING)
    return ReminderState.SENT if is_over and reminder.is_repeat else verdict


def _verdict(reminder: Any, now: datetime) -> ReminderState:
    """What becomes of a due reminder. One that falls into quiet hours goes on waiting until they end."""
    patient = reminder.patient
    if patient.status != PatientStatus.ACTIVE:
        return ReminderState.CANCELLED
    if reminder.kind in CHECK_INS and not reminder.is_treated:
        return ReminderState.CANCELLED
    if is_outdated(reminder):
        return ReminderState.CANCELLED
    if reminder.expires_at <= now:
        return ReminderState.EXPIRED
    if reminder.has_newer and reminder.kind != ReminderKind.STAFF_MESSAGE:
        return ReminderState.SUPERSEDED
    quiet = quiet_hours_of(patient)
    if reminder.kind in WHATEVER_THE_HOUR or not quiet.is_quiet(now):
        return ReminderState.SENDING
    morning = quiet.end_of_quiet(now)
    if morning >= reminder.expires_at:
        return ReminderState.EXPIRED
    reminder.due_at = morning
    return ReminderState.PENDING


def _try_all(claimed: Sequence[Reminder], pool: ThreadPoolExecutor, now: datetime) -> list[Settlement]:
    """Send a batch by several threads at once; what could not even be tried is left to the end of its lease."""
    devices = _devices_of(claimed, now)
    tries = pool.map(lambda one: _send_safely(one, devices.get(one.patient_id, ()), now), claimed)
    return [settlement for settlement in tries if settlement is not None]


def _devices_of(reminders: Iterable[Reminder], now: datetime) -> Devices:
    """The devices that can be pushed to, by patient."""
    patients = {reminder.patient_id for reminder in reminders}
    devices: dict[UUID, list[PatientDevice]] = defaultdict(list)
    if patients:
        for device in PatientDevice.objects.signed_in(now).filter(patient__in=patients):
            devices[device.patient_id].append(device)
    return devices


def _send_safely(reminder: Reminder, devices: Sequence[PatientDevice], now: datetime) -> Settlement | None:
    """One reminder that cannot be sent must not stop the others; it is tried again when its lease has run out."""
    try:
        return _send(reminder, devices, now)
    except Exception:
        logger.exception("reminder_not_sent reminder=%s", reminder.pk)
        return None


def _send(reminder: Reminder, devices: Sequence[PatientDevice], now: datetime) -> Settlement:
    """Send one claimed reminder by the first way that takes it. Touches no database: several threads do this.

    A way whose answer got lost may have delivered: it counts as sent, and what stays unread is repeated. The
    patient's app lists every reminder: one without any way, or that failed twice, counts as sent there.
    """
    ways = _ways(reminder, devices)
    if not ways or reminder.attempt_count > MAX_TRIES:
        return Settlement(reminder, channel=PatientChannel.APP)
    gone: list[PatientDevice] = []
    may_pass = False
    for way in ways:
        reached = send_by(way, reminder, devices)
        gone += reached.gone
        if reached.outcome in (AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN):
            return Settlement(reminder, channel=way, gone=gone)
        may_pass = may_pass or reached.outcome != AttemptOutcome.PERMANENT_FAILURE
        logger.warning(
            "reminder_failed reminder=%s channel=%s try=%s error=%s",
            reminder.pk, way, reminder.attempt_count, reached.error,
        )  # fmt: skip
    if may_pass and reminder.attempt_count < MAX_TRIES:
        return Settlement(reminder, lease_until=now + TRY_AGAIN_AFTER, gone=gone)
    return Settlement(reminder, channel=PatientChannel.APP, gone=gone)


def _ways(reminder: Reminder, devices: Sequence[PatientDevice]) -> list[PatientChannel]:
    """The ways to try; of a repeat, that of the first time comes last."""
    ways = ways_to(reminder.patient, devices)
    return sorted(ways, key=lambda way: way == reminder.channel) if reminder.is_repeat else ways


def _settle(settlements: Sequence[Settlement], now: datetime) -> int:
    """Record the outcomes of a batch, but of those reminders that another worker has taken over meanwhile.

    From a check-in that went out on, its answer is waited for. Returns how many went out.
    """
    rows = [_row_of(settlement, now) for settlement in settlements]
    if not rows:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_reminder AS reminder SET state = v.state, lease_until = v.lease_until,"
            " channel = COALESCE(v.channel, reminder.channel), sent_at = COALESCE(v.sent_at, reminder.sent_at),"
            " unread_due_at = v.unread_due_at, answer_due_at = COALESCE(v.answer_due_at, reminder.answer_due_at)"
            " FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::timestamptz[], %s::text[], %s::timestamptz[],"
            " %s::timestamptz[], %s::timestamptz[])"
            " AS v (id, attempt_count, state, lease_until, channel, sent_at, unread_due_at, answer_due_at)"
            " WHERE reminder.id = v.id AND reminder.state = 'sending' AND reminder.attempt_count = v.attempt_count"
            " RETURNING v.state",
            [list(column) for column in zip(*rows, strict=True)],
        )
        settled = [state for (state,) in cursor.fetchall()]
        gone = [device.pk for settlement in settlements for device in settlement.gone]
        if gone:
            PatientDevice.objects.filter(pk__in=gone).delete()
    return settled.count(ReminderState.SENT)


def _row_of(settlement: Settlement, now: datetime) -> tuple[object, ...]:
    reminder, channel = settlement.reminder, settlement.channel
    if channel is None:
        return (
            reminder.pk, reminder.attempt_count, ReminderState.PENDING.value, settlement.lease_until,
            None, None, None, None,
        )  # fmt: skip
    is_unread = channel != PatientChannel.APP and not reminder.is_repeat and reminder.shown_at is None
    is_asked = reminder.kind == ReminderKind.CHECK_IN and not reminder.is_repeat
    return (
        reminder.pk, reminder.attempt_count, ReminderState.SENT.value, None, channel.value, now,
        now + UNREAD_AFTER if is_unread else None, now + ANSWER_WITHIN if is_asked else None,
    )  # fmt: skip


def repeat_unread(now: datetime, limit: int = 10_000) -> int:
    """Make due once more what the app has not shown for some hours. Returns how many; one repeat for each.

    What has lost its sense meanwhile, or was followed by a newer one of its kind, stays sent.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH unread AS (SELECT id FROM alerts_reminder WHERE unread_due_at <= %s"
            " ORDER BY unread_due_at LIMIT %s FOR UPDATE SKIP LOCKED)"
            " UPDATE alerts_reminder AS reminder SET unread_due_at = NULL,"
            " state = CASE WHEN is_worth THEN 'pending' ELSE state END,"
            " is_repeat = is_worth, attempt_count = CASE WHEN is_worth THEN 0 ELSE attempt_count END"
            " FROM (SELECT old.id, old.state = 'sent' AND old.shown_at IS NULL AND old.expires_at > %s AND NOT EXISTS"
            " (SELECT 1 FROM alerts_reminder newer WHERE newer.patient_id = old.patient_id AND newer.kind = old.kind"
            " AND newer.visit_id IS NOT DISTINCT FROM old.visit_id"
            " AND newer.due_at > old.due_at AND newer.state = 'sent') AS is_worth"
            " FROM alerts_reminder old JOIN unread USING (id)) AS judged"
            " WHERE reminder.id = judged.id RETURNING is_worth",
            [now, limit, now],
        )
        return sum(is_worth for (is_worth,) in cursor.fetchall())
