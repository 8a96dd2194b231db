"""Episodes: how long a symptom has lasted. A clinician may close one; reports do the rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldBooleanWidget

from symptoms.admin.pages import record_url, show_page
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.admin.theme import action, display
from symptoms.flow.episodes import CannotReopen, close_episode, reopen_episode
from symptoms.models import Episode


class EndForm(forms.Form):
    """Two clicks do not end an episode: it has to be said that the symptom is over."""

    is_over = forms.BooleanField(label=_("The symptom is over"), widget=UnfoldBooleanWidget)


@admin.register(Episode)
class EpisodeAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["patient", "symptom", "earliest_on", "is_onset_known", "is_over", "closed_on", "closed_by"]
    list_filter = ["symptom", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["patient", "closed_by__user"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = ["-opened_at"]
    actions_detail = ["close", "reopen"]
    fields = readonly_fields = [
        "patient", "symptom", "earliest_on", "is_onset_known", "opened_at", "opened_by", "closed_at", "closed_on",
        "closed_by", "ask_due_at", "asked_at", "raise_due_at",
    ]  # fmt: skip

    @display(description=_("over"), boolean=True)
    def is_over(self, episode: Episode) -> bool:
        return episode.closed_at is not None

    def get_actions_detail(self, request: HttpRequest, object_id: Any = None) -> list[Any]:
        """To end what is open, and to open again what is not."""
        is_open = self.get_queryset(request).filter(pk=object_id, closed_at=None).exists()
        unfit = "symptoms_episode_reopen" if is_open else "symptoms_episode_close"
        return [one for one in super().get_actions_detail(request, object_id) if one.action_name != unfit]

    def has_close_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS)

    @action(description=_("End the episode"), url_path="close", permissions=["close"])
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, and on POST with the tick close the episode in the name of the person who is signed in."""
        episode = self.get_object(request, object_id)
        back = record_url(self, episode)
        if episode.closed_at is not None:
            messages.info(request, gettext("This episode is closed."))
            return HttpResponseRedirect(back)
        form = EndForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            question = gettext(
                "%(patient)s: %(symptom)s since %(day)s. Once it is ended the patient is no longer asked about it, and "
                "the days no longer count. If it is reported again within two days, the episode goes on."
            ) % {
                "patient": episode.patient.full_name,
                "symptom": episode.get_symptom_display(),
                "day": date_format(episode.earliest_on),
            }
            page: dict[str, Any] = {"form": form, "question": question, "back": back}
            return show_page(self, request, "form.html", title=gettext("End the episode"), **page)
        close_episode(episode, require_practitioner(request), timezone.now())
        self.log_change(request, episode, gettext_noop("Closed."))
        messages.success(
            request, gettext("The episode is closed. If that was a mistake, open it again within two days.")
        )
        return HttpResponseRedirect(back)

    @action(description=_("Open the episode again"), url_path="reopen", permissions=["close"])
    def reopen(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, and on POST undo what a clinician closed."""
        episode = self.get_object(request, object_id)
        back = record_url(self, episode)
        if request.method != "POST":
            question = gettext("The episode goes on as if it had not been ended, and the patient is asked about it.")
            page: dict[str, Any] = {"form": forms.Form(), "question": question, "back": back}
            return show_page(self, request, "form.html", title=gettext("Open the episode again"), **page)
        try:
            reopen_episode(episode, timezone.now())
        except CannotReopen:
            messages.error(
                request,
                gettext(
                    "Only what a clinician ended less than two days ago can be opened again, and only while no newer "
                    "episode of the symptom is open."
                ),
            )
        else:
            self.log_change(request, episode, gettext_noop("Opened again."))
            messages.success(request, gettext("The episode is open again."))
        return HttpResponseRedirect(back)
