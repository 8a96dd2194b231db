"""Where the link of a page leads: whose alert it is and why, and one button that acknowledges it and leads to it.

Opening it changes nothing, for mail scanners open every link. Only the recipient of the page, signed in, gets
any further; for everybody else it does not exist.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alerts.acknowledging import CannotHandle
from alerts.admin.rows import Row, deadline_of, row_of
from alerts.linking import LinkExpired, LinkInvalid, acknowledge_by_link, read_token
from alerts.models import Alert, Notification
from alerts.models.alert import AlertState
from alerts.worklist import read_lines
from symptoms.access_log import record_access
from symptoms.admin.scoping import CLINICIANS, practitioner_of, require_practitioner
from symptoms.models import Practitioner
from symptoms.models.access import AccessKind

NOT_BY_YOU: Final = gettext_noop(
    "Only nurses and oncologists take alerts. Ring one of them now: who is on duty stands under “Who is paged when”."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, acknowledge on POST."""
    practitioner = practitioner_of(request)
    if practitioner is None:
        if request.user.is_active and getattr(request.user, "is_staff", False):
            raise Http404  # an operator, who sees no alert
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    try:
        notification = _page_of(practitioner, read_token(token))
    except LinkInvalid as error:
        raise Http404 from error
    except LinkExpired as expired:
        return _show(request, _page_of(practitioner, expired.notification_id), problem=str(expired))
    if practitioner.role not in CLINICIANS and not notification.is_test:
        return _show(request, notification, problem=_(NOT_BY_YOU), status=403)
    if request.method != "POST":
        return _show(request, notification, problem=_why_not(notification))
    record_access(request, AccessKind.CHANGE, [notification.alert.patient_id], record=notification.alert)
    try:
        alert = acknowledge_by_link(notification, practitioner, timezone.now())
    except CannotHandle as refusal:
        return _show(request, notification, problem=str(refusal))
    if notification.is_test:
        return _show(request, notification, done=_("The test arrived, and its link works."))
    said = _("You have taken this alert: ring now. %(awaited)s, or it is paged again.")
    messages.success(request, said % {"awaited": capfirst(deadline_of(alert))})
    return HttpResponseRedirect(_address(alert))


def _page_of(practitioner: Practitioner, notification_id: UUID) -> Notification:
    """The page, if it was sent to this practitioner. Raises Http404."""
    pages = Notification.objects.select_related("alert").filter(recipient=practitioner)
    page = pages.filter(pk=notification_id, alert__clinic=practitioner.clinic_id).first()
    if page is None:
        raise Http404
    return page


def _why_not(notification: Notification) -> str:
    """What stands against acknowledging, as far as can be seen beforehand."""
    if notification.link_used_at is not None:
        return _("This link has been used. Open the alert to see how it stands.")
    if notification.is_test:
        return ""
    if notification.alert.state == AlertState.CLOSED:
        return _("This alert is closed.")
    if notification.alert.generation != notification.generation:
        return _("This alert has become more urgent since this page was sent. Open it and look at it again.")
    return ""


def _show(
    request: HttpRequest, notification: Notification, *, problem: str = "", done: str = "", status: int = 200
) -> HttpResponse:
    alert = notification.alert
    if not done:
        record_access(request, AccessKind.VIEW, [alert.patient_id], record=alert)
    number = {"number": alert.number}
    context = {
        **admin.site.each_context(request),
        "title": (_("Test page %(number)s") if notification.is_test else _("Alert %(number)s")) % number,
        "row": None if notification.is_test else _line_of(request, alert),
        "is_test": notification.is_test,
        "problem": problem,
        "done": done,
        "link": _address(alert),
    }
    return TemplateResponse(request, "alerts/acknowledge.html", context, status=status)


def _line_of(request: HttpRequest, alert: Alert) -> Row:
    """Whose alert it is, how urgent, why and since when, as the worklist has it."""
    now = timezone.now()
    practitioner = require_practitioner(request)
    (line,) = read_lines(practitioner.clinic, Q(pk=alert.pk), now)
    return row_of(line, practitioner, now)


def _address(alert: Alert) -> str:
    return reverse("admin:alerts_alert_change", args=[alert.pk])
