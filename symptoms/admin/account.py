"""Pages of accounts: those of the staff, and the devices of the patients."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from symptoms.admin.handing_over import show_password, whose
from symptoms.admin.pages import record_url, show_page
from symptoms.admin.scoping import ADMINISTRATORS, EVERYBODY, ClinicScopedAdmin, is_operator
from symptoms.admin.theme import action
from symptoms.models import DeviceToken, Practitioner, User
from symptoms.models.clinic import Role
from symptoms.sign_in.keeping import path_to_keep
from symptoms.sign_in.resetting import NotTold, TooSoon, reset_sign_in
from symptoms.sign_in.telling import tell_of_new_address, tell_who_watches

REFUSALS: Final = {
    TooSoon: _(
        "Nothing was reset: the mail address of this account was changed less than three days ago, and its owner can "
        "still object. Try again after the three days."
    ),
    NotTold: _("Nothing was reset: the mail to this person could not be sent. Try again."),
}


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


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

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody closes their own account: the last administrator would leave the clinic without one."""
        return [*self.readonly_fields, "is_active"] if obj == request.user else self.readonly_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        staff: QuerySet[User] = super().get_queryset(request).filter(is_staff=True)
        return staff

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_reset_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Somebody else's sign-in, never one's own: that is what the recovery codes are for."""
        return str(object_id) != str(request.user.pk) and self.has_change_permission(
            request, self.get_queryset(request).filter(pk=object_id).select_related("practitioner").first()
        )

    @action(description=_("Reset sign-in"), url_path="reset", permissions=["reset"])
    def reset(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, and on POST show a new password, once. Factors and sessions of the account are gone then."""
        user = self.get_object(request, object_id)
        if user.pk == request.user.pk or not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method != "POST":
            question = _(
                "Password, second factor and recovery codes stop working, and all sessions end. You get the first half "
                "of a start password to hand over in person; the second half goes to the person by mail. With both "
                "a second factor is set up and another password is chosen. The other administrators are told."
            )
            page: dict[str, Any] = {"form": forms.Form(), "question": question, "back": record_url(self, user)}
            return show_page(self, request, "form.html", title=_("Reset sign-in"), **page)
        by = _signed_in(request)
        try:
            half = reset_sign_in(user, timezone.now())
        except (TooSoon, NotTold) as refusal:
            messages.error(request, REFUSALS[type(refusal)])
            return HttpResponseRedirect(record_url(self, user))
        self.log_change(request, user, gettext_noop("Reset the sign-in."))
        tell_who_watches(user, by)
        return show_password(self, request, half, for_whom=whose(user), back=record_url(self, user), is_half=True)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new mail address is told to the old one, and to who watches over the accounts of the clinic."""
        if "email" not in form.changed_data:
            return super().save_model(request, obj, form, change)
        obj.email_set_by, obj.email_set_at = _signed_in(request), timezone.now()
        super().save_model(request, obj, form, change)
        old = form.initial["email"]
        tell_of_new_address(obj, old, path_to_keep(obj, old))
        return tell_who_watches(obj, obj.email_set_by)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An administrator does not get at the account of an operator, nor an operator at that of a clinician."""
        if isinstance(obj, User):
            practitioner: Practitioner | None = getattr(obj, "practitioner", None)
            is_for_operators = obj.is_superuser or (practitioner and practitioner.role == Role.ADMINISTRATOR)
            if not is_for_operators if is_operator(request) else obj.is_superuser:
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
            self.log_change(request, token.user.patient, gettext_noop("Signed out a device."))
        count, _deleted = queryset.delete()
        self.message_user(request, gettext("%(count)s signed out.") % {"count": count})

    def has_sign_out_permission(self, request: HttpRequest) -> bool:
        return self.may(request, EVERYBODY)
