"""Refuses what is sent from a page on which the row looked otherwise: nobody puts back what a colleague changed.

Every form carries what it showed, field by field, as fingerprints. They are compared with the row under its lock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from symptoms.admin.recording import patient_id_of
from symptoms.models import Patient

SEEN: Final = "seen"
SALT: Final = "what a form showed"


class SeenAdmin:
    """The form of a row: sent back, it is taken only if the row still is as the form showed it."""

    path: str | None
    change_form_after_template = "admin/symptoms/seen.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        show = super().changeform_view  # type: ignore[misc]  # of the pages
        if object_id is None or request.method != "POST":
            return show(request, object_id, form_url, extra_context)  # type: ignore[no-any-return]
        with transaction.atomic():
            row = self.get_object(request, object_id)  # type: ignore[attr-defined]  # of the pages
            if self.has_change_permission(request, row):  # type: ignore[attr-defined]  # of the pages
                self._lock(row)
                if changed := self._changed_since(request, row):
                    messages.error(request, _says(changed))
                    return HttpResponseRedirect(request.get_full_path())
            seen = {SEEN: request.POST.get(SEEN, "")}
            return show(request, object_id, form_url, {**(extra_context or {}), **seen})  # type: ignore[no-any-return]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None and SEEN not in context and self.has_change_permission(request, row):  # type: ignore[attr-defined]
            marks = {name: mark for name, (_label, mark) in self._shown(request, row).items()}
            context[SEEN] = json.dumps(marks)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]

    def _lock(self, row: Model) -> None:
        """Lock the row's patient, as all who change something about a patient do, else the row; and read it anew."""
        patient_id = None if self.path is None else patient_id_of(row, self.path)
        locked = (Patient, patient_id) if patient_id is not None else (type(row), row.pk)
        locked[0]._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=locked[1])
        row.refresh_from_db()

    def _changed_since(self, request: HttpRequest, row: Model) -> list[str]:
        """The labels of what is otherwise than the page showed it; all, if the page does not say what it showed."""
        try:
            seen = dict(json.loads(request.POST.get(SEEN, "")))
        except (TypeError, ValueError):
            seen = {}
        return [label for name, (label, mark) in self._shown(request, row).items() if seen.get(name) != mark]

    def _shown(self, request: HttpRequest, row: Model) -> dict[str, tuple[str, str]]:
        """The label and the fingerprint of every field, and of the rows of every table, that the form lets change."""
        fields = self.get_form(request, row, change=True).base_fields  # type: ignore[attr-defined]  # of the pages
        shown = {
            name: (str(fields[name].label or name), _mark(value)) for name, value in model_to_dict(row, fields).items()
        }
        for formset, inline in self.get_formsets_with_inlines(request, row):  # type: ignore[attr-defined]  # of the pages
            if inline.has_add_permission(request, row) or inline.has_change_permission(request, row):
                rows = inline.get_queryset(request).filter(**{formset.fk.name: row}).order_by("pk")
                label = str(inline.verbose_name_plural)
                shown[inline.opts.label_lower] = label, _mark(list(_lines(rows, formset.form.base_fields)))
        return shown


class SeenForm(forms.Form):
    """The form of an act on a row: sent from a page on which the row stood otherwise, it is looked at once more.

    What was filled in stays, beside how the row stands now, which counts as seen from then on.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stands: str, initial: dict[str, Any] | None = None) -> None:
        self._stands, self._mark = stands, _mark(stands)
        super().__init__(data, initial={**(initial or {}), SEEN: self._mark})

    def is_old(self) -> bool:
        return self.cleaned_data.get(SEEN) not in ("", self._mark)

    def clean(self) -> dict[str, Any]:
        if self.is_old():
            said = _(
                "While this page was open, somebody changed this. Nothing of yours was saved. Now it is: %(stands)s. "
                "Look again, and send it once more if it still fits."
            )
            self.add_error(None, said % {"stands": self._stands})
            data: Any = self.data.copy()
            data[SEEN] = self._mark
            self.data = data
        return self.cleaned_data


def _lines(rows: Iterable[Model], fields: Iterable[str]) -> Iterable[Any]:
    for row in rows:
        yield row.pk, model_to_dict(row, list(fields))


def _mark(value: Any) -> str:
    return salted_hmac(SALT, repr(value), algorithm="sha256").hexdigest()[:32]


def _says(changed: list[str]) -> str:
    what = _(
        "While this page was open, somebody changed: %(what)s. Nothing of yours was saved. This is how it stands now: "
        "look at it again."
    )
    return what % {"what": ", ".join(changed)}
