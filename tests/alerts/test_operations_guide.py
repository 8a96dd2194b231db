"""The operations guide says what to do about everything that the audit can find."""

from __future__ import annotations

import re

from alerts.watchdog import MEANINGS
from config import env


def test_every_finding_of_the_audit_is_explained() -> None:
    guide = (env.BASE_DIR / "docs" / "operations.md").read_text()
    night = guide.split("## At three in the morning")[1].split("\n## ")[0]
    explained = set(re.findall(r"^\| `([a-z_]+)` \|", night, re.MULTILINE))
    assert explained == MEANINGS.keys() | {"database"}
