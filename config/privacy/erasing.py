"""Erases what need not be kept: on a patient's request, and when the time for which records are kept has passed.

Runs in batches and may be stopped and begun again: what is erased already stays so. Rows stay where they are, for the
clinic has to show what was reported and done; what tells who it was goes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from alerts.by_itself import by_itself
from alerts.models import Alert, ContactPoint, PatientDevice, Visit
from config.privacy.records import KEPT, Kept
from config.privacy.retention import CLOSED_FOR, ERASURE_WAITS, RETENTIONS
from symptoms.carers import revoke_carer
from symptoms.consent import take_consent_back
from symptoms.field_keys import encrypted_fields
from symptoms.models import DeviceToken, Erasure, Patient, TreatmentCourse, User
from symptoms.models.erasure import ErasureScope
from symptoms.models.guards import rewriting_words

logger = logging.getLogger(__name__)

BATCH_ROWS: Final = 500
DAYS_OF_YEAR: Final = 365.25


def request_erasure(patient: Patient, *, by: User, now: datetime) -> list[Erasure]:
    """Note that a patient wants to be erased. The service ends at once, as when the consent is taken back.

    What only the service needs is erased after 14 days; the record when it need not be kept any longer. A repeat
    returns what is pending.
    """
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
        if pending := asked_for(patient):
            return pending
        take_consent_back(patient, now=now, by=by)
        patient.erasures.pending().update(cancelled_at=now)
        dues = {ErasureScope.CONTACT: now + ERASURE_WAITS, ErasureScope.RECORD: record_ends_at(patient, now)}
        return [
            Erasure.objects.create(patient=patient, scope=scope, requested_at=now, requested_by=by, due_at=due)
            for scope, due in dues.items()
        ]


def asked_for(patient: Patient) -> list[Erasure]:
    """What the patient has asked for and is not done, the next first."""
    return list(patient.erasures.pending().filter(requested_by__isnull=False).order_by("due_at"))


def last_word(patient: Patient) -> list[Any]:
    """The latest erasures by their keys, and when they were done or taken back. It never comes back to what it was."""
    return list(patient.erasures.order_by("-pk").values_list("pk", "done_at", "cancelled_at")[:2])


def pending_of(patient: Patient) -> Iterable[Erasure]:
    """What is still to be erased of a patient, asked for or not, the next first."""
    return patient.erasures.pending().order_by("due_at")


def record_ends_at(patient: Patient, now: datetime) -> datetime:
    """Until when the record has to be kept: so many years after its last entry. Never before the first erasure."""
    entries: list[datetime | None] = [
        patient.created_at,
        patient.reports.order_by("-received_at").values_list("received_at", flat=True).first(),
        patient.conversations.order_by("-last_message_at").values_list("last_message_at", flat=True).first(),
        Alert.objects.filter(patient=patient).order_by("-updated_at").values_list("updated_at", flat=True).first(),
    ]
    last_visit = Visit.objects.filter(patient=patient).order_by("-planned_on").first()
    if last_visit is not None:
        entries.append(timezone.make_aware(datetime.combine(last_visit.planned_on, datetime.min.time())))
    latest = max(entry for entry in entries if entry is not None)
    return max(latest + timedelta(days=patient.clinic.retention_years * DAYS_OF_YEAR), now + ERASURE_WAITS)


def erase_due(now: datetime) -> int:
    """Do every erasure that is due, and delete what nobody needs any longer; returns how many erasures were done."""
    plan_ended_records(now)
    delete_outdated(now)
    forget_who_left(now)
    done = 0
    for erasure in Erasure.objects.due(now).select_related("patient__clinic", "patient__user"):
        with by_itself("erasure_failed erasure=%s", erasure.pk):
            done += _erase(erasure, now)
    return done


def plan_ended_records(now: datetime) -> None:
    """Make the erasure of every record due whose time has passed, though nobody asked."""
    oldest = now - timedelta(days=10 * DAYS_OF_YEAR)
    own = Erasure.objects.filter(patient=OuterRef("pk"), scope=ErasureScope.RECORD, cancelled_at=None)
    running = TreatmentCourse.objects.filter(patient=OuterRef("pk"), ended_on=None)
    candidates = Patient.objects.filter(~Exists(own), ~Exists(running), created_at__lt=oldest, is_synthetic=False)
    for patient in candidates.select_related("clinic").iterator(BATCH_ROWS):
        ends_at = record_ends_at(patient, now)
        if ends_at <= now + ERASURE_WAITS:
            for scope in ErasureScope:
                Erasure.objects.get_or_create(
                    patient=patient,
                    scope=scope,
                    done_at=None,
                    cancelled_at=None,
                    defaults={"requested_at": now, "due_at": now + ERASURE_WAITS},
                )


def delete_outdated(now: datetime) -> None:
    """Delete the rows that the table of retentions gives a time of their own, a batch at a time."""
    for row in RETENTIONS:
        if not row.moment:
            continue
        for label in row.labels:
            manager = apps.get_model(label)._base_manager
            # The trigger of an append-only table goes by the database's clock.
            ended = (Now() if row.is_append_only else now) - row.kept_for
            old = manager.filter(**{f"{row.moment}__lt": ended}).values("pk")[:BATCH_ROWS]
            with rewriting_words() if row.is_append_only else nullcontext():
                while manager.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]:
                    pass


def forget_who_left(now: datetime) -> None:
    """Delete the addresses and second factors of staff whose accounts are closed and have long not been used."""
    closed = User.objects.filter(is_staff=True, is_active=False).annotate(used_at=Coalesce("last_login", "date_joined"))
    gone = closed.filter(used_at__lt=now - CLOSED_FOR)
    for rows in (
        ContactPoint.objects.filter(practitioner__user__in=gone),
        Authenticator.objects.filter(user__in=gone),
        EmailAddress.objects.filter(user__in=gone),
    ):
        rows.delete()


def _erase(erasure: Erasure, now: datetime) -> bool:
    """Do one erasure, unless it was taken back meanwhile. A record with newer entries waits until these may go."""
    patient, by = erasure.patient, erasure.requested_by or erasure.patient.user
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
        pending = Erasure.objects.pending().select_for_update().filter(pk=erasure.pk)
        if not pending:
            return False
        ends_at = record_ends_at(patient, now)
        if erasure.scope == ErasureScope.RECORD and ends_at > now + ERASURE_WAITS:
            pending.update(due_at=ends_at)
            return False
        log = _erase_contact(patient, by, now)
        if erasure.scope == ErasureScope.CONTACT:
            pending.update(done_at=now, log=log)
    if erasure.scope == ErasureScope.RECORD:
        Erasure.objects.filter(pk=erasure.pk).update(done_at=now, log=log | _erase_record(patient))
    logger.info("erased erasure=%s scope=%s", erasure.pk, erasure.scope)
    return True


def _erase_contact(patient: Patient, by: User, now: datetime) -> dict[str, int]:
    """Erase what only the service needs. Returns the number of rows by table."""
    for carer in patient.carers.in_force():
        revoke_carer(carer, now=now, by=by)
    log = {
        "alerts.PatientDevice": PatientDevice.objects.filter(patient=patient).delete()[0],
        "symptoms.DeviceToken": DeviceToken.objects.filter(user=patient.user_id).delete()[0],
        "symptoms.ActivationCode": patient.activation_codes.all().delete()[0],
    }
    Patient.objects.filter(pk=patient.pk).update(email="", phone="", carer_name="", carer_phone="", preferences={})
    return log


def _erase_record(patient: Patient) -> dict[str, int]:
    """Erase every word about a patient and who it is. Returns the number of rows by table."""
    log = {kept.label: sum(map(len, _batches(kept, patient))) for kept in KEPT if encrypted_fields(kept.model)}
    Patient.objects.filter(pk=patient.pk).update(
        full_name=f"Erased {str(patient.pk)[:8]}",
        hospital_number="",
        date_of_birth=None,
        emergency_department="",
        travel_distance_km=None,
    )
    User.objects.filter(pk=patient.user_id).update(is_active=False)
    log["admin.LogEntry"] = _log_lines(patient).update(object_repr="Erased", change_message="")
    return log


def _batches(kept: Kept, patient: Patient) -> Iterator[list[Any]]:
    """Erase the words of a table batch by batch; yields the keys of each."""
    model = kept.model
    keys = list(kept.rows_of(patient).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH_ROWS):
        batch = keys[start : start + BATCH_ROWS]
        with rewriting_words(), connection.cursor() as cursor:
            _erase_words(cursor, model, batch)
        yield batch


def _erase_words(cursor: Any, model: type[Model], keys: list[Any]) -> None:
    """Erase the words of some rows within the caller's transaction."""
    table, key = model._meta.db_table, model._meta.pk
    for field in encrypted_fields(model):
        column, kind = field.column, field.db_type(connection)
        cursor.execute(f'SELECT "{key.column}", "{column}"::text FROM "{table}" WHERE "{key.column}" = ANY(%s)', [keys])  # noqa: S608  (names of our own tables)
        for pk, stored in cursor.fetchall():
            rest = field.erased(stored)
            if rest is not None:
                cursor.execute(f'UPDATE "{table}" SET "{column}" = %s::{kind} WHERE "{key.column}" = %s', [rest, pk])  # noqa: S608  (names of our own tables)


def _log_lines(patient: Patient) -> QuerySet[LogEntry]:
    """What staff did in the site with any record of the patient: each line names the record in words."""
    lines = LogEntry.objects.none()
    for kept in KEPT:
        which = ContentType.objects.get_for_model(kept.model)
        keys = [str(pk) for pk in kept.rows_of(patient).values_list("pk", flat=True)]
        lines = lines | LogEntry.objects.filter(content_type=which, object_id__in=keys)
    return lines
