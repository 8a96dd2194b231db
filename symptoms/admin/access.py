"""The access log of the clinic, for auditors and administrators: looked at, searched, taken away as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from symptoms import finding
from symptoms.access_log import record_access
from symptoms.admin.page_names import name_page, name_record
from symptoms.admin.scoping import ADMINISTRATORS, AUDITORS, ClinicScopedAdmin, require_practitioner
from symptoms.admin.theme import action, display
from symptoms.admin.words import say
from symptoms.models import AccessRecord, Clinic, EmergencyAccess, Patient
from symptoms.models.access import KIND_NAMES, AccessKind
from symptoms.spreadsheets import csv_response

MOST_NAMED: Final = 3
"""Of so many patients a line of the list gives the numbers; of more, how many they are."""

MOST_PATIENTS: Final = 200
"""A search that fits more patients than this has to be narrowed."""


class PeriodFilter(admin.SimpleListFilter):
    """The last day, week, month or quarter."""

    title = _("period")
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("1", _("last 24 hours")),
            ("7", _("last 7 days")),
            ("30", _("last 30 days")),
            ("90", _("last 90 days")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AccessRecord]) -> QuerySet[AccessRecord]:
        days = self.value()
        if days not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(happened_at__gte=timezone.now() - timedelta(days=int(days or 0)))


def find_patients(clinic: Clinic, words: str) -> list[UUID]:
    """Patients of a clinic by name, hospital number or id."""
    with suppress(ValueError):
        return list(Patient.objects.of_clinic(clinic).filter(pk=UUID(words)).values_list("pk", flat=True))
    return list(finding.find_patients(clinic, words).values_list("pk", flat=True)[:MOST_PATIENTS])


@admin.register(EmergencyAccess)
class EmergencyAccessAdmin(ClinicScopedAdmin):
    """Who of other clinics has opened a record of this one in an emergency, and why. For reading only."""

    clinic_path = "patient__clinic"
    viewed_by = ADMINISTRATORS
    list_display = ["opened_at", "practitioner", "clinic", "patient", "ends_at", "told_at"]
    list_select_related = ["practitioner__user", "practitioner__clinic", "patient"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    actions = None
    fields = readonly_fields = ["opened_at", "practitioner", "clinic", "patient", "reason", "ends_at", "told_at"]

    @display(description=_("of the clinic"))
    def clinic(self, access: EmergencyAccess) -> str:
        return str(access.practitioner.clinic)


@admin.register(AccessRecord)
class AccessRecordAdmin(ClinicScopedAdmin):
    """Who looked at whom. Looking at this is written down as well."""

    clinic_path = "clinic"
    patient_path = "patients"
    viewed_by = ADMINISTRATORS | AUDITORS
    list_display = ["happened_at", "person", "role", "kind", "shown_page", "shown_patients", "reason", "address"]
    list_filter = [PeriodFilter, "kind", "role", "person"]
    list_select_related = ["person", "emergency"]
    search_fields = ["patients"]
    search_help_text = _("Name, hospital number or id of a patient")
    show_full_result_count = False
    actions = None
    actions_list = ["export"]
    fields = readonly_fields = [
        "happened_at", "person", "role", "kind", "shown_page", "shown_record", "all_patients", "address", "reason",
    ]  # fmt: skip

    def patients_in(self, records: Iterable[Any]) -> list[UUID]:
        return sorted({one for record in records for one in record.patients})

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list; lines about few patients name these by number, read for all lines at once."""
        shown: Any = super().get_changelist_instance(request)
        few = [one for one in shown.result_list if len(one.patients) <= MOST_NAMED]
        numbers = dict(Patient.objects.filter(pk__in=self.patients_in(few)).values_list("pk", "hospital_number"))
        for one in few:
            one.named = [numbers.get(patient, "") for patient in one.patients]
        return shown

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset, False
        found = find_patients(require_practitioner(request).clinic, search_term.strip())
        return queryset.filter(patients__overlap=found) if found else queryset.none(), False

    @display(description=_("page"), ordering="page")
    def shown_page(self, access: AccessRecord) -> str:
        return name_page(access.page)

    @display(description=_("record"))
    def shown_record(self, access: AccessRecord) -> str:
        return name_record(access.record) or "-"

    @display(description=_("patients"))
    def shown_patients(self, access: AccessRecord) -> str:
        named: list[str] = getattr(access, "named", [])
        if named and all(named):
            return ", ".join(named)
        count = len(access.patients)
        return ngettext("%(count)d patient", "%(count)d patients", count) % {"count": count}

    @display(description=_("patients"))
    def all_patients(self, access: AccessRecord) -> SafeString:
        patients = Patient.objects.filter(pk__in=access.patients).order_by("full_name")
        rows = [(patient.hospital_number, patient.full_name) for patient in patients]
        return format_html_join("", "<div>{} {}</div>", rows)

    @display(description=_("reason of the emergency"))
    def reason(self, access: AccessRecord) -> str | None:
        return access.emergency.reason if access.emergency else None

    def has_export_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.has_view_permission(request)

    @action(description=_("Export as CSV"), url_path="export", permissions=["export"])
    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The whole list with the filters of the page, patients by their ids."""
        shown = self.get_changelist_instance(request).get_queryset(request)
        record_access(request, AccessKind.EXPORT, [])
        header = [
            gettext("when"), gettext("who"), gettext("role"), gettext("what"), gettext("page"), gettext("record"),
            gettext("patients"), gettext("from where"), gettext("why"),
        ]  # fmt: skip
        return csv_response("access-log.csv", header, _rows(shown))


def _rows(accesses: QuerySet[AccessRecord]) -> Iterator[list[object]]:
    for one in accesses.select_related("person", "emergency").iterator(chunk_size=2000):
        patients = " ".join(map(str, one.patients))
        when = one.happened_at.isoformat(timespec="seconds")
        why = one.emergency.reason if one.emergency else ""
        who, page = one.person.get_username(), name_page(one.page)
        role, did = say(one.role), KIND_NAMES[AccessKind(one.kind)]
        yield [when, who, role, did, page, one.record, patients, one.address, why]
