"""The patient's own visits and reminders, upcoming and past, the latest first; and the devices that are pushed to."""

from __future__ import annotations

import re
import uuid
from typing import Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from alerts.api.serializers import DeviceInput, DeviceOutput, ReminderSerializer, VisitSerializer
from alerts.devices import forget_device, register_device
from alerts.models import Reminder, Visit
from alerts.models.device import PushService
from alerts.models.reminder import ReminderState
from alerts.reminders import mark_shown
from alerts.visit_calendar import write_calendar
from symptoms.api.access import patient_of
from symptoms.api.descriptions import DENIED, ERROR, LIST_ERRORS, READ_ERRORS
from symptoms.api.errors import InvalidFields
from symptoms.models import DeviceToken

DEVICE_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}")

NOT_SHOWN = [ReminderState.CANCELLED, ReminderState.SUPERSEDED, ReminderState.EXPIRED]
"""Reminders that came to nothing."""


@extend_schema_view(get=extend_schema(summary="Visits", responses={200: VisitSerializer(many=True), **LIST_ERRORS}))
class Visits(ListAPIView[Visit]):
    """Planned, booked and past visits of the patient, by planned day."""

    serializer_class = VisitSerializer
    ordering = ("-planned_on", "-id")

    def get_queryset(self) -> QuerySet[Visit]:
        return Visit.objects.filter(patient=patient_of(self.request)).select_related("patient__clinic")


@extend_schema_view(
    get=extend_schema(summary="Reminders", responses={200: ReminderSerializer(many=True), **LIST_ERRORS})
)
class Reminders(ListAPIView[Reminder]):
    """What the patient will be and was reminded of or asked, by the time it is due."""

    serializer_class = ReminderSerializer
    ordering = ("-due_at", "-id")

    def get_queryset(self) -> QuerySet[Reminder]:
        reminders = Reminder.objects.filter(patient=patient_of(self.request)).exclude(state__in=NOT_SHOWN)
        return reminders.select_related("patient__clinic", "visit")


class VisitsCalendar(APIView):
    @extend_schema(
        operation_id="visits_calendar_retrieve",
        tags=["visits"],
        responses={(200, "text/calendar"): OpenApiTypes.STR, **DENIED},
        summary="Visits for the calendar of the phone (iCalendar)",
    )
    def get(self, request: Request) -> HttpResponse:
        """All visits of the patient that will take place or have, as one calendar."""
        patient = patient_of(request)
        visits = Visit.objects.filter(patient=patient).order_by("planned_on")
        body = write_calendar(patient, visits, timezone.now())
        headers = {"Content-Disposition": 'attachment; filename="visits.ics"', "Cache-Control": "no-store"}
        return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


class Shown(APIView):
    @extend_schema(
        request=None,
        responses={204: None, **READ_ERRORS},
        summary="The app has shown a reminder: it is not sent once more",
    )
    def post(self, request: Request, reminder_id: uuid.UUID) -> Response:
        """May be repeated; the first time counts."""
        own = Reminder.objects.filter(patient=patient_of(request))
        mark_shown(get_object_or_404(own, pk=reminder_id), timezone.now())
        return Response(status=204)


class Device(APIView):
    @extend_schema(
        request=DeviceInput,
        responses={200: DeviceOutput, **DENIED, 400: ERROR, 413: ERROR, 415: ERROR},
        summary="Register this device for push; again to renew",
    )
    def put(self, request: Request, device_id: str) -> Response:
        """`device_id` is made by the app and stays the same on one phone. Of more than ten devices the oldest go."""
        if not DEVICE_ID.fullmatch(device_id):
            raise InvalidFields({"device_id": "Give up to 64 letters, digits, dots, colons, dashes or underscores."})
        body = DeviceInput(data=request.data)
        body.is_valid(raise_exception=True)
        session = request.auth
        assert isinstance(session, DeviceToken), "every device of a patient calls with a token"
        device = register_device(
            patient_of(request),
            session,
            device_id=device_id,
            service=PushService(body.validated_data["service"]),
            address=body.address,
            now=timezone.now(),
        )
        return Response(DeviceOutput(device).data)

    @extend_schema(request=None, responses={204: None, **DENIED}, summary="Push to this device no more")
    def delete(self, request: Request, device_id: str) -> Response:
        """A device that is not registered is fine too."""
        if DEVICE_ID.fullmatch(device_id):
            forget_device(patient_of(request), device_id)
        return Response(status=204)
