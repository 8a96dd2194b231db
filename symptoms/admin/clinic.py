"""Pages of the clinic itself: its numbers and hours, its people, and which rules they approve."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminPasswordWidget, UnfoldAdminTextInputWidget

from symptoms.admin.scoping import ADMINISTRATORS, ClinicForm, ClinicScopedAdmin, require_practitioner
from symptoms.clinical.rulesets import CURRENT
from symptoms.models import Clinic, Practitioner, RulesetApproval, User
from symptoms.models.clinic import Role


@admin.register(Clinic)
class ClinicAdmin(ClinicScopedAdmin):
    clinic_path = "pk"
    is_set_up = True
    changed_by = ADMINISTRATORS
    list_display = ["name", "phone", "out_of_hours_phone", "emergency_number", "language", "time_zone"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "language", "time_zone"]}),
        ("Numbers", {"fields": ["phone", "out_of_hours_phone", "emergency_number", "emergency_department"]}),
        ("Habits", {"fields": ["opens_at", "closes_at", "is_bath_prophylactic"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []


class NewPractitionerForm(ClinicForm):
    """Somebody new at the clinic, with the account that they sign in with."""

    username = forms.CharField(max_length=150, validators=[User.username_validator], widget=UnfoldAdminTextInputWidget)
    first_name = forms.CharField(max_length=150, widget=UnfoldAdminTextInputWidget)
    last_name = forms.CharField(max_length=150, widget=UnfoldAdminTextInputWidget)
    email = forms.EmailField(
        validators=[validate_email], help_text="Pages go to this address.", widget=UnfoldAdminEmailInputWidget
    )
    password = forms.CharField(
        strip=False, help_text="To begin with; it is changed at the first log-in.", widget=UnfoldAdminPasswordWidget
    )

    def clean_username(self) -> str:
        username: str = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("This name is taken.")
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def make_account(self) -> User:
        """The account, once the form is right."""
        data = self.cleaned_data
        return User.objects.create_user(
            data["username"],
            data["email"],
            data["password"],
            first_name=data["first_name"],
            last_name=data["last_name"],
            is_staff=True,
        )


@admin.register(Practitioner)
class PractitionerAdmin(ClinicScopedAdmin):
    is_set_up = True
    added_by = ADMINISTRATORS
    changed_by = ADMINISTRATORS
    list_display = ["__str__", "role", "is_on_call", "can_sign_in"]
    list_filter = ["role", "is_on_call"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    ordering = ["user__last_name", "user__username"]

    @admin.display(description="can sign in", boolean=True, ordering="user__is_active")
    def can_sign_in(self, practitioner: Practitioner) -> bool:
        return practitioner.user.is_active

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **(kwargs if obj else {"form": NewPractitionerForm, **kwargs}))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj:
            return ["user", "role", "is_on_call"]
        account = ["username", "first_name", "last_name", "email", "password"]
        clinic = [] if "clinic" in self.get_exclude(request, obj) else ["clinic"]
        return [*clinic, *account, "role", "is_on_call"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["user"] if obj else []

    def save_model(self, request: HttpRequest, obj: Practitioner, form: Any, change: bool) -> None:
        with transaction.atomic():
            if not change:
                obj.user = form.make_account()
            super().save_model(request, obj, form, change)


class ApprovalForm(ClinicForm):
    """Nothing to fill in: the rules in force are approved, or not."""

    def clean(self) -> dict[str, Any]:
        known = RulesetApproval.objects.filter(
            clinic=self.clinic_id, ruleset=CURRENT.version, ruleset_hash=CURRENT.content_hash
        )
        if known.exists():
            raise ValidationError("This exact text of the rules has been approved already.")
        return super().clean() or {}


@admin.register(RulesetApproval)
class RulesetApprovalAdmin(ClinicScopedAdmin):
    added_by = frozenset({Role.ONCOLOGIST})
    form = ApprovalForm
    list_display = ["ruleset", "ruleset_hash", "approved_by", "approved_at"]
    list_select_related = ["approved_by__user"]
    fields = readonly_fields = ["ruleset", "ruleset_hash", "approved_by", "approved_at"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields) if obj else ["rules_in_force"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields) if obj else ["rules_in_force"]

    @admin.display(description="rules in force")
    def rules_in_force(self, approval: RulesetApproval) -> str:
        return f"{CURRENT.version}, {CURRENT.title}, {len(CURRENT.rules)} rules, SHA-256 {CURRENT.content_hash}"

    def save_model(self, request: HttpRequest, obj: RulesetApproval, form: Any, change: bool) -> None:
        obj.ruleset = CURRENT.version
        obj.ruleset_hash = CURRENT.content_hash
        obj.approved_by = require_practitioner(request)
        super().save_model(request, obj, form, change)
