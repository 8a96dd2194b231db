"""System checks of a deployment: what works on a developer's machine and must not stay so in production."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_deployment(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Mails have a sender that servers take them from, and the figures are not open to everybody."""
    problems: list[checks.CheckMessage] = []
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    if "." not in domain:
        problems.append(
            checks.Warning(
                "DEFAULT_FROM_EMAIL has no domain of yours: mail servers refuse such a sender.", id="config.W001"
            )
        )
    if not settings.METRICS_TOKEN:
        problems.append(checks.Warning("METRICS_TOKEN is not set: anybody can read /metrics.", id="config.W002"))
    return problems
