"""The pages of break-glass: a form that asks whose record and why, and one page that shows it for an hour."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from symptoms.access_log import shows_no_patient
from symptoms.admin.moments import date_forms_lazily, write_moment
from symptoms.admin.once import OnceForm, answers_of, do_once, say_sent_before
from symptoms.admin.overview.contact import contact_details
from symptoms.admin.overview.page import overview
from symptoms.admin.overview.trend import urgency_cell
from symptoms.admin.reading import show_answers, show_findings, show_transcript
from symptoms.admin.scoping import CLINICIANS, practitioner_of, require_practitioner
from symptoms.admin.tables import unlinked, without_links
from symptoms.admin.words import say
from symptoms.emergency import (
    MOST_OPENED,
    NoSuchPatient,
    TooManyOpened,
    open_accesses,
    open_in_emergency,
    read_in_emergency,
)
from symptoms.finding import patient_exactly
from symptoms.models import Clinic, Patient, Practitioner
from symptoms.sign_in.throttle import count_try, emergency_key

REPORTS_SHOWN: Final = 10
TALKS_SHOWN: Final = 3


FEWEST_WORDS: Final = 4
WHOSE: Final = ("clinic", "number", "full_name", "date_of_birth")


def check_reason(reason: str) -> None:
    """Raise ValidationError for what is no sentence."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", reason)}
    if len(words) < FEWEST_WORDS:
        raise ValidationError(_("Write a sentence: what has happened, and where the patient is."))


class EmergencyForm(OnceForm):
    """Whose record, and why. The reason is a sentence, not a dot."""

    clinic = forms.ModelChoiceField(
        label=gettext_lazy("Clinic of the patient"), queryset=Clinic.objects.none(), widget=UnfoldAdminSelectWidget
    )
    number = forms.CharField(
        label=gettext_lazy("Hospital number there"),
        max_length=40,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Where it is unknown: the full name and the date of birth."),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("All names, as the patient's clinic has them."),
    )
    date_of_birth = forms.DateField(
        label=gettext_lazy("Date of birth"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=date_forms_lazily(),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you have to see it now"),
        min_length=15,
        max_length=1000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        validators=[check_reason],
        help_text=gettext_lazy("The patient's clinic reads this."),
    )

    def __init__(self, data: Any = None, *, by: Practitioner) -> None:
        super().__init__(data)
        self.fields["clinic"].queryset = Clinic.objects.exclude(pk=by.clinic_id)

    def clean(self) -> dict[str, Any]:
        """Somebody is named by the number, or by name and date of birth."""
        given: dict[str, Any] = super().clean() or {}
        is_named = given.get("full_name") and given.get("date_of_birth")
        if (
            not given.get("number")
            and not is_named
            and not self.errors.keys() & {"number", "full_name", "date_of_birth"}
        ):
            raise ValidationError(_("Give the hospital number, or the full name and the date of birth."))
        return given


def may_open(request: HttpRequest) -> bool:
    """Whether a nurse or an oncologist is signed in."""
    practitioner = practitioner_of(request)
    return practitioner is not None and practitioner.role in CLINICIANS


def require_clinician(request: HttpRequest) -> Practitioner:
    """The nurse or oncologist who is signed in. Raises PermissionDenied for anybody else."""
    if not may_open(request):
        raise PermissionDenied
    return require_practitioner(request)


def ask(request: HttpRequest) -> HttpResponse:
    """The form; and, filled in, the way to the record."""
    by = require_clinician(request)
    shows_no_patient(request)
    form = EmergencyForm(request.POST if request.method == "POST" else None, by=by)
    if request.method == "POST" and form.is_valid():
        key = emergency_key(by.user.get_username())
        if count_try(key) is None:
            form.add_error(None, _("Too many tries. Wait a minute."))
        else:
            if do_once(request, lambda: _open(request, by, form)):
                say_sent_before(request)
            if not form.errors:
                return _to_the_record(by, form)
    opened = open_accesses(by).select_related("patient__clinic").order_by("patient_id", "-pk").distinct("patient_id")
    context = {"form": form, "opened": opened, "title": _("See a patient of another clinic")}
    return _show(request, "emergency.html", context)


def _open(request: HttpRequest, by: Practitioner, form: EmergencyForm) -> bool:
    """Open the record that the form names, or say on it why not."""
    try:
        open_in_emergency(request, by, **answers_of(form))
    except NoSuchPatient:
        form.add_error(None, _("That clinic has no such patient, or more than one: nothing was opened."))
    except TooManyOpened:
        said = _("You have opened %(most)d records within an hour. Let a colleague open the next one.")
        form.add_error(None, said % {"most": MOST_OPENED})
    return not form.errors


def _to_the_record(by: Practitioner, form: EmergencyForm) -> HttpResponse:
    """To the record that the form has opened; to the form, once the hour of a form that was sent again is over."""
    patient = patient_exactly(**{name: form.cleaned_data[name] for name in WHOSE})
    access = open_accesses(by).filter(patient=patient).order_by("-opened_at").first()
    return HttpResponseRedirect(reverse("emergency_record", args=[access.pk]) if access else reverse("emergency"))


def show(request: HttpRequest, access_id: int) -> HttpResponse:
    """The patient's record, read-only. For everybody but whoever opened it, and after its hour, it does not exist."""
    access = read_in_emergency(request, require_clinician(request), access_id)
    if access is None:
        raise Http404
    patient = access.patient
    with timezone.override(patient.zone):
        page = overview(request, patient, timezone.now())
        context = {
            "access": access,
            "title": patient.full_name,
            "status": say(patient.status),
            "contact": contact_details(patient, is_shown=True),
            **page,
            "earlier": None,
            "later": None,
            "facts": [(label, unlinked(cell)) for label, cell in page["facts"]],
            "above": [without_links(section) for section in page["above"]],
            "below": [without_links(section) for section in page["below"]],
            "reports": _reports_of(patient),
            "talks": _talks_of(patient),
        }
    return _show(request, "emergency_record.html", context)


def _reports_of(patient: Patient) -> list[dict[str, Any]]:
    """The latest reports with their answers and findings."""
    reports = patient.reports.prefetch_related("assessments").order_by("-received_at")[:REPORTS_SHOWN]
    return [
        {
            "at": write_moment(report.received_at, patient.zone),
            "urgency": urgency_cell(report.urgency),
            "findings": show_findings(report.assessments.all()),
            "answers": show_answers(report.answers),
        }
        for report in reports
    ]


def _talks_of(patient: Patient) -> list[SafeString | str]:
    """The latest conversations, word for word."""
    talks = patient.conversations.select_related("patient").order_by("-started_at")[:TALKS_SHOWN]
    return [show_transcript(talk) for talk in talks]


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    frame = admin.site.each_context(request)
    response = TemplateResponse(request, f"admin/symptoms/{template}", {**frame, **context})
    response["Cache-Control"] = "no-store"
    return response
