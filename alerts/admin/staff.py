"""The pages of a clinic and of those who work there, which also say when nobody is left to be paged.

The alerts of somebody who leaves, or whose new role cannot act, are nobody's again at once.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from alerts.admin.gaps import SaysGaps, say_gaps
from alerts.handing_over import give_back_all
from symptoms.access_log import record_access
from symptoms.admin.account import UserAdmin
from symptoms.admin.clinic import ClinicAdmin, PractitionerAdmin
from symptoms.admin.scoping import CLINICIANS, practitioner_of
from symptoms.models import Clinic, Practitioner, User
from symptoms.models.access import AccessKind

admin.site.unregister([Clinic, Practitioner, User])

HOURS: Final = frozenset({"opens_at", "closes_at", "time_zone"})
"""What of a clinic decides at which hours which steps are taken."""


@admin.register(Clinic)
class PagedClinicAdmin(ClinicAdmin):
    """A policy may page others while a clinic is open than while it is closed."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and HOURS & set(form.changed_data):
            say_gaps(request, form.instance)


@admin.register(Practitioner)
class PagedPractitionerAdmin(SaysGaps, PractitionerAdmin):
    """Whoever is marked as on call is paged where no rota is planned."""

    def save_model(self, request: HttpRequest, obj: Practitioner, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _give_back_of(request, obj)


@admin.register(User)
class PagedUserAdmin(UserAdmin):
    """Nobody is paged whose account is closed or has no address."""

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        person: Practitioner | None = getattr(obj, "practitioner", None)
        if person is not None and {"is_active", "email"} & set(form.changed_data):
            person.user = obj
            _give_back_of(request, person)
            say_gaps(request, person.clinic)


def _give_back_of(request: HttpRequest, person: Practitioner) -> None:
    """Take the alerts from somebody who cannot act any more, and say which these are."""
    if person.user.is_active and person.role in CLINICIANS:
        return
    assert isinstance(request.user, User)
    given_back = give_back_all(person, request.user, timezone.now())
    if not given_back:
        return
    if practitioner_of(request) is not None:
        record_access(request, AccessKind.CHANGE, [one.patient_id for one in given_back])
    numbers = ", ".join(map(str, sorted(one.number for one in given_back)))
    said = gettext("%(who)s had these alerts, which nobody has now: %(numbers)s.")
    messages.warning(request, said % {"who": person, "numbers": numbers})
