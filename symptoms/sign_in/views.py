"""Pages on which a factor is set up. Setting up the first one verifies the session."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from symptoms.sign_in.adapter import SecondFactorAdapter
from symptoms.sign_in.session import verify_by_enrolling


class SetUpApp(ActivateTOTPView):
    """An app that shows six digits."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        verify_by_enrolling(self.request, Authenticator.Type.TOTP)
        return response


class SetUpPasskey(AddWebAuthnView):
    """A passkey: of the phone, of the computer, or a key to plug in."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        verify_by_enrolling(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Takes a passkey away, unless it is the last factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not SecondFactorAdapter().can_delete_authenticator(self.object):
            raise PermissionDenied
        response: HttpResponse = super().form_valid(form)
        return response
