"""Makes guessing slow. It delays tries and locks no account, so nobody can keep anybody else out.

Tries are counted for an account together with the place that they come from: the browser if it has signed in to this
account before, else the network address. Codes from all browsers that have not are counted together, for whoever types
one knows the password.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Final

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from symptoms.client_address import client_address
from symptoms.models import SignInTry
from symptoms.sign_in.devices import known_device

FREE_TRIES: Final = 5
"""So many tries are not delayed. Each later one waits twice as long as the one before: 5, 10, 20, 40, 60, 60 ... s."""

_COUNT_TRY: Final = f"""
    INSERT INTO symptoms_signintry AS tried (key, count, last_at) VALUES (%s, 1, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET last_at = clock_timestamp(),
        count = CASE WHEN tried.last_at < clock_timestamp() - interval '1 hour' THEN 1 ELSE tried.count + 1 END
    WHERE tried.count < {FREE_TRIES} OR tried.last_at + interval '1 second'
        * least(60, 5 * 2 ^ least(tried.count - {FREE_TRIES}, 10)) <= clock_timestamp()
    RETURNING count"""  # noqa: S608  (a constant)

_USE_ONCE: Final = """
    INSERT INTO symptoms_signintry AS used (key, count, last_at) VALUES (%s, 1, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET last_at = clock_timestamp()
    WHERE used.last_at < clock_timestamp() - %s * interval '1 second'
    RETURNING count"""


def password_key(request: HttpRequest, username: str) -> str:
    """Under which tries of a password are counted; the same whether there is such a user or not."""
    device = known_device(request, username)
    return _key("password", username, f"device {device}" if device else f"address {client_address(request)}")


def factor_key(request: HttpRequest, username: str) -> str:
    """Under which tries of a second factor are counted."""
    return _key("factor", username, f"device {known_device(request, username)}")


def recovery_key(request: HttpRequest, username: str) -> str:
    """Under which recovery codes are counted that come while codes are delayed: by place, for they are long."""
    device = known_device(request, username)
    return _key("recovery", username, f"device {device}" if device else f"address {client_address(request)}")


def own_password_key(username: str) -> str:
    """Under which tries of the old password are counted where somebody changes their own."""
    return _key("own password", username, "")


def blind_key(username: str) -> str:
    """Under which codes beside a wrong password are counted: as slow as beside a right one, and in nobody's way."""
    return _key("factor", username, "wrong password")


def emergency_key(username: str) -> str:
    """Under which somebody's guesses at numbers of other clinics' patients are counted."""
    return _key("emergency", username, "")


def count_try(key: str) -> int | None:
    """Count a try before it is judged, however many come at once: which one it is, or None if it comes too soon.

    A try that comes too soon does not count, and must not be judged.
    """
    return _returned(_COUNT_TRY, [key])


def forgive(key: str) -> None:
    """A try was right: the next one is the first again."""
    SignInTry.objects.filter(key=key).delete()


def is_first_use(username: str, code: str, lifetime: timedelta) -> bool:
    """Whether a code is used for the first time within its lifetime, in any process. It is used then."""
    return _returned(_USE_ONCE, [_key("code", username, code), lifetime.total_seconds()]) is not None


def was_used(username: str, code: str, lifetime: timedelta) -> bool:
    """Whether a code was used within its lifetime. It is left as it is."""
    key = _key("code", username, code)
    return SignInTry.objects.filter(key=key, last_at__gte=timezone.now() - lifetime).exists()


def _returned(statement: str, values: list[str | float]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _key(what: str, username: str, where: str) -> str:
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    return salted_hmac("symptoms.sign_in", f"{what}\n{name}\n{where}", algorithm="sha256").hexdigest()
