"""Hands each action to the one handler that `settings.CARE_ACTIONS` names for its class.

Handlers run in the caller's transaction, those that reach the care team first. An action that is not
vital runs in a savepoint: a leaflet can never undo an alert.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from symptoms.clinical.actions import Action, NotifyCareTeam, OfferEducation
from symptoms.models import Patient, SymptomReport

logger = logging.getLogger(__name__)

OPTIONAL: Final = (OfferEducation,)

Handler = Callable[..., Any]


@cache
def handler_for(action_name: str) -> Handler:
    """The handler of a class of actions. A system check has made sure that there is one."""
    handler: Handler = import_string(settings.CARE_ACTIONS[action_name])
    return handler


def carry_out(
    actions: Iterable[Action], *, patient: Patient, report: SymptomReport | None, now: datetime
) -> list[tuple[Action, Any]]:
    """Carry out actions and return each with what its handler made of it (None for one that failed)."""
    vital_first = sorted(
        actions, key=lambda action: (isinstance(action, OPTIONAL), not isinstance(action, NotifyCareTeam))
    )
    return [(action, _carry_out_one(action, patient=patient, report=report, now=now)) for action in vital_first]


def _carry_out_one(action: Action, **context: Any) -> Any:
    handler = handler_for(type(action).__name__)
    if not isinstance(action, OPTIONAL):
        return handler(action, **context)
    try:
        with transaction.atomic():
            return handler(action, **context)
    except Exception:
        logger.exception("optional_action_failed action=%s", type(action).__name__)
        return None
