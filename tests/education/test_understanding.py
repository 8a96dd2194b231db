"""Reading and understanding are kept as proof, and what stays wrong is shown to the nurse."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from education.catalogue import shipped_leaflets
from education.models import LeafletOffer, LeafletReading, LeafletText, Misunderstanding, TeachBackAnswer
from education.texts import keep_texts
from education.understanding import NoSuchAnswer, answer_question, close_misunderstanding, mark_read
from symptoms.flow.report import ClientIdConflict
from symptoms.models import Patient, Practitioner
from tests.cast import make_clinic, make_patient

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def text_of(slug: str, language: str = "en") -> LeafletText:
    leaflet = shipped_leaflets()[slug, language]
    return keep_texts([leaflet])[leaflet.text_id]


def answer(patient: Patient, option: str, question: str = "first-sore", days: int = 0) -> TeachBackAnswer:
    moment = NOW + timedelta(days=days)
    return answer_question(patient, text_of("your-mouth"), question, option, uuid.uuid4(), moment)


def still_wrong(patient: Patient) -> list[str]:
    return [one.question for one in Misunderstanding.objects.open().filter(patient=patient)]


def test_the_first_reading_of_an_offer_counts_and_every_reading_is_kept(ada: Patient, ben: Patient) -> None:
    LeafletOffer.objects.filter(patient=ada, slug="your-mouth").exclude(occasion__endswith="day-1").delete()
    for day in (0, 1):
        mark_read(ada, text_of("your-mouth"), uuid.uuid4(), NOW + timedelta(days=day))
    assert LeafletOffer.objects.get(patient=ada, slug="your-mouth").read_at == NOW
    assert LeafletReading.objects.filter(patient=ada).count() == 2
    assert not LeafletOffer.objects.filter(patient=ben).exclude(read_at=None).exists()


def test_a_reading_holds_the_exact_text(ada: Patient) -> None:
    reading = mark_read(ada, text_of("your-lungs", "de"), uuid.uuid4(), NOW)
    assert reading.text.body == shipped_leaflets()["your-lungs", "de"].body


def test_a_leaflet_that_was_found_and_not_offered_counts_too(ada: Patient) -> None:
    LeafletOffer.objects.filter(patient=ada).delete()
    mark_read(ada, text_of("your-lungs"), uuid.uuid4(), NOW)
    offer = LeafletOffer.objects.get(patient=ada)
    assert (offer.slug, offer.occasion, offer.offered_at, offer.read_at) == ("your-lungs", "found", NOW, NOW)
    assert offer.text == text_of("your-lungs")


def test_a_repeated_reading_is_the_same_and_with_another_text_a_conflict(ada: Patient) -> None:
    client_id = uuid.uuid4()
    first = mark_read(ada, text_of("your-lungs"), client_id, NOW)
    assert mark_read(ada, text_of("your-lungs"), client_id, NOW + timedelta(days=1)) == first
    with pytest.raises(ClientIdConflict):
        mark_read(ada, text_of("your-mouth"), client_id, NOW)
    assert LeafletReading.objects.count() == 1


def test_a_reading_without_a_client_id_counts_once_for_each_text(ada: Patient) -> None:
    for text in (text_of("your-lungs"), text_of("your-lungs"), text_of("your-lungs", "fr")):
        mark_read(ada, text, None, NOW)
    assert LeafletReading.objects.count() == 2


def test_a_right_answer_is_kept_and_shown_to_nobody(ada: Patient) -> None:
    assert answer(ada, "b").is_right
    assert still_wrong(ada) == []


def test_one_wrong_answer_is_explained_and_two_are_shown_to_the_nurse(ada: Patient) -> None:
    assert not answer(ada, "a").is_right
    assert still_wrong(ada) == []
    answer(ada, "c", days=1)
    assert still_wrong(ada) == ["first-sore"]
    answer(ada, "a", days=2)
    assert Misunderstanding.objects.count() == 1


def test_wrong_answers_to_two_questions_are_not_one_misunderstanding(ada: Patient) -> None:
    answer(ada, "a", "first-sore")
    answer(ada, "a", "how-many")
    assert still_wrong(ada) == []


def test_a_right_answer_in_between_starts_anew(ada: Patient) -> None:
    for day, option in enumerate("aba"):
        answer(ada, option, days=day)
    assert still_wrong(ada) == []


def test_a_right_answer_closes_it_without_a_name(ada: Patient) -> None:
    for day, option in enumerate("acb"):
        answer(ada, option, days=day)
    closed = Misunderstanding.objects.get(patient=ada)
    assert (closed.closed_at, closed.closed_by) == (NOW + timedelta(days=2), None)


def test_a_clinician_closes_it_once(ada: Patient, nurse_kim: Practitioner) -> None:
    for option in "aa":
        answer(ada, option)
    found = Misunderstanding.objects.get(patient=ada)
    for day in (0, 1):
        close_misunderstanding(found, nurse_kim, NOW + timedelta(days=day))
    found.refresh_from_db()
    assert (found.closed_at, found.closed_by) == (NOW, nurse_kim)
    answer(ada, "c", days=2)
    assert still_wrong(ada) == ["first-sore"], "wrong again after it was explained"


def test_an_answer_is_counted_over_versions_and_languages(ada: Patient) -> None:
    answer_question(ada, text_of("your-mouth", "fr"), "first-sore", "a", uuid.uuid4(), NOW)
    answer(ada, "a")
    assert still_wrong(ada) == ["first-sore"]


@pytest.mark.parametrize(("question", "option", "field"), [("no-such", "a", "question"), ("first-sore", "d", "option")])
def test_what_was_not_asked_cannot_be_answered(ada: Patient, question: str, option: str, field: str) -> None:
    with pytest.raises(NoSuchAnswer) as refusal:
        answer(ada, option, question)
    assert refusal.value.field == field


def test_a_repeated_answer_is_the_same_and_another_one_a_conflict(ada: Patient) -> None:
    client_id, text = uuid.uuid4(), text_of("your-mouth")
    first = answer_question(ada, text, "first-sore", "a", client_id, NOW)
    assert answer_question(ada, text, "first-sore", "a", client_id, NOW) == first
    with pytest.raises(ClientIdConflict):
        answer_question(ada, text, "first-sore", "b", client_id, NOW)
    assert still_wrong(ada) == [], "a repeat is no second wrong answer"


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [LeafletText, LeafletReading, TeachBackAnswer])
def test_what_was_seen_and_said_cannot_be_changed(ada: Patient, model: type[LeafletText], statement: str) -> None:
    mark_read(ada, text_of("your-mouth"), uuid.uuid4(), NOW)
    answer(ada, "b")
    assert model.objects.exists()
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        connection.cursor().execute(statement.format(model._meta.db_table))


Act = Callable[[Patient, uuid.UUID], object]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("act", "model"),
    [
        (lambda ada, key: mark_read(ada, text_of("your-lungs"), key, NOW), LeafletReading),
        (lambda ada, key: answer_question(ada, text_of("your-mouth"), "first-sore", "a", key, NOW), TeachBackAnswer),
    ],
)
def test_the_same_tap_at_once_counts_once(act: Act, model: type[LeafletReading]) -> None:
    patient, client_id = make_patient(make_clinic("c"), "Ada"), uuid.uuid4()
    barrier, failures = threading.Barrier(4), []

    def tap() -> None:
        barrier.wait()
        try:
            act(patient, client_id)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert model.objects.filter(patient=patient).count() == 1
