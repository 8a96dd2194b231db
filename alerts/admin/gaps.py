"""Says at once which hours nobody covers, whenever something is saved on which it depends who is paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from alerts.rostering import refresh_gaps
from symptoms.admin.moments import write_moment
from symptoms.admin.scoping import ClinicScopedAdmin
from symptoms.clock import database_now
from symptoms.models import Clinic

if TYPE_CHECKING:
    Base = ClinicScopedAdmin
else:
    Base = object

MOST_SAID = 5


def say_gaps(request: HttpRequest, clinic: Clinic) -> None:
    """Look at the next fourteen days anew, and name the hours in which a tier or a policy has nobody."""
    gaps = refresh_gaps(clinic, database_now())
    for gap in gaps[:MOST_SAID]:
        begins, ends = (write_moment(moment, clinic.zone) for moment in (gap.starts_at, gap.ends_at))
        hours = {"what": gap.what, "begins": begins, "ends": ends}
        messages.warning(request, gettext("%(what)s from %(begins)s to %(ends)s.") % hours)
    if len(gaps) > MOST_SAID:
        said = gettext("And %(count)s more gaps in the next fourteen days.")
        messages.warning(request, said % {"count": len(gaps) - MOST_SAID})


class SaysGaps(Base):
    """Pages of rows on which it depends who is paged."""

    def clinic_of(self, row: Any) -> Clinic:
        """The clinic whose hours may have changed."""
        clinic: Clinic = row.clinic
        return clinic

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        say_gaps(request, self.clinic_of(form.instance))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        clinic = self.clinic_of(obj)
        super().delete_model(request, obj)
        say_gaps(request, clinic)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        clinics = {self.clinic_of(row) for row in queryset}
        super().delete_queryset(request, queryset)
        for clinic in clinics:
            say_gaps(request, clinic)
