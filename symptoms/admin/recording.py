"""Makes the pages of every model about patients leave their record in the access log, whoever wrote the page.

The way from a model to its patient is found by its foreign keys, so that a new model cannot be forgotten.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any, ClassVar, Final
from uuid import UUID

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse

from symptoms.access_log import record_access, shows_no_patient
from symptoms.admin.said import Said, history_words
from symptoms.models import Clinic, Patient, Practitioner, User
from symptoms.models.access import AccessKind

STAFF_MODELS: Final = (Clinic, Practitioner, User)
"""No way to a patient leads through them: whoever closed an alert does not make it about another patient."""


def path_to_patient(model: type[Model]) -> str | None:
    """The shortest way from a model to its patient, such as "report__patient"; "" for Patient; None for none.

    A way that rows may lack, such as that by the carer of a device, is none.
    """
    ways: deque[tuple[type[Model], tuple[str, ...]]] = deque([(model, ())])
    seen = {model}
    while ways:
        current, way = ways.popleft()
        if current is Patient:
            return "__".join(way)
        for field in current._meta.concrete_fields:
            target = field.related_model if isinstance(field, ForeignKey) and not field.null else None
            if isinstance(target, type) and target not in seen and not issubclass(target, STAFF_MODELS):
                seen.add(target)
                ways.append((target, (*way, field.name)))
    return None


def patient_id_of(record: Any, path: str) -> UUID | None:
    """The id of a record's patient; None for a record without one."""
    *steps, last = path.split("__") if path else ["pk"]
    for step in steps:
        record = getattr(record, step)
    if last == "pk" or hasattr(record, f"{last}_id"):
        found: UUID | None = getattr(record, last if last == "pk" else f"{last}_id")
        return found
    return getattr(record, last).pk  # type: ignore[no-any-return]


class RecordedAdmin:
    """The pages of one model, each of which records what it shows and what it changes."""

    model: type[Model]
    patient_path: ClassVar[str | None] = None
    """The way to the patient where foreign keys do not show it."""
    actions_recorded_row_by_row: ClassVar[frozenset[str]] = frozenset()
    """Acts on chosen rows of which some may be refused: each records what it changed, and nothing else."""

    def __init__(self, model: type[Model], admin_site: Any) -> None:
        super().__init__(model, admin_site)  # type: ignore[call-arg]
        self.path = self.patient_path if self.patient_path is not None else path_to_patient(model)

    @property
    def is_about_patients(self) -> bool:
        return self.path is not None

    def patients_in(self, records: Iterable[Any]) -> list[UUID]:
        """The ids of the patients of some records of this model, or of patients."""
        assert self.path is not None
        found = [patient_id_of(one, "" if isinstance(one, Patient) else self.path) for one in records]
        return [one for one in found if one is not None]

    def record_view(self, request: HttpRequest, record: Model) -> None:
        """Record that a page shows one record, once for each request."""
        seen = request.__dict__.setdefault("records_seen", set())
        key = (record._meta.label, record.pk)
        if self.is_about_patients and key not in seen:
            record_access(request, AccessKind.VIEW, self.patients_in([record]), record=record)
            seen.add(key)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)  # type: ignore[misc]
        if found is not None and self.has_view_or_change_permission(request, found):  # type: ignore[attr-defined]
            self.record_view(request, found)
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)  # type: ignore[misc]
        shown = getattr(response, "context_data", {}).get("cl")
        if self.is_about_patients and shown is not None:
            kind = AccessKind.SEARCH if shown.query else AccessKind.LIST
            record_access(request, kind, self.patients_in(shown.result_list))
        return response  # type: ignore[no-any-return]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        response = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        form = getattr(response, "context_data", {}).get("adminform")
        if object_id is None and form is not None and self.is_about_patients:
            self._record_new(request, form.form)
        return response  # type: ignore[no-any-return]

    def _record_new(self, request: HttpRequest, form: Any) -> None:
        """An empty form shows nobody, unless a row of a patient was chosen beforehand or in a try that was refused."""
        assert self.path is not None
        owner, _, way = self.path.partition("__")
        if owner not in form.fields:
            return shows_no_patient(request)
        chosen = {str(form.initial.get(owner, "")), str(getattr(form.instance, f"{owner}_id") or "")}
        rows = form.fields[owner].queryset.filter(pk__in=[one for one in chosen if is_uuid(one)])
        if shown := list(rows.values_list(way or "pk", flat=True)):
            return record_access(request, AccessKind.VIEW, shown)
        return shows_no_patient(request)

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """What is done with the chosen rows of a list is recorded before it is done, or by itself, row by row."""
        shows_no_patient(request)
        if request.POST.get("action") in self.actions_recorded_row_by_row:
            return super().response_action(request, queryset)  # type: ignore[misc]
        chosen = queryset
        if request.POST.get("select_across") != "1":
            chosen = queryset.filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
        if self.path is not None and (patients := self._patients_of_rows(chosen)):
            record_access(request, AccessKind.CHANGE, patients)
        return super().response_action(request, queryset)  # type: ignore[misc]

    def _patients_of_rows(self, rows: QuerySet[Any]) -> list[UUID]:
        ids = rows.order_by().values_list(self.path or "pk", flat=True).distinct()
        return [one for one in ids if one is not None]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Each line in the language of who reads it, whoever it was that acted."""
        response = super().history_view(request, object_id, extra_context)  # type: ignore[misc]
        for entry in getattr(response, "context_data", {}).get("action_list", ()):
            entry.change_message = history_words(entry)
        return response  # type: ignore[no-any-return]

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._record(request, AccessKind.ADD, obj)
        return super().log_addition(request, obj, _kept(message))  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._record(request, AccessKind.CHANGE, obj)
        return super().log_change(request, obj, _kept(message))  # type: ignore[misc]

    def _record(self, request: HttpRequest, kind: AccessKind, record: Model) -> None:
        if self.is_about_patients:
            record_access(request, kind, self.patients_in([record]), record=record)


class RecordedAutocomplete(AutocompleteJsonView):
    """Choices for a field as one types; those that are patients, or theirs, are recorded."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if getattr(self.model_admin, "is_about_patients", True):
            shown = self.model_admin.patients_in(context["object_list"])
            record_access(self.request, AccessKind.SEARCH, shown)
        else:
            shows_no_patient(self.request)
        return context


def _kept(message: Any) -> Any:
    """A message as a line of the log keeps it."""
    return [message.to_json()] if isinstance(message, Said) else message


def is_uuid(text: str) -> bool:
    """Whether what a form or an address gives can be a key."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
