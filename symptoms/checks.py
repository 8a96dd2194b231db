"""System checks: the product refuses to start when something that must never fail later is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from symptoms.clinical.actions import Action


@register
def check_care_actions(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every class of actions has exactly one handler, and it can be imported."""
    handlers: dict[str, str] = getattr(settings, "CARE_ACTIONS", {})
    names = {action.__name__ for action in get_args(Action)}
    problems: list[CheckMessage] = [
        Error(f"CARE_ACTIONS names no handler for {name}.", id="symptoms.E001")
        for name in sorted(names - set(handlers))
    ]
    for name, path in handlers.items():
        try:
            is_callable = callable(import_string(path))
        except ImportError:
            is_callable = False
        if not is_callable:
            problems.append(Error(f"The handler {path} of {name} cannot be imported.", id="symptoms.E002"))
    return problems


@register
def check_patient_page(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every part of the page of a patient can be imported, and says about which model it is."""
    from symptoms.admin.overview.parts import PatientPart

    problems: list[CheckMessage] = []
    for path in settings.PATIENT_PAGE:
        try:
            is_part = isinstance(import_string(path), PatientPart)
        except ImportError:
            is_part = False
        if not is_part:
            problems.append(Error(f"PATIENT_PAGE names {path}, which is no part of a page.", id="symptoms.E003"))
    return problems
