"""The way of calls that look at no session: past everything that serves the clinician site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import translation


class MachineDoor:
    """Middleware that hands the calls of `SESSIONLESS_PATHS` straight to their views; the rest goes on to what follows.

    What holds for every call has to stand before it. Errors of machines are in English, whatever was shown before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._site = get_response
        self._machines: Callable[[HttpRequest], Any] = convert_exception_to_response(_call_view)

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith(settings.SESSIONLESS_PATHS):
            return self._site(request)
        translation.deactivate()
        return self._machines(request)


def _call_view(request: HttpRequest) -> HttpResponse:
    """The view of the path and its answer; an unknown path raises Resolver404, which is answered as such."""
    match = request.resolver_match = resolve(request.path_info)
    response = match.func(request, *match.args, **match.kwargs)
    render: Callable[[], HttpResponse] | None = getattr(response, "render", None)
    answer: HttpResponse = render() if render is not None else response
    if allowed := answer.get("Allow"):
        answer["Allow"] = allowed.removesuffix(", OPTIONS")  # REST framework names it though no door takes it
    return answer
