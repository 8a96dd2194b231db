"""From which address a request came, behind as many proxies as the operator says there are."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The caller's IP address; None where there is none, as on a Unix socket, or where what is said is no address.

    `X-Forwarded-For` is believed only as far as settings.TRUSTED_PROXIES wrote it: everything further left is the
    caller's own word.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        said = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else said
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return None
