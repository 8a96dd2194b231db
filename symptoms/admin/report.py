"""Pages of reports, how they were judged, and the episodes that they open and close."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import action, display

from symptoms.admin.acting import page_of, show_act
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, ClinicScopedTabularInline, require_practitioner
from symptoms.clinical.rulesets import RULESETS
from symptoms.clinical.terms import Urgency
from symptoms.flow.episodes import close_episode
from symptoms.models import Assessment, Episode, SymptomReport

COLOURS: Final = {
    Urgency.EMERGENCY.code: "danger",
    Urgency.URGENT.code: "warning",
    Urgency.ROUTINE.code: "info",
    Urgency.SELF_CARE.code: "success",
}


def show_table(headers: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> SafeString:
    """A table of plain words; everything in it is escaped."""
    head = format_html_join("", '<th class="pr-6 text-left">{}</th>', ((header,) for header in headers))
    body = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in rows))
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, body)


def _cells(row: tuple[Any, ...]) -> SafeString:
    return format_html_join("", '<td class="align-top pr-6">{}</td>', ((cell,) for cell in row))


def show_json(value: Any) -> SafeString:
    """JSON to be read by people."""
    return format_html('<pre class="whitespace-pre-wrap">{}</pre>', json.dumps(value, indent=2, ensure_ascii=False))


def show_findings(assessments: Iterable[Assessment]) -> SafeString:
    """Each rule that fired, once, with its conditions in words and the statements it comes from."""
    found = {
        finding["rule"]: (assessment.ruleset, finding["urgency"])
        for assessment in assessments
        for finding in assessment.findings
    }
    rows = []
    for rule_id, (version, urgency) in sorted(found.items(), key=lambda item: -Urgency.from_code(item[1][1])):
        rule = RULESETS[version].by_id[rule_id]
        rows.append((rule_id, urgency, rule.text, ", ".join(rule.sources)))
    return show_table(["rule", "urgency", "fires when", "source"], rows) if rows else format_html("none")


class AssessmentInline(ClinicScopedTabularInline):
    model = Assessment
    viewed_by = CLINICIANS
    fields = readonly_fields = ["kind", "assessed_at", "urgency", "stomatitis_grade_review", "ruleset"]
    show_change_link = True
    can_delete = False


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
    fieldsets = [
        (None, {"fields": ["patient", "shown_urgency", "status", "respondent", "occurred_at", "received_at"]}),
        ("Why", {"fields": ["findings", "advice"]}),
        ("What was answered", {"fields": ["shown_answers", "shown_corrections"]}),
        ("What the rules saw", {"fields": ["facts"]}),
        ("Where it came from", {"fields": ["course", "conversation", "source", "phone_time", "assess_due_at"]}),
    ]
    readonly_fields = ["shown_urgency", "findings", "advice", "shown_answers", "shown_corrections", "facts"]

    @display(description="urgency", ordering="urgency", label=COLOURS)
    def shown_urgency(self, report: SymptomReport) -> str:
        return "not judged yet" if report.urgency is None else Urgency(report.urgency).code

    @admin.display(description="findings")
    def findings(self, report: SymptomReport) -> SafeString:
        return show_findings(report.assessments.all())

    @admin.display(description="what the patient was told")
    def advice(self, report: SymptomReport) -> str:
        told = [one.advice for one in report.assessments.all() if one.advice]
        return f"{told[-1]['headline']}\n{told[-1]['text']}" if told else "nothing yet"

    @admin.display(description="answers")
    def shown_answers(self, report: SymptomReport) -> SafeString:
        return show_table(["slot", "value"], ((slot, _words(value)) for slot, value in report.answers.items()))

    @admin.display(description="corrections")
    def shown_corrections(self, report: SymptomReport) -> Any:
        return show_json(report.corrections) if report.corrections else "none"

    @admin.display(description="facts of the latest assessment")
    def facts(self, report: SymptomReport) -> Any:
        latest = report.assessments.last()
        return show_json(latest.facts) if latest else "not judged yet"


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@admin.register(Assessment)
class AssessmentAdmin(ClinicScopedAdmin):
    clinic_path = "report__patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["assessed_at", "patient", "kind", "shown_urgency", "ruleset"]
    list_filter = ["kind", "urgency"]
    list_select_related = ["report__patient"]
    search_fields = ["report__patient__full_name"]
    ordering = ["-assessed_at"]
    fields = readonly_fields = [
        "report", "kind", "assessed_at", "shown_urgency", "shown_findings", "stomatitis_grade", "composites",
        "ruleset", "ruleset_hash", "shown_facts", "shown_advice",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        assessments: QuerySet[Assessment] = super().get_queryset(request)
        return assessments.select_related("report__patient")

    @admin.display(description="patient", ordering="report__patient__full_name")
    def patient(self, assessment: Assessment) -> str:
        return str(assessment.report.patient)

    @display(description="urgency", ordering="urgency", label=COLOURS)
    def shown_urgency(self, assessment: Assessment) -> str:
        return Urgency(assessment.urgency).code

    @admin.display(description="findings")
    def shown_findings(self, assessment: Assessment) -> SafeString:
        return show_findings([assessment])

    @admin.display(description="suggested stomatitis grade (functional scale of the review)", empty_value="none")
    def stomatitis_grade(self, assessment: Assessment) -> int | None:
        return assessment.stomatitis_grade_review

    @admin.display(description="facts")
    def shown_facts(self, assessment: Assessment) -> SafeString:
        return show_json(assessment.facts)

    @admin.display(description="advice")
    def shown_advice(self, assessment: Assessment) -> SafeString:
        return show_json(assessment.advice)


@admin.register(Episode)
class EpisodeAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["patient", "symptom", "earliest_on", "is_onset_known", "is_over", "closed_on", "closed_by"]
    list_filter = ["symptom", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["patient", "closed_by__user"]
    search_fields = ["patient__full_name"]
    ordering = ["-opened_at"]
    actions_detail = ["close"]
    fields = readonly_fields = [
        "patient", "symptom", "earliest_on", "is_onset_known", "opened_at", "opened_by", "closed_at", "closed_on",
        "closed_by", "ask_due_at", "asked_at", "raise_due_at",
    ]  # fmt: skip

    @admin.display(description="over", boolean=True)
    def is_over(self, episode: Episode) -> bool:
        return episode.closed_at is not None

    def has_close_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, CLINICIANS)

    @action(description="Close the episode", url_path="close", permissions=["close"])
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        episode = self.get_object(request, object_id)

        def close(data: dict[str, Any]) -> str:
            if not close_episode(episode, require_practitioner(request), timezone.now()):
                return "This episode was closed before."
            self.log_change(request, episode, "closed")
            return "The episode is closed."

        return show_act(
            self,
            request,
            forms.Form(request.POST or None),
            close,
            title="Close the episode",
            back=page_of(episode),
            explanation="The symptom is over. One that is reported within two days opens the episode again.",
        )
