"""The patient's own visits and reminders, upcoming and past, the latest first."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework.generics import ListAPIView

from alerts.api.serializers import ReminderSerializer, VisitSerializer
from alerts.models import Reminder, Visit
from alerts.models.reminder import ReminderState
from symptoms.api.access import patient_of

NOT_SHOWN = [ReminderState.CANCELLED, ReminderState.SUPERSEDED, ReminderState.EXPIRED]
"""Reminders that came to nothing."""


class Visits(ListAPIView[Visit]):
    """Planned, booked and past visits of the patient, by planned day."""

    serializer_class = VisitSerializer
    ordering = ("-planned_on", "-id")

    def get_queryset(self) -> QuerySet[Visit]:
        return Visit.objects.filter(patient=patient_of(self.request))


class Reminders(ListAPIView[Reminder]):
    """What the patient will be and was reminded of or asked, by the time it is due."""

    serializer_class = ReminderSerializer
    ordering = ("-due_at", "-id")

    def get_queryset(self) -> QuerySet[Reminder]:
        reminders = Reminder.objects.filter(patient=patient_of(self.request)).exclude(state__in=NOT_SHOWN)
        return reminders.select_related("patient", "visit")
