"""Admin pages that show a record and change it only through acts, each with a form of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from symptoms.admin.once import answers_of, do_once, say_sent_before
from symptoms.admin.said import Said
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin, require_practitioner
from symptoms.admin.theme import action
from symptoms.models import Practitioner
from symptoms.models.clinic import Role

Page = TypeVar("Page", bound=Callable[..., HttpResponse])


def act_page(description: str | Promise, url_path: str, *, permission: str = "act") -> Callable[[Page], Page]:
    """Make a method the page of one act: a button on the record's page leads to it, for those who may act.

    Another `permission` than that to act is asked of the method `has_<permission>_permission`.
    """
    decorate: Any = action(description=cast("str", description), url_path=url_path, permissions=[permission])
    return cast("Callable[[Page], Page]", decorate)


class ActingAdmin(ClinicScopedAdmin):
    """Shows the records of one's own clinic; they change only by acts, which are for clinicians."""

    acted_by: ClassVar[frozenset[Role]] = CLINICIANS

    def has_act_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        return self.may(request, self.acted_by)

    def act(
        self,
        request: HttpRequest,
        object_id: str,
        form_class: Callable[..., forms.BaseForm],
        do: Callable[[Any, Practitioner, dict[str, Any]], Said],
        *,
        title: str,
        refusals: type[Exception] | tuple[type[Exception], ...],
        after: Callable[[], object] | None = None,
    ) -> HttpResponse:
        """The page of one act: shows its form, carries it out on POST, and leads back to the record.

        `do` returns what is said then, and kept in the history of the record with who did it, and the reason if the
        form asks for one. What is sent twice is done once. An exception of `refusals` is shown beside the form.

        `after` is what takes long, such as a call of a provider: it is done when all is kept and no lock is held, and
        what it refuses is said on the page of the record.
        """
        record = self.get_object(request, object_id)
        back = self.way_back(request, record)
        form = form_class(request.POST if request.method == "POST" else None, instance=record)
        if request.method == "POST" and form.is_valid():
            done: list[Said] = []

            def carry_out() -> bool:
                try:
                    said = do(record, require_practitioner(request), answers_of(form))
                except refusals as refusal:
                    form.add_error(getattr(refusal, "field", None), str(refusal))
                    return False
                reason = form.cleaned_data.get("reason")
                kept = Said(gettext_noop("%(said)s Reason: %(reason)s"), said=said, reason=reason) if reason else said
                self.log_change(request, record, kept)
                done.append(said)
                return True

            if do_once(request, carry_out):
                say_sent_before(request)
            elif done:
                _end(request, done[0], after, refusals)
            if not form.errors:
                return HttpResponseRedirect(back)
        described = self.describe(request, record)
        return self.confirm(request, form, title=title, back=back, original=record, **described)

    def describe(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """What the page of an act says of the record above the form, beside whose it is."""
        return {}

    def way_back(self, request: HttpRequest, record: Any) -> str:
        """Where somebody is led who has acted, or does not want to: to the record."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def confirm(self, request: HttpRequest, form: forms.BaseForm, *, title: str, **more: Any) -> HttpResponse:
        """The page that asks before something is done; `back` leads away from it, to the list unless given."""
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "back": back, **more}
        return TemplateResponse(request, "alerts/act.html", {**context, "form": form})


def _end(
    request: HttpRequest,
    said: Said,
    after: Callable[[], object] | None,
    refusals: type[Exception] | tuple[type[Exception], ...],
) -> None:
    """Do what comes after an act, and say what was done, or why that failed."""
    try:
        if after is not None:
            after()
    except refusals as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(said))
