"""Patients: their page, enrolling them, letting a phone in, and keeping their particulars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from unfold.widgets import UnfoldAdminSelectWidget

from symptoms.access_log import record_access, shows_no_patient
from symptoms.admin.enrolling import EnrolmentForm
from symptoms.admin.grading import GradeForm
from symptoms.admin.handing_over import show_code
from symptoms.admin.once import do_once, say_sent_before
from symptoms.admin.overview.contact import contact_details, erasure_notice, without_phone
from symptoms.admin.overview.page import overview
from symptoms.admin.pages import list_url, record_url, show_page
from symptoms.admin.particulars import ParticularsForm
from symptoms.admin.said import Code, Said
from symptoms.admin.scoping import ADMINISTRATORS, CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.admin.seen import SeenForm
from symptoms.admin.theme import action, display
from symptoms.admin.words import say
from symptoms.clinical.actions import PlanCalendar
from symptoms.clinical.calendar import local_date
from symptoms.courses import ct_warning, set_status, start_notice
from symptoms.enrolment import issue_activation_code
from symptoms.flow.act import carry_out
from symptoms.flow.episodes import reset_clocks
from symptoms.models import ActivationCode, Consent, Patient, User
from symptoms.models.access import AccessKind
from symptoms.models.patient import NO_LONGER_FOLLOWED, PatientStatus
from symptoms.models.saying import write_birth

CLOCK_FIELDS = frozenset({"time_zone", "quiet_from", "quiet_until"})
STATUS_COLOURS = {"active": "success", "paused": "warning", "withdrawn": "danger", "deceased": "danger"}
RECORDS = {
    "treatmentcourse": gettext_lazy("courses"),
    "symptomreport": gettext_lazy("reports"),
    "episode": gettext_lazy("episodes"),
    "conversation": gettext_lazy("conversations"),
    "activationcode": gettext_lazy("activation codes"),
    "consent": gettext_lazy("consents"),
}


class StatusForm(SeenForm):
    """Another status than the present one."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), widget=UnfoldAdminSelectWidget)

    def __init__(self, data: Any = None, *, patient: Patient) -> None:
        super().__init__(data, stands=say(patient.status))
        others = [(one.value, say(one.value)) for one in PatientStatus if one != patient.status]
        self.fields["status"].choices = [("", "---------"), *others]  # type: ignore[attr-defined]  # a ChoiceField


@admin.register(Patient)
class PatientAdmin(ClinicScopedAdmin):
    """The page of a patient is for reading; particulars are edited on a form behind it."""

    clinic_path = "clinic"
    changed_by = CLINICIANS
    form = ParticularsForm
    list_display = ["full_name", "hospital_number", "born_on", "shown_status", "language"]
    list_filter = ["status", "language"]
    search_fields = ["full_name", "hospital_number"]
    search_help_text = gettext_lazy("Name, hospital number, date of birth (1963-12-22) or telephone number")
    ordering = ["full_name"]
    actions_list = ["enrol"]
    page_names = {"contact": gettext_lazy("Show contact details")}
    actions_detail = ["edit", "grade", "new_code", "status"]
    fieldsets = [
        (None, {"fields": ["full_name", "hospital_number", "date_of_birth"]}),
        (
            gettext_lazy("Contact"),
            {
                "fields": [
                    "email", "phone", "carer_name", "carer_phone", "language", "time_zone", "quiet_from", "quiet_until",
                ]
            },
        ),
        (gettext_lazy("Care"), {"fields": ["travel_distance_km", "emergency_department", "takes_ace_inhibitor"]}),
    ]  # fmt: skip

    @display(description=gettext_lazy("date of birth"), ordering="date_of_birth")
    def born_on(self, patient: Patient) -> str | None:
        return write_birth(patient.date_of_birth) if patient.date_of_birth else None

    @display(description=gettext_lazy("status"), ordering="status", label=STATUS_COLOURS)
    def shown_status(self, patient: Patient) -> tuple[str, str]:
        return patient.status, say(patient.status)

    def get_urls(self) -> list[URLPattern]:
        """The address of the contact details stands before those of a record, which take any path."""
        show = self.admin_site.admin_view(self.show_contact)
        own = [path("<path:object_id>/contact/", show, name="symptoms_patient_contact")]
        urls: list[URLPattern] = super().get_urls()
        return own + urls

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of the patient. Nothing can be changed here; the form is at `edit`."""
        patient = self._get_viewable(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET"])
        return self._overview(request, patient, is_contact_shown=False)

    def show_contact(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page with the contact details in full, which is noted; only in answer to a POST."""
        patient = self._get_viewable(request, object_id)
        if request.method != "POST":
            return HttpResponseRedirect(record_url(self, patient))
        record_access(request, AccessKind.REVEAL, [patient], record=patient)
        return self._overview(request, patient, is_contact_shown=True)

    def get_actions_detail(self, request: HttpRequest, object_id: Any = None) -> list[Any]:
        """The acts stand on the page of the patient, not beside the form of the particulars."""
        is_form = request.resolver_match is not None and request.resolver_match.url_name == "symptoms_patient_edit"
        return [] if is_form else super().get_actions_detail(request, object_id)

    def _get_viewable(self, request: HttpRequest, object_id: str) -> Patient:
        """The patient of the own clinic. Raises Http404, and PermissionDenied for who may not look at patients."""
        patient: Patient = self.get_object(request, object_id)
        if not self.has_view_permission(request, patient):
            raise PermissionDenied
        return patient

    def _overview(self, request: HttpRequest, patient: Patient, *, is_contact_shown: bool) -> HttpResponse:
        now = timezone.now()
        until = self._until(request)
        return show_page(
            self,
            request,
            "overview.html",
            title=patient.full_name,
            status=say(patient.status),
            contact=contact_details(patient, is_shown=is_contact_shown),
            is_contact_shown=is_contact_shown,
            records=list(self._links(request, patient)),
            actions_detail=self._buttons(request, patient),
            **overview(request, patient, now, until),
        )

    def _links(self, request: HttpRequest, patient: Patient) -> Iterator[tuple[str, Any]]:
        """To the lists of the patient's records, and to the form of a new course."""
        for name, words in RECORDS.items():
            query = {"patient__id__exact": str(patient.pk)}
            yield reverse(f"admin:symptoms_{name}_changelist", query=query), words
        if self.may(request, ADMINISTRATORS):
            yield reverse("patient-export", args=[patient.pk, "html"]), _("everything about this patient, to save")
        if self.may(request, CLINICIANS):
            yield reverse("admin:symptoms_treatmentcourse_add", query={"patient": str(patient.pk)}), _("new course")

    def _buttons(self, request: HttpRequest, patient: Patient) -> Any:
        """What the person who is signed in may do with this patient, as the theme's own pages have it."""
        key: Any = patient.pk
        return self._get_actions_navigation(self.actions_detail, self.get_actions_detail(request, key), key)

    def _until(self, request: HttpRequest) -> date | None:
        """The last day that was asked for; what is no day is said, and the present is shown."""
        asked = request.GET.get("until")
        try:
            return date.fromisoformat(asked) if asked else None
        except ValueError:
            messages.warning(request, _("There is no such day; this is the present."))
            return None

    @action(description=gettext_lazy("Edit"), url_path="edit", permissions=["change"])
    def edit(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The form of the particulars, with the contact details in full."""
        patient = self.get_object(request, object_id)
        record_access(request, AccessKind.REVEAL, [patient], record=patient)
        response: HttpResponse = self.changeform_view(
            request, object_id, extra_context={"show_save_and_continue": False}
        )
        response["Cache-Control"] = "no-store"
        return response

    def response_change(self, request: HttpRequest, obj: Patient) -> HttpResponse:
        """From the form back to the page."""
        messages.success(request, _("The particulars are saved."))
        if not obj.carer_phone and (notice := without_phone(obj)):
            messages.warning(request, notice)
        return HttpResponseRedirect(record_url(self, obj))

    def has_enrol_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Save what was changed on the page and nothing else; clocks and calendar follow."""
        now, changed = timezone.now(), set(form.changed_data)
        with transaction.atomic():
            Patient.objects.select_for_update(no_key=True).get(pk=obj.pk)
            obj.save(update_fields=sorted(changed))
            if changed & CLOCK_FIELDS:
                reset_clocks(obj)
                carry_out([PlanCalendar()], patient=obj, report=None, now=now)

    @action(description=gettext_lazy("Enrol a patient"), url_path="enrol", permissions=["enrol"])
    def enrol(self, request: HttpRequest) -> HttpResponse:
        """The form, and after it the page with the activation code, which is shown nowhere else."""
        practitioner = require_practitioner(request)
        shows_no_patient(request)
        now = timezone.now()
        form = EnrolmentForm(request.POST if request.method == "POST" else None, practitioner=practitioner)
        enrolment = form.enrol(now) if request.method == "POST" else None
        if enrolment is None:
            alike = form.alike if form.is_bound else []
            if alike:
                record_access(request, AccessKind.VIEW, alike)
            page: dict[str, Any] = {"form": form, "alike": alike, "back": list_url(self)}
            return show_page(self, request, "enrol.html", title=_("Enrol a patient"), **page)
        patient, course = enrolment.patient, enrolment.course
        self.log_addition(request, patient, gettext_noop("Enrolled."))
        for notice in (ct_warning(course), start_notice(course.first_dose_on, local_date(now, patient.zone))):
            if notice:
                messages.warning(request, notice)
        return show_code(
            self, request, enrolment.activation_code, for_whom=patient.full_name, back=record_url(self, patient)
        )

    @action(description=gettext_lazy("New activation code"), url_path="new-code", permissions=["enrol"])
    def new_code(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, and on POST show a new code. Codes that were not used yet stop working."""
        patient = self.get_object(request, object_id)
        back = record_url(self, patient)
        if patient.status in NO_LONGER_FOLLOWED:
            messages.error(
                request,
                _("This patient is %(status)s: no phone is let in. To go on, set the status to active first.")
                % {"status": say(patient.status)},
            )
            return HttpResponseRedirect(back)
        if request.method != "POST":
            question = _("A new code lets one phone in. A code that was given out before and not used stops working.")
            title = _("New activation code")
            page: dict[str, Any] = {"form": forms.Form(), "question": question, "back": back, "patient": patient}
            return show_page(self, request, "form.html", title=title, **page)
        user = request.user
        assert isinstance(user, User)
        code = issue_activation_code(patient, now=timezone.now(), created_by=user)
        self.log_change(request, patient, gettext_noop("Issued an activation code."))
        return show_code(self, request, code, for_whom=patient.full_name, back=back)

    @action(description=gettext_lazy("Record a CTCAE grade"), url_path="grade", permissions=["enrol"])
    def grade(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The form in which a clinician grades; `report` or `episode` in the address is chosen to begin with."""
        patient = self.get_object(request, object_id)
        chosen = {name: request.GET[name] for name in ("report", "episode") if name in request.GET}
        given = request.POST if request.method == "POST" else None
        form = GradeForm(given, patient=patient, now=timezone.now(), initial=chosen)
        if given is not None and form.is_valid():

            def give() -> bool:
                grade = form.give(require_practitioner(request))
                self.log_change(request, patient, gettext_noop("Gave a CTCAE grade."))
                messages.success(request, _("Recorded: %(grade)s.") % {"grade": grade})
                return True

            if do_once(request, give):
                say_sent_before(request)
            return HttpResponseRedirect(record_url(self, patient))
        question = _("The grade stands beside what is computed from the answers, and changes nothing of it.")
        title = _("Record a CTCAE grade")
        page: dict[str, Any] = {"form": form, "question": question, "back": record_url(self, patient)}
        return show_page(self, request, "form.html", title=title, patient=patient, **page)

    @action(description=gettext_lazy("Change the status"), url_path="status", permissions=["enrol"])
    def status(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Says what ends with a status, and on POST sets it."""
        patient = self.get_object(request, object_id)
        back = record_url(self, patient)
        form = StatusForm(request.POST if request.method == "POST" else None, patient=patient)
        if request.method == "POST" and form.is_valid():
            set_status(patient, form.cleaned_data["status"], timezone.now())
            said = Said(gettext_noop("This patient is %(status)s now."), status=Code(form.cleaned_data["status"]))
            self.log_change(request, patient, said)
            messages.success(request, str(said))
            return HttpResponseRedirect(back)
        question = _(
            "It is “%(status)s” now. While a patient is not active, the service asks and reminds of nothing. A visit "
            "to which nobody comes counts as missed while a patient is paused, and as cancelled once a patient is "
            "withdrawn or has died. What the patient reports is judged all the same."
        ) % {"status": say(patient.status)}
        if patient.erasures.pending().exists():
            unchanged = _("A status takes no erasure back: the patient does, by agreeing again in the app.")
            question = f"{question} {erasure_notice(patient)} {unchanged}"
        page: dict[str, Any] = {"form": form, "question": question, "back": back, "patient": patient}
        return show_page(self, request, "form.html", title=_("Change the status"), **page)


@admin.register(ActivationCode)
class ActivationCodeAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    list_display = ["patient", "created_at", "expires_at", "used_at", "created_by"]
    list_select_related = ["patient", "created_by"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    fields = readonly_fields = ["patient", "created_at", "expires_at", "used_at", "created_by"]


@admin.register(Consent)
class ConsentAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    list_display = ["patient", "text_version", "language", "given_at", "recorded_by", "withdrawn_at", "withdrawn_by"]
    list_select_related = ["patient", "recorded_by", "withdrawn_by"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    fields = readonly_fields = [
        "patient",
        "text_version",
        "language",
        "given_at",
        "recorded_by",
        "withdrawn_at",
        "withdrawn_by",
    ]
