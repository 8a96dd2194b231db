"""System checks of a deployment: what works on a developer's machine and must not stay so in production."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connection

from symptoms.field_keys import encrypted_models, unreadable_ends


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


@checks.register(checks.Tags.database)
def check_field_keys(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """The oldest and the newest of what is stored encrypted can be read; `rotate_field_keys --check` reads all."""
    if not databases:
        return []
    tables = set(connection.introspection.table_names())
    models = [model for model in encrypted_models(apps.get_models()) if model._meta.db_table in tables]
    return [
        checks.Error(f"{label} is encrypted with a key that FIELD_KEYS does not have.", id="config.E001")
        for model in models
        for label in unreadable_ends(model)
    ]
