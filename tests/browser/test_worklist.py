"""The worklist in a real browser: by keyboard alone, on a telephone, and never silently stale."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from alerts.acknowledging import acknowledge, close
from alerts.models import Alert
from alerts.models.alert import AlertState, Outcome
from symptoms.clinical.terms import Problem
from symptoms.models import AccessRecord, Patient, Practitioner
from tests.alerts.making import emergency, make_report, raised, routine, urgent
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.watching import overflows, violations
from tests.cast import make_patient, make_practitioner


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
    """The names of the patients, in the order of the list."""
    return [one.partition(" #")[0] for one in page.locator(".alert h3 a").all_inner_texts()]


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
    tab_to(page, f"Take it: alert {waiting[0].number}")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"You have taken alert {waiting[0].number}")).to_be_visible()
    waiting[0].refresh_from_db()
    assert waiting[0].acknowledged_by == nurse_kim
    expect(page.get_by_role("link", name=f"Record an action: alert {waiting[0].number}")).to_be_focused()
    page.get_by_role("link", name=f"Ada Archer #{waiting[0].number}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Why it fired")).to_be_visible()


def test_what_is_taken_out_of_a_part_of_the_list_leaves_the_keyboard_at_the_next(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, "/admin/?show=unowned")
    page.get_by_role("button", name=f"Take it: alert {waiting[0].number}").press("Enter")
    expect(page.get_by_role("button", name=f"Take it: alert {waiting[1].number}")).to_be_focused()


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
    expect(page).to_have_title(re.compile(r"^\(2 urgent\) "))
    tick = page.get_by_label(f"Tick alert {waiting[2].number}")
    tick.check()
    tick.focus()
    fay = make_patient(nurse_kim.clinic, "Fay Fransen")
    alert = raised(urgent("FEVER", problem=Problem.INFECTION), fay, now=timezone.now())
    expect(page.get_by_role("link", name="Fay Fransen #")).to_be_visible()
    expect(page.locator("#watch [aria-live] li")).to_have_text(f"urgent Infection · alert {alert.number} · 0 min")
    expect(page).to_have_title(re.compile(r"\(3 urgent\) "))
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
    page.wait_for_event("response", lambda answer: answer.status == 304)  # from here on no answer tells the time
    # As if the server had written the page a minute later than the moment from which this machine counts.
    page.evaluate("performance.now = ((real) => () => real() + 61000)(performance.now.bind(performance))")
    expect(age).to_have_text("4 min")


def test_a_lost_connection_is_said_and_taken_back(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user)
    lost = page.get_by_text("No connection to the server: this")
    expect(lost).to_be_hidden()
    page.context.set_offline(True)
    expect(lost).to_be_visible()
    page.context.set_offline(False)
    expect(lost).to_be_hidden()


def test_a_server_that_fails_is_said(waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    page.route("**/worklist/**", lambda route: route.fulfill(status=503))
    expect(page.get_by_text("No connection to the server: this")).to_be_visible()


def test_the_end_of_the_session_is_said(waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user)
    patient = waiting[0].patient.full_name
    expect(page.get_by_text(patient).first).to_be_visible()
    Session.objects.all().delete()
    expect(page.get_by_text("You are no longer signed in. Sign in again")).to_be_visible()
    assert patient not in page.content(), "an unattended screen shows nobody"
    assert not page.title().startswith("(")
    page.get_by_role("link", name="Sign in again").click()
    assert "/sign-in/" in page.url


def test_while_another_window_is_looked_at_the_title_goes_on_counting(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user)
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    fay = make_patient(nurse_kim.clinic, "Fay Fransen")
    raised(urgent("FEVER", problem=Problem.INFECTION), fay, now=timezone.now())
    page.wait_for_function("document.title.startsWith('(3 urgent) ')")


@pytest.fixture
def long_list(waiting: list[Alert], nurse_kim: Practitioner) -> list[Alert]:
    """A list of several screens, with routine alerts at its end."""
    now = timezone.now()
    people = [make_patient(nurse_kim.clinic, f"Patient {number:02d}") for number in range(20)]
    return [raised(routine("MOUTH-PAIN"), one, now=now - timedelta(minutes=10)) for one in people]


def under_the_mouse(page: Page, at: tuple[float, float]) -> str:
    """The line at a place of the window."""
    return str(page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('.alert').id", list(at)))


def middle_of(page: Page, control: str) -> tuple[float, float]:
    """The mouse lies on a control; where that is in the window."""
    page.get_by_label(control, exact=True).hover()
    box = page.get_by_label(control, exact=True).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_new_alert_moves_nothing_under_the_mouse_and_is_named_until_it_is_followed(
    long_list: list[Alert], nurse_kim: Practitioner, open_site: OpenSite, size: tuple[int, int]
) -> None:
    page = open_site(nurse_kim.user, size=size)
    aimed_at = long_list[-1]
    place = middle_of(page, f"Take it: alert {aimed_at.number}")
    fay = make_patient(nurse_kim.clinic, "Fay Fransen")
    alert = raised(emergency("RED-REST"), fay, now=timezone.now())
    strip = page.get_by_role("link", name=f"emergency Breathing · alert {alert.number}")
    expect(strip).to_be_in_viewport()
    assert under_the_mouse(page, place) == f"alert-{aimed_at.number}"
    strip.click()
    expect(strip).to_have_count(0)
    expect(page.locator(f"#alert-{alert.number}")).to_be_in_viewport()


def test_a_click_that_meets_another_line_than_a_moment_before_does_nothing(
    long_list: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    first, aimed_at, after = long_list[:3]
    page = open_site(nurse_kim.user, size=(1440, 1600))
    place = middle_of(page, f"Take it: alert {aimed_at.number}")
    page.evaluate("performance.now = ((then) => () => then)(performance.now())")  # no moment passes
    close(first, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
    expect(page.locator(f"#alert-{first.number}")).to_have_count(0)
    assert under_the_mouse(page, place) == f"alert-{after.number}"
    page.mouse.click(*place)
    after.refresh_from_db()
    assert after.state == AlertState.OPEN
    page.evaluate("performance.now = ((then) => () => then + 1001)(performance.now())")
    page.mouse.click(*place)
    expect(page.get_by_text(f"You have taken alert {after.number}")).to_be_visible()


def test_an_alert_is_given_back_and_taken_over_from_the_list(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    joris = make_practitioner(nurse_kim.clinic, "joris")
    acknowledge(waiting[0], joris, timezone.now())
    page = open_site(nurse_kim.user)
    page.get_by_label(f"Take over: alert {waiting[0].number}").click()
    page.get_by_role("button", name="Take over").click()
    expect(page.locator(f"#alert-{waiting[0].number}")).to_contain_text("You")
    page.get_by_label(f"Give back: alert {waiting[0].number}").click()
    page.get_by_role("button", name="Give back").click()
    expect(page.locator(f"#alert-{waiting[0].number}")).to_contain_text("Nobody has taken it")


def test_the_telephone_number_is_one_click_away_and_stays_while_the_list_renews_itself(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, size=PHONE)
    page.get_by_role("button", name="Phone: Ada Archer").click()
    number = page.get_by_role("link", name="+32 2 555 12 34")
    expect(number).to_have_attribute("href", "tel:+3225551234")
    expect(number).to_be_focused()
    fay = make_patient(nurse_kim.clinic, "Fay Fransen")
    raised(urgent("FEVER", problem=Problem.INFECTION), fay, now=timezone.now())
    expect(page.get_by_role("link", name="Fay Fransen #")).to_be_visible()
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


def test_on_a_telephone_the_acts_of_every_alert_stand_in_the_same_two_columns(
    waiting: list[Alert], nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    page = open_site(nurse_kim.user, size=PHONE)
    columns = page.evaluate(
        """() => [...document.querySelectorAll(".alert")].map(alert =>
            [...alert.querySelectorAll(".acts .button")].map(one => one.getBoundingClientRect().width))"""
    )
    assert [len(widths) for widths in columns] == [4, 3, 4], "Dora has no telephone"
    assert all(abs(widths[0] - widths[1]) < 1 for widths in columns)
    assert columns[1][2] > 2 * columns[1][0], "the third of three has its line for itself"


def test_another_alert_that_is_named_in_an_emergency_keeps_its_own_colour(
    ada: Patient, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    first = raised(emergency("RED-REST"), ada, make_report(ada))
    raised(urgent("MOUTH-COUNT"), ada, make_report(ada))
    page = open_site(nurse_kim.user, f"/admin/alerts/alert/{first.pk}/change/")
    own, other = page.locator(".head .title .urgency"), page.locator(".head li .urgency")
    colour = "one => getComputedStyle(one).backgroundColor"
    assert other.inner_text() == "urgent"
    assert own.evaluate(colour) != other.evaluate(colour)
