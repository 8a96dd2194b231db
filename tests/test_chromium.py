"""Without a browser the tests of the site are skipped where one works alone, and fail under CI."""

from __future__ import annotations

import pytest

from tests.chromium import require_chromium


def test_a_missing_browser_is_a_skipped_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="NO BROWSER"):
        require_chromium()


def test_under_ci_it_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="NO BROWSER"):
        require_chromium()
