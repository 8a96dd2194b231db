"""Many things, each done by itself: what fails for one is logged, and the others are done all the same."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import InterfaceError, OperationalError
from psycopg import errors

logger = logging.getLogger(__name__)

OF_ONE_ROW: Final = (errors.QueryCanceled, errors.LockNotAvailable, errors.DeadlockDetected)
"""What PostgreSQL refuses because of the rows of one: a statement or a lock that took too long."""


@contextmanager
def by_itself(failure: str, *names: object) -> Iterator[None]:
    """Go on after what is done within, also when it failed: then `failure` with these names stands in the log.

    Raises OperationalError and InterfaceError where it is the database itself that fails: the caller waits for it.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (OperationalError, InterfaceError)) and not isinstance(error.__cause__, OF_ONE_ROW):
            raise
        logger.exception(failure, *names)
