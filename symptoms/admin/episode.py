"""Episodes: how long a symptom has lasted. A clinician may close one; reports do the rest."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from symptoms.admin.pages import record_url, show_page
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.flow.episodes import close_episode
from symptoms.models import Episode


@admin.register(Episode)
class EpisodeAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["patient", "symptom", "earliest_on", "is_onset_known", "is_over", "closed_on", "closed_by"]
    list_filter = ["symptom", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["patient", "closed_by__user"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = ["-opened_at"]
    actions_detail = ["close"]
    fields = readonly_fields = [
        "patient", "symptom", "earliest_on", "is_onset_known", "opened_at", "opened_by", "closed_at", "closed_on",
        "closed_by", "ask_due_at", "asked_at", "raise_due_at",
    ]  # fmt: skip

    @display(description=_("over"), boolean=True)
    def is_over(self, episode: Episode) -> bool:
        return episode.closed_at is not None

    def has_close_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, CLINICIANS)

    @action(description=_("Close"), url_path="close", permissions=["close"])
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, and on POST close the episode in the name of the person who is signed in."""
        episode = self.get_object(request, object_id)
        back = record_url(self, episode)
        if episode.closed_at is not None:
            messages.info(request, gettext("This episode is closed."))
            return HttpResponseRedirect(back)
        if request.method != "POST":
            question = gettext("Is this symptom over? If it is reported again within two days, the episode goes on.")
            return show_page(
                self, request, "form.html", title=gettext("Close"), form=forms.Form(), question=question, back=back
            )
        close_episode(episode, require_practitioner(request), timezone.now())
        self.log_change(request, episode, "Closed.")
        messages.success(request, gettext("The episode is closed."))
        return HttpResponseRedirect(back)
