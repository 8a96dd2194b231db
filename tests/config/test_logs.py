"""What PostgreSQL tells of a row never reaches a log, nor what an error tells of a value, nor a word of an address."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

import httpx
import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings
from rest_framework.test import APIClient

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


def line_of(error: BaseException, *args: object) -> str:
    """How a log tells of an error that was raised while another one was handled."""
    try:
        try:
            raise error
        except type(error) as first:
            raise RuntimeError("after zanzibar") from first
    except RuntimeError as raised:
        information = (type(raised), raised, raised.__traceback__)
    return LineFormatter().format(logging.LogRecord("a", logging.ERROR, __file__, 1, "failed %s", args, information))


@pytest.mark.parametrize(
    "error",
    [
        ValueError("zanzibar is no number"),
        KeyError("zanzibar"),
        DataError('invalid input syntax for type integer: "zanzibar"'),
        psycopg.DataError('invalid input syntax for type integer: "zanzibar"'),
        SMTPRecipientsRefused({"zanzibar@hospital.example": (550, b"unknown")}),
        httpx.HTTPError("https://push.example/zanzibar"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_that_speaks_of_a_value_is_told_by_its_kind_and_its_way(error: Exception) -> None:
    line = line_of(error, error)

    assert "zanzibar" not in line.replace('RuntimeError("after zanzibar")', "")
    assert line.count(type(error).__name__) == 2, "in the message and in the traceback"
    assert "which led to:" in line
    assert line.endswith("RuntimeError")
    assert "in line_of" in line


@pytest.mark.parametrize(
    "error",
    [OperationalError("connection refused"), ConnectionError("connection refused"), AttributeError("refused")],
    ids=lambda error: type(error).__name__,
)
def test_an_error_that_speaks_of_machines_is_told_whole(error: Exception) -> None:
    assert f"{type(error).__qualname__}: {error}" in line_of(error)


def test_a_task_that_fails_is_told_by_the_kind_of_its_error() -> None:
    error = ValueError("zanzibar")
    told = {"name": "erase", "exc": repr(error)}
    record = logging.LogRecord("celery", logging.ERROR, "", 1, "%(name)s: %(exc)s", (told,), (ValueError, error, None))

    assert "erase: ValueError\n" in LineFormatter().format(record)
    assert "zanzibar" not in LineFormatter().format(record)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/api/v1/devices/zanzibar's phone", "/api/v1/devices/<str:device_id>"),
        ("/api/v1/devices/zanzíbar", "/api/v1/devices/<str:device_id>"),
        ("/api/v1/zanzibar", "(no address of ours)"),
    ],
)
def test_an_address_is_named_by_its_pattern(caplog: pytest.LogCaptureFixture, address: str, name: str) -> None:
    APIClient().put(address, {})

    [line] = [LineFormatter().format(one) for one in caplog.records if one.name == "django.request"]
    assert line.endswith(f": {name}")


def test_an_error_of_a_page_is_logged_without_its_text(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    Client(raise_request_exception=False).get("/api/broken/zanzibar")

    [line] = [LineFormatter().format(one) for one in caplog.records if one.name == "django.request"]
    assert "Internal Server Error: /api/broken/<str:word>" in line
    assert "zanzibar" not in line


def broken(request: HttpRequest, word: str) -> HttpResponse:
    raise ValueError(word)


urlpatterns = [path("api/broken/<str:word>", broken)]
handler500 = "config.refusals.server_error"
