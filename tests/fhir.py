"""Calls of the FHIR API by a hospital's system, and what is wrong with a resource."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any, Final

from django.utils import timezone
from pydantic import BaseModel
from rest_framework.test import APIClient

from symptoms.models import Clinic, Patient, SystemCredential
from symptoms.systems import issue_credential

CUT_SHORT: Final = {"QuestionnaireItem.type", "CapabilityStatement.format"}
"""Elements of whose codes the library lists the first alone: FHIR has `choice` and `quantity`, and any MIME type."""


def system_of(clinic: Clinic, name: str = "his", **fields: Any) -> APIClient:
    """A system of a clinic, by a new credential of which `fields` are changed."""
    credential, token = issue_credential(clinic, name, now=timezone.now() - timedelta(minutes=1))
    SystemCredential.objects.filter(pk=credential.pk).update(**fields)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def response_body(patient: Patient, answers: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A QuestionnaireResponse, `answers` being what stands in `answer` by linkId."""
    return {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"value": str(uuid.uuid4())},
        "status": "completed",
        "subject": {"reference": f"Patient/{patient.pk}"},
        "item": [{"linkId": slot, "answer": given} for slot, given in answers.items()],
        **fields,
    }


def codes(*values: str) -> list[dict[str, Any]]:
    """Answers that are quick replies."""
    return [{"valueCoding": {"system": "urn:symptom-reporting:answer", "code": value}} for value in values]


def resources_in(bundle: Any) -> list[dict[str, Any]]:
    """The resources of a searchset."""
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "searchset"), bundle
    return [entry["resource"] for entry in bundle.get("entry", ())]


def link_of(bundle: Any, relation: str) -> str | None:
    """The address of a link of a bundle, without its host."""
    links = {link["relation"]: link["url"] for link in bundle["link"]}
    return links[relation].removeprefix("http://testserver") if relation in links else None


def wrong_in(resource: Any) -> list[str]:
    """What is not as FHIR R4 wants it: shape, kinds of values, codes that are bound to a set, and what is empty."""
    kind = resource["resourceType"]
    model = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    try:
        read = model.model_validate(resource)
    except ValueError as error:
        return [str(error)]
    return [*unknown_codes(read), *(f"empty: {one}" for one in empty_in(resource))]


def unknown_codes(model: BaseModel) -> Iterator[str]:
    """Codes that are not in the set that FHIR binds their element to, such as `Flag.status is nonsense`."""
    for name, about in type(model).model_fields.items():
        value, rules = getattr(model, name), about.json_schema_extra
        known = rules.get("enum_values") if isinstance(rules, dict) else None
        is_known = not isinstance(known, list) or value is None or value in known
        if not is_known and f"{type(model).__name__}.{name}" not in CUT_SHORT:
            yield f"{type(model).__name__}.{name} is {value}"
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, BaseModel):
                yield from unknown_codes(inner)


def empty_in(value: Any, name: str = "") -> Iterator[str]:
    """The names of empty objects, lists and texts, which FHIR leaves out."""
    if value in ({}, [], "", None):
        yield name
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []:
        yield from empty_in(inner, f"{name}.{key}")
