"""What the clinician site says on every page while alerts may be delayed, or while the rota has gaps."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from alerts.models import RotaGap
from alerts.watchdog import MEANINGS, reasons_for_delay
from symptoms.admin.scoping import practitioner_of


def banner(request: HttpRequest) -> dict[str, Any]:
    """`site_warnings` for the templates of the clinician site; looked up only where a page shows them."""
    if not request.path.startswith("/admin/"):
        return {}
    return {"site_warnings": SimpleLazyObject(partial(warnings_for, request))}


def warnings_for(request: HttpRequest) -> list[str]:
    """What staff have to know at once: that alerts may be late and why, and that hours without a shift lie ahead."""
    if not getattr(request.user, "is_staff", False):
        return []
    try:
        reasons = reasons_for_delay()
    except DatabaseError:
        reasons = ["auditor_silent"]
    said = []
    if reasons:
        why = "; ".join(MEANINGS.get(reason, reason) for reason in reasons)
        said.append(f"Alerts may be delayed: {why}. Look at the worklist yourself, and call whoever is on duty.")
    practitioner = practitioner_of(request)
    if practitioner:
        gaps = RotaGap.objects.filter(clinic=practitioner.clinic_id).order_by("kind", "starts_at", "-urgency")
        said.extend(
            f"{gap.what} from {timezone.localtime(gap.starts_at):%d %B %H:%M}: {gap.instead}"
            for gap in gaps.distinct("kind")
        )
    return said
