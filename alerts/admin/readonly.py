"""Admin pages that show a record and change it only through acts, each with a form of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.admin import TabularInline

from symptoms.admin.scoping import ClinicScopedAdmin
from symptoms.models import Practitioner


class ReadOnlyAdmin(ClinicScopedAdmin):
    """Shows the records of one's own clinic. Adding, changing and deleting are refused to everybody."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def held(self, request: HttpRequest, object_id: str) -> Any:
        """The record of one's own clinic; anybody else's does not exist."""
        record = self.get_object(request, object_id)
        if record is None or not self.has_view_permission(request, record):
            raise Http404
        return record

    def act(
        self,
        request: HttpRequest,
        object_id: str,
        form_class: Callable[..., forms.Form],
        do: Callable[[Any, Practitioner, dict[str, Any]], str],
        *,
        title: str,
        refusals: type[Exception],
    ) -> HttpResponse:
        """The page of one act: shows its form, carries it out on POST, and leads back to the record.

        `do` returns what is said then; an exception of `refusals` is shown beside the form.
        """
        record = self.held(request, object_id)
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])
        form = form_class(request.POST or None, instance=record)
        if request.method == "POST" and form.is_valid():
            try:
                said = do(record, request.user.practitioner, form.cleaned_data)  # type: ignore[union-attr]  # staff
            except refusals as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, said)
                return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": record, "title": title}
        return TemplateResponse(request, "alerts/act.html", {**context, "form": form, "back": back})


class ReadOnlyInline(TabularInline):
    """Lines that belong to a record, in their order, for reading only."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
