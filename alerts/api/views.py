"""The patient's own visits and reminders, upcoming and past, the latest first."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView

from alerts.api.serializers import ReminderSerializer, VisitSerializer
from alerts.models import Reminder, Visit
from alerts.models.reminder import ReminderState
from symptoms.api.access import patient_of
from symptoms.api.descriptions import DENIED

NOT_SHOWN = [ReminderState.CANCELLED, ReminderState.SUPERSEDED, ReminderState.EXPIRED]
"""Reminders that came to nothing."""


@extend_schema_view(get=extend_schema(summary="Visits", responses={200: VisitSerializer(many=True), **DENIED}))
class Visits(ListAPIView[Visit]):
    """Planned, booked and past visits of the patient, by planned day."""

    serializer_class = VisitSerializer
    ordering = ("-planned_on", "-id")

    def get_queryset(self) -> QuerySet[Visit]:
        return Visit.objects.filter(patient=patient_of(self.request))


@extend_schema_view(get=extend_schema(summary="Reminders", responses={200: ReminderSerializer(many=True), **DENIED}))
class Reminders(ListAPIView[Reminder]):
    """What the patient will be and was reminded of or asked, by the time it is due."""

    serializer_class = ReminderSerializer
    ordering = ("-due_at", "-id")

    def get_queryset(self) -> QuerySet[Reminder]:
        reminders = Reminder.objects.filter(patient=patient_of(self.request)).exclude(state__in=NOT_SHOWN)
        return reminders.select_related("patient", "visit")
