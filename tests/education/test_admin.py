"""Clinicians write, translate, review and publish their own clinic's leaflets, and see what patients were taught."""

from __future__ import annotations

import uuid
from html import escape, unescape
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education.catalogue import shipped_leaflets, write_questions
from education.editing import publish_text, review_text, write_text
from education.models import LeafletApproval, LeafletOffer, LeafletReading, LeafletText, Misunderstanding, TeachingPlan
from education.texts import leaflets_of
from education.understanding import answer_question, mark_read
from symptoms.models import Clinic, Patient, Practitioner
from symptoms.models.clinic import Role
from tests.cast import make_practitioner, site_of
from tests.education.conftest import Publish, whole
from tests.education.test_catalogue import question_toml

pytestmark = pytest.mark.django_db

ADD = "/admin/education/leaflettext/add/"
NEW: dict[str, str] = {
    "slug": "your-mouth",
    "language": "nl",
    "title": "Onze mond",
    "body": "# Onze mond\n\nBel ons.\n\n![Een mond](picture:icon-mouth)",
    "questions": question_toml(),
}


def url(record: Model, page: str = "change") -> str:
    return reverse(f"admin:education_{record._meta.model_name}_{page}", args=[record.pk])


def list_url(model: type[Model]) -> str:
    return reverse(f"admin:education_{model._meta.model_name}_changelist")


def write(site: Client, **fields: str) -> Any:
    return site.post(ADD, {**NEW, **fields})


def test_a_nurse_translates_a_colleague_reviews_and_patients_see_it(
    kim_site: Client, ada: Patient, nurse_nina: Practitioner
) -> None:
    body = whole(NEW["body"], language="nl")
    assert write(kim_site, body=body).status_code == 302
    text = LeafletText.objects.get(title="Onze mond")
    assert (text.version, text.language, text.body) == ("c1", "nl", body)
    nina = site_of(nurse_nina.user)
    assert nina.post(url(text, "review")).status_code == 302
    assert kim_site.post(url(text, "publish")).status_code == 302
    ada.language = "nl"
    assert leaflets_of(ada)["your-mouth", "nl"].text_id == text.text_id
    page = kim_site.get(url(text)).content.decode()
    assert "published" in page
    assert "reviewed: Nina" in page


def test_a_draft_begins_with_the_text_in_its_language(kim_site: Client) -> None:
    page = kim_site.get(ADD, {"slug": "your-lungs", "language": "de"}).content.decode()
    assert "# Ihre Lunge" in page
    assert "Notruf" in page
    assert "[[questions]]" in page
    assert kim_site.get(ADD, {"slug": "no-such", "language": "de"}).status_code == 200


def test_the_author_cannot_review_and_nobody_publishes_a_draft(kim_site: Client) -> None:
    write(kim_site)
    text = LeafletText.objects.get(title="Onze mond")
    assert "Somebody else than its author" in kim_site.post(url(text, "review"), follow=True).content.decode()
    for page in ("publish", "withdraw"):
        assert kim_site.post(url(text, page)).status_code == 403
        assert url(text, page) not in kim_site.get(url(text)).content.decode()
    assert url(text, "review") in kim_site.get(url(text)).content.decode()
    assert not text.steps.exists()


def test_asking_takes_no_step(kim_site: Client, publish: Publish) -> None:
    text = publish(timezone.now())
    assert "no longer" in kim_site.get(url(text, "withdraw")).content.decode()
    assert text.steps.count() == 2


def test_a_correction_starts_from_the_latest_version(kim_site: Client, publish: Publish) -> None:
    text = publish(timezone.now(), body="# First try")
    page = kim_site.get(url(text, "revise"), follow=True)
    assert "# First try" in page.content.decode()
    assert write(kim_site, language="en").status_code == 302
    assert list(LeafletText.objects.filter(clinic=text.clinic).values_list("version", flat=True)) == ["c2", "c1"]


def test_a_text_cannot_be_changed_in_place(kim_site: Client, publish: Publish) -> None:
    text = publish(timezone.now())
    assert kim_site.post(url(text), {**NEW, "body": "# Sly"}).status_code == 403
    assert kim_site.post(url(text, "delete"), {"post": "yes"}).status_code == 403
    assert LeafletText.objects.get(pk=text.pk).body == text.body


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"slug": "parking"}, "slug", "Select a valid choice"),
        ({"language": "it"}, "language", "Select a valid choice"),
        ({"title": ""}, "title", "required"),
        ({"title": "x" * 121}, "title", "at most 120"),
        ({"body": " "}, "body", "required"),
        ({"body": "![x](picture:cat)"}, "body", "There is no picture cat."),
        ({"body": "# Mond\n\nAlles is goed."}, "body", "never says “Alles is goed”"),
        ({"title": "De dosis"}, "title", "never says “dosis”"),
        ({"questions": question_toml(why='"Neem 5 mg."')}, "questions", "never says “5 mg”"),
        ({"questions": "[[questions"}, "questions", "front matter"),
        ({"questions": question_toml(right='"c"')}, "questions", "questions[1].right: there is no option c"),
    ],
)
def test_what_is_not_right_is_said_beside_its_field(
    kim_site: Client, fields: dict[str, str], field: str, words: str
) -> None:
    response = write(kim_site, **fields)
    assert response.status_code == 200
    assert words in str(response.context["adminform"].form.errors[field])
    assert not LeafletText.objects.filter(clinic__isnull=False).exists()


def test_the_preview_shows_the_page_in_the_width_of_a_phone_and_nothing_runs(
    kim_site: Client, publish: Publish
) -> None:
    body = "# Our page\n\n<script>alert(1)</script>\n\n![39 of 100](picture:people-39)"
    questions = shipped_leaflets()["your-mouth", "en"].questions
    page = kim_site.get(url(publish(timezone.now(), body=body, questions=questions), "preview"))
    shown = page.content.decode()
    assert '<div class="phone" lang="en">' in shown
    assert "<h1>Our page</h1>" in shown
    assert 'class="people" src="data:image/svg+xml' in shown
    assert "<script>alert(1)" not in shown
    assert questions[0].why in shown
    assert "no-store" in page["Cache-Control"]


LEFT_OUT = "sores for more than three days"


def test_author_and_reviewer_are_told_by_name_what_a_text_leaves_out(
    kim_site: Client, nurse_nina: Practitioner
) -> None:
    response = kim_site.post(ADD, {**NEW, "questions": ""}, follow=True)
    text = LeafletText.objects.get(title="Onze mond")
    nina = site_of(nurse_nina.user)
    pages = {"author": response, "reviewer": nina.get(url(text, "review")), "record": nina.get(url(text))}
    pages["preview"] = nina.get(url(text, "preview"))
    for who, page in pages.items():
        shown = page.content.decode()
        assert LEFT_OUT in shown, who
        assert "There is no question" in shown, who
    nina.post(url(text, "review"))
    for refused in (kim_site.get(url(text, "publish"), follow=True), kim_site.post(url(text, "publish"), follow=True)):
        said = unescape(refused.content.decode())
        assert "It cannot be published: patients would not learn when to call at once." in said
        assert LEFT_OUT in said
    assert text.steps.get().kind == "reviewed"


def test_a_whole_text_is_saved_without_a_warning(kim_site: Client) -> None:
    shipped = shipped_leaflets()["your-mouth", "nl"]
    fields = {"body": shipped.body, "questions": write_questions(shipped.questions)}
    assert "does not say" not in kim_site.post(ADD, {**NEW, **fields}, follow=True).content.decode()


NOT_REVIEWED = "not reviewed"


def test_what_no_clinician_has_reviewed_is_marked_in_the_list_and_the_preview(
    kim_site: Client, nurse_nina: Practitioner
) -> None:
    write(kim_site)
    text = LeafletText.objects.get(title="Onze mond")
    pages = (list_url(LeafletText), url(text), url(text, "preview"))
    assert all(NOT_REVIEWED in kim_site.get(page).content.decode() for page in pages)
    site_of(nurse_nina.user).post(url(text, "review"))
    assert not any(NOT_REVIEWED in kim_site.get(page).content.decode() for page in pages)


def test_offers_of_the_products_text_say_that_nobody_has_reviewed_it(kim_site: Client, ada: Patient) -> None:
    offer = LeafletOffer.objects.filter(patient=ada, slug="your-mouth")[0]
    for page in (list_url(LeafletOffer), url(offer)):
        assert NOT_REVIEWED in kim_site.get(page).content.decode()


def test_a_text_of_another_clinic_does_not_exist(lee_site: Client, publish: Publish) -> None:
    text = publish(timezone.now())
    for page in ("change", "history", "preview", "review", "publish", "withdraw", "revise"):
        assert lee_site.get(url(text, page)).status_code == 404, page
        assert lee_site.post(url(text, page)).status_code in (404, 405), page
    assert text.title not in lee_site.get(list_url(LeafletText)).content.decode()
    assert text.steps.count() == 2


def test_what_ships_is_no_clinics_to_edit(kim_site: Client, ada: Patient) -> None:
    shipped = LeafletText.objects.filter(clinic=None).first()
    assert shipped is not None, "ada was offered one"
    assert kim_site.get(url(shipped)).status_code == 404
    assert kim_site.post(url(shipped, "review")).status_code == 404


def test_only_clinicians_write_and_take_steps(
    clinic: Any, publish: Publish, nobody_site: Client, ada_site: Client
) -> None:
    text = publish(timezone.now())
    amy = site_of(make_practitioner(clinic, "amy", role=Role.ADMINISTRATOR).user)
    assert amy.get(url(text)).status_code == 200
    assert write(amy).status_code == 403
    assert amy.post(url(text, "withdraw")).status_code == 403
    for site in (nobody_site, ada_site):
        for address in (ADD, url(text), url(text, "preview"), url(text, "withdraw")):
            assert site.post(address).status_code == 401
    assert text.steps.count() == 2


@pytest.fixture
def misunderstood(ada: Patient) -> Misunderstanding:
    text = LeafletOffer.objects.filter(patient=ada, slug="your-mouth")[0].text
    assert text is not None
    mark_read(ada, text, uuid.uuid4(), timezone.now())
    for option in "ac":
        answer_question(ada, text, "first-sore", option, uuid.uuid4(), timezone.now())
    return Misunderstanding.objects.get()


def test_what_stays_wrong_is_shown_to_the_nurse_who_explains_it(
    kim_site: Client, misunderstood: Misunderstanding, nurse_kim: Practitioner
) -> None:
    assert "You see one small sore" in kim_site.get(list_url(Misunderstanding)).content.decode()
    page = kim_site.get(url(misunderstood)).content.decode()
    assert "I wait until it hurts more." in page
    assert "right: I start the mouth bath" in page
    assert "Have you explained" in kim_site.get(url(misunderstood, "explained")).content.decode()
    assert Misunderstanding.objects.open().exists()
    assert kim_site.post(url(misunderstood, "explained")).status_code == 302
    misunderstood.refresh_from_db()
    assert misunderstood.closed_by == nurse_kim
    assert "You see one small sore" not in kim_site.get(list_url(Misunderstanding)).content.decode()
    assert "You see one small sore" in kim_site.get(list_url(Misunderstanding), {"which": "all"}).content.decode()


def test_everything_taught_has_a_page_with_the_text_that_was_seen_for_the_own_clinic_only(
    kim_site: Client, lee_site: Client, ada: Patient, misunderstood: Misunderstanding
) -> None:
    records: list[Model] = [
        misunderstood,
        LeafletOffer.objects.filter(patient=ada, slug="your-mouth")[0],
        LeafletReading.objects.get(patient=ada),
        ada.teach_back_answers.all()[0],
    ]
    for record in records:
        assert "Sores in the mouth are common" in kim_site.get(url(record)).content.decode()
    for record in (*records, TeachingPlan.objects.get(course__patient=ada)):
        assert kim_site.get(list_url(type(record)), {"q": "a"}).status_code == 200
        assert kim_site.get(url(record)).status_code == 200
        assert lee_site.get(url(record)).status_code == 404
        assert "Ada" not in lee_site.get(list_url(type(record))).content.decode()
    assert lee_site.post(url(misunderstood, "explained")).status_code == 404
    assert Misunderstanding.objects.open().exists()


def test_an_offer_from_before_texts_were_kept_says_so(kim_site: Client, ada: Patient) -> None:
    offer = LeafletOffer.objects.filter(patient=ada)[0]
    LeafletOffer.objects.filter(pk=offer.pk).update(text=None)
    assert "not kept" in kim_site.get(url(offer)).content.decode()


def test_the_steps_of_a_text_have_pages(kim_site: Client, lee_site: Client, publish: Publish) -> None:
    step = publish(timezone.now()).steps.latest("pk")
    assert kim_site.get(url(step)).status_code == 200
    assert kim_site.get(list_url(type(step))).status_code == 200
    assert lee_site.get(url(step)).status_code == 404


def product_text(slug: str = "your-lungs", language: str = "de") -> str:
    return reverse("admin:education_leafletapproval_product", query={"slug": slug, "language": language})


def test_the_products_texts_are_read_from_the_list_and_approved_for_the_clinic(
    kim_site: Client, nurse_kim: Practitioner, lee_site: Client
) -> None:
    in_use, address = reverse("admin:education_leaflettext_in_use"), product_text()
    leaflet = shipped_leaflets()["your-lungs", "de"]
    assert escape(address) in kim_site.get(in_use).content.decode()
    page = kim_site.get(address).content.decode()
    assert leaflet.questions[0].text in unescape(page)
    assert leaflet.text_id in page
    kim_site.post(address, {"seen_hash": "0" * 64})
    assert not LeafletApproval.objects.exists(), "another text than that which was read"
    answer = kim_site.post(address, {"seen_hash": leaflet.text_id}, follow=True).content.decode()
    approval = LeafletApproval.objects.get()
    assert (approval.clinic, approval.approved_by, approval.role) == (nurse_kim.clinic, nurse_kim, "nurse")
    assert (approval.slug, approval.language, approval.version, approval.text_hash) == (
        "your-lungs", "de", leaflet.version, leaflet.text_id,
    )  # fmt: skip
    assert "approved by Kim Keller (nurse) on" in answer
    assert "approved by Kim Keller (nurse) on" in kim_site.get(in_use).content.decode()
    assert "approved by" not in lee_site.get(in_use).content.decode(), "each clinic for itself"
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        LeafletApproval.objects.update(role="oncologist")


def test_only_clinicians_approve_the_products_texts(clinic: Clinic) -> None:
    text_hash = shipped_leaflets()["your-lungs", "de"].text_id
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        site = site_of(make_practitioner(clinic, f"no-{role}", role=role).user)
        assert "seen_hash" not in site.get(product_text()).content.decode()
        assert site.post(product_text(), {"seen_hash": text_hash}).status_code == 403
    assert not LeafletApproval.objects.exists()


def test_a_text_that_the_product_does_not_have_is_404(kim_site: Client) -> None:
    assert kim_site.get(product_text("nothing")).status_code == 404


def test_the_leaflets_in_use_say_whose_text_it_is_and_whether_it_was_reviewed(
    kim_site: Client, nurse_kim: Practitioner, lee_site: Client
) -> None:
    address = reverse("admin:education_leaflettext_in_use")
    assert "the product&#x27;s text" in kim_site.get(address).content.decode()
    own = write_text(slug="your-mouth", language="en", title="Own", body=whole("# Own"), questions=(), by=nurse_kim)
    colleague = make_practitioner(nurse_kim.clinic, "colleague")
    assert "own text c1" not in kim_site.get(address).content.decode(), "a draft is shown to nobody"
    review_text(own, colleague, timezone.now())
    publish_text(own, colleague, timezone.now())
    page = kim_site.get(address).content.decode()
    assert "own text c1: reviewed on" in page
    assert reverse("admin:education_leaflettext_change", args=[own.pk]) in page
    assert "own text c1" not in lee_site.get(address).content.decode()
