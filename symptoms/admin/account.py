"""Pages of accounts: those of the staff, and the devices of the patients."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from symptoms.admin.handing_over import show_password
from symptoms.admin.pages import record_url, show_page
from symptoms.admin.scoping import ADMINISTRATORS, EVERYBODY, ClinicScopedAdmin, is_operator
from symptoms.models import DeviceToken, User
from symptoms.sign_in.resetting import reset_sign_in
from symptoms.sign_in.telling import tell_of_reset


@admin.register(User)
class UserAdmin(ClinicScopedAdmin):
    """Accounts of the staff of the own clinic. A new one is made with its practitioner.

    Nobody types in a password for somebody else: `reset` hands one over that only lets its owner choose another.
    """

    clinic_path = "practitioner__clinic"
    is_set_up = True
    viewed_by = ADMINISTRATORS
    changed_by = ADMINISTRATORS
    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    fields = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    readonly_fields = ["username", "last_login"]
    actions_detail = ["reset"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        staff: QuerySet[User] = super().get_queryset(request).filter(is_staff=True)
        return staff

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_reset_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Somebody else's sign-in, never one's own: that is what the recovery codes are for."""
        return self.may(request, ADMINISTRATORS) and str(object_id) != str(request.user.pk)

    @action(description=_("Reset sign-in"), url_path="reset", permissions=["reset"])
    def reset(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, and on POST show a new password, once. Factors and sessions of the account are gone then."""
        user = self.get_object(request, object_id)
        if user.pk == request.user.pk or not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method != "POST":
            question = _(
                "Password, second factor and recovery codes stop working, and all sessions end. You get a start "
                "password to hand over in person; with it a second factor is set up and another password is chosen. "
                "The person is told by mail."
            )
            page: dict[str, Any] = {"form": forms.Form(), "question": question, "back": record_url(self, user)}
            return show_page(self, request, "form.html", title=_("Reset sign-in"), **page)
        password = reset_sign_in(user)
        self.log_change(request, user, "Reset the sign-in.")
        if not tell_of_reset(user):
            messages.warning(request, _("The mail to this person could not be sent. Tell them yourself."))
        return show_password(self, request, password, back=record_url(self, user))

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
    list_display = ["patient", "device_name", "carer", "created", "expiry"]
    list_select_related = ["user__patient", "carer"]
    search_fields = ["user__patient__full_name"]
    ordering = ["-created"]
    fields = readonly_fields = ["patient", "device_name", "carer", "created", "expiry"]
    actions = ["sign_out"]

    @admin.display(description=_("patient"), ordering="user__patient__full_name")
    def patient(self, token: DeviceToken) -> str:
        return str(token.user.patient)

    @admin.action(description=_("Sign the selected devices out"), permissions=["sign_out"])
    def sign_out(self, request: HttpRequest, queryset: QuerySet[DeviceToken]) -> None:
        for token in queryset.select_related("user__patient"):
            self.log_change(request, token.user.patient, "Signed out a device.")
        count, _deleted = queryset.delete()
        self.message_user(request, gettext("%(count)s signed out.") % {"count": count})

    def has_sign_out_permission(self, request: HttpRequest) -> bool:
        return self.may(request, EVERYBODY)
