"""The page on which people change their own password: what is given as the old one is not guessed fast there either."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.forms import AdminOwnPasswordChangeForm

from symptoms.access_log import shows_no_patient
from symptoms.sign_in.throttle import count_try, forgive, own_password_key


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    """The old password, counted before it is judged as at sign-in, and twice the new one."""

    def clean_old_password(self) -> str:
        key = own_password_key(self.user.get_username())
        if count_try(key) is None:
            raise ValidationError(_("Too many tries. Wait a minute, and then give the password that you have now."))
        password: str = super().clean_old_password()
        forgive(key)
        return password


def change_own_password(request: HttpRequest) -> HttpResponseBase:
    """Django's page with our form."""
    shows_no_patient(request)
    done, frame = reverse("admin:password_change_done"), admin.site.each_context(request)
    return PasswordChangeView.as_view(form_class=OwnPasswordForm, success_url=done, extra_context=frame)(request)
