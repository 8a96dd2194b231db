"""What PostgreSQL tells of a row never reaches a log."""

from __future__ import annotations

import logging

import pytest
from django.db import IntegrityError, connection, transaction

from config.logs import LineFormatter
from symptoms.models import Clinic


@pytest.mark.django_db
def test_a_violated_constraint_is_logged_without_the_row() -> None:
    Clinic.objects.create(slug="north", name="Ward of Ada Lovelace")
    with (
        pytest.raises(IntegrityError, match="Ada Lovelace") as raised,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE symptoms_clinic SET slug = NULL")
    error = raised.value
    information = (type(error), error, error.__traceback__)
    line = LineFormatter().format(
        logging.LogRecord("a", logging.ERROR, __file__, 1, "failed %s", (error,), information)
    )
    assert "Ada Lovelace" not in line
    assert "violates not-null constraint" in line
    assert line.startswith("time=")
    assert " level=ERROR logger=a failed " in line


def test_the_rest_of_a_message_is_kept() -> None:
    record = logging.LogRecord("a", logging.INFO, __file__, 1, "one\nDETAIL:  Key (x)=(y)\n\ttwo\nthree", (), None)
    assert LineFormatter().format(record).splitlines()[1:] == ["DETAIL: (left out)", "three"]
