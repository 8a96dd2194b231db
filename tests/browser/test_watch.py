"""What every open page of a clinic's staff is told: a new emergency, what holds alerts up, the end of the session."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from alerts.acknowledging import acknowledge
from alerts.liveness import record_heartbeat
from alerts.models import Alert
from alerts.watchdog import SILENT_AFTER
from symptoms.clinical.terms import Problem
from symptoms.models import Patient, Practitioner
from symptoms.sign_in.session import ABSOLUTE, CLICKED_AT, IDLE
from tests.alerts.making import emergency, make_report, raised, routine, urgent
from tests.browser.conftest import PHONE, OpenSite
from tests.browser.watching import overflows, violations
from tests.cast import make_patient, session_of

RED = "emergency Breathing"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask every half second instead of every ten."""
    monkeypatch.setattr("alerts.admin.watch.POLL_SECONDS", 0.5)
    monkeypatch.setattr("alerts.admin.worklist.POLL_SECONDS", 0.5)
    monkeypatch.setattr("alerts.admin.alert.POLL_SECONDS", 0.5)


@pytest.fixture
def mouth(ada: Patient, nurse_kim: Practitioner) -> Alert:
    """The alert that kim has taken and is busy with."""
    alert = raised(urgent("MOUTH-COUNT"), ada, make_report(ada), timezone.now() - timedelta(minutes=20))
    return acknowledge(alert, nurse_kim, timezone.now())


def call_for_help(nurse_kim: Practitioner, name: str = "Fay Fransen") -> Alert:
    return raised(emergency("RED-REST"), make_patient(nurse_kim.clinic, name), now=timezone.now())


@pytest.mark.parametrize("path", ["change/", "action/?from=worklist", "close/?from=worklist"])
def test_a_new_emergency_is_told_on_every_page_and_what_is_typed_stays(
    mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite, path: str
) -> None:
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{mouth.pk}/{path}")
    note = page.locator("[name=note]").first
    if path != "change/":
        note.fill("Rang her")
    expect(page.locator("#watch .calls")).to_be_hidden()
    alert = call_for_help(nurse_kim)
    told = page.get_by_role("link", name=re.compile(f"{RED} · alert {alert.number}"))
    expect(told).to_be_in_viewport()
    expect(page).to_have_title(re.compile(r"^\(1 urgent\) "))
    expect(page.locator("#watch .calls")).to_have_attribute("aria-live", "assertive")
    assert "Fay Fransen" not in page.content(), "it is told beside another patient's record"
    assert violations(page) == []
    if path != "change/":
        assert note.input_value() == "Rang her"
    told.click()
    expect(page.get_by_role("heading", name="Fay Fransen")).to_be_visible()
    expect(page.locator("#watch .calls")).to_be_hidden()


def test_of_many_the_gravest_and_newest_are_named_until_they_are_put_away(
    mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, "/admin/symptoms/patient/", size=PHONE)
    now = timezone.now()
    people = [make_patient(nurse_kim.clinic, f"Patient {number}") for number in range(4)]
    fevers = [raised(urgent("FEVER", problem=Problem.INFECTION), one, now=now) for one in people]
    raised(routine("MOUTH-PAIN"), make_patient(nurse_kim.clinic, "Rita"), now=now)
    red = call_for_help(nurse_kim)
    calls = page.locator("#watch li")
    expect(page.get_by_role("link", name="and 2 more")).to_be_visible()
    assert [one.split(" · ")[1] for one in calls.all_inner_texts()] == [
        f"alert {one.number}" for one in (red, fevers[3], fevers[2])
    ]
    assert overflows(page) == 0
    page.get_by_role("button", name="Put away").click()
    expect(calls.first).to_be_hidden()
    page.reload()
    expect(page).to_have_title(re.compile(r"^\(5 urgent\) "))
    expect(calls.first).to_be_hidden()
    again = call_for_help(nurse_kim, "Gina")
    expect(calls).to_have_text([re.compile(f"alert {again.number}")])
    acknowledge(again, nurse_kim, timezone.now())
    expect(calls).to_have_count(0)


def covers(page: Page, control: Locator) -> bool:
    """Whether what is told lies over the middle of a control that can be scrolled to no other place."""
    control.scroll_into_view_if_needed()
    covered: bool = control.evaluate(
        """one => {
          const box = one.getBoundingClientRect();
          return !!document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest("#watch");
        }"""
    )
    return covered


def test_at_a_desk_the_account_stays_within_reach_of_the_mouse(
    mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    call_for_help(nurse_kim)
    page = open_site(nurse_kim.user, "/admin/symptoms/patient/")
    expect(page.locator("#watch:not(.fresh) .calls")).to_be_visible()
    page.get_by_role("button", name=re.compile("account, sign out")).click()
    page.get_by_role("link", name="Second factor").click()
    page.wait_for_url("**/sign-in/**")


@pytest.mark.parametrize("size", [PHONE, (1100, 700)], ids=["phone", "tablet"])
def test_in_a_narrow_window_neither_the_head_nor_the_foot_of_a_page_stays_covered(
    mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite, size: tuple[int, int]
) -> None:
    call_for_help(nurse_kim)
    page = open_site(nurse_kim.user, "/admin/symptoms/patient/enrol/", size=size)
    expect(page.locator("#watch:not(.fresh) .calls")).to_be_visible()
    assert not covers(page, page.get_by_role("button", name="Menu", exact=True))
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert not covers(page, page.locator("#content button, #content a").last)
    assert overflows(page) == 0


@pytest.mark.parametrize("path", ["", "alerts/alert/{}/change/", "symptoms/patient/"])
def test_a_page_asks_in_one_place(mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite, path: str) -> None:
    page = open_site(nurse_kim.user, f"/admin/{path.format(mouth.pk)}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/admin/")[2].partition("?")[0]))
    for _ in range(4):
        page.wait_for_event("response")
    assert len({address for address in asked if address}) == 1


def test_what_stood_on_the_worklist_is_known(mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    call_for_help(nurse_kim)
    page = open_site(nurse_kim.user)
    page.goto("/admin/symptoms/patient/")
    expect(page).to_have_title(re.compile(r"^\(1 urgent\) "))
    expect(page.locator("#watch .calls")).to_be_hidden()


def test_on_a_form_the_age_of_the_alert_goes_on(mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{mouth.pk}/action/")
    age = page.locator(".head time[data-age]")
    expect(age).to_have_text("20 min")
    page.wait_for_event("response", lambda answer: answer.status == 304)  # from here on no answer tells the time
    page.evaluate("performance.now = ((real) => () => real() + 61000)(performance.now.bind(performance))")
    expect(age).to_have_text("21 min")


def all_alive() -> None:
    for process in SILENT_AFTER:
        record_heartbeat(process)


@pytest.mark.parametrize("path", ["/admin/", "/admin/symptoms/patient/"])
def test_that_alerts_may_be_late_is_told_on_a_page_that_is_open_and_taken_back(
    mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite, path: str
) -> None:
    all_alive()
    page = open_site(nurse_kim.user, path)
    late = page.get_by_text("Alerts may be delayed")
    expect(late).to_have_count(0)
    record_heartbeat("auditor", ["canary_late"])
    expect(late).to_have_count(1)
    all_alive()
    expect(late).to_have_count(0)


def set_clock(page: Page, *, clicked: timedelta, verified: timedelta) -> None:
    """The session of the page as if its last click and its sign-in were so long ago."""
    [cookie] = [one for one in page.context.cookies() if one["name"].endswith("sessionid")]
    session = SessionStore(cookie["value"])
    [key] = [key for key in session.load() if key.endswith("authentication_methods")]
    session[key] = [{**one, "at": time.time() - verified.total_seconds()} for one in session[key]]
    session[CLICKED_AT] = time.time() - clicked.total_seconds()
    session.save()


def test_whoever_types_for_long_is_warned_and_stays_signed_in(
    mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{mouth.pk}/action/")
    page.locator("[name=note]").fill("Rang her")
    set_clock(page, clicked=IDLE - timedelta(minutes=3, seconds=30), verified=timedelta(hours=1))
    expect(page.get_by_text("You will be signed out in 4 min, for nothing has been clicked.")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.locator("[data-watch=idle]")).to_be_hidden()
    assert page.locator("[name=note]").input_value() == "Rang her"


def test_the_end_of_the_day_is_told_before_it_comes(mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{mouth.pk}/action/")
    set_clock(page, clicked=timedelta(), verified=ABSOLUTE - timedelta(minutes=1, seconds=30))
    expect(page.get_by_text("You will be signed out in 2 min, twelve hours after you signed in.")).to_be_visible()


def test_a_form_that_stood_open_over_the_end_of_a_session_is_sent_after_signing_in_again(
    mouth: Alert, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{mouth.pk}/action/")
    page.locator("[name=note]").fill("Rang her, she comes at three.")
    Session.objects.all().delete()
    ended = page.get_by_text("You are no longer signed in. What you have typed here stays")
    expect(ended).to_be_visible()
    page.context.clear_cookies()
    [url] = {page.url.partition("/admin/")[0]}
    page.context.add_cookies([{"name": "sessionid", "value": session_of(nurse_kim.user), "url": url}])
    expect(ended).to_be_hidden()
    page.get_by_role("button", name="Record an action").click()
    page.wait_for_url("**/change/")
    assert mouth.events.get(kind="action").detail["note"] == "Rang her, she comes at three."


def test_that_somebody_else_has_signed_in_is_told(
    mouth: Alert, nurse_kim: Practitioner, nurse_lee: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{mouth.pk}/action/")
    [url] = {page.url.partition("/admin/")[0]}
    page.context.add_cookies([{"name": "sessionid", "value": session_of(nurse_lee.user), "url": url}])
    expect(page.get_by_text("Somebody else has signed in on this computer.")).to_be_visible()
