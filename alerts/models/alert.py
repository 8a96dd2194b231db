"""Alerts and their timeline."""

from __future__ import annotations

import uuid
from datetime import timedelta
from enum import StrEnum
from functools import reduce
from operator import or_

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from alerts.escalation import LIMITS, Hours
from alerts.models.fields import CountedField
from symptoms.clinical.terms import Problem, Slot, Urgency
from symptoms.models import Clinic, Patient, Practitioner, SymptomReport
from symptoms.models.encrypted import EncryptedJSONField
from symptoms.models.fields import URGENCIES, choices, one_of
from symptoms.models.guards import append_only

CANARY_SLUG = "canary"
"""The clinic of the synthetic patient. No person works or is treated there."""


CLOCKS_AGREE = timedelta(minutes=1)
"""Moments of the database that differ by less are taken for the same."""


class AlertState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What was done about an alert. `UNABLE_TO_REACH` keeps it open."""

    SELF_CARE_ADVICE = "self_care_advice"
    PHONE_ADVICE = "phone_advice"
    CLINIC_VISIT = "clinic_visit"
    ACUTE_ONCOLOGY = "acute_oncology"
    EMERGENCY = "emergency"
    TREATMENT_INTERRUPTED = "treatment_interrupted"
    NO_ACTION = "no_action"
    UNABLE_TO_REACH = "unable_to_reach"


class Awaited(StrEnum):
    """What a person has to do about an alert that was seen to until `climbs_at`, else it climbs again."""

    NOTHING = ""
    ACTION = "action"
    OUTCOME = "outcome"
    ANOTHER_TRY = "another_try"


def _is_too_far_ahead() -> models.Q:
    """Written before the clock of the database stepped back."""
    began_in_the_future = models.Q(climbing_since__gt=Now() + CLOCKS_AGREE, climbs_at__gt=Now(), awaited="")
    waits_too_long = [
        models.Q(urgency=urgency.value, climbs_at__gt=Now() + limits.longest + CLOCKS_AGREE / 2)
        for urgency, limits in LIMITS.items()
    ]
    return reduce(or_, waits_too_long, began_in_the_future)


def _refuse_longer_waits() -> str:
    """SQL that refuses to let an alert wait longer than a policy may for its urgency. What stays is not judged."""
    longest = " ".join(
        f"WHEN {urgency.value} THEN interval '{limits.longest // timedelta(minutes=1)} minutes'"
        for urgency, limits in LIMITS.items()
    )
    return (
        f"longest = CASE NEW.urgency {longest} END;"
        " IF NEW.climbs_at > statement_timestamp() + longest"
        " AND (TG_OP = 'INSERT' OR NEW.climbs_at IS DISTINCT FROM OLD.climbs_at) THEN"
        " RAISE EXCEPTION 'an alert may not wait so long'; END IF; RETURN NEW;"
    )


class AlertQuerySet(models.QuerySet["Alert"]):
    def of_clinic(self, clinic: Clinic) -> AlertQuerySet:
        return self.filter(clinic=clinic)

    def of_people(self) -> AlertQuerySet:
        """All but those of the canary, which has a clinic of its own."""
        return self.exclude(clinic__slug=CANARY_SLUG)

    def not_closed(self) -> AlertQuerySet:
        return self.exclude(state=AlertState.CLOSED)

    def climbing(self) -> AlertQuerySet:
        """Whose next step is due, or whose acknowledgement has run out, by the clock of the database.

        What lies further ahead than any wait is due as well.
        """
        is_due = models.Q(climbs_at__lte=Now()) | _is_too_far_ahead()
        return self.not_closed().filter(is_due).order_by("climbs_at")

    def too_far_ahead(self) -> AlertQuerySet:
        """Which wait longer than they may, or climb since a moment to come."""
        return self.not_closed().filter(_is_too_far_ahead())

    def most_urgent_first(self) -> AlertQuerySet:
        """By urgency, then by waiting time: the order of the worklist. Two of one moment keep their places."""
        return self.order_by("-urgency", "raised_at", "number")


class Alert(models.Model):
    """Something about one patient that a clinician has to see to.

    One is open per patient and problem; a new finding joins it. While it is not closed its urgency only
    rises, and each rise starts a new `generation`, which voids an acknowledgement. An urgent one climbs the
    ladder of its policy from person to person until somebody takes it, and again when they let it lie.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = CountedField(help_text="What people say to each other.")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="alerts", db_index=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="alerts")
    problem = models.CharField(max_length=20, choices=choices(Problem))
    urgency = models.PositiveSmallIntegerField(choices=URGENCIES)
    state = models.CharField(max_length=20, choices=choices(AlertState), default=AlertState.OPEN)
    generation = models.PositiveIntegerField(default=1)
    rules = models.JSONField(default=list, help_text="Ids of all rules that this alert has seen.")
    report = models.ForeignKey(
        SymptomReport, on_delete=models.PROTECT, related_name="alerts", null=True, blank=True, help_text="The latest."
    )
    answers_seen = EncryptedJSONField(
        words_only=[Slot.OTHER_TEXT],
        default=dict,
        help_text="Answers of that report as the alert saw them: what a later report is compared with.",
    )
    raised_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="acknowledged_alerts", null=True, blank=True
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    let_lie_by = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who had it and let it lie, until somebody takes it again.",
    )
    outcome = models.CharField(max_length=30, choices=choices(Outcome), blank=True)
    closed_by = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="closed_alerts", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    reopens = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="reopened_as", null=True, blank=True, help_text="The one before."
    )
    policy = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="The escalation policy as it was when this was raised."
    )
    climbing_since = models.DateTimeField(null=True, blank=True, help_text="When the present climb began.")
    climbing_hours = models.CharField(
        max_length=20,
        choices=choices(Hours),
        blank=True,
        default="",
        db_default="",
        help_text="Of which hours the ladder of the present climb is.",
    )
    steps_taken = models.PositiveIntegerField(default=0, db_default=0, help_text="Of the present climb.")
    stepped_at = models.DateTimeField(null=True, blank=True, help_text="When its last step was taken.")
    climbs_at = models.DateTimeField(
        null=True, blank=True, help_text="When it climbs next unless somebody does what is awaited."
    )
    awaited = models.CharField(max_length=20, choices=choices(Awaited), blank=True, default="", db_default="")

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "problem"],
                condition=~models.Q(state=AlertState.CLOSED),
                name="one_open_alert_per_patient_and_problem",
            ),
            models.CheckConstraint(condition=one_of("problem", Problem), name="alert_problem_known"),
            models.CheckConstraint(condition=one_of("state", AlertState), name="alert_state_known"),
            models.CheckConstraint(
                condition=one_of("urgency", [Urgency.ROUTINE, Urgency.URGENT, Urgency.EMERGENCY]),
                name="alert_urgency_is_worth_an_alert",
            ),
            models.CheckConstraint(condition=one_of("awaited", Awaited), name="alert_awaited_known"),
            models.CheckConstraint(
                condition=models.Q(climbing_hours="") | one_of("climbing_hours", Hours),
                name="alert_climbing_hours_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AlertState.ACKNOWLEDGED)
                | models.Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="alert_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AlertState.CLOSED)
                | (models.Q(closed_by__isnull=False, closed_at__isnull=False) & ~models.Q(outcome="")),
                name="alert_closed_by_somebody_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "-urgency", "raised_at"],
                condition=~models.Q(state=AlertState.CLOSED),
                name="alert_worklist",
            ),
            models.Index(
                "clinic",
                models.F("closed_at").desc(nulls_first=True),
                models.F("urgency").desc(),
                "raised_at",
                name="alert_list",
            ),
            models.Index(
                fields=["climbs_at"],
                condition=~models.Q(state=AlertState.CLOSED) & models.Q(climbs_at__isnull=False),
                name="alert_climbs",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="urgency_only_rises",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__urgency__lt=pgtrigger.F("old__urgency"))
                | pgtrigger.Q(new__generation__lt=pgtrigger.F("old__generation")),
                func="RAISE EXCEPTION 'the urgency of an alert only rises';",
            ),
            # Whoever writes the row, also a release that knows nothing of climbing: no urgent alert falls silent.
            pgtrigger.Trigger(
                name="never_silent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__climbs_at__isnull=True, new__urgency__gte=Urgency.URGENT.value)
                & ~pgtrigger.Q(new__state=AlertState.CLOSED.value),
                func="NEW.climbs_at = statement_timestamp(); RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="rise_voids_acknowledgement",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    new__urgency__gt=pgtrigger.F("old__urgency"), new__generation=pgtrigger.F("old__generation")
                )
                & ~pgtrigger.Q(old__state=AlertState.CLOSED.value),
                func=(
                    "NEW.generation = OLD.generation + 1; NEW.state = 'open'; NEW.awaited = '';"
                    " NEW.acknowledged_by_id = NULL; NEW.acknowledged_at = NULL;"
                    " NEW.climbing_since = NULL; NEW.climbs_at = statement_timestamp(); RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="no_wait_without_end",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("longest", "interval")],
                func=_refuse_longer_waits(),
            ),
            pgtrigger.Trigger(
                name="patient_and_rules_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF NEW.patient_id <> OLD.patient_id OR NEW.clinic_id <> OLD.clinic_id"
                    " OR NOT NEW.rules::jsonb @> OLD.rules::jsonb THEN"
                    " RAISE EXCEPTION 'an alert keeps its patient, its clinic and its rules'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="handled_by_its_own_clinic",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF (TG_OP = 'INSERT' OR (NEW.acknowledged_by_id, NEW.closed_by_id)"
                    " IS DISTINCT FROM (OLD.acknowledged_by_id, OLD.closed_by_id))"
                    " AND EXISTS (SELECT FROM symptoms_practitioner person"
                    " WHERE person.id IN (NEW.acknowledged_by_id, NEW.closed_by_id)"
                    " AND person.clinic_id <> NEW.clinic_id) THEN"
                    " RAISE EXCEPTION 'an alert is handled by people of its own clinic'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"


class AlertEventKind(StrEnum):
    RAISED = "raised"
    JOINED = "joined"
    URGENCY_ROSE = "urgency_rose"
    NOTIFIED = "notified"
    DELIVERY_FAILED = "delivery_failed"
    NOBODY_REACHABLE = "nobody_reachable"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    ACTION = "action"
    GIVEN_BACK = "given_back"
    TAKEN_OVER = "taken_over"
    LAPSED = "lapsed"
    NOTE = "note"
    UNABLE_TO_REACH = "unable_to_reach"
    MESSAGED = "messaged"
    ANSWERED = "answered"
    AMENDED = "amended"
    CLOSED = "closed"
    REOPENED = "reopened"


class AlertEvent(models.Model):
    """One line of an alert's timeline. Append-only."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events", db_index=False)
    number = models.PositiveIntegerField(help_text="Order within the alert, from 1.")
    kind = models.CharField(max_length=20, choices=choices(AlertEventKind))
    happened_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    detail = EncryptedJSONField(
        words_only=["note"],
        has_own_codes=True,
        default=dict,
        help_text="Rules, urgency, channel, note: what the kind calls for.",
    )

    class Meta:
        ordering = ["alert", "number"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "number"], name="alert_events_are_numbered"),
            models.CheckConstraint(condition=one_of("kind", AlertEventKind), name="alert_event_kind_known"),
        ]
        triggers = [append_only(but=["detail"])]

    def __str__(self) -> str:
        return f"{self.kind} at {self.happened_at:%Y-%m-%d %H:%M:%S}"
