"""Paths under `/api/v1/` that the education side answers."""

from django.urls import path

from education.api.views import LeafletAnswer, LeafletList, LeafletRead, LeafletView

urlpatterns = [
    path("leaflets", LeafletList.as_view(), name="leaflets"),
    path("leaflets/<slug:slug>", LeafletView.as_view(), name="leaflet"),
    path("leaflets/<slug:slug>/read", LeafletRead.as_view(), name="leaflet-read"),
    path("leaflets/<slug:slug>/answers", LeafletAnswer.as_view(), name="leaflet-answers"),
]
