"""What the machine that calls the API has to know beyond its document."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies

schemathesis.openapi.format("iana-time-zone", strategies.sampled_from(["Europe/Brussels", "Pacific/Kiritimati", "UTC"]))
