"""Settings come from the environment; the table of them is current; weak secrets are refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import env


def test_the_table_of_variables_in_the_operations_guide_is_current() -> None:
    guide = (env.BASE_DIR / "docs" / "operations.md").read_text()

    assert env.markdown_table() in guide


def test_an_empty_variable_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")

    assert env.read_int("PORT") == 8000


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from a file\n")
    monkeypatch.delenv("METRICS_TOKEN", raising=False)
    monkeypatch.setenv("METRICS_TOKEN_FILE", str(tmp_path / "token"))

    assert env.read("METRICS_TOKEN") == "from a file"


def test_only_secrets_are_looked_for_in_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "port").write_text("1")
    monkeypatch.setenv("PORT_FILE", str(tmp_path / "port"))

    assert env.read("PORT") == "8000"
    assert set(env.SECRETS) <= {variable.name for variable in env.VARIABLES}


def test_a_number_that_is_none_ends_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")

    with pytest.raises(SystemExit, match="PORT must be a whole number"):
        env.read_int("PORT")


@pytest.mark.parametrize(("key", "words"), [("", "not set"), ("short", "too weak"), ("a" * 60, "too weak")])
def test_production_refuses_a_missing_or_weak_secret_key(key: str, words: str) -> None:
    environment = {**os.environ, "DATABASE_URL": "postgres://u:p@db/x", "SECRET_KEY": key, "LOCAL_STACK": "0"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=env.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode != 0
    assert words in done.stderr
