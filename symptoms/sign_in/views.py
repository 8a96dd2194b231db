"""Pages on which a factor is set up, which verifies the session if it is the first, and one that undoes an address."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from symptoms.sign_in.adapter import SecondFactorAdapter
from symptoms.sign_in.keeping import NothingToKeep, keep_address, read_link
from symptoms.sign_in.session import verify_by_enrolling
from symptoms.sign_in.telling import tell_who_watches


class ShowFactor(AuthenticateView):
    """The second factor at sign-in: what the page offers is what the person has."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **_factors_of(self.stage.login.user)}


class ShowFactorAgain(ReauthenticateView):
    """A code again, before something that needs it: of the app where there is one, else one to recover by."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **_factors_of(self.request.user)}


def _factors_of(user: Any) -> dict[str, bool]:
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return {"has_app": Authenticator.Type.TOTP in kinds, "has_passkey": Authenticator.Type.WEBAUTHN in kinds}


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


@never_cache
@require_http_methods(["GET", "POST"])
def keep_own_address(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, and on POST gives an account its old mail address back. Who reads mail there needs no session for it."""
    now = timezone.now()
    page: dict[str, object] = {"title": _("Keep your old mail address")}
    try:
        if request.method == "POST":
            user = keep_address(token, now)
            kept = gettext_noop("Kept the old mail address.")
            LogEntry.objects.log_actions(user.pk, [user], CHANGE, kept, single_object=True)
            tell_who_watches(user, user)
            page["words"] = _("The account has your old mail address again. The administrators and auditors are told.")
        else:
            read_link(token, now)
            page |= {"may_keep": True, "words": _("The new address is taken off the account, and yours stands again.")}
    except NothingToKeep:
        page["words"] = _("This link is no longer good. Tell the administrators of your clinic at once.")
        return render(request, "account/keep_address.html", page, status=404)
    return render(request, "account/keep_address.html", page)


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """A click of somebody who reads or types for long: the gate has noted it."""
    return HttpResponse(status=204)
