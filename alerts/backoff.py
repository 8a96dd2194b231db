"""How long to wait before trying again. PURE."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Final

WAITS_SECONDS: Final = (2, 5, 10, 20, 30, 40, 50, 60)
JITTER: Final = 0.2
"""Each wait is up to this part shorter or longer, so that many senders do not come back together."""


def wait_after(attempt_number: int) -> timedelta:
    """The wait after the n-th failed attempt (n from 1): 2, 5, 10, 20, 30 ... 60 seconds, then 60 for ever."""
    seconds = WAITS_SECONDS[min(attempt_number, len(WAITS_SECONDS)) - 1]
    return timedelta(seconds=seconds * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311  (spreads senders, hides nothing)
