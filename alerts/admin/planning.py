"""The rota and the escalation policies of a clinic. Saving anything here says at once which hours nobody covers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, gettext_lazy

from alerts.admin.forms import StepForm, StepFormSet, SwapForm
from alerts.admin.fortnight import fortnight_page, name_on_duty
from alerts.admin.gaps import SaysGaps, say_gaps
from alerts.admin.in_force import in_force
from alerts.models import (
    Absence,
    ClinicHoliday,
    EscalationPolicy,
    EscalationStep,
    OfficeCalendar,
    RotaGap,
    Shift,
    TakeOver,
)
from alerts.rostering import swap
from symptoms.admin.once import answers_of, do_once, say_sent_before
from symptoms.admin.pages import list_url, show_page
from symptoms.admin.scoping import (
    ADMINISTRATORS,
    EVERYBODY,
    ClinicScopedAdmin,
    ClinicScopedTabularInline,
    is_operator,
    practitioner_of,
    require_practitioner,
)
from symptoms.admin.theme import action, display
from symptoms.clock import database_now
from symptoms.models import Clinic, Practitioner
from symptoms.models.clinic import Role


class PlanningAdmin(SaysGaps, ClinicScopedAdmin):
    """Rows that only plan: no patient's, so administrators and operators see to them, and they may go again."""

    added_by = changed_by = ADMINISTRATORS
    is_set_up = True

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only an operator chooses the clinic."""
        fields = super().get_fields(request, obj)
        return [name for name in fields if name != "clinic" or is_operator(request)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else ["clinic"]

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Whoever is chosen for a duty can be paged; who stands in the row that is shown stays in sight."""
        offered = super().get_field_queryset(db, db_field, request)
        if db_field.remote_field.model is not Practitioner:
            return offered
        can_be_paged = Q(user__is_active=True) & ~Q(role=Role.AUDITOR)
        shown = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
        row = self.get_queryset(request).filter(pk=shown).first() if shown.isdecimal() else None
        standing = getattr(row, db_field.attname, None) if db_field.many_to_one else None
        return offered.filter(can_be_paged | Q(pk=standing)).select_related("user")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, self.changed_by)


class StepInline(ClinicScopedTabularInline):
    model = EscalationStep
    form = StepForm
    formset = StepFormSet
    viewed_by = EVERYBODY
    added_by = changed_by = ADMINISTRATORS
    is_set_up = True
    fields = ["hours", "after_minutes", "who", "channels"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, self.changed_by)


@admin.register(EscalationPolicy)
class EscalationPolicyAdmin(PlanningAdmin):
    list_display = ["__str__", "repeat_every_minutes", "act_within_minutes", "close_within_minutes"]
    list_select_related = ["clinic"]
    filter_horizontal = ["fallback"]
    inlines = [StepInline]
    fields = [
        "clinic", "urgency", "repeat_every_minutes", "act_within_minutes", "close_within_minutes",
        "retry_after_minutes", "fallback",
    ]  # fmt: skip
    list_before_template = "alerts/in_force.html"

    class Media:
        css: ClassVar = {"all": ["symptoms/pages.css"]}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Above what the clinic has laid down: what is in force, the default too."""
        practitioner = practitioner_of(request)
        page = {"in_force": in_force(practitioner.clinic)} if practitioner else {}
        answer: HttpResponse = super().changelist_view(request, {**(extra_context or {}), **page})
        return answer


@admin.register(Shift)
class ShiftAdmin(PlanningAdmin):
    list_display = ["tier", "person", "on", "starts_at", "ends_at", "every_weeks", "until"]
    list_filter = ["tier", "practitioner"]
    list_select_related = ["practitioner__user"]
    fields = ["clinic", "tier", "practitioner", "on", "starts_at", "ends_at", "every_weeks", "until"]
    actions_list = ["fortnight"]

    @display(description=gettext_lazy("practitioner"), ordering="practitioner__user__last_name")
    def person(self, shift: Shift) -> str:
        return name_on_duty(shift.practitioner)

    def has_fortnight_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return practitioner_of(request) is not None and self.has_view_permission(request)

    @action(description=gettext_lazy("Who is paged when"), url_path="who-is-paged", permissions=["fortnight"])
    def fortnight(self, request: HttpRequest) -> HttpResponse:
        """Whom the rota and the policy would page at every hour of the next fourteen days, gaps first."""
        clinic = require_practitioner(request).clinic
        page = fortnight_page(clinic, database_now())
        return show_page(self, request, "reading.html", title=gettext("Who is paged when"), back=list_url(self), **page)


@admin.register(TakeOver)
class TakeOverAdmin(PlanningAdmin):
    """Anybody of the clinic may take over a shift, or swap two: the rota has to follow what people agree."""

    clinic_path = "shift__clinic"
    added_by = changed_by = EVERYBODY
    list_display = ["on", "shift", "person"]
    list_select_related = ["shift__practitioner__user", "practitioner__user"]
    fields = ["shift", "on", "practitioner"]
    actions_list = ["swap"]

    @display(description=gettext_lazy("practitioner"), ordering="practitioner__user__last_name")
    def person(self, take_over: TakeOver) -> str:
        return name_on_duty(take_over.practitioner)

    def clinic_of(self, row: Any) -> Clinic:
        clinic: Clinic = row.shift.clinic
        return clinic

    def has_swap_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return practitioner_of(request) is not None

    @action(description=gettext_lazy("Swap two shifts"), url_path="swap", permissions=["swap"])
    def swap(self, request: HttpRequest) -> HttpResponse:
        """Two shifts on two days change hands."""
        clinic = require_practitioner(request).clinic
        form = SwapForm(request.POST or None, shifts=self.choices_of(Shift, request))
        if request.method == "POST" and form.is_valid():

            def swap_them() -> bool:
                swap(**answers_of(form))
                say_gaps(request, clinic)
                messages.success(request, gettext("The two shifts are swapped."))
                return True

            if do_once(request, swap_them):
                say_sent_before(request)
            return HttpResponseRedirect(list_url(self))
        return show_page(self, request, "form.html", title=gettext("Swap two shifts"), form=form, back=list_url(self))


@admin.register(Absence)
class AbsenceAdmin(PlanningAdmin):
    clinic_path = "practitioner__clinic"
    added_by = changed_by = EVERYBODY
    list_display = ["practitioner", "starts_at", "ends_at", "covered_by"]
    list_select_related = ["practitioner__user", "cover__user"]
    fields = ["practitioner", "starts_at", "ends_at", "cover"]

    @display(description=gettext_lazy("cover"), ordering="cover__user__last_name")
    def covered_by(self, absence: Absence) -> str:
        return name_on_duty(absence.cover) if absence.cover else "–"

    def clinic_of(self, row: Any) -> Clinic:
        clinic: Clinic = row.practitioner.clinic
        return clinic


@admin.register(OfficeCalendar)
class OfficeCalendarAdmin(PlanningAdmin):
    list_display = ["__str__", "country", "subdivision"]
    list_select_related = ["clinic"]
    fields = ["clinic", "country", "subdivision"]


@admin.register(ClinicHoliday)
class ClinicHolidayAdmin(PlanningAdmin):
    list_display = ["on", "name", "is_open"]
    fields = ["clinic", "on", "name", "is_open"]


@admin.register(RotaGap)
class RotaGapAdmin(ClinicScopedAdmin):
    """Hours of the next fourteen days in which a tier or a policy has nobody. For reading only."""

    list_display = ["kind", "tier", "urgency", "starts_at", "ends_at"]
    fields = readonly_fields = ["kind", "tier", "urgency", "starts_at", "ends_at"]
