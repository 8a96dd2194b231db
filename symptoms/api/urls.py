"""Paths under `/api/v1/` that the symptom side answers."""

from django.urls import path

from symptoms.api import amending, batch, own, views

urlpatterns = [
    path("activate", views.Activate.as_view(), name="activate"),
    path("session", views.Session.as_view(), name="session"),
    path("sessions", own.Sessions.as_view(), name="sessions"),
    path("sessions/<uuid:session_id>", own.OneSession.as_view(), name="session-of-device"),
    path("carers", own.Carers.as_view(), name="carers"),
    path("carers/<uuid:carer_id>", own.OneCarer.as_view(), name="carer"),
    path("consent", own.ConsentView.as_view(), name="consent"),
    path("me", views.Me.as_view(), name="me"),
    path("conversations", views.Conversations.as_view(), name="conversations"),
    path("conversations/<uuid:conversation_id>", views.Transcript.as_view(), name="conversation"),
    path("conversations/<uuid:conversation_id>/messages", views.Messages.as_view(), name="messages"),
    path("reports", views.Reports.as_view(), name="reports"),
    path("reports/batch", batch.ReportsBatch.as_view(), name="reports-batch"),
    path("reports/<uuid:report_id>", views.Report.as_view(), name="report"),
    path("reports/<uuid:report_id>/amendments", amending.Amendments.as_view(), name="amendments"),
]
