"""The whole of the faults runs only when it is asked for: `make faults`, that is `pytest -m faults tests/faults`."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long faults unless the command line names their mark."""
    if "faults" in config.getoption("markexpr"):
        return
    skip = pytest.mark.skip(reason="runs under `make faults`")
    for item in items:
        if item.get_closest_marker("faults"):
            item.add_marker(skip)
