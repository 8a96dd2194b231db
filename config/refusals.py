"""What is answered outside any view to what cannot be served: the one error shape to machines, a page to people."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings
from django.contrib import admin
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from config.api import refuse
from config.health import is_database_up
from symptoms.api.errors import UNAVAILABLE


class ReadableAddress:
    """Middleware that refuses a NUL in an address: the database knows none, and would fail at it in any filter."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query or "\0" in query:
            return bad_request(request)
        return self._get_response(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that is refused unread: for another host, or with an address that is no text."""
    if request.path_info.startswith(settings.SESSIONLESS_PATHS):
        return refuse(request, 400, "bad_request", "Bad request.")
    with translation.override(translation.get_language_from_request(request)):
        page = render_to_string("unread.html")
    return HttpResponse(page, status=400, headers={"Cache-Control": "no-store"})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that somebody's role does not open."""
    title = _("This is not for your role")
    return _refuse(request, 403, title, _("The administrator of your clinic knows who may do this."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An unknown path, or a row of another clinic."""
    if request.path.startswith(settings.SESSIONLESS_PATHS):
        return refuse(request, 404, "not_found", "Not found.")
    title = _("There is no such page")
    return _refuse(
        request, 404, title, _("The record does not exist, or not at your clinic. A link may be out of date.")
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is not of this session, such as one that stood open since before the last sign-in."""
    title = _("Nothing was saved")
    said = _(
        "The page was too old to be sent. Go back with your browser: what you typed is still there, and can be sent "
        "then."
    )
    return _refuse(request, 403, title, said)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error that nobody expected, or that the database is away: then the page says so, and who is to be called."""
    if request.path.startswith(settings.SESSIONLESS_PATHS):
        return refuse(request, 500, "unavailable", UNAVAILABLE)
    if isinstance(sys.exc_info()[1], DatabaseError | InterfaceError) and not is_database_up():
        answer = HttpResponse(render_to_string("away.html"), status=503, headers={"Retry-After": "10"})
    else:
        answer = HttpResponse(render_to_string("broken.html"), status=500)
    answer["Cache-Control"] = "no-store"
    return answer


def _refuse(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "words": words}
    response = render(request, "refused.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
