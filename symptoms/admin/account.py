"""Pages of accounts: those of the staff, and the devices of the patients."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.forms import AdminPasswordChangeForm, UserChangeForm

from symptoms.admin.scoping import ADMINISTRATORS, EVERYBODY, ClinicScopedAdmin, is_operator
from symptoms.models import DeviceToken, User


@admin.register(User)
class UserAdmin(ClinicScopedAdmin, DjangoUserAdmin):
    """Accounts of the staff of the own clinic. A new one is made with its practitioner."""

    clinic_path = "practitioner__clinic"
    is_set_up = True
    viewed_by = ADMINISTRATORS
    changed_by = ADMINISTRATORS
    form = UserChangeForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password", "first_name", "last_name", "email", "is_active", "last_login"]})
    ]
    readonly_fields = ["username", "last_login"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        staff: QuerySet[User] = super().get_queryset(request).filter(is_staff=True)
        return staff

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An administrator of a clinic does not get at the account of an operator."""
        if isinstance(obj, User) and obj.is_superuser and not is_operator(request):
            return False
        return super().has_change_permission(request, obj)


@admin.register(DeviceToken)
class DeviceTokenAdmin(ClinicScopedAdmin):
    """Phones that may report. A lost one is signed out."""

    clinic_path = "user__patient__clinic"
    patient_path = "user__patient"
    list_display = ["patient", "device_name", "created", "expiry"]
    list_select_related = ["user__patient"]
    search_fields = ["user__patient__full_name"]
    ordering = ["-created"]
    fields = readonly_fields = ["patient", "device_name", "created", "expiry"]
    actions = ["sign_out"]

    @admin.display(description="patient", ordering="user__patient__full_name")
    def patient(self, token: DeviceToken) -> str:
        return str(token.user.patient)

    @admin.action(description="Sign the selected devices out", permissions=["sign_out"])
    def sign_out(self, request: HttpRequest, queryset: QuerySet[DeviceToken]) -> None:
        for token in queryset.select_related("user__patient"):
            self.log_change(request, token.user.patient, f"Signed out {token.device_name}.")
        count, _ = queryset.delete()
        self.message_user(request, f"{count} signed out.")

    def has_sign_out_permission(self, request: HttpRequest) -> bool:
        return self.may(request, EVERYBODY)
