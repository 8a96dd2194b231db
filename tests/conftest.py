"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import CommandError
from django.test import TransactionTestCase
from django.utils import translation
from psycopg.errors import DeadlockDetected

pytest_plugins = ["tests.cast", "tests.running", "tests.chromium", "tests.prepared"]

TRIES: Final = 4


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes seconds comes first, or one process ends alone with it; the browser has all its tests in one go."""
    items.sort(key=lambda item: ("tests/browser/" not in item.nodeid, item.get_closest_marker("slow") is None))


@pytest.fixture(autouse=True)
def every_test_begins_in_the_same_language() -> Iterator[None]:
    """A request leaves the language it was answered in to its thread, and here the next test is in that thread."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def passwords_cost_little() -> Iterator[None]:
    """The hash of production in a thousandth of its rounds, each password a fifth of a second less."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", PBKDF2PasswordHasher.iterations // 1000)
        yield


@pytest.fixture(autouse=True, scope="session")
def empty_database_after_a_deadlock() -> Iterator[None]:
    """Empties the database once more when that met a server or a worker which was still finishing a request.

    PostgreSQL ends one of the two, and what is asked again has nobody in its way.
    """
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # missing in the stubs

    def empty_again(self: Any) -> None:
        for _ in range(TRIES):
            try:
                empty(self)
            except CommandError as error:
                if not isinstance(getattr(error.__cause__, "__cause__", None), DeadlockDetected):
                    raise
            else:
                return
        empty(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_again)
        yield
