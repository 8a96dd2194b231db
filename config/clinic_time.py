"""Shows times in the clinician site as the clinic's own clock has them."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from symptoms.models import Practitioner, User

GetResponse = Callable[[HttpRequest], HttpResponse]


class ClinicTimeMiddleware:
    """Activates the zone of the practitioner's clinic for the pages of the clinician site."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = zone_of(request)
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)


def zone_of(request: HttpRequest) -> ZoneInfo | None:
    """The zone to show times in; None outside the clinician site, and for who belongs to no clinic."""
    if not request.path.startswith("/admin/") or not isinstance(request.user, User):
        return None
    practitioner = Practitioner.objects.select_related("clinic").filter(user=request.user).first()
    return ZoneInfo(practitioner.clinic.time_zone) if practitioner else None
