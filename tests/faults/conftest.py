"""The whole of the faults runs only when it is asked for: `make faults`, that is `pytest -m faults tests/faults`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.ledger import Row, write_table
from tests.faults.site import Site, running_site

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
        write_table(sorted(ROWS, key=lambda row: int(row.fault.split()[0].removeprefix("F"))))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all faults; each begins with a clean start."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def note() -> Callable[[Row], None]:
    """Keep what a fault did for the table, and say it while the others still run."""

    def keep(row: Row) -> None:
        ROWS.append(row)
        print(f"\n{row}", flush=True)

    return keep
