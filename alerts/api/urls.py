"""Paths under `/api/v1/` that the alert side answers."""

from django.urls import path

from alerts.api.views import Device, Reminders, Shown, Visits, VisitsCalendar

urlpatterns = [
    path("visits", Visits.as_view(), name="visits"),
    path("visits.ics", VisitsCalendar.as_view(), name="visits-calendar"),
    path("reminders", Reminders.as_view(), name="reminders"),
    path("reminders/<uuid:reminder_id>/shown", Shown.as_view(), name="reminder-shown"),
    path("devices/<str:device_id>", Device.as_view(), name="device"),
]
