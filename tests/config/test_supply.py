"""What the product is made of can be written down, and what is not known of it is never taken for well."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from config import env
from tests.audit import judge

LOCKED = re.findall(
    r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", (env.BASE_DIR / "requirements.txt").read_text(), re.MULTILINE
)


@pytest.mark.slow
def test_the_list_of_parts_names_every_locked_one_and_is_the_same_each_time(tmp_path: Path) -> None:
    written = [tmp_path / "one.json", tmp_path / "other.json"]
    for file in written:
        subprocess.run(["make", "-s", "sbom", f"SBOM={file}"], cwd=env.BASE_DIR, check=True, capture_output=True)

    one, other = (file.read_bytes() for file in written)
    assert one == other
    assert {(part["name"], part["version"]) for part in json.loads(one)["components"]} == set(LOCKED)


@pytest.mark.parametrize(
    ("found", "status", "told"),
    [
        ({"vulns": []}, 0, "2 looked up, no weakness known"),
        ({"vulns": [{"id": "CVE-2026-1", "fix_versions": []}]}, 1, "b 2: CVE-2026-1"),
        (
            {"skip_reason": "not found on the index"},
            2,
            "1 of 2: b\nThe index that was asked says of the first: not found",
        ),
    ],
    ids=["sound", "weak", "unknown"],
)
def test_the_audit_tells_sound_from_weak_from_unknown(
    found: dict[str, object], status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = {"name": "a", "version": "1", "vulns": []}

    assert judge([sound, {"name": "b", "version": "2", **found}]) == status
    assert told in capsys.readouterr().out
