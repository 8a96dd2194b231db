"""Prepared statements give and write what Django's own would."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, DurationField, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from symptoms.models import Clinic, Conversation, Message, Patient, TreatmentCourse
from symptoms.prepared import Prepared, PreparedInsert, PreparedUpdate, Together, each, write_together
from tests.cast import make_patient

OF_PATIENT = Prepared(lambda pk: Patient.objects.select_related("clinic").filter(pk=pk))


def talk_of(patient: Patient) -> Conversation:
    now = timezone.now()
    return Conversation(
        patient=patient,
        client_id=uuid.uuid4(),
        language="en",
        dialogue_version="x",
        started_at=now,
        last_message_at=now,
    )


def test_a_row_is_read_with_what_belongs_to_it_by_one_statement(ada: Patient) -> None:
    ada.preferences = {"push": False}
    ada.save()

    with CaptureQueriesContext(connection) as statements:
        read = OF_PATIENT.get(pk=ada.pk)
        assert (read.clinic.name, read.preferences, read.email) == ("Clinic North", {"push": False}, ada.email)

    assert read == ada
    assert len(statements) == 1


def test_rows_read_together_are_those_that_are_read_one_by_one(ada: Patient, ben: Patient) -> None:
    """Keys, moments, days, times of day, exact numbers, JSON, encrypted words, and what is empty."""
    course = TreatmentCourse.objects.get(patient=ada)
    TreatmentCourse.objects.filter(pk=course.pk).update(starting_dose_mg="7.50")
    ada.preferences = {"push": False}
    ada.save()
    courses = Prepared(lambda pk: TreatmentCourse.objects.filter(patient=pk))
    newest = Prepared(lambda pk, other: Patient.objects.filter(pk__in=[pk, other]).order_by("-full_name"))

    with CaptureQueriesContext(connection) as statements:
        [read], [also], of_nobody, both = Together(
            OF_PATIENT, courses, Prepared(lambda none: Patient.objects.filter(pk=none)), newest
        ).all(pk=ada.pk, none=uuid.uuid4(), other=ben.pk)
        assert read.clinic.name == "Clinic North"

    assert len(statements) == 1
    assert (of_nobody, both) == ([], [ben, ada])
    for row, stored in [(read, ada), (also, course), (read.clinic, ada.clinic)]:
        stored.refresh_from_db()
        for field in stored._meta.local_concrete_fields:
            value, expected = getattr(row, field.attname), getattr(stored, field.attname)
            assert (type(value), value) == (type(expected), expected), field.name


def test_a_kind_of_value_that_json_would_change_is_not_read_together(ada: Patient) -> None:
    waited = Value(timedelta(days=1), output_field=DurationField())
    together = Together(Prepared(lambda pk: Patient.objects.filter(pk=pk).annotate(waited=waited)))

    with pytest.raises(NotImplementedError):
        together.all(pk=ada.pk)


def test_each_call_has_its_own_values(ada: Patient, ben: Patient) -> None:
    assert [OF_PATIENT.get(pk=one.pk) for one in (ada, ben, ada)] == [ada, ben, ada]


def test_a_row_that_is_not_there_is_none_or_an_error(ada: Patient) -> None:
    assert OF_PATIENT.first(pk=uuid.uuid4()) is None
    with pytest.raises(Patient.DoesNotExist):
        OF_PATIENT.get(pk=uuid.uuid4())


def test_a_list_of_values_may_be_empty(ada: Patient, clinic: Clinic) -> None:
    of_any = Prepared(lambda pks: Patient.objects.filter(pk__in=each(pks, "uuid")).order_by("full_name"))
    anna = make_patient(clinic, "Anna Abel")

    assert of_any.all(pks=[ada.pk, anna.pk]) == [ada, anna]
    assert of_any.all(pks=[]) == []


def test_annotations_and_left_out_fields_are_those_of_the_query(ada: Patient) -> None:
    of_clinic = Prepared(lambda pk: Clinic.objects.filter(pk=pk).annotate(size=Count("patients")).only("name"))

    read = of_clinic.get(pk=ada.clinic_id)

    assert read.size == 1  # type: ignore[attr-defined]  # the annotation
    assert read.get_deferred_fields() >= {"slug", "phone"}


def test_what_is_inserted_reads_back_the_same(ada: Patient) -> None:
    (talk,) = PreparedInsert(Conversation)(talk_of(ada))
    texts = ["first", "second"]
    messages = [
        Message(conversation=talk, number=number, sender="bot", text=text, created_at=timezone.now())
        for number, text in enumerate(texts)
    ]

    PreparedInsert(Message)(*messages)

    assert list(talk.messages.order_by("number").values_list("pk", flat=True)) == [one.pk for one in messages]
    assert [one.text for one in talk.messages.order_by("number")] == texts
    assert Conversation.objects.get() == talk
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM symptoms_message WHERE text LIKE '%first%'")
        assert cursor.fetchone() == (0,), "words are encrypted"


def test_an_update_writes_the_named_fields_alone(ada: Patient) -> None:
    (talk,) = PreparedInsert(Conversation)(talk_of(ada))
    talk.language, talk.message_count = "nl", 7

    PreparedUpdate(Conversation, "message_count")(talk)

    stored = Conversation.objects.get()
    assert (stored.language, stored.message_count) == ("en", 7)
    PreparedUpdate(Conversation)(talk)
    assert Conversation.objects.get().language == "nl"


def test_what_is_there_already_is_left_and_told(ada: Patient) -> None:
    insert, first, second = PreparedInsert(Conversation), talk_of(ada), talk_of(ada)
    second.status = "closed"

    assert insert.where_new(first)
    assert not insert.where_new(first, second)

    assert set(Conversation.objects.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_the_database_gives_the_values_that_are_its_own(ada: Patient) -> None:
    (talk,) = PreparedInsert(Conversation, started_at="STATEMENT_TIMESTAMP()")(talk_of(ada))

    assert Conversation.objects.get().started_at == talk.started_at


@pytest.mark.parametrize("is_met", [True, False])
def test_a_row_is_inserted_only_after_what_has_to_come_first(ada: Patient, *, is_met: bool) -> None:
    (talk,) = PreparedInsert(Conversation)(talk_of(ada))
    message = Message(conversation=talk, number=1, sender="patient", text="x", created_at=timezone.now())
    first = "UPDATE symptoms_conversation SET message_count = message_count + 1 WHERE id = %s AND message_count = %s"

    assert PreparedInsert(Message).after(f"{first} RETURNING id", [talk.pk, 0 if is_met else 1], message) == is_met

    talk.refresh_from_db()
    assert (talk.message_count, talk.messages.count()) == (is_met, is_met)
    assert message._state.adding != is_met


def test_several_writes_are_one_statement(ada: Patient) -> None:
    (talk,) = PreparedInsert(Conversation)(talk_of(ada))
    message = Message(conversation=talk, number=1, sender="bot", text="x", created_at=timezone.now())
    talk.message_count = 1

    with CaptureQueriesContext(connection) as statements:
        write_together(PreparedInsert(Message).of(message), PreparedUpdate(Conversation, "message_count").of(talk))

        write_together()

    assert len(statements) == 1
    assert talk.messages.get() == message
    assert Conversation.objects.get().message_count == 1


def test_constraints_hold(ada: Patient) -> None:
    PreparedInsert(Conversation)(talk_of(ada))

    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedInsert(Conversation)(talk_of(ada))


def test_a_query_finds_what_changed_since_it_was_prepared(ada: Patient) -> None:
    since = Prepared(lambda moment: Patient.objects.filter(created_at__gt=moment))

    assert since.all(moment=timezone.now()) == []
    assert since.all(moment=timezone.now() - timedelta(days=1)) == [ada]


def test_nothing_wraps_every_statement() -> None:
    """It would send each through Django's cursor, which is a third of what a statement costs."""
    assert connection.execute_wrappers == []
