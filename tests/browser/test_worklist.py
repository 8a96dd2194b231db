"""The worklist in a real browser: by keyboard alone, on a telephone, and never silently stale."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from alerts.acknowledging import acknowledge
from alerts.models import Alert
from symptoms.clinical.terms import Problem
from symptoms.models import AccessRecord, Patient, Practitioner
from tests.alerts.making import emergency, make_report, raised, routine, urgent
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.watching import overflows, violations
from tests.cast import make_patient


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list asks every half second instead of every ten."""
    monkeypatch.setattr("alerts.admin.worklist.POLL_SECONDS", 0.5)


@pytest.fixture
def waiting(ada: Patient, nurse_kim: Practitioner) -> list[Alert]:
    """An emergency, an urgent alert and a routine one, of three patients; the urgent one is overdue."""
    now = timezone.now()
    Patient.objects.filter(pk=ada.pk).update(phone="+32 2 555 12 34", hospital_number="12-345678")
    dora = make_patient(ada.clinic, "Dora De Smet")
    eva = make_patient(ada.clinic, "Eva Engels", phone="+32 2 555 43 21")
    alerts = [
        raised(emergency("RED-REST"), ada, make_report(ada), now - timedelta(minutes=3)),
        raised(urgent("MOUTH-COUNT", "MOUTH-INTAKE"), dora, make_report(dora), now - timedelta(minutes=20)),
        raised(routine("MOUTH-PAIN"), eva, now=now - timedelta(hours=2)),
    ]
    Alert.objects.filter(pk=alerts[1].pk).update(steps_taken=2)
    return alerts


def lines(page: Page) -> list[str]:
    return page.locator(".alert h3 a").all_inner_texts()


def tab_to(page: Page, name: str, *, presses: int = 80) -> None:
    """Press Tab until the control of this accessible name has the keyboard."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        held = page.evaluate(
            "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()"
        )
        if held == name:
            return
    raise AssertionError(f"no way to {name!r} by keyboard")


def test_by_keyboard_alone_an_alert_is_taken_and_opened(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user)
    assert lines(page) == ["Ada Archer", "Dora De Smet", "Eva Engels"]
    tab_to(page, f"Take alert {waiting[0].number}")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"You have taken alert {waiting[0].number}")).to_be_visible()
    waiting[0].refresh_from_db()
    assert waiting[0].acknowledged_by == nurse_kim
    tab_to(page, "Ada Archer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Why it fired")).to_be_visible()


def test_routine_alerts_are_ticked_and_taken_together(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user)
    page.get_by_label(f"Tick alert {waiting[2].number}").check()
    page.get_by_role("button", name="Take the ticked ones").click()
    expect(page.get_by_text(f"You have taken alert {waiting[2].number}")).to_be_visible()


def test_a_new_alert_appears_by_itself_and_an_urgent_one_is_announced(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user)
    assert page.title().startswith("(2) ")
    tick = page.get_by_label(f"Tick alert {waiting[2].number}")
    tick.check()
    tick.focus()
    fay = make_patient(nurse_kim.clinic, "Fay Fransen")
    alert = raised(urgent("FEVER", problem=Problem.INFECTION), fay, now=timezone.now())
    expect(page.get_by_role("link", name="Fay Fransen")).to_be_visible()
    news = page.locator("[aria-live=assertive]")
    expect(news).to_have_text(f"New alert {alert.number}: urgent, Infection")
    assert page.title().startswith("(3) ")
    expect(page.get_by_label(f"Tick alert {waiting[2].number}")).to_be_checked()
    expect(page.get_by_label(f"Tick alert {waiting[2].number}")).to_be_focused()


def test_who_has_it_changes_under_ones_eyes(waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    line = page.locator(f"#alert-{waiting[0].number}")
    expect(line).to_contain_text("Nobody has taken it")
    acknowledge(waiting[0], nurse_kim, timezone.now())
    expect(line).to_contain_text("an action is awaited by")


def test_ages_go_on_by_themselves(waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, "/admin/?show=nonsense")
    age = page.locator(f"#alert-{waiting[0].number} time")
    expect(age).to_have_text("3 min")
    # As if the server had written the page a minute later than the moment from which this machine counts.
    page.evaluate("performance.now = ((real) => () => real() + 61000)(performance.now.bind(performance))")
    expect(age).to_have_text("4 min")


def test_a_lost_connection_is_said_and_taken_back(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user)
    lost = page.get_by_text("No connection to the server")
    expect(lost).to_be_hidden()
    page.context.set_offline(True)
    expect(lost).to_be_visible()
    page.context.set_offline(False)
    expect(lost).to_be_hidden()


def test_a_server_that_fails_is_said(waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    page.route("**/worklist/**", lambda route: route.fulfill(status=503))
    expect(page.get_by_text("No connection to the server")).to_be_visible()


def test_the_end_of_the_session_is_said(waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    Session.objects.all().delete()
    expect(page.get_by_text("You are no longer signed in")).to_be_visible()
    page.get_by_role("link", name="Sign in again").click()
    assert "/sign-in/" in page.url


def test_nothing_is_asked_while_nobody_looks(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user)
    asked: list[str] = []
    with page.expect_response("**/worklist/**"):
        pass
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1500)  # three times the interval: what must not happen has no event to wait for
    assert asked == []
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false, configurable: true})")
    with page.expect_response("**/worklist/**"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_telephone_number_is_one_click_away_and_stays_while_the_list_renews_itself(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, size=PHONE)
    page.get_by_role("button", name="Show the telephone number of Ada Archer").click()
    number = page.get_by_role("link", name="+32 2 555 12 34")
    expect(number).to_have_attribute("href", "tel:+3225551234")
    expect(number).to_be_focused()
    fay = make_patient(nurse_kim.clinic, "Fay Fransen")
    raised(urgent("FEVER", problem=Problem.INFECTION), fay, now=timezone.now())
    expect(page.get_by_role("link", name="Fay Fransen")).to_be_visible()
    expect(number).to_be_visible()
    assert AccessRecord.objects.filter(kind="reveal", person=nurse_kim.user).count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_everybody_can_use_it_and_nobody_scrolls_sideways(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite, theme: str, size: tuple[int, int]
) -> None:
    page = open_site(nurse_kim.user, theme=theme, size=size)
    expect(page.locator(".alert")).to_have_count(3)
    assert violations(page) == []
    assert overflows(page) == 0


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de", "es"])
def test_it_opens_in_every_language(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite, language: str
) -> None:
    page = open_site(nurse_kim.user, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert lines(page) == ["Ada Archer", "Dora De Smet", "Eva Engels"]
    assert "%(" not in page.locator("body").inner_text()
