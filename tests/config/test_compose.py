"""The compose file hands every variable of the product to every process of it."""

from __future__ import annotations

from typing import Any, Final

import pytest
import yaml

from config import env

FIXED: Final = {"PORT", "LOCAL_STACK", "DEBUG", "LOCAL_DIR"}
"""What the image has settled, or production never sets."""

COMPOSE: Final[dict[str, Any]] = yaml.safe_load((env.BASE_DIR / "compose.yaml").read_text())
OURS: Final = sorted(name for name, service in COMPOSE["services"].items() if "build" in service)


def test_every_process_of_the_product_is_there() -> None:
    assert OURS == ["beat", "dispatcher", "migrate", "web", "worker-alerts", "worker-calendar", "worker-care"]


@pytest.mark.parametrize("service", OURS)
def test_every_variable_can_be_set(service: str) -> None:
    given = COMPOSE["services"][service]["environment"]
    assert set(given) == {variable.name for variable in env.VARIABLES} - FIXED


def test_each_variable_is_passed_on_under_its_own_name() -> None:
    for name, value in COMPOSE["x-app"]["environment"].items():
        assert value.startswith(f"${{{name}:"), name


@pytest.mark.parametrize("service", OURS)
def test_the_file_with_the_firebase_account_is_where_the_product_looks_for_it(service: str) -> None:
    given = COMPOSE["services"][service]
    inside = given["environment"]["FCM_CREDENTIALS"].removeprefix("${FCM_CREDENTIALS:+").removesuffix("}")
    assert given["volumes"] == [f"${{FCM_CREDENTIALS:-/dev/null}}:{inside}:ro"]
