"""Nothing here talks to a broker: nudges are noted, and rows stay due."""

from __future__ import annotations

import pytest

from alerts import waking
from alerts.waking import Nudges
from tests.alerts.providers import providers

__all__ = ["providers"]


@pytest.fixture(autouse=True)
def nudged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the notifications that Celery was nudged about."""
    ids: list[str] = []
    monkeypatch.setattr(waking, "nudges", Nudges(publish=ids.append))
    return ids
