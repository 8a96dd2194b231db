"""The whole of the faults runs only when it is asked for: `make faults`, that is `pytest -m faults tests/faults`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alerts import waking
from alerts.waking import Nudges
from tests.faults.ledger import Row, write_table
from tests.faults.site import Site, running_site
from tests.servers import TEST_DIR

ROWS: list[Row] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long faults unless the command line names their mark."""
    if "faults" in config.getoption("markexpr"):
        return
    skip = pytest.mark.skip(reason="runs under `make faults`")
    for item in items:
        if item.get_closest_marker("faults"):
            item.add_marker(skip)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The table is made by the run itself."""
    if "faults" in session.config.getoption("markexpr") and ROWS:
        write_table(ROWS)


@pytest.fixture(autouse=True)
def no_nudges(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process nudges no worker: one that another test has started would send what is looked at here."""
    monkeypatch.setattr(waking, "nudges", Nudges(publish=lambda: None))


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """One site for all faults; each begins with a clean start.

    Not below pytest's own folder: another run closes that to the user that PostgreSQL runs as.
    """
    with (
        tempfile.TemporaryDirectory(prefix="faults-", dir=TEST_DIR.parent) as folder,
        running_site(Path(folder)) as site,
    ):
        yield site


@pytest.fixture
def note() -> Callable[[Row], None]:
    """Keep what a fault did for the table, and say it while the others still run."""

    def keep(row: Row) -> None:
        ROWS.append(row)
        print(f"\n{row}", flush=True)

    return keep
