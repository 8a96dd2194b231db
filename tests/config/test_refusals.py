"""A wrong setting is refused by a management command with one line, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config import env

KEY = "0123456789abcdefghijklmnopqrstuvwxyz" * 2


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"METRICS_TOKEN": "abcdefghijklmnopqrstuvw"}, "METRICS_TOKEN is too weak"),
        ({"METRICS_TOKEN": "a" * 60}, "METRICS_TOKEN is too weak"),
        ({"WEBHOOK_SECRET": "whsec_c2hvcnQ="}, "WEBHOOK_SECRET is too weak"),
        ({"FIELD_KEYS": f"{KEY},weak"}, "A key of FIELD_KEYS is too weak"),
        ({"FIELD_KEYS_FILE": "/nothing/here"}, "FIELD_KEYS_FILE: /nothing/here cannot be read"),
        ({"SECRET_KEY_FILE": "/dev/null"}, "SECRET_KEY and SECRET_KEY_FILE are both set"),
        ({"SECRET_KEY": "", "SECRET_KEY_FILE": "/dev/null"}, "SECRET_KEY_FILE: /dev/null is empty"),
        ({"DATABASE_URL": "mysql://u@h/x"}, "DATABASE_URL has to begin with"),
        ({"EMAIL_URL": "http://mail"}, "EMAIL_URL has to begin with"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL must be"),
        ({"STATEMENT_TIMEOUT_MS": "soon"}, "STATEMENT_TIMEOUT_MS must be"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_is_refused_in_one_line(variables: dict[str, str], words: str) -> None:
    production = {"DATABASE_URL": "postgres://u:p@db/x", "SECRET_KEY": KEY, "LOCAL_STACK": "0"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=env.BASE_DIR, env={**os.environ, **production, **variables}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["worklist", "chat", "migrate", "rotate_field_keys"])
def test_a_command_says_without_a_traceback_that_the_database_is_away(command: str) -> None:
    away = {"DATABASE_URL": "postgres://u:p@127.0.0.1:1/x"}
    done = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=env.BASE_DIR, env={**os.environ, **away}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "look at DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
