"""The clinic, who works there, and their accounts. Administrators see to their own clinic's."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminTextInputWidget

from symptoms.admin.handing_over import show_password, whose
from symptoms.admin.pages import add_problems, record_url
from symptoms.admin.scoping import ADMINISTRATORS, ClinicForm, ClinicScopedAdmin, is_operator
from symptoms.models import Clinic, Practitioner, User
from symptoms.models.clinic import Role
from symptoms.sign_in.telling import administrators_of, tell_of_new_account

# What somebody may do follows from the role; a group would say otherwise. Tokens come from activation only, and nobody
# else's second factor is looked at.
for unused in (Group, AuthToken, Authenticator, EmailAddress, EmailConfirmation):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


@admin.register(Clinic)
class ClinicAdmin(ClinicScopedAdmin):
    clinic_path = "pk"
    changed_by = ADMINISTRATORS
    is_set_up = True
    list_display = ["name", "language", "time_zone", "phone", "out_of_hours_phone"]
    search_fields = ["name"]
    fields = [
        "name", "slug", "language", "time_zone", "phone", "out_of_hours_phone", "emergency_number",
        "emergency_department", "opens_at", "closes_at", "is_bath_prophylactic",
    ]  # fmt: skip


class NewPractitionerForm(ClinicForm):
    """A practitioner together with the account to sign in with."""

    is_by_operator: ClassVar[bool] = False
    username = forms.CharField(label=_("Username"), max_length=150, widget=UnfoldAdminTextInputWidget)
    first_name = forms.CharField(label=_("First name"), max_length=150, widget=UnfoldAdminTextInputWidget)
    last_name = forms.CharField(label=_("Last name"), max_length=150, widget=UnfoldAdminTextInputWidget)
    email = forms.EmailField(
        label=_("E-mail"), widget=UnfoldAdminEmailInputWidget, help_text=_("Alerts are sent here.")
    )

    def clean(self) -> dict[str, Any] | None:
        """Check the account as its own form would."""
        cleaned = super().clean()
        try:
            self.account().full_clean(exclude=["password"])
        except ValidationError as problems:
            add_problems(self, problems)
        if self.is_by_operator:
            self._check_first(self.cleaned_data.get("clinic"))
        return cleaned

    def _check_first(self, clinic: Clinic | None) -> None:
        """An operator lets the first administrator of a clinic in; the clinic lets in everybody else."""
        self.instance.role = Role.ADMINISTRATOR
        if clinic is not None and administrators_of(clinic).exists():
            self.add_error("clinic", gettext("This clinic has an administrator, who adds its staff."))

    def account(self) -> User:
        """The account, not yet saved: staff, and never a superuser."""
        given = {name: self.cleaned_data.get(name, "") for name in ("username", "first_name", "last_name", "email")}
        return User(**given, is_staff=True)


@admin.register(Practitioner)
class PractitionerAdmin(ClinicScopedAdmin):
    added_by = changed_by = ADMINISTRATORS
    is_set_up = True
    list_display = ["__str__", "clinic", "role", "is_on_call"]
    list_filter = ["role", "is_on_call"]
    list_select_related = ["user", "clinic"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    ordering = ["user__last_name", "user__first_name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        account = ["username", "first_name", "last_name", "email"] if obj is None else ["user"]
        return [*account, "clinic"] if is_operator(request) else [*account, "role", "is_on_call"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody changes their own role: no administrator makes herself a clinician, and the last one stays."""
        if obj is None:
            return []
        return ["user", "clinic", "role"] if obj.user_id == request.user.pk else ["user", "clinic"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            by = {"is_by_operator": is_operator(request)}
            kwargs["form"] = type("NewPractitionerForm", (NewPractitionerForm,), by)
        return super().get_form(request, obj, change, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles are a clinic's own business: an operator could make anybody, and so themselves, a nurse."""
        return not is_operator(request) and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Practitioner, form: Any, change: bool) -> None:
        if not change:
            account = form.account()
            request.start_password = account.give_start_password()  # type: ignore[attr-defined]  # kept nowhere else
            account.save()
            obj.user = account
        super().save_model(request, obj, form, change)
        if not change:
            # Mails take longer than a transaction may lie idle.
            transaction.on_commit(partial(tell_of_new_account, obj, by=request.user), robust=True)

    def response_add(self, request: HttpRequest, obj: Practitioner, post_url_continue: Any = None) -> HttpResponse:
        """The only page on which the start password of the new account ever stands."""
        password: str = request.start_password  # type: ignore[attr-defined]  # set by save_model
        return show_password(self, request, password, for_whom=whose(obj.user), back=record_url(self, obj))
