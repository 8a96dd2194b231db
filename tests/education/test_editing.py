"""A clinic's own text is written, reviewed by somebody else, and published; nothing that was seen ever changes."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from education import editing
from education.catalogue import Catalogue, parse_questions, shipped_leaflets
from education.editing import (
    CannotEdit,
    find_omissions,
    is_outdated,
    publish_text,
    review_text,
    starting_point,
    withdraw_text,
    write_text,
)
from education.models import LeafletText, TextStep
from education.texts import NoSuchText, find_shown, leaflets_of
from education.thresholds import thresholds
from symptoms.models import Patient, Practitioner
from tests.cast import make_clinic, make_practitioner
from tests.education.conftest import Publish, whole
from tests.education.test_catalogue import question_toml

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SHIPPED = shipped_leaflets()["your-mouth", "en"]
THE_PRODUCTS = SHIPPED.body.splitlines()[0]


def draft(by: Practitioner, slug: str = "your-mouth", language: str = "en", body: str = "# Ours") -> LeafletText:
    return write_text(slug=slug, language=language, title="Ours", body=body, questions=(), by=by)


def seen_by(patient: Patient) -> str:
    """The headline of what a patient is shown about the mouth."""
    return leaflets_of(patient)["your-mouth", patient.language].body.splitlines()[0]


def state_of(text: LeafletText) -> str:
    return LeafletText.objects.get(pk=text.pk).state


def test_only_a_published_text_is_shown_and_only_to_the_clinics_own_patients(
    ada: Patient, ben: Patient, nurse_kim: Practitioner, nurse_nina: Practitioner
) -> None:
    text = draft(nurse_kim, body=whole("# Ours"))
    assert (state_of(text), seen_by(ada)) == ("draft", THE_PRODUCTS)
    review_text(text, nurse_nina, NOW)
    assert (state_of(text), seen_by(ada)) == ("reviewed", THE_PRODUCTS)
    publish_text(text, nurse_kim, NOW)
    assert (state_of(text), seen_by(ada)) == ("published", "# Ours")
    assert seen_by(ben) == THE_PRODUCTS
    assert [(step.kind, step.taken_by) for step in TextStep.objects.filter(text=text)] == [
        ("reviewed", nurse_nina),
        ("published", nurse_kim),
    ]


@pytest.mark.parametrize(("slug", "language"), sorted(shipped_leaflets()))
def test_a_text_without_a_reason_to_call_at_once_reaches_nobody(
    slug: str, language: str, nurse_kim: Practitioner, nurse_nina: Practitioner
) -> None:
    text = draft(nurse_kim, slug=slug, language=language, body="# Ours")
    review_text(text, nurse_nina, NOW)
    if not (unsaid := [one.name for one in thresholds() if slug in one.leaflets]):
        publish_text(text, nurse_kim, NOW)
        return
    with pytest.raises(CannotEdit) as refused:
        publish_text(text, nurse_kim, NOW)
    assert [name for name in unsaid if name not in str(refused.value)] == []
    assert state_of(text) == "reviewed"


NO_QUESTION = "There is no question, so nobody learns whether the text was understood."


def test_what_a_text_leaves_out_is_named(nurse_kim: Practitioner) -> None:
    lines = [line for line in SHIPPED.body.splitlines() if "more than three days" not in line]
    bare = write_text(
        slug="your-mouth", language="en", title="Ours", body="\n".join(lines), questions=SHIPPED.questions, by=nurse_kim
    )
    assert find_omissions(bare) == ["It does not say: sores for more than three days."]
    assert find_omissions(draft(nurse_kim, slug="day-15-visit")) == [NO_QUESTION]
    assert len(find_omissions(draft(nurse_kim))) == 6


@pytest.mark.parametrize(("slug", "language"), sorted(shipped_leaflets()))
def test_the_products_own_texts_leave_nothing_out(slug: str, language: str, nurse_kim: Practitioner) -> None:
    start = starting_point(slug, language, nurse_kim)
    assert start is not None
    assert find_omissions(start) == []


def test_a_text_that_says_what_is_forbidden_is_not_written(nurse_kim: Practitioner) -> None:
    with pytest.raises(CannotEdit, match="never says “You are fine”"):
        draft(nurse_kim, body="# Ours\n\nYou are fine.")
    question = parse_questions("form", question_toml(why='"Then skip your tablets."'))
    with pytest.raises(CannotEdit, match="never says “skip your tablets”"):
        write_text(slug="your-mouth", language="en", title="Ours", body="# Ours", questions=question, by=nurse_kim)
    assert not LeafletText.objects.filter(clinic__isnull=False).exists()


def test_a_wrong_option_may_say_what_is_wrong(nurse_kim: Practitioner) -> None:
    asked = parse_questions("form", question_toml(options='["I skip my tablets", "I start the mouth bath"]'))
    write_text(slug="your-mouth", language="en", title="Ours", body="# Ours", questions=asked, by=nurse_kim)
    asked = parse_questions("form", question_toml(options='["I wait", "I skip my tablets"]'))
    with pytest.raises(CannotEdit, match="skip my tablets"):
        write_text(slug="your-mouth", language="en", title="Ours", body="# Ours", questions=asked, by=nurse_kim)


def test_a_forbidden_text_from_before_is_neither_reviewed_nor_published(
    nurse_kim: Practitioner, nurse_nina: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = draft(nurse_kim, body=whole("# Ours"))
    monkeypatch.setattr(editing, "forbidden_words", lambda *_: ["dose"])
    with pytest.raises(CannotEdit, match="never says “dose”"):
        review_text(text, nurse_nina, NOW)
    monkeypatch.undo()
    review_text(text, nurse_nina, NOW)
    monkeypatch.setattr(editing, "forbidden_words", lambda *_: ["dose"])
    with pytest.raises(CannotEdit, match="never says “dose”"):
        publish_text(text, nurse_nina, NOW)
    assert state_of(text) == "reviewed"


def test_a_text_is_reviewed_by_somebody_else_than_its_author(nurse_kim: Practitioner) -> None:
    text = draft(nurse_kim)
    with pytest.raises(CannotEdit, match="Somebody else than its author"):
        review_text(text, nurse_kim, NOW)
    assert state_of(text) == "draft"


def test_no_step_is_left_out_or_taken_twice(nurse_kim: Practitioner, nurse_nina: Practitioner) -> None:
    text = draft(nurse_kim, body=whole("# Ours"))
    steps = {"review": review_text, "publish": publish_text, "withdraw": withdraw_text}
    for taken, allowed in (("draft", "review"), ("reviewed", "publish"), ("published", "withdraw"), ("withdrawn", "")):
        assert state_of(text) == taken
        for name, step in steps.items():
            if name != allowed:
                with pytest.raises(CannotEdit, match="has been changed"):
                    step(text, nurse_nina, NOW)
        if allowed:
            steps[allowed](text, nurse_nina, NOW)


def test_a_correction_is_a_new_version_and_the_latest_published_is_shown(ada: Patient, publish: Publish) -> None:
    texts = [publish(NOW + timedelta(days=day), body=f"# Version {day}") for day in range(3)]
    assert [text.version for text in texts] == ["c1", "c2", "c3"]
    assert seen_by(ada) == "# Version 2"
    kept = {text.body.splitlines()[0] for text in LeafletText.objects.filter(clinic=ada.clinic)}
    assert kept == {"# Version 0", "# Version 1", "# Version 2"}


def test_a_withdrawn_text_brings_back_the_products_own_and_no_earlier_one(
    ada: Patient, publish: Publish, nurse_kim: Practitioner
) -> None:
    publish(NOW, body="# Wrong")
    withdraw_text(publish(NOW + timedelta(days=1), body="# Right"), nurse_kim, NOW + timedelta(days=2))
    assert seen_by(ada) == THE_PRODUCTS


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_a_text_and_its_steps_never_change(publish: Publish, statement: str) -> None:
    text = publish(NOW)
    for row in (text, text.steps.latest("pk")):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            connection.cursor().execute(statement.format(row._meta.db_table))


def test_a_translation_is_shown_in_its_language_only(ada: Patient, publish: Publish) -> None:
    publish(NOW, language="nl", body="# Onze mond")
    assert seen_by(ada) == THE_PRODUCTS
    ada.language = "nl"
    assert seen_by(ada) == "# Onze mond"


def test_a_text_keeps_topics_and_takes_its_own_questions(ada: Patient, publish: Publish) -> None:
    publish(NOW, questions=parse_questions("form", question_toml()))
    leaflet = leaflets_of(ada)["your-mouth", "en"]
    assert leaflet.topics == SHIPPED.topics
    assert [question.id for question in leaflet.questions] == ["first-sore"]


def test_a_published_text_carries_the_day_of_its_review(ada: Patient, publish: Publish) -> None:
    assert leaflets_of(ada)["your-mouth", "en"].reviewed is None
    publish(NOW)
    assert leaflets_of(ada)["your-mouth", "en"].reviewed == NOW.date()


def test_only_leaflets_of_the_product_can_be_written_anew(nurse_kim: Practitioner) -> None:
    with pytest.raises(CannotEdit, match="no leaflet parking"):
        draft(nurse_kim, slug="parking")


def test_one_begins_with_the_clinics_latest_else_with_the_products(nurse_kim: Practitioner) -> None:
    start = starting_point("your-mouth", "fr", nurse_kim)
    assert start is not None
    assert start.body == shipped_leaflets()["your-mouth", "fr"].body
    draft(nurse_kim, language="fr", body="# Un")
    latest = draft(nurse_kim, language="fr", body="# Deux")
    assert starting_point("your-mouth", "fr", nurse_kim) == latest
    assert starting_point("parking", "fr", nurse_kim) is None


def test_a_text_says_when_the_products_own_has_changed_since(
    nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = draft(nurse_kim)
    assert not is_outdated(text)
    newer = type(SHIPPED)(**{name: getattr(SHIPPED, name) for name in SHIPPED.__slots__} | {"version": "99"})
    catalogue: Catalogue = {**shipped_leaflets(), ("your-mouth", "en"): newer}
    monkeypatch.setattr(editing, "shipped_leaflets", lambda: catalogue)
    assert is_outdated(text)


def test_a_leaflet_that_the_product_no_longer_has_is_not_shown(
    ada: Patient, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(NOW)
    rest = {key: leaflet for key, leaflet in shipped_leaflets().items() if key[0] != "your-mouth"}
    monkeypatch.setattr("education.texts.shipped_leaflets", lambda: rest)
    assert ("your-mouth", "en") not in leaflets_of(ada)


def test_the_text_that_was_shown_is_found_again_by_its_id(ada: Patient, publish: Publish) -> None:
    old = publish(NOW, body="# Old")
    publish(NOW + timedelta(days=1), body="# New")
    current = leaflets_of(ada)["your-mouth", "en"]
    french = shipped_leaflets()["your-mouth", "fr"]
    assert find_shown(ada, current, old.text_id) == old
    assert find_shown(ada, current, None).body.startswith("# New\n")
    assert find_shown(ada, current, french.text_id).language == "fr"


def test_a_text_of_another_clinic_or_leaflet_cannot_have_been_seen(ben: Patient, publish: Publish) -> None:
    theirs = publish(NOW)
    current = leaflets_of(ben)["your-mouth", "en"]
    for text_id in (theirs.text_id, shipped_leaflets()["your-lungs", "en"].text_id, "0" * 64):
        with pytest.raises(NoSuchText):
            find_shown(ben, current, text_id)


@pytest.mark.django_db(transaction=True)
def test_drafts_written_at_once_get_numbers_of_their_own() -> None:
    kim = make_practitioner(make_clinic("c"), "kim")
    barrier, failures = threading.Barrier(4), []

    def write() -> None:
        barrier.wait()
        try:
            draft(kim)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(LeafletText.objects.filter(clinic=kim.clinic).values_list("version", flat=True)) == [
        "c1",
        "c2",
        "c3",
        "c4",
    ]
