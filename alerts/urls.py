"""Paths of the alert side outside the API and the clinician site."""

from django.urls import path

from alerts.views import acknowledging, receipts

urlpatterns = [
    path("acknowledge/<str:token>", acknowledging.acknowledge_page, name="acknowledge_page"),
    path("receipts/<slug:provider>", receipts.take_receipts, name="receipts"),
]
