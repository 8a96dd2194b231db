"""How often the API may be called: far more often than people type, and told with the numbers to call.

A caller is a device or a system by its token; who has none is an address. A large call and one that takes long, such as
a batch of long reports, count as several. Up to `COUNTED_HERE` calls a minute are counted in this process alone and
cost nothing else; beyond that all processes count together in Redis, in one round trip. Without Redis nobody is
refused: a limit must not stand between a patient and the instruction.
"""

from __future__ import annotations

import hashlib
import logging
import math
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Final, Protocol

import redis
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from config.api import refuse
from symptoms.api.access import DeviceAuthentication
from symptoms.api.calling import whom_to_call
from symptoms.client_address import client_address
from symptoms.systems import PREFIX

logger = logging.getLogger(__name__)

WINDOW_SECONDS: Final = 60
COUNTED_HERE: Final = 60
"""Calls of one device in a minute that cost no round trip: one a second, which few thumbs reach."""

BYTES_OF_A_CALL: Final = 2_500
"""A larger body counts as several calls before it is read: of the largest that come at once three are answered."""

SECONDS_OF_A_CALL: Final = 0.025
"""What takes longer of a processor counts as several calls: at 600 a minute a device takes a quarter of one."""

MOST_CALLERS: Final = 100_000
"""After so many in a minute, most of them made up, counting here begins anew: it bounds the memory."""

PAUSE_SECONDS: Final = 30.0
"""How long Redis is left alone after it failed."""

GUARDED: Final = ("/api/v1/", "/fhir/")


class Tally(Protocol):
    """Counts calls of one key in one window, over all processes."""

    def add(self, key: str, window: int, calls: int) -> int:
        """How many there are now; 0 when that cannot be told."""
        ...


class RedisTally:
    """Counts in Redis. Never raises: after a failure it counts nothing for half a minute."""

    def __init__(self, url: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=0.2, socket_connect_timeout=0.2)
        self._monotonic = monotonic
        self._paused_until = 0.0

    def add(self, key: str, window: int, calls: int) -> int:
        if self._monotonic() < self._paused_until:
            return 0
        name = f"calls:{window}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
        together = self._redis.pipeline()
        together.incrby(name, calls)
        together.expire(name, 2 * WINDOW_SECONDS)
        try:
            count = together.execute()[0]
        except (redis.RedisError, OSError):
            logger.warning("calls_not_counted")
            self._paused_until = self._monotonic() + PAUSE_SECONDS
            return 0
        return int(count)


class Limit:
    """At most `most` calls of one key in a minute of the clock."""

    def __init__(self, tally: Tally, most: int, counted_here: int = COUNTED_HERE) -> None:
        self._tally = tally
        self._most = most
        self._counted_here = counted_here
        self._window = 0
        self._calls: Counter[int] = Counter()
        self._lock = threading.Lock()

    def is_reached(self, key: str, now: float, calls: int = 1) -> bool:
        """Count calls at `now`, in seconds since 1970, and say whether there were too many before them.

        So whoever has been silent is never refused, however much comes at once.
        """
        window = int(now) // WINDOW_SECONDS
        with self._lock:
            if window != self._window or len(self._calls) > MOST_CALLERS:
                self._window, self._calls = window, Counter()
            before = self._calls[hash(key)]  # the key itself, a token perhaps, is not kept
            self._calls[hash(key)] = together = before + calls
        if together < self._counted_here:
            return False
        untold = calls if before >= self._counted_here else together
        return self._tally.add(key, window, untold) - calls >= self._most


class RateLimit:
    """Middleware that refuses the calls of a device, or of an address without a token, that is far too fast."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._limit = Limit(RedisTally(settings.REDIS_URL), settings.CALLS_PER_MINUTE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(GUARDED):
            return self._get_response(request)
        caller, now = _caller(request), time.time()
        calls = 1 + _size(request) // BYTES_OF_A_CALL
        if self._limit.is_reached(caller, now, calls):
            return _refuse(request, WINDOW_SECONDS - now % WINDOW_SECONDS)
        begun = time.thread_time()
        response = self._get_response(request)
        worked = math.ceil((time.thread_time() - begun) / SECONDS_OF_A_CALL)
        if worked > calls:
            self._limit.is_reached(caller, now, worked - calls)
        return response


def _caller(request: HttpRequest) -> str:
    """The token that was sent, right or wrong and however its header is spelt, else the address.

    A wrong token is answered 401 after one look-up by its hash. Its address is not held against it: a ward shares one,
    and the next call from there may be another patient's emergency. What a system reports is counted apart from what
    it reads: one that reads a whole clinic keeps none of that clinic's reports out.
    """
    match request.META.get("HTTP_AUTHORIZATION", "").split():
        case [scheme, token] if scheme.casefold() == "bearer":
            is_report_of_system = request.method == "POST" and token.startswith(PREFIX)
            return f"report by token {token}" if is_report_of_system else f"token {token}"
    return f"address {client_address(request)}"


def _size(request: HttpRequest) -> int:
    """How many bytes a body has, as its sender says; of one that is refused as too large no more than may be sent."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
    return min(max(length, 0), settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _refuse(request: HttpRequest, seconds: float) -> HttpResponse:
    """429, with whom to call in the patient's language."""
    told = whom_to_call(Request(request, authenticators=[DeviceAuthentication()]), timezone.now())
    headers = {"Retry-After": str(math.ceil(seconds))}
    return refuse(request, 429, "throttled", told, headers)
