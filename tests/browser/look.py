"""`make screenshots`: every page, light and dark, on a desk and on a phone, under .local/screenshots, to be looked at.

PATIENTS and ALERTS set the size of the clinic; PAGES is a part of the names of the pages, LOOKS of those of the looks;
several of either stand with commas between. LOCALE is the language that the browser asks for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Final

from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from alerts.liveness import record_heartbeat
from alerts.watchdog import SILENT_AFTER
from config import env
from symptoms.models import Patient, User
from symptoms.models.clinic import Role
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.pages import pages_of_all
from tests.cast import make_clinic, make_patient, make_practitioner

FOLDER: Final = env.BASE_DIR / ".local" / "screenshots"
LOOKS: Final = [(size, theme) for size in (DESK, PHONE) for theme in ("light", "dark")]

Steps = Iterator[tuple[str, Callable[[Page], object]]]


def opening(path: str) -> Callable[[Page], object]:
    def open_page(page: Page) -> None:
        answer = page.goto(path)
        assert answer is None or answer.status < 500, path

    return open_page


def first_sign_in(user: User) -> Steps:
    """Everything up to a password of one's own, and what is refused."""
    password = user.give_start_password()
    user.save()

    def give(typed: str) -> Callable[[Page], object]:
        def fill_in(page: Page) -> None:
            page.fill("[name=login]", user.username)
            page.fill("[name=password]", typed)
            page.locator("#page form [type=submit]").first.click()

        return fill_in

    yield "sign-in", opening("/admin/")
    yield "sign-in-refused", give("not the password")
    yield "factor-app", give(password)
    yield "factor-passkey", opening(reverse("mfa_add_webauthn"))


def with_a_factor() -> Steps:
    yield "factors", opening(reverse("mfa_index"))
    yield "recovery-codes", opening(reverse("mfa_generate_recovery_codes"))
    yield "not-found", opening("/admin/symptoms/patient/00000000-0000-0000-0000-000000000000/change/")
    yield "not-for-this-role", opening(reverse("admin:symptoms_accessrecord_changelist"))


def enrolling(look: str) -> Steps:
    def send_empty(page: Page) -> None:
        page.goto(reverse("admin:symptoms_patient_enrol"))
        page.locator("form.groups [type=submit]").click()

    def fill_in(page: Page) -> None:
        page.goto(reverse("admin:symptoms_patient_enrol"))
        page.fill("[name=full_name]", f"Maria Magdalena Vandenbroucke-Janssens {look}")
        page.fill("[name=phone]", "+32 2 555 11 22")
        page.fill("[name=first_dose_on]", "2026-11-30")
        page.locator("form.groups [type=submit]").click()

    yield "enrolment-refused", send_empty
    yield "enrolled", fill_in


def in_an_emergency(patient: Patient) -> Steps:
    def fill_in(page: Page) -> None:
        page.goto(reverse("emergency"))
        page.select_option("[name=clinic]", str(patient.clinic_id))
        page.fill("[name=number]", patient.hospital_number)
        page.fill("[name=reason]", "Brought to our emergency department, breathless")
        page.locator("#content-main form [type=submit]").click()

    yield "emergency-record", fill_in


def without_anything() -> Steps:
    names = (
        "index", "alerts_alert_changelist", "alerts_alert_statistics", "symptoms_patient_changelist",
        "alerts_shift_fortnight",
    )  # fmt: skip
    for name in names:
        yield f"empty-{name}", opening(reverse(f"admin:{name}"))


def is_wanted(variable: str, name: str) -> bool:
    """Whether a name has one of the parts in it that the variable asks for; without the variable all are wanted."""
    return any(part in name for part in os.environ.get(variable, "").split(","))


def test_look(open_site: OpenSite) -> None:
    patients, alerts = int(os.environ.get("PATIENTS", "300")), int(os.environ.get("ALERTS", "40"))
    call_command("load_clinic", patients=patients, open_alerts=alerts)
    FOLDER.mkdir(parents=True, exist_ok=True)
    nurse, administrator = (User.objects.get(username=name) for name in ("marie", "carmen"))
    auditor = make_practitioner(nurse.practitioner.clinic, "audrey", role=Role.AUDITOR).user
    new_clinic = make_clinic("new", name="Clinic New")
    newcomer, beginner = (make_practitioner(new_clinic, name).user for name in ("newcomer", "beginner"))
    foreign = make_patient(make_clinic("far", name="Clinic Far"), "Fay Fransen", hospital_number="F-1")
    everything = list(pages_of_all(nurse, administrator, auditor))
    language = os.environ.get("LOCALE", "en")
    for size, theme in LOOKS:
        look = f"{size[0]}-{theme}" if language == "en" else f"{size[0]}-{theme}-{language}"
        if not is_wanted("LOOKS", look):
            continue
        windows = {
            user.pk: open_site(user, size=size, theme=theme, language=language)
            for user in (nurse, administrator, auditor)
        }
        stranger, novice = (open_site(user, size=size, theme=theme, language=language) for user in (None, newcomer))
        journeys: list[tuple[Page, Steps]] = [
            *((windows[user.pk], iter([(name, opening(path))])) for user, name, path in everything),
            (stranger, first_sign_in(beginner)),
            (windows[nurse.pk], with_a_factor()),
            (windows[nurse.pk], enrolling(look)),
            (windows[nurse.pk], in_an_emergency(foreign)),
            (novice, without_anything()),
        ]
        for page, steps in journeys:
            for name, go in steps:
                if is_wanted("PAGES", name):
                    for process in SILENT_AFTER:
                        record_heartbeat(process)
                    go(page)
                    page.screenshot(path=FOLDER / f"{name}-{look}.png", full_page=True)
