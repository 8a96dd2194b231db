"""A clinic's own leaflets: write or translate, let somebody else review, publish, look at as on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, gettext_noop
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from education.admin.in_use import leaflets_in_use
from education.admin.taught import REVIEW_COLOURS, LeafletFilter, OfLeaflets, review_mark, show_text
from education.catalogue import (
    FALLBACK,
    BrokenLeaflet,
    Question,
    parse_questions,
    shipped_leaflets,
    write_questions,
)
from education.editing import (
    CannotEdit,
    find_omissions,
    is_outdated,
    publish_text,
    refuse_forbidden,
    refuse_unsaid,
    review_text,
    said_by,
    starting_point,
    withdraw_text,
    write_text,
)
from education.models import LeafletText, TextStep
from education.models.text import TextState
from education.pictures import draw
from education.rendering import picture_names, render, render_numbers
from education.texts import numbers_of
from education.titles import leaflet_title
from symptoms.admin.moments import write_day
from symptoms.admin.pages import list_url, record_url, show_page
from symptoms.admin.said import Code, Said
from symptoms.admin.scoping import CLINICIANS, ClinicForm, ClinicScopedAdmin, require_practitioner
from symptoms.admin.theme import action, display
from symptoms.admin.words import say
from symptoms.models import Practitioner
from symptoms.models.fields import LANGUAGES

STATE_COLOURS = {"draft": "warning", "reviewed": "info", "published": "success", "withdrawn": "danger"}
Step = Callable[[LeafletText, Practitioner, Any], None]


def _slugs() -> list[tuple[str, str]]:
    """The leaflets of the product with their titles: a clinic writes its own text of one of these."""
    slugs = {slug for slug, _language in shipped_leaflets()}
    return sorted(((slug, leaflet_title(slug)) for slug in slugs), key=lambda item: item[1])


class TextForm(ClinicForm):
    """One new version of one leaflet in one language."""

    slug = forms.ChoiceField(label=gettext_lazy("Leaflet"), choices=_slugs, widget=UnfoldAdminSelectWidget)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, widget=UnfoldAdminSelectWidget)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 30}),
        help_text=gettext_lazy(
            "Markdown: # title, ## heading, - list, **bold**. Pictures: ![words](picture:icon-lungs)."
        ),
    )
    questions = forms.CharField(
        label=gettext_lazy("Questions"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 16}),
        help_text=gettext_lazy("A [[questions]] for each, with id, text, options, right (a, b, c or d) and why."),
    )

    class Meta:
        model = LeafletText
        fields = ("slug", "language", "title", "body", "questions")

    def clean_questions(self) -> tuple[Question, ...]:
        try:
            return parse_questions("questions", self.cleaned_data["questions"].replace("\r\n", "\n"))
        except BrokenLeaflet as error:
            raise forms.ValidationError(str(error)) from error

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if unknown := [name for name in picture_names(body) if draw(name) is None]:
            raise forms.ValidationError(gettext("There is no picture %(name)s.") % {"name": unknown[0]})
        return body

    def clean(self) -> dict[str, Any]:
        """What no leaflet may say is refused beside the field that says it."""
        super().clean()
        data = self.cleaned_data
        said = {name: data.get(name, "") for name in ("title", "body")}
        said["questions"] = "\n".join(map(said_by, data.get("questions") or ()))
        for field, words in said.items():
            try:
                refuse_forbidden(data.get("language", FALLBACK), words)
            except CannotEdit as refusal:
                self.add_error(field, str(refusal))
        return data

    def _post_clean(self) -> None:
        """The row is made by `write_text`, with its version and its author."""


@admin.register(LeafletText)
class LeafletTextAdmin(OfLeaflets, ClinicScopedAdmin):
    clinic_path = "clinic"
    added_by = CLINICIANS
    form = TextForm
    list_display = [
        "leaflet",
        "language",
        "version",
        "title",
        "shown_state",
        "reviewed",
        "outdated",
        "written_by",
        "created_at",
    ]
    list_filter = [("slug", LeafletFilter), "language"]
    list_select_related = ["written_by__user"]
    search_fields = ["slug", "title"]
    ordering = ["slug", "language", "-created_at"]
    actions_list = ["in_use"]
    actions_detail = ["preview", "review", "publish", "withdraw", "revise"]
    readonly_fields = [
        "leaflet", "language", "version", "title", "shown_state", "reviewed", "steps_taken", "omissions", "outdated",
        "based_on", "written_by", "created_at", "shown_body", "shown_questions",
    ]  # fmt: skip

    class Media:
        css = {"all": ["education/leaflet.css"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("steps__taken_by__user")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["slug", "language", "title", "body", "questions"] if obj is None else self.readonly_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else self.readonly_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The text to begin with: the clinic's latest of the leaflet and language asked for, else the product's."""
        slug, language = request.GET.get("slug", _slugs()[0][0]), request.GET.get("language", FALLBACK)
        start = starting_point(slug, language, require_practitioner(request))
        if start is None:
            return {}
        return {
            "slug": slug, "language": language, "title": start.title, "body": start.body,
            "questions": write_questions(start.asked),
        }  # fmt: skip

    def save_form(self, request: HttpRequest, form: Any, change: Any) -> Any:
        return write_text(**form.cleaned_data, by=require_practitioner(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Written by `write_text`; the author is told what it leaves out."""
        _warn(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """There is nothing related on the page."""

    @display(description=gettext_lazy("state"), label=STATE_COLOURS)
    def shown_state(self, text: LeafletText) -> tuple[str, str]:
        return text.state.value, say(text.state.value, of="text")

    @display(description=gettext_lazy("review"), label=REVIEW_COLOURS)
    def reviewed(self, text: LeafletText) -> tuple[str, str]:
        return review_mark(text)

    @display(
        description=gettext_lazy("the product's text"),
        label={"as_then": "info", "changed": "warning"},
    )
    def outdated(self, text: LeafletText) -> tuple[str, str]:
        return ("changed", gettext("changed since")) if is_outdated(text) else ("as_then", gettext("as then"))

    @display(description=gettext_lazy("steps"))
    def steps_taken(self, text: LeafletText) -> str:
        steps = sorted(text.steps.all(), key=lambda step: step.taken_at)
        return (
            "; ".join(f"{say(one.kind, of='text')}: {one.taken_by}, {write_day(one.taken_at)}" for one in steps) or "-"
        )

    @display(description=gettext_lazy("left out"))
    def omissions(self, text: LeafletText) -> str:
        return " ".join(find_omissions(text)) or "-"

    @display(description=gettext_lazy("text"))
    def shown_body(self, text: LeafletText) -> SafeString | str:
        return show_text(text)

    @display(description=gettext_lazy("questions"))
    def shown_questions(self, text: LeafletText) -> str:
        return write_questions(text.asked) or "-"

    def has_review_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._is_next(request, object_id, TextState.DRAFT)

    def has_publish_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._is_next(request, object_id, TextState.REVIEWED)

    def has_withdraw_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._is_next(request, object_id, TextState.PUBLISHED)

    def _is_next(self, request: HttpRequest, object_id: Any, state: TextState) -> bool:
        """Whether the person may take the step that follows a state, and the text is in that state."""
        if not self.may(request, CLINICIANS):
            return False
        return object_id is None or self.get_object(request, str(object_id)).state == state

    @action(description=gettext_lazy("Leaflets in use"), url_path="in-use", permissions=["view"])
    def in_use(self, request: HttpRequest) -> HttpResponse:
        """Which text of each leaflet the own clinic's patients are shown, and whether it has been reviewed."""
        section = leaflets_in_use(require_practitioner(request).clinic)
        return show_page(self, request, "reading.html", title=section.title, sections=[section], back=list_url(self))

    @action(description=gettext_lazy("As on a phone"), url_path="preview", permissions=["view"])
    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The text in the width of a phone, with its questions and what is said to a wrong answer."""
        text = self.get_object(request, object_id)
        numbers = render_numbers(numbers_of(text.clinic, text.language))
        page = mark_safe(render(text.body) + numbers)  # noqa: S308  (sanitised by render, escaped)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": text.title}
        context |= {"text": text, "page": page, "questions": text.asked, "back": record_url(self, text)}
        context |= {"review": review_mark(text)[1], "omissions": find_omissions(text)}
        return TemplateResponse(request, "admin/education/preview.html", context)

    @action(description=gettext_lazy("Reviewed"), url_path="review", permissions=["review"])
    def review(self, request: HttpRequest, object_id: str) -> HttpResponse:
        question = gettext(
            "Have you read the whole text, and is it right? It has to be read by somebody else than its author."
        )
        return self._take(request, object_id, review_text, TextState.REVIEWED, question)

    @action(description=gettext_lazy("Publish"), url_path="publish", permissions=["publish"])
    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        try:
            refuse_unsaid(self.get_object(request, object_id))
        except CannotEdit as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:education_leaflettext_change", args=[object_id]))
        question = gettext("Show this text to the patients of your clinic from now on?")
        return self._take(request, object_id, publish_text, TextState.PUBLISHED, question)

    @action(description=gettext_lazy("Withdraw"), url_path="withdraw", permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        question = gettext("Show this text no longer? Patients then get the text that comes with the product.")
        return self._take(request, object_id, withdraw_text, TextState.WITHDRAWN, question)

    @action(description=gettext_lazy("New version"), url_path="revise", permissions=["add"])
    def revise(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The form of a new version, filled with the latest of this leaflet and language."""
        text = self.get_object(request, object_id)
        query = urlencode({"slug": text.slug, "language": text.language})
        return HttpResponseRedirect(f"{reverse('admin:education_leaflettext_add')}?{query}")

    def _take(self, request: HttpRequest, object_id: str, take: Step, kind: TextState, question: str) -> HttpResponse:
        text = self.get_object(request, object_id)
        back = record_url(self, text)
        if request.method != "POST":
            title = gettext("Mark as %(state)s") % {"state": say(kind.value)}
            if kind != TextState.WITHDRAWN:
                _warn(request, text)
            return show_page(self, request, "form.html", title=title, form=forms.Form(), question=question, back=back)
        try:
            take(text, require_practitioner(request), timezone.now())
        except CannotEdit as refusal:
            messages.error(request, str(refusal))
        else:
            said = Said(gettext_noop("The text is %(state)s."), state=Code(kind.value))
            self.log_change(request, text, said)
            messages.success(request, str(said))
        return HttpResponseRedirect(back)


def _warn(request: HttpRequest, text: LeafletText) -> None:
    for omission in find_omissions(text):
        messages.warning(request, omission)


@admin.register(TextStep)
class TextStepAdmin(ClinicScopedAdmin):
    clinic_path = "text__clinic"
    list_display = ["text", "kind", "taken_by", "taken_at"]
    list_select_related = ["text", "taken_by__user"]
    fields = readonly_fields = ["text", "kind", "taken_by", "taken_at"]
