"""The page of a patient and the pages of a clinic in a browser: readable by everybody, on a desk and on a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symptoms.models import AccessRecord, Patient, Practitioner
from tests.browser.conftest import DESK, PHONE, OpenSite
from tests.browser.watching import overflows, violations
from tests.symptoms.admin.records import file_four_sores, one_of_each

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
CLINIC_PAGES = (
    "alerts_alert_statistics",
    "alerts_shift_fortnight",
    "education_leaflettext_in_use",
    "symptoms_patient_enrol",
    "symptoms_rulesetapproval_rules",
    "symptoms_wordingapproval_wording",
)


def page_of(patient: Patient, page: str = "change") -> str:
    return reverse(f"admin:symptoms_patient_{page}", args=[patient.pk])


@SIZES
@THEMES
def test_the_page_of_a_patient_can_be_read_by_everybody(
    ada: Patient, nurse_kim: Practitioner, open_site: OpenSite, size: tuple[int, int], theme: str
) -> None:
    one_of_each(ada, nurse_kim)
    page = open_site(nurse_kim.user, page_of(ada), size=size, theme=theme)
    expect(page.locator("h1", has_text=ada.full_name)).to_be_visible()
    expect(page.locator("svg.drawing:visible")).to_have_count(1)
    title = page.locator("svg.drawing:visible text.tone-title").first.bounding_box()
    assert title is not None
    assert title["height"] >= 9, "the words in the chart are large enough to be read"
    assert not violations(page)
    assert overflows(page) == 0


@THEMES
@pytest.mark.parametrize("name", CLINIC_PAGES)
def test_the_pages_of_the_clinic_can_be_read_by_everybody(
    ada: Patient, nurse_kim: Practitioner, open_site: OpenSite, name: str, theme: str
) -> None:
    one_of_each(ada, nurse_kim)
    page = open_site(nurse_kim.user, reverse(f"admin:{name}"), size=PHONE, theme=theme)
    expect(page.locator("h1.page-title")).to_be_visible()
    assert not violations(page)
    assert overflows(page) == 0


def test_one_click_shows_the_number_to_dial(ada: Patient, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    Patient.objects.filter(pk=ada.pk).update(phone="+32 475 12 34 56")
    page = open_site(nurse_kim.user, page_of(ada), size=PHONE)
    expect(page.get_by_text("••• 56")).to_be_visible()
    page.get_by_role("button", name="Show contact details").click()
    expect(page.get_by_role("link", name="+32 475 12 34 56")).to_have_attribute("href", "tel:+32475123456")
    assert AccessRecord.objects.filter(kind="reveal").count() == 1


def test_a_grade_is_given_with_the_keyboard_alone(ada: Patient, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, page_of(ada, "grade"))
    page.locator("select[name=term]").focus()
    page.keyboard.type("muc")
    page.locator("select[name=grade]").focus()
    page.keyboard.type("2")
    page.get_by_role("button", name="Record a CTCAE grade").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="CTCAE 5.0")).to_be_visible()
    assert ada.ctcae_grades.get().grade == 2


def test_the_code_can_be_scanned_in_the_dark(ada: Patient, nurse_kim: Practitioner, open_site: OpenSite) -> None:
    page = open_site(nurse_kim.user, page_of(ada, "new_code"), theme="dark")
    page.get_by_role("button", name="New activation code").click()
    expect(page.locator("svg.qr")).to_be_visible()
    assert page.locator("svg.qr path").first.get_attribute("fill") == "#fff", "a camera needs a light ground"
    assert not violations(page)


def test_a_summary_has_no_empty_lines_on_a_telephone(
    ada: Patient, nurse_kim: Practitioner, open_site: OpenSite
) -> None:
    file_four_sores(ada)
    visit = reverse("admin:alerts_visit_summary", args=[ada.visits.get().pk])
    page = open_site(nurse_kim.user, visit, size=PHONE)
    cells = page.locator("td:visible")
    expect(cells.filter(has_text="urgent").first).to_be_visible()
    heights = [box["height"] for one in cells.all() if (box := one.bounding_box())]
    assert all(one.inner_text().strip() for one in cells.all())
    assert max(heights) < 80
    assert overflows(page) == 0
