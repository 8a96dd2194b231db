"""Few passwords are checked at once: a check keeps a thread busy for long, and the other threads answer patients."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from symptoms.client_address import client_address
from symptoms.sign_in.devices import is_known_browser

PATIENCE_S: Final = 3.0
TOO_BUSY: Final = _(
    "Very many people sign in from here at this moment. Nothing was judged: try again in a few seconds."
)


class TooBusy(Exception):
    """Others are being checked, and others wait already."""


class Turns:
    """At most `places` at once and `seats` that wait, in one process; of one asker one at once and one that waits."""

    def __init__(self, places: int, seats: int, patience_s: float = PATIENCE_S) -> None:
        self._places = places
        self._seats = seats
        self._patience_s = patience_s
        self._changed = threading.Condition()
        self._checking: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()

    @contextmanager
    def turn(self, asker: str) -> Iterator[None]:
        """A turn of `asker`, a place on the network or a browser. Raises TooBusy at once, or after `patience_s`."""
        with self._changed:
            if self._waiting[asker] or not self._is_free(asker):
                self._wait(asker)
            self._checking[asker] += 1
        try:
            yield
        finally:
            with self._changed:
                self._checking -= Counter([asker])
                self._changed.notify_all()

    def is_crowded(self, asker: str) -> bool:
        """Whether `asker` would be told at once that others wait already."""
        with self._changed:
            has_to_wait = self._waiting[asker] > 0 or not self._is_free(asker)
            return has_to_wait and self._has_no_seat(asker)

    def _is_free(self, asker: str) -> bool:
        return self._checking.total() < self._places and not self._checking[asker]

    def _wait(self, asker: str) -> None:
        if self._has_no_seat(asker):
            raise TooBusy
        self._waiting[asker] += 1
        try:
            if not self._changed.wait_for(lambda: self._is_free(asker), self._patience_s):
                raise TooBusy
        finally:
            self._waiting -= Counter([asker])

    def _has_no_seat(self, asker: str) -> bool:
        return self._waiting[asker] > 0 or self._waiting.total() >= self._seats


STRANGERS: Final = Turns(places=2, seats=2)
KNOWN: Final = Turns(places=1, seats=1)
"""For browsers in which somebody of the staff has signed in before: strangers take none of their turns.

All together hold six of the eight threads of a web process.
"""


@contextmanager
def turn_of(request: HttpRequest) -> Iterator[None]:
    """A turn for a check of a password. Raises TooBusy when too many are at it."""
    with _turns_for(request).turn(client_address(request) or ""):
        yield


def _turns_for(request: HttpRequest) -> Turns:
    return KNOWN if is_known_browser(request) else STRANGERS


class CrowdedSignIn:
    """Middleware that turns away who would get no turn, before anything else is done: a flood must cost little."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._path = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._path = self._path or reverse("account_login")
        is_try = request.method == "POST" and request.path_info == self._path
        if is_try and _turns_for(request).is_crowded(client_address(request) or ""):
            page = _page_in(translation.get_language_from_request(request))
            return HttpResponse(page, status=429, headers={"Retry-After": "3", "Cache-Control": "no-store"})
        return self._get_response(request)


@lru_cache
def _page_in(language: str) -> str:
    with translation.override(language):
        return render_to_string("account/crowded.html", {"words": TOO_BUSY})
