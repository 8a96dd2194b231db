"""All kinds of resources about patients, in the order in which a whole record shows them."""

from __future__ import annotations

from typing import Any, Final

from alerts.fhir.kinds import APPOINTMENT, FLAG
from symptoms.fhir.kinds import COMMUNICATION, OBSERVATION, PATIENT, RESPONSE
from symptoms.fhir.searching import Kind

KINDS: Final[tuple[Kind[Any], ...]] = (PATIENT, RESPONSE, OBSERVATION, COMMUNICATION, FLAG, APPOINTMENT)
