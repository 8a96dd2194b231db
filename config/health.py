"""Whether the product lives, for load balancers and operators. No personal data, no secrets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from alerts.liveness import heartbeat_ages
from alerts.watchdog import MEANINGS, oldest_undelivered_age, reasons_for_delay
from config.celery import app, queue_heartbeat

FRESH: Final = timedelta(seconds=30)
"""A process whose last sign of life is older than this counts as dead."""


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def serving(request: HttpRequest) -> JsonResponse:
    """200 while this process can take reports: with the database, whatever else is away. For load balancers."""
    is_up = is_database_up()
    return JsonResponse({"status": "ok" if is_up else "unavailable"}, status=200 if is_up else 503)


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 only with database, broker, a live worker and a live beat; 503 otherwise, saying which is missing."""
    checks: dict[str, Any] = {"database": is_database_up(), "broker": _is_broker_up(), "worker": False, "beat": False}
    oldest: float | None = None
    if checks["database"]:
        try:
            checks |= _living_processes()
            age = oldest_undelivered_age()
            oldest = age.total_seconds() if age is not None else None
        except DatabaseError:  # lost since it was looked for, or not migrated
            checks["database"] = False
    is_ready = all(checks.values())
    body = {
        "status": "ok" if is_ready else "unavailable",
        "checks": checks,
        "oldest_undelivered_alert_seconds": oldest,
    }
    return JsonResponse(body, status=200 if is_ready else 503)


@require_safe
@never_cache
def alerting(request: HttpRequest) -> JsonResponse:
    """200 while alerts reach people by the last audit; 503 otherwise, with every reason."""
    try:
        reasons = reasons_for_delay()
    except DatabaseError:
        return JsonResponse({"status": "delayed", "reasons": {"database": "the database does not answer"}}, status=503)
    body = {"status": "delayed" if reasons else "ok", "reasons": {code: str(MEANINGS[code]) for code in reasons}}
    return JsonResponse(body, status=503 if reasons else 200)


def _living_processes() -> dict[str, bool]:
    """A worker counts as alive only when every queue has one: with one queue unread, its work stands still."""
    ages = heartbeat_ages()
    fresh = {name for name, age in ages.items() if timedelta(0) <= age < FRESH}
    workers = {queue_heartbeat(queue.name) for queue in settings.CELERY_TASK_QUEUES}
    return {"worker": workers <= fresh, "beat": "beat" in fresh}


def is_database_up() -> bool:
    """Whether the database answers now. Takes two seconds at most where it is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _is_broker_up() -> bool:
    try:
        with app.connection_for_write(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError):
        return False
    return True
