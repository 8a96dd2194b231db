"""Everything that is known of a patient, as a FHIR R4 bundle and as a page that people can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from alerts.fhir.shapes import shape_alert, shape_visit
from config.privacy.records import BASIC, KEPT, Kept, shown_fields
from symptoms.fhir.shapes import shape_message, shape_patient, shape_report
from symptoms.models import Patient
from symptoms.wording import text

DEFINITIONS: Final = "urn:symptom-reporting:field:"
"""Stands before the name of a column: whatever FHIR has no place for is an extension with this address."""

EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
"""Values that tell nothing, and are left out."""

NAMESPACE: Final = uuid5(NAMESPACE_URL, DEFINITIONS)
"""Of the addresses of resources, which lead nowhere: they say in a bundle which is meant, the same in each export."""

GROUPS: Final = tuple(dict.fromkeys(kept.group for kept in KEPT))

SHAPES: Final[Mapping[str, Callable[[Any, Mapping[str, str]], dict[str, Any]]]] = {
    "Patient": lambda patient, _: shape_patient(patient),
    "Communication": shape_message,
    "QuestionnaireResponse": shape_report,
    "Flag": shape_alert,
    "Appointment": shape_visit,
}
"""How rows are shown that the FHIR API shows too."""


def export_bundle(patient: Patient, now: datetime) -> dict[str, Any]:
    """All rows about a patient as a bundle of FHIR R4, one resource each.

    A resource has what FHIR has a name for, and every column that is not empty as an extension.
    """
    subject = {"reference": _address("symptoms.Patient", patient.pk)}
    entries = [
        {"fullUrl": _address(kept.label, getattr(row, kept.key)), "resource": _resource(kept, row, subject)}
        for kept in KEPT
        for row in kept.rows_of(patient)
    ]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": _plain(now), "entry": entries}


def _address(label: str, key: Any) -> str:
    return uuid5(NAMESPACE, f"{label} {key}").urn


def _resource(kept: Kept, row: Model, subject: Mapping[str, str]) -> dict[str, Any]:
    values = _values(row)
    key = str(getattr(row, kept.key))
    # Several tables are of the kind that FHIR keeps for what it does not know; within a kind an id stands once.
    resource: dict[str, Any] = {"resourceType": kept.fhir, "id": f"{kept.label}.{key}" if kept.fhir == BASIC else key}
    resource |= SHAPES[kept.fhir](row, subject) if kept.fhir in SHAPES else _shape(kept, values, subject)
    resource["extension"] = [
        {"url": f"{DEFINITIONS}{kept.label}.{name}", "valueString": _as_text(value)}
        for name, value in values.items()
        if value not in EMPTY
    ]
    return resource


def _shape(kept: Kept, values: Mapping[str, Any], subject: Mapping[str, str]) -> dict[str, Any]:
    """What FHIR asks of a resource of a kind that is in the export alone."""
    match kept.fhir:
        case "Consent":
            scope = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "treatment"}]}
            agreed = {"text": f"text {values['text_version']} ({values['language']})"}
            status = "inactive" if values["withdrawn_at"] else "active"
            return {
                "status": status,
                "scope": scope,
                "category": [agreed],
                "patient": subject,
                "dateTime": values["given_at"],
                "policyRule": agreed,
            }
        case "RelatedPerson":
            return {
                "patient": subject,
                "active": values["revoked_at"] is None,
                "name": [{"text": values["name"] or "-"}],
            }
        case "MedicationStatement":
            period = {"start": values["first_dose_on"], "end": values["ended_on"]}
            status = "completed" if values["ended_on"] else "active"
            medication = {"text": values["regimen"]}
            effective = {name: day for name, day in period.items() if day}
            return {
                "status": status,
                "subject": subject,
                "medicationCodeableConcept": medication,
                "effectivePeriod": effective,
            }
        case "AuditEvent":
            return {
                "type": {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest"},
                "recorded": values["happened_at"],
                "agent": [{"type": {"text": values["role"]}, "requestor": True}],
                "source": {"observer": {"type": "Organization", "identifier": {"value": str(values["clinic"])}}},
            }
        case _:
            return {"code": {"text": kept.label}, "subject": subject}


def _values(row: Model) -> dict[str, Any]:
    """Every shown column as JSON has it; related rows by their keys."""
    return {field.name: _plain(getattr(row, field.attname)) for field in shown_fields(type(row))}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    return value


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def export_page(patient: Patient, now: datetime) -> str:
    """The same as a page, in the patient's language, complete in itself: nothing runs, nothing is fetched."""
    language = patient.language
    sections = [_section(group, patient, language) for group in GROUPS]
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>'
        "<body><h1>{}</h1><p>{}</p><p>{}</p>{}</body></html>",
        language,
        text(language, "export", "title"),
        text(language, "export", "title"),
        text(language, "export", "about"),
        f"{now.astimezone(patient.zone):%Y-%m-%d %H:%M}",
        mark_safe("".join(sections)),  # noqa: S308  (each made by format_html)
    )


def _section(group: str, patient: Patient, language: str) -> SafeString:
    rows = [(kept, row) for kept in KEPT if kept.group == group for row in kept.rows_of(patient)]
    tables = format_html_join("", "<h3>{}</h3><dl>{}</dl>", ((_title(kept), _lines(row)) for kept, row in rows))
    nothing = format_html("<p>{}</p>", text(language, "export", "nothing"))
    return format_html("<h2>{}</h2>{}", text(language, "export", group), tables if rows else nothing)


def _title(kept: Kept) -> str:
    return str(kept.model._meta.verbose_name)


def _lines(row: Model) -> SafeString:
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>", _pairs(row))


def _pairs(row: Model) -> Iterable[tuple[str, str]]:
    for field in shown_fields(type(row)):
        value = _plain(getattr(row, field.attname))
        if value not in EMPTY:
            yield str(field.verbose_name), _as_text(value)
