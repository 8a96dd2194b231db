"""Approvals of a text: each is given once, on the page that shows the whole text, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_noop

from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.models.clinic import Role


class ApprovalAdmin(ClinicScopedAdmin):
    """Approvals, for reading. Whoever has one of the roles in `approvers` gives them."""

    clinic_path = "clinic"
    approvers: ClassVar[frozenset[Role]] = CLINICIANS
    list_select_related = ["approved_by__user"]
    ordering = ["-approved_at"]

    def has_approve_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, self.approvers)

    def approve(
        self,
        request: HttpRequest,
        now: str,
        *,
        text: dict[str, Any],
        changed: str,
        say: Callable[[Any], str],
        **beside: Any,
    ) -> HttpResponse:
        """Note the approval of the text that was on the page; `now` is the hash of the text as it is.

        `text` are the fields that tell which text it is, `beside` are noted with it. One that has changed since is not
        approved: `changed` says so. `say` says an approval, whether it is given now or was before.
        """
        if not self.has_approve_permission(request):
            return HttpResponse(status=403)
        if request.POST.get("seen_hash") != now:
            messages.error(request, changed)
            return HttpResponseRedirect(request.get_full_path())
        by = require_practitioner(request)
        approval, is_new = self.model._default_manager.get_or_create(
            clinic_id=by.clinic_id, **text, defaults={"approved_by": by, **beside}
        )
        if is_new:
            self.log_addition(request, approval, gettext_noop("Approved."))
        messages.success(request, say(approval))
        return HttpResponseRedirect(request.get_full_path())
