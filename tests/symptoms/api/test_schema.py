"""The committed OpenAPI document is current, and describes every error."""

from __future__ import annotations

from io import StringIO

import yaml
from django.core.management import call_command

from config import env

COMMITTED = env.BASE_DIR / "docs" / "api" / "openapi.yaml"


def test_the_committed_schema_is_current() -> None:
    out = StringIO()

    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)

    assert out.getvalue() == COMMITTED.read_text()


def test_every_operation_says_how_it_fails() -> None:
    schema = yaml.safe_load(COMMITTED.read_text())

    assert schema["openapi"].startswith("3.1")
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert any(status.startswith("4") for status in operation["responses"]), f"{method} {path}"
