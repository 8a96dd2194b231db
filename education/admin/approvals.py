"""The product's own leaflets: to be read, and approved for a clinic by a named clinician."""

from __future__ import annotations

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.admin.in_use import approved_in_words
from education.catalogue import Leaflet, shipped_leaflets
from education.models import LeafletApproval
from education.rendering import render, render_numbers
from education.texts import numbers_of
from education.titles import leaflet_title
from symptoms.admin.approving import ApprovalAdmin
from symptoms.admin.scoping import require_practitioner
from symptoms.admin.theme import action, display
from symptoms.models import Practitioner


@admin.register(LeafletApproval)
class LeafletApprovalAdmin(ApprovalAdmin):
    """Approvals, for reading; they are given on the page that shows the whole text."""

    list_display = ["leaflet", "language", "version", "approved_by", "role", "approved_at", "is_in_force"]
    list_filter = ["language"]
    actions_list = ["product"]
    fields = readonly_fields = [
        "leaflet", "language", "version", "text_hash", "approved_by", "role", "approved_at", "is_in_force",
    ]  # fmt: skip

    @display(description=gettext_lazy("leaflet"), ordering="slug")
    def leaflet(self, approval: LeafletApproval) -> str:
        return leaflet_title(approval.slug)

    @display(description=gettext_lazy("in force"), boolean=True)
    def is_in_force(self, approval: LeafletApproval) -> bool:
        shipped = shipped_leaflets().get((approval.slug, approval.language))
        return shipped is not None and shipped.text_id == approval.text_hash

    @action(description=gettext_lazy("Leaflets in use"), url_path="product", permissions=["view"])
    def product(self, request: HttpRequest) -> HttpResponse:
        """One of the product's texts as on a phone, and the button to approve it; without a choice, all of them."""
        practitioner = require_practitioner(request)
        chosen = (request.GET.get("slug", ""), request.GET.get("language", ""))
        if not any(chosen):
            return HttpResponseRedirect(reverse("admin:education_leaflettext_in_use"))
        leaflet = shipped_leaflets().get(chosen)
        if leaflet is None:
            raise Http404
        if request.method == "POST":
            return self.approve(
                request,
                leaflet.text_id,
                text={"text_hash": leaflet.text_id},
                changed=_("The text has changed since this page was opened. Read it as it is now."),
                say=approved_in_words,
                slug=leaflet.slug,
                language=leaflet.language,
                version=leaflet.version,
                role=practitioner.role,
            )
        return self._show(request, practitioner, leaflet)

    def _show(self, request: HttpRequest, practitioner: Practitioner, leaflet: Leaflet) -> HttpResponse:
        approval = _approval_of(practitioner, leaflet)
        numbers = render_numbers(numbers_of(practitioner.clinic, leaflet.language))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": leaflet.title,
            "text": leaflet,
            "page": mark_safe(render(leaflet.body) + numbers),  # noqa: S308  (sanitised by render, escaped)
            "questions": leaflet.questions,
            "back": reverse("admin:education_leaflettext_in_use"),
            "review": approved_in_words(approval) if approval else _("not approved"),
            "fingerprint": leaflet.text_id,
            "may_approve": approval is None and self.has_approve_permission(request),
        }
        return TemplateResponse(request, "admin/education/preview.html", context)


def _approval_of(practitioner: Practitioner, leaflet: Leaflet) -> LeafletApproval | None:
    own = LeafletApproval.objects.filter(clinic=practitioner.clinic_id, text_hash=leaflet.text_id)
    return own.select_related("approved_by__user").first()
