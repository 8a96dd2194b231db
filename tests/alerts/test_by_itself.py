"""What fails for one row stops no other; what fails for all is left to the caller."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError
from psycopg import errors

from alerts.by_itself import by_itself


def of_one_row(cause: type[Exception]) -> OperationalError:
    error = OperationalError("refused")
    error.__cause__ = cause()
    return error


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a zone that is none"),
        *map(of_one_row, (errors.QueryCanceled, errors.LockNotAvailable, errors.DeadlockDetected)),
    ],
    ids=repr,
)
def test_what_fails_for_one_is_logged_and_the_others_are_done(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    done = []
    for row in (1, 2, 3):
        with by_itself("not_done row=%s", row):
            if row == 2:
                raise error
            done.append(row)
    assert done == [1, 3]
    assert "not_done row=2" in caplog.text


@pytest.mark.parametrize("error", [OperationalError("away"), InterfaceError("closed")], ids=repr)
def test_a_database_that_is_away_is_left_to_the_caller(error: Exception) -> None:
    with pytest.raises(type(error)), by_itself("not_done row=%s", 1):
        raise error
