"""How a log line looks, and what it never contains."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator, Mapping
from smtplib import SMTPException
from traceback import format_tb
from types import TracebackType
from typing import Any, Final

import psycopg
import redis
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, DataError
from django.http import HttpRequest

_ROW_CONTENTS: Final = re.compile(r"^(DETAIL|CONTEXT|PARAMETERS?|QUERY|STATEMENT):.*(\n[ \t]+.*)*", re.MULTILINE)

SPEAK_OF_MACHINES: Final = (
    DatabaseError, psycopg.Error, redis.RedisError, OSError,
    ImproperlyConfigured, ImportError, NameError, AttributeError,
)  # fmt: skip
"""Errors whose text is about servers, files and code."""

SPEAK_OF_VALUES: Final = (DataError, psycopg.DataError, SMTPException)
"""Those among them that name what was written, or to whom."""

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """`time=... level=... logger=... ` and the message.

    PostgreSQL adds the contents of the row to what it says of a violated constraint: names, numbers, what a patient
    wrote. They are cut out of tracebacks and messages. The text of an error may be the value that it was about, so only
    its kind is told unless it speaks of machines. An address is named by its pattern: the rest is the caller's word.
    """

    def __init__(self) -> None:
        super().__init__(
            "time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z"
        )

    def format(self, record: logging.LogRecord) -> str:
        told = copy.copy(record)
        told.args, told.exc_text = _told(record), None
        return super().format(told)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        return _without_row_contents(super().formatMessage(record))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802  (logging's name)
        return _without_row_contents("\n".join(_lines_of(ei[1]))) if ei[1] else ""


def _told(record: logging.LogRecord) -> Any:
    """What is put into the message, without the texts of errors and the words of addresses."""
    args = record.args
    if isinstance(args, Mapping):  # Celery tells so of tasks, and writes the error out itself
        return {**args, "exc": kind_of(record.exc_info[1])} if record.exc_info and record.exc_info[1] else args
    names = _names_of_address(getattr(record, "request", None))
    return tuple(
        kind_of(one) if isinstance(one, BaseException) else names.get(one, one) if isinstance(one, str) else one
        for one in args or ()
    )


def _names_of_address(request: Any) -> dict[str, str]:
    """The address of a request, as it is and as Django logs it, to the pattern that it fits."""
    if not isinstance(request, HttpRequest):
        return {}
    name = f"/{request.resolver_match.route}" if request.resolver_match else "(no address of ours)"
    return dict.fromkeys((request.path, request.path.encode("unicode_escape").decode("ascii")), name)


def _lines_of(error: BaseException) -> Iterator[str]:
    """An error after those that led to it, each with the way it came."""
    if error.__cause__ is not None or (error.__context__ is not None and not error.__suppress_context__):
        yield from _lines_of(error.__cause__ or error.__context__)  # type: ignore[arg-type]  # one of them is there
        yield "which led to:"
    yield "".join(["Traceback (most recent call last):\n", *format_tb(error.__traceback__), kind_of(error)])


def kind_of(error: BaseException) -> str:
    """The kind of an error, with its text where that speaks of machines."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if not isinstance(error, SPEAK_OF_MACHINES) or isinstance(error, SPEAK_OF_VALUES):
        return name
    return f"{name}: {error}"


def _without_row_contents(text: str) -> str:
    return _ROW_CONTENTS.sub(r"\1: (left out)", text)
