"""Reports and how they were judged: the findings with their sources, the answers, and all that the rules saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from symptoms.admin.correcting import CorrectionForm
from symptoms.admin.pages import record_url, show_page
from symptoms.admin.reading import (
    say_clock,
    show_amendments,
    show_answers,
    show_corrections,
    show_findings,
    show_pairs,
    show_stored,
)
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, ClinicScopedTabularInline, require_practitioner
from symptoms.admin.theme import action, display
from symptoms.admin.words import say
from symptoms.clinical.terms import Urgency
from symptoms.flow.amend import amend_report
from symptoms.models import Assessment, SymptomReport
from symptoms.models.amendment import AmendmentReason
from symptoms.models.report import ReportStatus

COLOURS = {
    "emergency": "danger", "urgent": "warning", "routine": "info", "self_care": "success", "none": "", "": "",
}  # fmt: skip


def urgency_label(urgency: int | None) -> tuple[str, str]:
    """The code by which a list colours an urgency, and its words; None: nobody has judged it yet."""
    if urgency is None:
        return "", gettext("not judged yet")
    code = Urgency(urgency).code
    return code, say(code)


def show_advice(advice: Mapping[str, Any] | None, language: str) -> SafeString | str:
    """What a patient was told, in the patient's language."""
    if not advice:
        return gettext("nothing yet")
    return format_html('<div lang="{}"><b>{}</b><br>{}</div>', language, advice["headline"], advice["text"])


class AssessmentInline(ClinicScopedTabularInline):
    model = Assessment
    viewed_by = CLINICIANS
    fields = readonly_fields = ["kind", "assessed_at", "urgency", "stomatitis_grade_review", "ruleset"]
    show_change_link = True


@admin.register(SymptomReport)
class SymptomReportAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["received_at", "patient", "shown_urgency", "status", "source", "respondent"]
    list_filter = ["urgency", "status", "source"]
    list_select_related = ["patient"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = ["-received_at"]
    inlines = [AssessmentInline]
    actions_detail = ["correct"]
    fieldsets = [
        (None, {"fields": ["patient", "shown_urgency", "status", "respondent", "occurred_at", "received_at"]}),
        (_("Why"), {"fields": ["findings", "advice"]}),
        (_("What was answered"), {"fields": ["shown_answers", "corrected", "amended"]}),
        (_("What the rules saw"), {"fields": ["facts"]}),
        (
            _("Where it came from"),
            {"fields": ["course", "conversation", "source", "phone_time", "clock", "assess_due_at"]},
        ),
    ]
    readonly_fields = ["shown_urgency", "findings", "advice", "shown_answers", "corrected", "amended", "facts", "clock"]

    @display(description=_("urgency"), ordering="urgency", label=COLOURS)
    def shown_urgency(self, report: SymptomReport) -> tuple[str, str]:
        return urgency_label(report.urgency)

    @display(description=_("findings"))
    def findings(self, report: SymptomReport) -> SafeString | str:
        return show_findings(report.assessments.all())

    @display(description=_("what the patient was told"))
    def advice(self, report: SymptomReport) -> SafeString | str:
        """The advice of the latest assessment that gave any."""
        told = [assessment.advice for assessment in report.assessments.all() if assessment.advice]
        return show_advice(told[-1] if told else None, report.patient.language)

    @display(description=_("answers"))
    def shown_answers(self, report: SymptomReport) -> SafeString | str:
        return show_answers(report.answers)

    @display(description=_("corrected answers"))
    def corrected(self, report: SymptomReport) -> SafeString | str:
        return show_corrections(report.corrections)

    @display(description=_("put right later"))
    def amended(self, report: SymptomReport) -> SafeString | str:
        return show_amendments(report.amendments.select_related("author", "carer"), report.patient)

    @display(description=_("phone's clock"))
    def clock(self, report: SymptomReport) -> str:
        return say_clock(is_wrong=report.is_clock_wrong)

    @display(description=_("facts of the latest assessment"))
    def facts(self, report: SymptomReport) -> SafeString | str:
        latest = report.assessments.last()
        return show_stored(latest.facts) if latest else gettext("not judged yet")

    def has_correct_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS)

    @action(description=_("Correct an answer"), url_path="correct", permissions=["correct"])
    def correct(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The form with every question, and on POST the correction, by which the report is judged again."""
        report: SymptomReport = self.get_object(request, object_id)
        back = record_url(self, report)
        if report.status == ReportStatus.IN_PROGRESS:
            messages.info(request, gettext("This check-in is not over yet."))
            return HttpResponseRedirect(back)
        form = CorrectionForm(request.POST if request.method == "POST" else None, report=report)
        if not form.is_valid():
            question = gettext(
                "Change what is wrong and leave the rest as it is. What was answered stays on record beside the "
                "correction. The rules judge the report again, and what they have raised stays raised."
            )
            page: dict[str, Any] = {"form": form, "question": question, "back": back, "record": report}
            title = gettext("Correct an answer")
            return show_page(self, request, "correct.html", title=title, patient=report.patient, **page)
        self._amend(request, report, form)
        return HttpResponseRedirect(back)

    def _amend(self, request: HttpRequest, report: SymptomReport, form: CorrectionForm) -> None:
        """Put the report right in the name of the person who is signed in, and say how it is judged now."""
        given = form.cleaned_data
        amended = amend_report(
            report,
            reason=AmendmentReason(given["reason"]),
            answers=form.answers,
            note=given["note"],
            author=require_practitioner(request).user,
            client_id=given["form_id"],
            now=timezone.now(),
        )
        self.log_change(request, report, gettext_noop("Corrected."))
        if form.answers:
            words = urgency_label(amended.report.urgency)[1]
            said = gettext("Corrected. By its most urgent answers, first and corrected, the report is: %(urgency)s.")
            messages.success(request, said % {"urgency": words})
        else:
            messages.success(request, gettext("The remark is kept with the report."))


@admin.register(Assessment)
class AssessmentAdmin(ClinicScopedAdmin):
    clinic_path = "report__patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["assessed_at", "patient", "kind", "shown_urgency", "ruleset"]
    list_filter = ["kind", "urgency"]
    list_select_related = ["report__patient"]
    search_fields = ["report__patient__full_name", "report__patient__hospital_number"]
    ordering = ["-assessed_at"]
    fields = readonly_fields = [
        "patient", "report", "kind", "assessed_at", "shown_urgency", "shown_findings", "stomatitis_grade",
        "shown_composites", "ruleset", "ruleset_hash", "shown_facts", "shown_advice",
    ]  # fmt: skip

    @display(description=_("patient"), ordering="report__patient__full_name")
    def patient(self, assessment: Assessment) -> str:
        return str(assessment.report.patient)

    @display(description=_("urgency"), ordering="urgency", label=COLOURS)
    def shown_urgency(self, assessment: Assessment) -> tuple[str, str]:
        return urgency_label(assessment.urgency)

    @display(description=_("findings"))
    def shown_findings(self, assessment: Assessment) -> SafeString | str:
        return show_findings([assessment])

    @display(description=_("suggested stomatitis grade (functional scale of the review)"))
    def stomatitis_grade(self, assessment: Assessment) -> int | None:
        return assessment.stomatitis_grade_review

    @display(description=_("composite grades (PRO-CTCAE)"))
    def shown_composites(self, assessment: Assessment) -> SafeString | str:
        return show_pairs({say(symptom): grade for symptom, grade in (assessment.composites or {}).items()})

    @display(description=_("facts"))
    def shown_facts(self, assessment: Assessment) -> SafeString | str:
        return show_stored(assessment.facts)

    @display(description=_("advice"))
    def shown_advice(self, assessment: Assessment) -> SafeString | str:
        return show_advice(assessment.advice, assessment.report.patient.language)
