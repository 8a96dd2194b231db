"""Keeps every page of the clinician site to the clinic of the person who looks at it.

Rows, choices, filters and autocompletion of another clinic do not exist; their addresses answer 404. Who
may do what is decided by role, in code: everybody of the clinic may look, nobody may do anything else
until a class says who, auditors only look, and nobody deletes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.contrib.admin import AdminSite, RelatedFieldListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from symptoms.admin.once import OnceAdmin
from symptoms.admin.recording import RecordedAdmin
from symptoms.admin.seen import SeenAdmin
from symptoms.finding import find_patients
from symptoms.models import Practitioner, User
from symptoms.models.clinic import Role

AUDITORS: Final = frozenset({Role.AUDITOR})
EVERYBODY: Final = frozenset(Role) - AUDITORS
"""Whoever may act. Auditors read whatever any of them may read, and change nothing."""
CLINICIANS: Final = frozenset({Role.NURSE, Role.ONCOLOGIST})
ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})
NOBODY: Final[frozenset[Role]] = frozenset()


def practitioner_of(request: HttpRequest) -> Practitioner | None:
    """The practitioner who is signed in; None for a patient, an operator, or somebody without a clinic."""
    user = request.user
    if not isinstance(user, User) or not (user.is_active and user.is_staff):
        return None
    practitioner: Practitioner | None = getattr(user, "practitioner", None)
    return practitioner


def require_practitioner(request: HttpRequest) -> Practitioner:
    """The practitioner who is signed in. Raises PermissionDenied when there is none."""
    practitioner = practitioner_of(request)
    if practitioner is None:
        raise PermissionDenied
    return practitioner


def is_operator(request: HttpRequest) -> bool:
    """A superuser who belongs to no clinic: sets clinics and accounts up, and sees no patient."""
    user = request.user
    return isinstance(user, User) and user.is_active and user.is_superuser and practitioner_of(request) is None


class RoleScope:
    """Permissions by role, and choices of related rows from the own clinic only."""

    admin_site: AdminSite
    viewed_by: ClassVar[frozenset[Role]] = EVERYBODY
    added_by: ClassVar[frozenset[Role]] = NOBODY
    changed_by: ClassVar[frozenset[Role]] = NOBODY
    is_set_up: ClassVar[bool] = False
    """Whether an operator may see and edit these rows of all clinics. Never for anything about a patient."""

    def may(self, request: HttpRequest, roles: frozenset[Role]) -> bool:
        """Whether the person who is signed in has one of the roles, or is an operator where that is enough."""
        practitioner = practitioner_of(request)
        if practitioner is None:
            return self.is_set_up and is_operator(request)
        return practitioner.role in roles

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, self.viewed_by | AUDITORS)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, self.added_by)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, self.changed_by)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request, self.viewed_by | AUDITORS)

    def choices_of(self, model: type[Model], request: HttpRequest) -> QuerySet[Any]:
        """The rows of a related model that may be chosen: as its own pages show them, else none."""
        if self.admin_site.is_registered(model):
            related = self.admin_site.get_model_admin(model)
            if isinstance(related, ClinicScopedAdmin):
                return related.get_queryset(request)
        return model._default_manager.none()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]  # of the pages
            kwargs.setdefault("widget", LookedUp(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]  # of the pages

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        return self.choices_of(db_field.remote_field.model, request)


class LookedUp(AutocompleteSelect):
    """A row that is chosen as one types. What is no key, in an address or in what was sent, chooses nothing."""

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if self._is_key(one)], attr)

    def _is_key(self, value: str) -> bool:
        try:
            self.field.to_python(value)
        except ValidationError:
            return False
        return True


class ClinicFilter(RelatedFieldListFilter):
    """A filter of a list by a related row, which offers those of the own clinic only."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        own = model_admin.choices_of(field.remote_field.model, request)
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(
            include_blank=False, ordering=ordering, limit_choices_to={"pk__in": own.order_by().values("pk")}
        )


class ClinicForm(forms.ModelForm[Any]):
    """A form that knows its row's clinic, so that what has to be unique within a clinic is checked by the form."""

    clinic_id: ClassVar[Any] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.clinic_id is not None:
            self.instance.clinic_id = self.clinic_id

    def _update_errors(self, errors: ValidationError) -> None:
        """What is wrong with a field that does not stand here, such as the clinic, is said above all fields."""
        found = getattr(errors, "error_dict", {})
        for field in found.keys() - self.fields.keys() - {NON_FIELD_ERRORS}:
            found.setdefault(NON_FIELD_ERRORS, []).extend(found.pop(field))
        super()._update_errors(errors)  # type: ignore[misc]  # missing in the stubs

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # missing in the stubs
        return excluded - {"clinic"}


class ClinicScopedAdmin(OnceAdmin, SeenAdmin, RecordedAdmin, RoleScope, ModelAdmin):  # type: ignore[misc]  # the theme is untyped
    """Pages of a model that belongs to a clinic, by way of `clinic_path`: "clinic", "patient__clinic", ...

    A new row gets the clinic of the person who adds it.
    """

    clinic_path: ClassVar[str] = "clinic"
    change_form_outer_before_template = "admin/symptoms/whose_record.html"
    form: ClassVar[Any] = ClinicForm
    list_per_page = 50
    fields: ClassVar[Any] = None
    readonly_fields: ClassVar[Any] = ()
    actions_list: ClassVar[Any] = ()
    actions_detail: ClassVar[Any] = ()
    page_names: ClassVar[Mapping[str, Any]] = {}
    """What the access log calls the pages that are neither those of every model nor acts, by their addresses."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        practitioner = practitioner_of(request)
        if practitioner is not None:
            return queryset.filter(**{self.clinic_path: practitioner.clinic_id})
        return queryset if self.is_set_up and is_operator(request) else queryset.none()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row of the own clinic. Any other is 404, on every page and on history."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)

    def get_inline_formsets(self, request: HttpRequest, formsets: Any, instances: Any, obj: Any = None) -> list[Any]:
        """The tables of a page. One that is only read leaves out those without rows: their headings say nothing."""
        tables: list[Any] = super().get_inline_formsets(request, formsets, instances, obj)
        is_form = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return tables if is_form else [one for one in tables if one.formset.forms]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The acts of a record stand below whose it is, as on the page of an alert: its head has no room for them."""
        context["acts"] = context.pop("actions_detail", ())
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return response

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What is found by the columns of the list, and whatever is about a patient who may be meant."""
        found, has_duplicates = super().get_search_results(request, queryset, search_term)
        practitioner = practitioner_of(request)
        if self.path is None or practitioner is None or not search_term.strip():
            return found, has_duplicates
        meant = find_patients(practitioner.clinic, search_term).values("pk")
        about = queryset.filter(**{f"{self.path or 'pk'}__in": meant})
        return found | about, has_duplicates

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """What was ticked, and is a key: anything else that is sent chooses nothing."""
        sent = request.POST.copy()
        sent.setlist(ACTION_CHECKBOX_NAME, [key for key in sent.getlist(ACTION_CHECKBOX_NAME) if self._is_key(key)])
        request.POST = sent
        return super().response_action(request, queryset)

    def _is_key(self, value: str) -> bool:
        if "\0" in value:
            return False
        try:
            self.opts.pk.to_python(value)
        except ValidationError:
            return False
        return True

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [self._scoped(entry) for entry in super().get_list_filter(request)]

    def _scoped(self, entry: Any) -> Any:
        if isinstance(entry, str) and get_fields_from_path(self.model, entry)[-1].is_relation:
            return (entry, ClinicFilter)
        return entry

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What a link to an empty form may choose beforehand: the row that the new one belongs to, and nothing else."""
        given = super().get_changeform_initial_data(request)
        relations = {field.name for field in self.opts.concrete_fields if field.is_relation}
        return {name: value for name, value in given.items() if name in relations}

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        excluded = list(super().get_exclude(request, obj) or ())
        return [*excluded, "clinic"] if self._is_clinic_set_here(request) else excluded

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None and self._is_clinic_set_here(request):
            form = type(form.__name__, (form,), {"clinic_id": require_practitioner(request).clinic_id})
        return form

    def _is_clinic_set_here(self, request: HttpRequest) -> bool:
        return self.clinic_path == "clinic" and practitioner_of(request) is not None


class ClinicScopedTabularInline(RoleScope, TabularInline):  # type: ignore[misc]  # the theme is untyped
    """Rows of a scoped page, in a table. Which rows there are follows from the page's own row."""

    extra = 0
    hide_title = True


class ClinicScopedStackedInline(RoleScope, StackedInline):  # type: ignore[misc]  # the theme is untyped
    """Rows of a scoped page, one below the other."""

    extra = 0
