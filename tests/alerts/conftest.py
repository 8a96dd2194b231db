"""Nothing here talks to a broker: nudges are noted, and rows stay due."""

from __future__ import annotations

import pytest

from alerts import waking
from alerts.waking import Nudges
from tests.alerts.providers import providers

__all__ = ["providers"]


@pytest.fixture(autouse=True)
def nudged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tasks that Celery was nudged to do."""
    tasks: list[str] = []
    monkeypatch.setattr(waking, "nudges", Nudges(publish=lambda: tasks.append(waking.DELIVER_TASK)))
    return tasks
