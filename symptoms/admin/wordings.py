"""What patients read, language by language, and who of the clinic has read it and found it right."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symptoms.admin.approving import ApprovalAdmin
from symptoms.admin.moments import write_day
from symptoms.admin.pages import list_url, show_page
from symptoms.admin.scoping import require_practitioner
from symptoms.admin.tables import Cell, Section
from symptoms.admin.theme import action, display
from symptoms.models import Practitioner, WordingApproval
from symptoms.models.fields import LANGUAGES
from symptoms.wording import FALLBACK, content_hash, is_reviewed, sentences

NAMES = dict(LANGUAGES)


@admin.register(WordingApproval)
class WordingApprovalAdmin(ApprovalAdmin):
    """Approvals, for reading; they are given on the page that shows the whole wording of a language."""

    list_display = ["language", "wording_hash", "approved_by", "approved_at", "is_in_force"]
    list_filter = ["language"]
    actions_list = ["wording"]
    fields = readonly_fields = ["language", "wording_hash", "approved_by", "approved_at", "is_in_force"]

    @display(description=gettext_lazy("in force"), boolean=True)
    def is_in_force(self, approval: WordingApproval) -> bool:
        return approval.wording_hash == content_hash(approval.language)

    @action(description=gettext_lazy("What patients read"), url_path="wording", permissions=["view"])
    def wording(self, request: HttpRequest) -> HttpResponse:
        """All languages with their state; with `language`, every sentence of it, and the button to approve it."""
        practitioner = require_practitioner(request)
        language = request.GET.get("language")
        if language is None:
            return self._languages(request, practitioner)
        if language not in NAMES:
            raise Http404
        if request.method == "POST":
            return self.approve(
                request,
                content_hash(language),
                text={"language": language, "wording_hash": content_hash(language)},
                changed=_("The wording has changed since this page was opened. Read it as it is now."),
                say=_approved,
            )
        return self._sentences(request, practitioner, language)

    def _languages(self, request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
        given = {approval.language: approval for approval in _in_force(practitioner)}
        rows = tuple(_language_row(language, given.get(language)) for language in NAMES)
        columns = (_("Language"), _("This clinic"), _("The product's own reviewer"), _("Fingerprint"))
        title = _("What patients read")
        section = Section(title, columns, rows, empty="")
        return show_page(self, request, "reading.html", title=title, sections=[section], back=list_url(self))

    def _sentences(self, request: HttpRequest, practitioner: Practitioner, language: str) -> HttpResponse:
        approval = next((one for one in _in_force(practitioner) if one.language == language), None)
        may_approve = approval is None and self.has_approve_permission(request)
        return show_page(
            self,
            request,
            "reading.html",
            title=_("What patients read in %(language)s") % {"language": NAMES[language]},
            good=_approved(approval) if approval else "",
            warning="" if approval else _("Nobody of this clinic has approved this wording."),
            lines=[_("Fingerprint: %(hash)s") % {"hash": content_hash(language)}],
            sections=[_sentences_section(language)],
            ask=_("Have you read every sentence, as somebody to whom this language is native, and is each right?"),
            seen_hash=content_hash(language) if may_approve else "",
            back=reverse("admin:symptoms_wordingapproval_wording"),
        )


def _in_force(practitioner: Practitioner) -> list[WordingApproval]:
    """The clinic's approvals of the wordings as they are now. One query."""
    now = [content_hash(language) for language in NAMES]
    own = WordingApproval.objects.filter(clinic=practitioner.clinic_id, wording_hash__in=now)
    return [one for one in own.select_related("approved_by__user") if one.wording_hash == content_hash(one.language)]


def _approved(approval: WordingApproval) -> str:
    day = write_day(approval.approved_at)
    return _("Approved by %(who)s on %(date)s.") % {"who": approval.approved_by, "date": day}


def _language_row(language: str, approval: WordingApproval | None) -> tuple[Cell, ...]:
    address = reverse("admin:symptoms_wordingapproval_wording", query={"language": language})
    reviewed = is_reviewed(language)
    return (
        Cell(NAMES[language], address),
        Cell(_approved(approval), tone="good") if approval else Cell(_("not approved"), tone="urgent"),
        Cell(_("reviewed"), tone="good") if reviewed else Cell(_("not reviewed"), tone="urgent"),
        Cell(content_hash(language)[:12]),
    )


def _sentences_section(language: str) -> Section:
    english: dict[str, Any] = dict(sentences(FALLBACK))
    own = sentences(language)
    title = _("Sentences")
    if language == FALLBACK:
        return Section(title, (_("Place"), NAMES[language]), tuple((Cell(at), Cell(words)) for at, words in own), "")
    rows = tuple((Cell(at), Cell(english.get(at, "–")), Cell(words)) for at, words in own)
    return Section(title, (_("Place"), NAMES[FALLBACK], NAMES[language]), rows, "")
