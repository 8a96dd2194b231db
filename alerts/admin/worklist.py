"""The landing page of clinicians: the worklist, which renews itself, and what is done from it in one click."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from alerts.acknowledging import CannotHandle, acknowledge
from alerts.admin.acting import ActingAdmin
from alerts.admin.rows import row_of
from alerts.admin.watch import POLL_SECONDS, describe_watch, show_watch
from alerts.admin.words import CHANNELS
from alerts.models import Alert, ContactPoint
from alerts.models.alert import AlertState
from alerts.worklist import Show, Worklist, read_worklist
from symptoms.access_log import record_access, shows_no_patient
from symptoms.admin.recording import is_uuid
from symptoms.admin.scoping import CLINICIANS, practitioner_of, require_practitioner
from symptoms.admin.words import say
from symptoms.clinical.terms import Urgency
from symptoms.models import Practitioner
from symptoms.models.access import AccessKind
from symptoms.models.clinic import Role


def landing_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context of the site's first page: with the worklist for who works at a clinic, as it was for an operator."""
    practitioner = practitioner_of(request)
    if practitioner is None:
        shows_no_patient(request)
        return context
    described = _describe(request, practitioner)
    _record(request, AccessKind.LIST, described["worklist"].alerts)
    tag = _tag(described["worklist"], describe_watch(request, practitioner.clinic))
    return {**context, **described, "tag": tag, "title": gettext("Worklist")}


def worklist_address(request: HttpRequest) -> str:
    """The worklist as the person saw it: the part and the page are in the address that they came from."""
    show, page = _asked_for(request)
    query = {"show": show.value} if show is not Show.ALL else {}
    return f"{reverse('admin:index')}?{urlencode(query | ({'page': page} if page > 1 else {}))}".removesuffix("?")


def line_of(alert: Alert) -> str:
    """The part of an address that leads to the line of an alert, where the keyboard goes on."""
    return f"#alert-{alert.number}"


class WorklistPages(ActingAdmin):
    """The worklist's fragment, and its acts."""

    page_names = {"worklist": _("Worklist"), "take": _("Take it"), "phone": _("Telephone number")}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("worklist/", view(never_cache(self.show_fragment)), name="alerts_alert_worklist"),
            path("watch/", view(never_cache(show_watch)), name="alerts_alert_watch"),
            path("take/", view(self.take), name="alerts_alert_take"),
            path("<uuid:object_id>/phone/", view(never_cache(self.show_phone)), name="alerts_alert_phone"),
            *super().get_urls(),
        ]

    def show_fragment(self, request: HttpRequest) -> HttpResponse:
        """The list alone, for the page that polls; 304 when it would show nothing else."""
        practitioner = require_practitioner(request)
        watch = describe_watch(request, practitioner.clinic)
        context = _describe(request, practitioner) | watch
        tag = _tag(context["worklist"], watch)
        if request.headers.get("If-None-Match") == tag:
            return HttpResponseNotModified(headers={"ETag": tag})
        _record(request, AccessKind.LIST, context["worklist"].alerts)
        return TemplateResponse(request, "alerts/worklist/renewed.html", context, headers={"ETag": tag})

    def take(self, request: HttpRequest) -> HttpResponse:
        """Acknowledge the one whose button was pressed, else all routine ones that are ticked."""
        if request.method != "POST" or not self.has_act_permission(request):
            raise PermissionDenied
        practitioner = require_practitioner(request)
        one = request.POST.get("one")
        keys = [one] if one else request.POST.getlist("alert")
        if not keys:
            messages.warning(request, gettext("Tick the alerts that you take."))
        alerts = self._seen(request, keys)
        if len(alerts) < len(set(keys)):
            messages.warning(request, gettext("Some of what was ticked is not on your worklist any more."))
        shows_no_patient(request)  # what is refused is told by its number; what is taken is recorded with it
        for alert in alerts:
            self._take_one(request, alert, practitioner, is_alone=one is not None)
        return HttpResponseRedirect(worklist_address(request) + (line_of(alerts[0]) if alerts else ""))

    def _take_one(self, request: HttpRequest, alert: Alert, practitioner: Practitioner, *, is_alone: bool) -> None:
        words = {"number": alert.number}
        if not is_alone and alert.urgency >= Urgency.URGENT:
            messages.error(request, refuse_in_bulk(alert))
            return
        try:
            take_alert(request, alert, practitioner)
        except CannotHandle as refusal:
            said = gettext("Alert %(number)s: %(refusal)s") % {**words, "refusal": refusal}
            messages.error(request, said)
        else:
            messages.success(request, gettext("You have taken alert %(number)s.") % words)

    def _seen(self, request: HttpRequest, keys: list[str]) -> list[Alert]:
        """The alerts of the own clinic that the keys name, each with the generation that the page showed."""
        generations = {}
        for key in keys:
            alert_id, _, generation = key.partition(":")
            if is_uuid(alert_id) and generation.isdecimal():
                generations[alert_id] = int(generation)
        alerts = list(self.get_queryset(request).filter(pk__in=generations).order_by("raised_at"))
        for alert in alerts:
            alert.generation = generations[str(alert.pk)]
        return alerts

    def show_phone(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """The patient's telephone number, or with `whose=carer` the carer's.

        It is shown because somebody asked for it; that they did is kept.
        """
        alert = self.get_object(request, str(object_id))
        if request.method != "POST":
            raise PermissionDenied
        record_access(request, AccessKind.REVEAL, [alert.patient], record=alert)
        is_fragment = "X-Fragment" in request.headers
        template = "alerts/worklist/phone.html" if is_fragment else "alerts/worklist/phone_page.html"
        context = {} if is_fragment else self.admin_site.each_context(request)
        title = gettext("Telephone number")
        return TemplateResponse(
            request,
            template,
            {
                **context,
                "patient": alert.patient,
                "whose": request.GET.get("whose", ""),
                "title": title,
                "back": worklist_address(request),
            },
        )


def _record(request: HttpRequest, kind: AccessKind, alerts: Iterable[Alert]) -> None:
    """Keep whose alerts were shown; an empty worklist shows nobody."""
    patients = [alert.patient_id for alert in alerts]
    if patients:
        record_access(request, kind, patients)
    else:
        shows_no_patient(request)


def take_alert(request: HttpRequest, alert: Alert, practitioner: Practitioner) -> None:
    """Take an alert, with its line in the access log: a refused try changes nothing, and has none.

    Raises CannotHandle.
    """
    with transaction.atomic():
        acknowledge(alert, practitioner, timezone.now())
        record_access(request, AccessKind.CHANGE, [alert.patient_id], record=alert)


def refuse_in_bulk(alert: Alert) -> str:
    """Why an urgent alert is not taken together with others."""
    said = gettext("Alert %(number)s is not taken together with others (%(urgency)s). Open it, and take it by itself.")
    return said % {"number": alert.number, "urgency": say(Urgency(alert.urgency).code)}


def _describe(request: HttpRequest, practitioner: Practitioner) -> dict[str, Any]:
    now = timezone.now()
    show, page = _asked_for(request)
    worklist = read_worklist(practitioner, now, show=show, page=page)
    return {
        "worklist": worklist,
        "rows": (row_of(alert, practitioner, now) for alert in worklist.alerts),
        "refused": [_refused(point, practitioner) for point in worklist.refused],
        "tabs": _tabs(worklist),
        "may_act": practitioner.role in CLINICIANS,
        "may_tick": practitioner.role in CLINICIANS and any(map(_may_be_ticked, worklist.alerts)),
        "now": now,
        "poll_seconds": POLL_SECONDS,
        "query": urlencode({"show": show.value, "page": worklist.page}),
        "earlier": _page_address(worklist, worklist.page - 1),
        "later": _page_address(worklist, worklist.page + 1),
    }


def _tag(worklist: Worklist, watch: dict[str, Any]) -> str:
    """Covers the list, and what is told beside it."""
    return f'"{worklist.version}-{watch["version"]}"'


def _may_be_ticked(alert: Alert) -> bool:
    """Routine ones that nobody has may be taken together."""
    return alert.state == AlertState.OPEN and alert.urgency < Urgency.URGENT


def _refused(point: ContactPoint, reader: Practitioner) -> tuple[str, str, bool]:
    """Whose pages by which way are refused, where that is mended by who may, and whether they are on call."""
    said = gettext("Pages to %(who)s by %(channel)s are refused: the address is dead.")
    may_mend = reader.role == Role.ADMINISTRATOR or reader == point.practitioner
    address = reverse("admin:alerts_contactpoint_change", args=[point.pk]) if may_mend else ""
    words = {"who": point.practitioner, "channel": CHANNELS[point.channel]}
    return said % words, address, point.practitioner.is_on_call


def _tabs(worklist: Worklist) -> list[tuple[str, str, int, bool]]:
    """Address, words, count of each part of the worklist, and whether it is the one shown."""
    words = {
        Show.ALL: gettext("All"),
        Show.MINE: gettext("Mine"),
        Show.UNOWNED: gettext("Nobody's"),
        Show.OVERDUE: gettext("Overdue"),
    }
    return [
        (f"?show={show}", said, getattr(worklist.counts, show), show is worklist.show) for show, said in words.items()
    ]


def _page_address(worklist: Worklist, page: int) -> str:
    return f"?{urlencode({'show': worklist.show.value, 'page': page})}" if 1 <= page <= worklist.pages else ""


def _asked_for(request: HttpRequest) -> tuple[Show, int]:
    """The part and the page of the worklist that an address asks for; nonsense is the first page of all."""
    show, page = request.GET.get("show", ""), request.GET.get("page", "")
    return Show(show) if show in list(Show) else Show.ALL, int(page) if page.isdecimal() and len(page) < 6 else 1
