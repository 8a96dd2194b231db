"""The pages of what is shown once and handed over: activation codes, also as pictures for a camera, and passwords."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from symptoms.admin.pages import show_page
from symptoms.enrolment import CODE_LIFETIME
from symptoms.models import User


def show_code(admin: ModelAdmin[Any], request: HttpRequest, code: str, *, for_whom: str, back: str) -> HttpResponse:
    """The only page on which a code ever stands: `for_whom` is the name of the patient or of a carer."""
    return show_page(
        admin,
        request,
        "enrolled.html",
        title=_("Activation code"),
        name=for_whom,
        code=code,
        picture=draw_code(code),
        days=CODE_LIFETIME.days,
        back=back,
    )


def show_password(
    admin: ModelAdmin[Any], request: HttpRequest, password: str, *, for_whom: str, back: str, is_half: bool = False
) -> HttpResponse:
    """The only page on which a start password ever stands, or the half of it that is handed over in person.

    `for_whom` says whose it is.
    """
    title = _("First half of the start password") if is_half else _("Start password")
    page = {"name": for_whom, "password": password, "is_half": is_half, "back": back}
    return show_page(admin, request, "new_password.html", title=title, **page)


def whose(user: User) -> str:
    """An account as the person who hands something over knows it: by name, and by what is typed at sign-in."""
    name = user.get_full_name()
    return f"{name} ({user.get_username()})" if name else user.get_username()


def draw_code(code: str) -> SafeString:
    """The code as a QR picture, black on white in any theme: a camera needs the contrast.

    A whole QR code, never the small kind with one corner, which most phones do not read.
    """
    drawn = segno.make_qr(code, error="m").svg_inline(
        scale=6, dark="#000", light="#fff", title=_("Activation code"), svgclass="qr", lineclass=None, omitsize=True
    )
    return mark_safe(drawn)  # noqa: S308  (drawn from letters and digits alone)
