"""A form that is sent twice, by a double click, a reload or after an answer that got lost, adds once what it adds.

Each page gives its form an identity, `form_id`. What the form does and that it was done are written together; a second
one waits for the first. Filled in otherwise, such as after a step back in the browser, it is another; one without an
identity, from a page of an earlier release, is done as it is.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from symptoms.access_log import shows_no_patient
from symptoms.admin.pages import list_url
from symptoms.models import SentForm

FORM_ID: Final = "form_id"


class OnceForm(forms.Form):
    """A form with an identity."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


def answers_of(form: forms.BaseForm) -> dict[str, Any]:
    """What was filled in, without the identity."""
    return {name: value for name, value in form.cleaned_data.items() if name != FORM_ID}


def key_of(request: HttpRequest) -> UUID | None:
    """The identity of the form that was sent, as it was filled in; None when it has none."""
    try:
        form_id = UUID(request.POST.get(FORM_ID, ""))
    except ValueError:
        return None
    given = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return uuid.uuid5(form_id, json.dumps([request.path, given]))


def do_once(request: HttpRequest, do: Callable[[], bool]) -> bool:
    """Do what a form says, in one transaction with the note that it was done; whether it was done before.

    `do` returns whether it did it: what was refused may be sent again.
    """
    key = key_of(request)
    if key is None:
        do()
        return False
    with transaction.atomic():
        sent, is_new = SentForm.objects.get_or_create(pk=key)
        if is_new and not do():
            sent.delete()
    return not is_new


def say_sent_before(request: HttpRequest) -> None:
    messages.info(request, _("This form was sent before. What it says is kept once."))


class OnceAdmin:
    """The pages on which rows are added."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        show = super().changeform_view  # type: ignore[misc]  # of the pages
        if object_id is not None or request.method != "POST":
            return show(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]
        answers: list[HttpResponse] = []

        def add() -> bool:
            answers.append(show(request, object_id, form_url, extra_context))
            return getattr(request, "has_added", False)

        if do_once(request, add):
            say_sent_before(request)
            shows_no_patient(request)
            return HttpResponseRedirect(list_url(self))  # type: ignore[arg-type]  # of the pages
        return answers[0]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs.get("obj") is None:
            context["sent_as"] = uuid.uuid4()
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        request.has_added = True  # type: ignore[attr-defined]  # read above
        return super().log_addition(request, obj, message)  # type: ignore[misc]
