"""The OpenAPI document shows how every operation is called and how it fails, and every example is a right one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator

from config import env
from config.openapi import MEANINGS, examples

DOCUMENT: dict[str, Any] = yaml.load(
    (env.BASE_DIR / "docs" / "api" / "openapi.yaml").read_text(), Loader=yaml.CSafeLoader
)

CONTRACT = """
POST /activate · DELETE /session · GET /me · PATCH /me · PUT /devices/{device_id} · DELETE /devices/{device_id}
POST /conversations · GET /conversations · GET /conversations/{conversation_id}
POST /conversations/{conversation_id}/messages · POST /reports · GET /reports · GET /reports/{report_id}
GET /leaflets · GET /leaflets/{slug} · POST /leaflets/{slug}/read · GET /visits · GET /reminders · POST /reports/batch
"""


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path.removeprefix('/api/v1')}", operation


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body that is sent or answered, with where it stands."""
    for name, operation in operations():
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield f"{name} request", content
        for status, response in operation["responses"].items():
            for content in response.get("content", {}).values():
                yield f"{name} {status}", content


OPERATIONS = list(operations())
CONTENTS = list(contents())


def test_every_path_of_the_contract_is_there() -> None:
    wanted = {one.strip() for line in CONTRACT.strip().splitlines() for one in line.split("·")}

    assert wanted <= {name for name, _ in OPERATIONS}


@pytest.mark.parametrize(("where", "content"), CONTENTS, ids=[where for where, _ in CONTENTS])
def test_every_body_has_examples_that_fit_its_schema(where: str, content: dict[str, Any]) -> None:
    schema = {**content["schema"], "components": DOCUMENT["components"]}
    validator = Draft202012Validator(schema, validate_formats=True)

    assert content["examples"], f"{where} has no example: add one to config/openapi_examples.yaml"
    for name, example in content["examples"].items():
        wrong = [error.message for error in validator.iter_errors(example["value"])]
        assert wrong == [], f"{where}, {name}"


def test_a_wrong_example_would_be_found() -> None:
    schema = {"$ref": "#/components/schemas/ReportInput", "components": DOCUMENT["components"]}
    example = {**examples()["operations"]["reports_create"]["request"]["short of breath"], "answers": {"dose": "5 mg"}}

    assert not Draft202012Validator(schema).is_valid(example)


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_every_operation_is_described(name: str, operation: dict[str, Any]) -> None:
    statuses = set(operation["responses"])

    assert operation["summary"]
    assert len(operation["description"]) > 20
    assert set(operation["tags"]) <= {tag["name"] for tag in DOCUMENT["tags"]}
    assert {"429", "500"} <= statuses
    assert {status for status in statuses if status >= "4"} <= set(MEANINGS)
    assert ("401" in statuses) == (name != "POST /activate")
    for status in ("411", "413", "415"):
        assert (status in statuses) == ("requestBody" in operation)


def test_examples_are_of_operations_that_exist() -> None:
    assert set(examples()["operations"]) <= {operation["operationId"] for _, operation in OPERATIONS}


def unannounced(operation: dict[str, Any], changelog: str) -> list[str]:
    """What the rule of docs/api/CHANGELOG.md asks of an operation that is to go, and what is missing."""
    if not operation.get("deprecated"):
        return []
    missing = {
        f"{status}: {header}"
        for status, response in operation["responses"].items()
        for header in ("Deprecation", "Sunset", "Link")
        if header not in response.get("headers", {})
    }
    return sorted(missing) + (["changelog"] if operation["operationId"] not in changelog else [])


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_what_is_to_go_is_announced(name: str, operation: dict[str, Any]) -> None:
    assert unannounced(operation, (env.BASE_DIR / "docs" / "api" / "CHANGELOG.md").read_text()) == []


def test_what_goes_unannounced_would_be_found() -> None:
    going = {"deprecated": True, "operationId": "pigeons_list", "responses": {"200": {}}}

    assert unannounced(going, "") == ["200: Deprecation", "200: Link", "200: Sunset", "changelog"]
