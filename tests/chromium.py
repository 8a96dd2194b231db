"""The browser of the machine's own distribution, for tests that need a real one."""

from __future__ import annotations

import os
import shutil
from typing import Final

import pytest

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER: Final = (
    "NO BROWSER: the clinician site was not looked at. Install chromium with the system's package manager; as root "
    "`make test` does."
)


def find_chromium() -> str | None:
    """The path of a browser on PATH; None when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def require_chromium() -> str:
    """The path of the browser. Without one the test is skipped, and the end of the run says so; under CI it fails."""
    found = find_chromium()
    if found is not None:
        return found
    if os.environ.get("CI"):
        pytest.fail(NO_BROWSER)
    pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The last word of a run without a browser."""
    if find_chromium() is None:
        terminalreporter.write_line(NO_BROWSER, red=True, bold=True)
