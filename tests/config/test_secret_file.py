"""The local secret is made once, whole, and for its owner alone."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.secret_file import kept_secret


def test_it_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret"
    assert len(kept_secret(path)) >= 50
    assert kept_secret(path) == path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_an_empty_file_is_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.touch()
    assert len(kept_secret(path)) >= 50


def test_all_who_make_it_at_once_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: kept_secret(tmp_path / "secret"), range(64)))) == 1


def test_a_folder_that_cannot_be_made_raises(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        kept_secret(tmp_path / "file" / "secret")
