"""What the clinician site says on every page while alerts may be delayed, or while the rota has gaps."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from alerts.models import RotaGap
from alerts.watchdog import MEANINGS, reasons_for_delay
from symptoms.admin.moments import write_moment
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
        why = "; ".join(str(MEANINGS.get(reason, reason)) for reason in reasons)
        delayed = _("Alerts may be delayed: %(why)s. Look at the worklist yourself, and call whoever is on duty.")
        said.append(delayed % {"why": why})
    practitioner = practitioner_of(request)
    if practitioner:
        gaps = RotaGap.objects.filter(clinic=practitioner.clinic_id).order_by("kind", "starts_at", "-urgency")
        said.extend(
            _("%(what)s from %(begins)s: %(instead)s")
            % {"what": gap.what, "begins": write_moment(gap.starts_at, gap.clinic.zone), "instead": gap.instead}
            for gap in gaps.distinct("kind").select_related("clinic")
        )
    return said
