"""Pages of acts: each shows what is about to happen, asks for what is needed, and does it on POST only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.admin import ModelAdmin


def page_of(row: Model) -> str:
    """The address of a row's own page."""
    model = row._meta  # noqa: SLF001  (a public name of Django)
    return reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[row.pk])


def show_page(
    admin: ModelAdmin, request: HttpRequest, template: str, *, title: str, back: str, **context: Any
) -> HttpResponse:
    """A page of our own within the clinician site. Never kept by the browser."""
    site = admin.admin_site.each_context(request)
    return TemplateResponse(request, template, {**site, "opts": admin.opts, "title": title, "back": back, **context})


def show_act(
    admin: ModelAdmin,
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[dict[str, Any]], HttpResponse | str],
    *,
    title: str,
    back: str,
    explanation: str = "",
) -> HttpResponse:
    """Show the form; once it is posted and right, `do` it with what was filled in.

    `do` returns the page that follows, or what is said on the way back. Its ValidationError is shown beside
    the fields that it names.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = do(form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            if isinstance(done, HttpResponse):
                return done
            messages.success(request, done)
            return HttpResponseRedirect(back)
    return show_page(admin, request, "symptoms/act.html", title=title, back=back, form=form, explanation=explanation)


def show_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put each message beside the field that it is about, and others above the form."""
    for field, problems in getattr(error, "error_dict", {None: error.error_list}).items():
        form.add_error(field if field in form.fields else None, problems)
