"""What a clinic's patients were offered, read and understood. Nothing is changed here but what a person explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from education.models import (
    LeafletOffer,
    LeafletReading,
    LeafletText,
    Misunderstanding,
    TeachBackAnswer,
    TeachingPlan,
)
from education.rendering import render
from education.texts import is_reviewed
from education.titles import leaflet_title
from education.understanding import close_misunderstanding
from symptoms.admin.moments import write_day
from symptoms.admin.pages import record_url, show_page
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.admin.theme import action, display

PATIENT_SEARCH = ["patient__full_name", "patient__hospital_number", "slug"]


REVIEW_COLOURS = {"reviewed": "success", "not_reviewed": "warning"}


def review_mark(text: LeafletText | None) -> tuple[str, str]:
    """Whether a clinician has reviewed a text; one that was not kept counts as not reviewed."""
    if text is not None and is_reviewed(text):
        return "reviewed", gettext("reviewed")
    return "not_reviewed", gettext("not reviewed")


def show_text(text: LeafletText | None) -> SafeString | str:
    """The exact text as the patient saw it."""
    if text is None:
        return gettext("not kept")
    page = mark_safe(render(text.body))  # noqa: S308  (sanitised by render)
    return format_html('<article class="leaflet leaflet-phone">{}</article>', page)


class LeafletFilter(admin.AllValuesFieldListFilter):
    """A filter of a list by leaflet, which names each by its title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext("leaflet")

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": leaflet_title(str(choice["display"]))}


class OfLeaflets:
    """Rows that name a leaflet by its `slug`, and show its title."""

    @display(description=_("leaflet"), ordering="slug")
    def leaflet(self, record: Any) -> str:
        return leaflet_title(record.slug)


class SeenTextAdmin(OfLeaflets, ClinicScopedAdmin):
    """Records about one patient and one text, with the text as it was seen."""

    clinic_path = "patient__clinic"
    list_select_related = ["patient", "text"]

    class Media:
        css = {"all": ["education/leaflet.css"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("text__steps")

    @display(description=_("review of the text"), label=REVIEW_COLOURS)
    def reviewed(self, record: Any) -> tuple[str, str]:
        return review_mark(record.text)

    @display(description=_("the text as the patient saw it"))
    def seen(self, record: Any) -> SafeString | str:
        return show_text(record.text)


@admin.register(LeafletOffer)
class LeafletOfferAdmin(SeenTextAdmin):
    list_display = ["patient", "leaflet", "version", "language", "reviewed", "offered_at", "read_at"]
    list_filter = [("slug", LeafletFilter), "language", ("read_at", admin.EmptyFieldListFilter)]
    search_fields = PATIENT_SEARCH
    fields = readonly_fields = [
        "patient", "leaflet", "version", "language", "reviewed", "report", "offered_at", "read_at", "seen",
    ]  # fmt: skip


@admin.register(LeafletReading)
class LeafletReadingAdmin(SeenTextAdmin):
    list_display = ["patient", "text", "read_at"]
    list_filter = [("text__slug", LeafletFilter)]
    search_fields = ["patient__full_name", "patient__hospital_number", "text__slug"]
    fields = readonly_fields = ["patient", "text", "read_at", "seen"]


@admin.register(TeachingPlan)
class TeachingPlanAdmin(ClinicScopedAdmin):
    clinic_path = "course__patient__clinic"
    list_display = ["patient", "taught_until", "due_at"]
    list_select_related = ["course__patient"]
    search_fields = ["course__patient__full_name", "course__patient__hospital_number"]
    fields = readonly_fields = ["patient", "course", "taught_until", "due_at"]

    @display(description=_("patient"), ordering="course__patient__full_name")
    def patient(self, plan: TeachingPlan) -> str:
        return str(plan.course.patient)


class AskedAdmin(SeenTextAdmin):
    """Records about one question of one text."""

    viewed_by = CLINICIANS
    search_fields = PATIENT_SEARCH

    @display(description=_("question"))
    def asked(self, record: Any) -> str:
        question: str = record.question
        return next((one.text for one in record.text.asked if one.id == question), question)


@admin.register(TeachBackAnswer)
class TeachBackAnswerAdmin(AskedAdmin):
    list_display = ["patient", "leaflet", "asked", "is_right", "answered_at"]
    list_filter = ["is_right", ("slug", LeafletFilter)]
    fields = readonly_fields = ["patient", "leaflet", "asked", "chosen", "is_right", "answered_at", "seen"]

    @display(description=_("answer"))
    def chosen(self, answer: TeachBackAnswer) -> str:
        asked = next((one for one in answer.text.asked if one.id == answer.question), None)
        return asked.lettered.get(answer.option, answer.option) if asked else answer.option


class OpenFilter(admin.SimpleListFilter):
    """Those that still have to be explained, unless all are asked for."""

    title = _("to explain")
    parameter_name = "which"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", gettext("explained as well"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset if self.value() == "all" else queryset.filter(closed_at=None)

    def choices(self, changelist: Any) -> Any:
        for value, title in ((None, gettext("still to explain")), *self.lookup_choices):
            chosen = {self.parameter_name: value} if value else {}
            query = changelist.get_query_string(chosen, [] if value else [self.parameter_name])
            yield {"selected": self.value() == value, "query_string": query, "display": title}


@admin.register(Misunderstanding)
class MisunderstandingAdmin(AskedAdmin):
    list_display = ["patient", "leaflet", "asked", "opened_at", "closed_at", "closed_by"]
    list_select_related = ["patient", "text", "closed_by__user"]
    list_filter = [OpenFilter, ("slug", LeafletFilter)]
    actions_detail = ["explained"]
    fields = readonly_fields = ["patient", "leaflet", "asked", "answers", "opened_at", "closed_at", "closed_by", "seen"]

    @display(description=_("answers so far"))
    def answers(self, misunderstanding: Misunderstanding) -> SafeString:
        """What the patient answered, the newest first, and what would have been right."""
        same = TeachBackAnswer.objects.filter(
            patient=misunderstanding.patient_id, slug=misunderstanding.slug, question=misunderstanding.question
        ).select_related("text")
        said = gettext("(right: %(answer)s)")
        rows = [
            (write_day(one.answered_at), given, said % {"answer": right})
            for one in same
            for given, right in [_answer_and_right(one)]
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {} <i>{}</i></li>", rows))

    def has_explain_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS)

    @action(description=_("Explained"), url_path="explained", permissions=["explain"])
    def explained(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, and on POST note that the person who is signed in has explained it."""
        misunderstanding = self.get_object(request, object_id)
        back = record_url(self, misunderstanding)
        if request.method != "POST":
            question = gettext("Have you explained this to the patient?")
            return show_page(
                self, request, "form.html", title=gettext("Explained"), form=forms.Form(), question=question, back=back
            )
        close_misunderstanding(misunderstanding, require_practitioner(request), timezone.now())
        self.log_change(request, misunderstanding, gettext_noop("Explained."))
        messages.success(request, gettext("Noted: it was explained."))
        return HttpResponseRedirect(back)


def _answer_and_right(answer: TeachBackAnswer) -> tuple[str, str]:
    asked = next((one for one in answer.text.asked if one.id == answer.question), None)
    if asked is None:
        return answer.option, "-"
    return asked.lettered.get(answer.option, answer.option), asked.lettered[asked.right]
