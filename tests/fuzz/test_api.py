"""The whole API against its own document: thousands of requests, right ones and wrong ones, to a real server.

No server error, no status or shape that the document does not name, no wrong body that is taken, no right one that
is refused. `make fuzz` runs it for longer.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from pytest_django.live_server_helper import LiveServer

from config import env
from config.limits import Limit
from symptoms.models import DeviceToken, Patient, Practitioner

DOCUMENT: Final = env.BASE_DIR / "docs" / "api" / "openapi.yaml"
OPERATIONS: Final[dict[str, Any]] = yaml.load(DOCUMENT.read_text(), Loader=yaml.CSafeLoader)["paths"]
EXAMPLES: Final = os.environ.get("FUZZ_EXAMPLES", "3")
"""Requests that are made up for each operation, besides those that its document calls for."""

ENDS_THE_SESSION: Final = "session_destroy"
NEEDS_WHAT_CANNOT_BE_MADE_UP: Final = {"activate_create", "leaflets_answers_create", "reminders_shown_create"}
"""A code of the clinic, a question of the very leaflet, a reminder that no withdrawn consent has cancelled before."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200), pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def as_fast_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine calls more often than a device may."""
    monkeypatch.setattr(Limit, "is_reached", lambda *_: False)


def fuzz(server: LiveServer, log: Path, *options: str) -> str:
    """Run all checks on every operation, with a fixed seed; `log` gets every request with its answer.

    Returns what was found, nothing when all is well.
    """
    program = Path(sys.executable).parent / "schemathesis"
    done = subprocess.run(
        [program, "--config-file", Path(__file__).with_name("schemathesis.toml"), "run", DOCUMENT,
         "--url", server.url, "--seed", "1", "--max-examples", EXAMPLES, "--no-color",
         "--report", "har", "--report-har-path", log, *options],
        cwd=env.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr if done.returncode else ""


def served(log: Path) -> set[str]:
    """The operations that answered with what was asked for at least once, by their ids."""
    routes = [
        (method.upper(), re.compile(r"https?://[^/]+" + re.sub(r"\{\w+\}", "[^/]+", path)), operation["operationId"])
        for path, operations in OPERATIONS.items()
        for method, operation in operations.items()
    ]
    answered = {
        (call["request"]["method"], call["request"]["url"].split("?")[0])
        for call in json.loads(log.read_text())["log"]["entries"]
        if 0 < call["response"]["status"] < 400
    }
    return {name for method, path, name in routes for verb, uri in answered if verb == method and path.fullmatch(uri)}


def test_a_patient(live_server: LiveServer, ada: Patient, nurse_kim: Practitioner, tmp_path: Path) -> None:
    _, token = DeviceToken.issue(ada.user, "test phone")
    log = tmp_path / "log.har"
    bearer = f"Authorization: Bearer {token}"

    found = fuzz(live_server, log, "--header", bearer, "--exclude-operation-id", ENDS_THE_SESSION)

    assert found == "", found
    everything = {operation["operationId"] for path in OPERATIONS.values() for operation in path.values()}
    assert everything - served(log) <= {ENDS_THE_SESSION} | NEEDS_WHAT_CANNOT_BE_MADE_UP


def test_nobody(live_server: LiveServer, nurse_kim: Practitioner, tmp_path: Path) -> None:
    log = tmp_path / "log.har"

    found = fuzz(live_server, log)

    assert found == "", found
    assert served(log) == set()
