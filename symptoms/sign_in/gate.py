"""The one door of the clinician site: a session with a second factor, of whom the time is not over.

Whatever is not named here, or in settings.SESSIONLESS_PATHS, needs it: a new page is closed until somebody signs in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from symptoms.access_log import shows_no_patient
from symptoms.models import User
from symptoms.models.clinic import Role
from symptoms.sign_in.devices import remember_device
from symptoms.sign_in.session import Limit, has_factor, is_click, is_verified, note_click, time_left

ENTRANCE: Final = frozenset(
    {"account_login", "account_logout", "account_keep_address", "mfa_authenticate", "admin:login", "set_language"}
)
"""For everybody."""
ENROLLING: Final = frozenset({"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "admin:jsi18n"})
"""For who has given a password and has no second factor yet."""
OWN_ACCOUNT: Final = frozenset({"own_password", "admin:password_change_done", "admin:logout"})
"""Besides the pages of the second factor, what an auditor may change."""
NEXT: Final = "after_enrolling"


class VerifiedSessions:
    """Lets verified sessions through, and sends everybody else to where they can get one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(settings.SESSIONLESS_PATHS):
            user = request.user
            if isinstance(user, User) and is_verified(request):
                remember_device(request, response, user.get_username())
                if "X-Background" in request.headers:
                    left, limit = time_left(request)
                    response.headers["Session-Ends"] = f"{left:.0f}; {limit}"
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in ENTRANCE or is_about_sign_in(name):
            shows_no_patient(request)
        if request.path.startswith(settings.SESSIONLESS_PATHS) or name in ENTRANCE:
            return None
        user = request.user
        if not isinstance(user, User):
            return ask_to_sign_in(request)
        left, limit = time_left(request)
        if left < 0:
            return end(request, limit)
        if not is_verified(request):
            return self._enrol(request, user, name)
        refuse_changes_of_auditors(request, user, name)
        note_click(request)
        if user.has_start_password and name not in OWN_ACCOUNT and not is_about_sign_in(name):
            return ask_for_own_password(request)
        return None

    def _enrol(self, request: HttpRequest, user: User, name: str) -> HttpResponse | None:
        """Only a first factor is set up without a second; whoever has one signs in with it."""
        if has_factor(user):
            logout(request)
            return ask_to_sign_in(request)
        if name in ENROLLING:
            return None
        shows_no_patient(request)
        request.session[NEXT] = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return HttpResponseRedirect(reverse("mfa_activate_totp"))


def is_about_sign_in(name: str) -> bool:
    """Whether a page, by the name of its address, is one of those with which people sign in."""
    return name.startswith(("mfa_", "account_"))


def refuse_changes_of_auditors(request: HttpRequest, user: User, name: str) -> None:
    """Auditors read. Raises PermissionDenied for what would change anything but their own account."""
    practitioner = getattr(user, "practitioner", None)
    if practitioner is None or practitioner.role != Role.AUDITOR or request.method in ("GET", "HEAD"):
        return
    if name not in OWN_ACCOUNT and not is_about_sign_in(name):
        raise PermissionDenied


def ask_for_own_password(request: HttpRequest) -> HttpResponse:
    """The way of who still has the password that somebody else handed over."""
    shows_no_patient(request)
    messages.warning(request, _("Choose a password of your own first: somebody else knows this one."))
    return HttpResponseRedirect(reverse("admin:password_change"))


def end(request: HttpRequest, limit: Limit) -> HttpResponse:
    """End a session whose time is over, and say why."""
    logout(request)
    why = {
        Limit.IDLE: _("You were signed out, for nothing was clicked for a while. Please sign in again."),
        Limit.ABSOLUTE: _("You were signed out, for you had signed in twelve hours before. Please sign in again."),
        Limit.ENROLLING: _("You were signed out, for no second factor was set up in time. Please sign in again."),
    }
    messages.warning(request, why[limit])
    return ask_to_sign_in(request)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page and back. What was sent with a form is not taken silently: a page says so."""
    if not is_click(request):
        error = {"code": "signed_out", "message": _("You are signed out."), "fields": {}}
        return JsonResponse({"error": error}, status=401)
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    shows_no_patient(request)
    response = render(request, "account/not_sent.html", {"sign_in": reverse("account_login")}, status=401)
    response["Cache-Control"] = "no-store"
    return response
