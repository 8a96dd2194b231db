"""What a phone's clock says is believed as far as it can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from symptoms.phone_clock import believable_moment, is_clock_wrong

RECEIVED = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("off", "is_believed", "is_wrong"),
    [
        (timedelta(0), True, False),
        (-timedelta(days=60), True, False),
        (-timedelta(days=60) - SECOND, False, True),
        (SECOND, False, False),
        (timedelta(minutes=5), False, False),
        (timedelta(minutes=5) + SECOND, False, True),
    ],
    ids=str,
)
def test_how_far_off_a_clock_may_be(off: timedelta, is_believed: bool, is_wrong: bool) -> None:
    claimed = RECEIVED + off

    assert believable_moment(claimed, RECEIVED) == (claimed if is_believed else RECEIVED)
    assert is_clock_wrong(claimed, RECEIVED) == is_wrong


def test_a_phone_that_says_no_time_is_right() -> None:
    assert believable_moment(None, RECEIVED) == RECEIVED
    assert not is_clock_wrong(None, RECEIVED)
