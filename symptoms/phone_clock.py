"""How far a phone's clock is believed. What it says is always kept, and never lowers an urgency."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

OLDEST_OFFLINE: Final = timedelta(days=60)
"""What claims to be older than this has a wrong clock: the moment of receipt counts."""

TOLERATED: Final = timedelta(minutes=5)
"""A clock that is off by less is right enough: not worth a clinician's look, and no proof of what came first."""

STEADY: Final = timedelta(seconds=5)
"""By how much the way of a message to us may vary."""

UNREADABLE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a time that could not be read; a phone without a clock says it too. It is never believed."""


def believable_moment(claimed: datetime | None, received: datetime) -> datetime:
    """When something happened: as the phone says, unless that lies ahead or absurdly far back."""
    if claimed is None or not received - OLDEST_OFFLINE <= claimed <= received:
        return received
    return claimed


def was_written_before(claimed: datetime | None, moment: datetime, received: datetime) -> bool:
    """Whether a phone says that something was written before a moment, by more than a clock may be off."""
    return claimed is not None and believable_moment(claimed, received) < moment - TOLERATED


def is_slow_as_before(claimed: datetime, received: datetime, before: tuple[datetime, datetime]) -> bool:
    """Whether a phone says the same time too early as with the message `before`, of which it is (claimed, received).

    A clock that is slow is slow by the same each time. Messages that waited for a network waited for different times,
    or come in one go: those tell nothing of a clock.
    """
    claimed_before, received_before = before
    if received - received_before <= STEADY:
        return False
    return abs((received - claimed) - (received_before - claimed_before)) <= STEADY


def is_clock_wrong(claimed: datetime | None, received: datetime) -> bool:
    """Whether a clinician should know that the phone's time cannot be: ahead, or more than 60 days back."""
    return claimed is not None and not received - OLDEST_OFFLINE <= claimed <= received + TOLERATED
