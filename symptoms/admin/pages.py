"""Pages of the clinician site that are not a list or a record: small forms and what comes of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse


def list_url(admin: ModelAdmin[Any]) -> str:
    """The address of a model's list."""
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_changelist")


def record_url(admin: ModelAdmin[Any], record: Any) -> str:
    """The address of one record."""
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", args=[record.pk])


def show_page(
    admin: ModelAdmin[Any], request: HttpRequest, template: str, *, title: str, **context: Any
) -> TemplateResponse:
    """A page within the site's frame. It is kept by no browser and no proxy."""
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": title}
    response = TemplateResponse(request, f"admin/symptoms/{template}", {**frame, **context})
    response["Cache-Control"] = "no-store"
    return response


def add_problems(form: forms.BaseForm, problems: ValidationError) -> None:
    """Show each problem beside its field; one without a field on this form stands above all fields."""
    if not hasattr(problems, "error_dict"):
        form.add_error(None, problems)
        return
    for field, found in problems.error_dict.items():
        form.add_error(field if field in form.fields else None, found)
