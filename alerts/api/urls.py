"""Paths under `/api/v1/` that the alert side answers."""

from django.urls import path

from alerts.api.views import Reminders, Visits

urlpatterns = [
    path("visits", Visits.as_view(), name="visits"),
    path("reminders", Reminders.as_view(), name="reminders"),
]
