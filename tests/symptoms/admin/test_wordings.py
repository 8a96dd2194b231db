"""A clinic approves what its patients read: one exact wording of one language, in a clinician's name."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from symptoms.clinical.rulesets import CURRENT
from symptoms.models import Practitioner, RulesetApproval, WordingApproval
from symptoms.wording import content_hash, sentences
from tests.cast import site_of

pytestmark = pytest.mark.django_db

WORDING = reverse("admin:symptoms_wordingapproval_wording")
RULES = reverse("admin:symptoms_rulesetapproval_rules")


def test_every_sentence_stands_beside_the_english_one(kim_site: Client) -> None:
    page = kim_site.get(WORDING, {"language": "nl"})
    rows = [[cell.words for cell in row] for row in page.context["sections"][0].rows]
    english = dict(sentences("en"))
    assert rows == [[place, english[place], words] for place, words in sentences("nl")]


def test_a_clinician_approves_the_wording_that_is_read(nurse_kim: Practitioner, kim_site: Client) -> None:
    assert "not approved" in kim_site.get(WORDING).content.decode()
    address = f"{WORDING}?language=nl"
    assert content_hash("nl") in kim_site.get(address).content.decode()
    said = kim_site.post(address, {"seen_hash": content_hash("nl")}, follow=True)
    assert "Approved by Kim Keller" in said.content.decode()
    approval = WordingApproval.objects.get()
    assert (approval.clinic, approval.language, approval.approved_by) == (nurse_kim.clinic, "nl", nurse_kim)
    kim_site.post(address, {"seen_hash": content_hash("nl")})
    assert WordingApproval.objects.count() == 1
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        WordingApproval.objects.update(language="fr")


def test_a_wording_that_has_changed_since_is_not_approved(kim_site: Client, nurse_kim: Practitioner) -> None:
    address = f"{WORDING}?language=nl"
    assert "has changed since" in kim_site.post(address, {"seen_hash": "0" * 64}, follow=True).content.decode()
    assert not WordingApproval.objects.exists()
    WordingApproval.objects.create(clinic=nurse_kim.clinic, language="nl", wording_hash="0" * 64, approved_by=nurse_kim)
    assert "Nobody of this clinic has approved" in kim_site.get(address).content.decode()


def test_an_approval_is_the_own_clinics(kim_site: Client, lee_site: Client) -> None:
    kim_site.post(f"{WORDING}?language=nl", {"seen_hash": content_hash("nl")})
    assert "Nobody of this clinic has approved" in lee_site.get(WORDING, {"language": "nl"}).content.decode()


def test_only_clinicians_approve(administrator: Practitioner) -> None:
    site = site_of(administrator.user)
    address = f"{WORDING}?language=nl"
    assert 'name="seen_hash"' not in site.get(address).content.decode()
    assert site.post(address, {"seen_hash": content_hash("nl")}).status_code == 403
    assert not WordingApproval.objects.exists()


def test_there_is_no_page_for_another_language(kim_site: Client) -> None:
    assert kim_site.get(WORDING, {"language": "xx"}).status_code == 404


def test_the_hash_tells_languages_and_wordings_apart() -> None:
    assert len({content_hash(language) for language in ("en", "fr", "nl", "de", "es")}) == 5


def test_the_rules_stand_with_thresholds_and_sources_and_who_approved_them(
    kim_site: Client, oncologist: Practitioner
) -> None:
    page = kim_site.get(RULES)
    rules, sources = page.context["sections"]
    assert [row[0].words for row in rules.rows] == [rule.id for rule in CURRENT.rules]
    assert {tag for rule in CURRENT.rules for tag in rule.sources} <= {row[0].words for row in sources.rows}
    assert "Nobody of this clinic has approved" in page.content.decode()
    assert 'name="seen_hash"' not in page.content.decode()
    assert 'name="seen_hash"' in site_of(oncologist.user).get(RULES).content.decode()
    RulesetApproval.objects.create(
        clinic=oncologist.clinic, ruleset=CURRENT.version, ruleset_hash=CURRENT.content_hash, approved_by=oncologist
    )
    assert f"Approved by {oncologist}" in kim_site.get(RULES).content.decode()
