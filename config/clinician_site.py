"""How the clinician site presents itself: its name, the clinic of who looks at it, and the way around.

What somebody may not see does not show in the navigation either: each page asks its own permissions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LANDING_PAGE: Final = "index"
OF_ONE: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}/")
GROUPS: Final = (
    (
        _("Today"),
        (
            (_("Worklist"), "list_alt", LANDING_PAGE),
            (_("All alerts"), "notifications_active", "alerts.alert"),
            (_("Visits"), "event", "alerts.visit"),
        ),
    ),
    (
        _("On call"),
        (
            (_("Who is paged when"), "notifications", "alerts.shift", "fortnight"),
            (_("Rota"), "calendar_month", "alerts.shift"),
            (_("Take overs"), "swap_horiz", "alerts.takeover"),
            (_("Absences"), "event_busy", "alerts.absence"),
            (_("Escalation"), "stairs", "alerts.escalationpolicy"),
            (_("Holidays"), "celebration", "alerts.clinicholiday"),
        ),
    ),
    (
        _("Patients"),
        (
            (_("Patients"), "personal_injury", "symptoms.patient"),
            (_("Courses"), "medication", "symptoms.treatmentcourse"),
            (_("Reports"), "assignment", "symptoms.symptomreport"),
            (_("Conversations"), "forum", "symptoms.conversation"),
            (_("Episodes"), "timeline", "symptoms.episode"),
            (_("Leaflets"), "menu_book", "education.leafletoffer"),
            (_("To explain again"), "school", "education.misunderstanding"),
        ),
    ),
    (
        _("Clinic"),
        (
            (_("Practitioners"), "badge", "symptoms.practitioner"),
            (_("Contact points"), "contact_phone", "alerts.contactpoint"),
            (_("Accounts"), "manage_accounts", "symptoms.user"),
            (_("Devices"), "smartphone", "symptoms.devicetoken"),
            (_("Rules and approval"), "gavel", "symptoms.rulesetapproval", "rules"),
            (_("What patients read"), "translate", "symptoms.wordingapproval", "wording"),
            (_("Leaflets in use"), "menu_book", "education.leaflettext", "in_use"),
            (_("Own leaflets"), "edit_document", "education.leaflettext"),
            (_("Clinic"), "local_hospital", "symptoms.clinic"),
            (_("Visit schedule"), "event_repeat", "alerts.scheduledvisit"),
            (_("Access log"), "policy", "symptoms.accessrecord"),
            (_("Opened in emergencies"), "emergency", "symptoms.emergencyaccess"),
        ),
    ),
)


def clinic_name(request: HttpRequest) -> str:
    """The clinic whose rows the site shows to whoever is signed in."""
    practitioner = getattr(request.user, "practitioner", None)
    return str(practitioner.clinic) if practitioner else gettext("for care teams")


def environment(request: HttpRequest) -> list[str] | None:
    """A mark on every page of a machine that is not for real patients."""
    return [gettext("Demonstration"), "warning"] if settings.IS_LOCAL else None


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the site's templates need on the pages with which people sign in."""
    return admin.site.each_context(request) if request.path.startswith("/sign-in/") else {}


def _may_view(label: str, page: str) -> Callable[[HttpRequest], bool]:
    """Whether somebody may see a page: that of a list, or another one, which is asked for by its own name."""

    def may_view(request: HttpRequest) -> bool:
        model_admin = admin.site.get_model_admin(apps.get_model(label))
        may: Callable[[HttpRequest], bool] = getattr(
            model_admin, f"has_{page}_permission", model_admin.has_view_permission
        )
        return may(request)

    return may_view


def _group(title: Any, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "separator": title is not GROUPS[0][0], "items": items}


EMERGENCY: Final = {
    "title": _("Patient of another clinic"),
    "icon": "emergency_home",
    "link": reverse_lazy("emergency"),
    "permission": "symptoms.admin.emergency.may_open",
}


def _address(label: str, page: str = "changelist") -> Any:
    return reverse_lazy("admin:index" if label == LANDING_PAGE else f"admin:{label.replace('.', '_')}_{page}")


def _item(title: Any, icon: str, label: str, page: str = "changelist") -> dict[str, Any]:
    link = _address(label, page)
    model = "alerts.alert" if label == LANDING_PAGE else label
    return {
        "title": title, "icon": icon, "link": link, "permission": _may_view(model, page),
        "active": lambda request: _entry_of(request.path) == str(link),
    }  # fmt: skip


def _entry_of(path: str) -> str:
    """The entry of the navigation that a page belongs to: that of the longest address that its own begins with.

    All begin with that of the first page, to which the page of each alert belongs: one comes to it from there.
    """
    entries, first = _entries(), str(_address(LANDING_PAGE))
    if OF_ONE.match(path.removeprefix(str(_address("alerts.alert")))):
        return first
    starts = [start for start in entries if path.startswith(start) and (start != first or path == first)]
    return entries[max(starts, key=len)]


@cache
def _entries() -> dict[str, str]:
    """The entries by what their pages begin with, looked up once: every entry of every page asks.

    Pages of a model belong to its entry, also where that leads to another page than the list.
    """
    items = [item[2:] for _title, items in GROUPS for item in items]
    of_models = {str(_address(label)): str(_address(label, *page)) for label, *page in items}
    own = {str(address): str(address) for address in (*(_address(*item) for item in items), EMERGENCY["link"])}
    return {"": "", **of_models, **own}


UNFOLD: Final[dict[str, Any]] = {
    "SITE_TITLE": _("Symptom reporting"),
    "SITE_HEADER": _("Symptom reporting"),
    "SITE_SUBHEADER": clinic_name,
    "SITE_SYMBOL": "monitor_heart",
    "SITE_URL": None,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("config/icon.svg")}],
    "DASHBOARD_CALLBACK": "alerts.admin.worklist.landing_page",
    "ENVIRONMENT": environment,
    "SHOW_VIEW_ON_SITE": False,
    "ACCOUNT": {
        "navigation": [
            {"title": _("Change password"), "link": reverse_lazy("admin:password_change")},
            {"title": _("Second factor"), "link": reverse_lazy("mfa_index")},
        ]
    },
    "STYLES": [lambda request: static("config/site.css"), lambda request: static("alerts/watch.css")],
    "SCRIPTS": [lambda request: static("config/site.js")],
    "SIDEBAR": {
        "show_all_applications": True,
        "navigation": [
            *(_group(title, [_item(*item) for item in items]) for title, items in GROUPS),
            _group(_("Emergency"), [EMERGENCY]),
        ],
    },
}
