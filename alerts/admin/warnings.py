"""What the clinician site says on every page while alerts may be delayed, or while the rota has gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, cast

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alerts.models import RotaGap
from alerts.models.rota import GapKind
from alerts.watchdog import MEANINGS, OF_ROWS, reasons_for_delay, waiting_at
from symptoms.admin.moments import write_moment
from symptoms.admin.scoping import practitioner_of
from symptoms.models import Practitioner, User
from symptoms.models.clinic import Role
from symptoms.sign_in.resetting import is_contestable

NEW_ADDRESS: Final = gettext_noop(
    "Somebody else has changed the mail address of your account. If you did not ask for it, use the link in the mail "
    "to your old address, and tell the administrators of your clinic at once."
)


def warnings_for(request: HttpRequest) -> list[str]:
    """What staff have to know at once: that alerts may be late and why, and that hours without a shift lie ahead.

    Looked up once for a request.
    """
    if (known := getattr(request, "known_warnings", None)) is None:
        known = request.known_warnings = _look_up(request)  # type: ignore[attr-defined]
    return cast("list[str]", known)


def _look_up(request: HttpRequest) -> list[str]:
    if not getattr(request.user, "is_staff", False):
        return []
    practitioner = practitioner_of(request)
    said = list(_delays(practitioner))
    if isinstance(request.user, User) and is_contestable(request.user, timezone.now()):
        said.append(_(NEW_ADDRESS))
    if practitioner:
        said.extend(_gaps(request, practitioner))
    return said


def _gaps(request: HttpRequest, practitioner: Practitioner) -> Iterator[str]:
    """The next hours of each kind that nobody covers, with the way to the rota.

    That nobody at all would be paged is said on every page. While others are paged instead, it is said to who plans,
    and on the worklist: beside a patient's record it tells nobody what to do.
    """
    gaps = RotaGap.objects.filter(clinic=practitioner.clinic_id)
    if practitioner.role != Role.ADMINISTRATOR and not _is_worklist(request):
        gaps = gaps.filter(kind=GapKind.POLICY)
    for gap in gaps.order_by("kind", "starts_at", "-urgency").distinct("kind").select_related("clinic"):
        begins = write_moment(gap.starts_at, gap.clinic.zone)
        said = _("%(what)s from %(begins)s: %(instead)s")
        yield format_html(
            '{} <a class="underline" href="{}">{}</a>',
            said % {"what": gap.what, "begins": begins, "instead": gap.instead},
            reverse("admin:alerts_shift_fortnight"),
            _("Who is paged when"),
        )


def _is_worklist(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in ("admin:index", "admin:alerts_alert_worklist")


def _delays(practitioner: Practitioner | None) -> Iterator[str]:
    """Why alerts may be late at the reader's clinic; what waits at others alone is told apart, for it may come here."""
    try:
        reasons = reasons_for_delay()
        here = OF_ROWS
        if practitioner is not None and OF_ROWS.intersection(reasons):
            here = frozenset(waiting_at(practitioner.clinic))
    except DatabaseError:
        reasons, here = ["auditor_silent"], OF_ROWS
    if near := [one for one in reasons if one in here or one not in OF_ROWS]:
        delayed = _("Alerts may be delayed: %(why)s. Look at the worklist yourself, and call whoever is on duty.")
        yield delayed % {"why": _in_words(near)}
    elif reasons:
        elsewhere = _(
            "At another clinic: %(why)s. Of your clinic nothing waits too long; if the cause is shared, it may."
        )
        yield elsewhere % {"why": _in_words(reasons)}


def _in_words(reasons: Iterable[str]) -> str:
    return "; ".join(str(MEANINGS.get(reason, reason)) for reason in reasons)
