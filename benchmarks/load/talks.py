"""What the patients of the load benchmark say. Pure: the same seed gives the same talks and reports.

Four in ten have nothing to tell; one in seven tells something urgent. Many open in words of their own.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, Final

Answers = Mapping[str, Any]

WELL: Final[Answers] = {"symptoms": ["none"]}
FEW_SORES: Final[Answers] = {
    "symptoms": ["mouth_sores"], "mouth_sores.count": 2, "mouth_sores.onset_on": 1, "mouth_sores.intake": "normal",
    "mouth_sores.severity": "1", "mouth_sores.interference": "0", "mouth_sores.bath_started": "yes",
    "fever.temperature_c": 36.8,
}  # fmt: skip
MANY_SORES: Final[Answers] = {
    **FEW_SORES, "mouth_sores.count": 6, "mouth_sores.intake": "reduced", "mouth_sores.severity": "3",
}  # fmt: skip
MILD_COUGH: Final[Answers] = {
    "symptoms": ["cough"], "red_flags": ["none"], "cough.severity": "1", "cough.blood": "no",
    "cough.interference": "0", "fever.temperature_c": 36.9,
}  # fmt: skip
SHORT_OF_BREATH: Final[Answers] = {
    "symptoms": ["dyspnea"], "red_flags": ["none"], "dyspnea.severity": "2", "dyspnea.exertion": "moderate",
    "dyspnea.interference": "1", "fever.temperature_c": 37.1,
}  # fmt: skip
OTHER: Final[Answers] = {
    "symptoms": ["other"], "other.text": "My feet are swollen in the evening", "other.can_wait": "yes",
    "other_symptoms": ["fatigue"],
}  # fmt: skip
STATES: Final = (WELL, FEW_SORES, MILD_COUGH, OTHER, MANY_SORES, SHORT_OF_BREATH)
WEIGHTS: Final = (40, 18, 16, 12, 8, 6)
URGENT: Final = (MANY_SORES, SHORT_OF_BREATH)

OPENINGS: Final[Mapping[str, tuple[tuple[str, Answers], ...]]] = {
    "en": (
        ("I have two small mouth ulcers since yesterday", FEW_SORES),
        ("a bit of a dry cough, nothing bad", MILD_COUGH),
        ("I feel fine, no complaints today", WELL),
        ("I get out of breath on the stairs", SHORT_OF_BREATH),
    ),
    "fr": (
        ("j'ai deux aphtes depuis hier", FEW_SORES),
        ("une petite toux sèche", MILD_COUGH),
        ("tout va bien aujourd'hui", WELL),
        ("je suis essoufflée dans les escaliers", SHORT_OF_BREATH),
    ),
    "nl": (
        ("ik heb sinds gisteren twee zweertjes in mijn mond", FEW_SORES),
        ("een beetje droge hoest", MILD_COUGH),
        ("alles gaat goed vandaag", WELL),
        ("ik ben kortademig op de trap", SHORT_OF_BREATH),
    ),
    "de": (
        ("ich habe seit gestern zwei Aphthen im Mund", FEW_SORES),
        ("ein wenig trockener Husten", MILD_COUGH),
        ("mir geht es heute gut", WELL),
        ("auf der Treppe bekomme ich schlecht Luft", SHORT_OF_BREATH),
    ),
    "es": (
        ("tengo dos llagas en la boca desde ayer", FEW_SORES),
        ("un poco de tos seca", MILD_COUGH),
        ("hoy estoy bien", WELL),
        ("me falta el aire al subir las escaleras", SHORT_OF_BREATH),
    ),
}
LANGUAGES: Final = tuple(OPENINGS)

KINDS: Final = {"choices": "choices", "choice": "choice", "number": "number", "date": "number", "text": "text"}


class Talk:
    """One check-in of one patient, answer by answer."""

    def __init__(self, seed: int, language: str) -> None:
        self._random = Random(seed)
        self._state = self._random.choices(STATES, WEIGHTS)[0]
        words = [words for words, state in OPENINGS[language] if state is self._state]
        self._opening = words[0] if words and self._random.random() < 0.5 else ""

    def answer(self, expects: Mapping[str, Any]) -> dict[str, Any]:
        """The body of the next message: words of one's own at first, perhaps, and then what the question asks for."""
        body: dict[str, Any] = {"client_id": str(uuid.UUID(int=self._random.getrandbits(128), version=4))}
        if self._opening:
            words, self._opening = self._opening, ""
            return body | {"text": words}
        slot, kind = expects["slot"], expects["type"]
        if slot not in self._state:
            return body | {"choices": ["none"]} if slot in ("symptoms", "red_flags") else body | {"choice": "unknown"}
        return body | {KINDS[kind]: self._state[slot]}


def report_body(random: Random, states: Iterable[Answers], today: date) -> dict[str, Any]:
    """The body of a whole report."""
    answers = {slot: _raw(slot, value, today) for slot, value in random.choice(tuple(states)).items()}
    return {"client_id": str(uuid.UUID(int=random.getrandbits(128), version=4)), "answers": answers}


def varied_report(random: Random, today: date) -> dict[str, Any]:
    """A whole report of a patient like those of the talks."""
    return report_body(random, random.choices(STATES, WEIGHTS), today)


def _raw(slot: str, value: Any, today: date) -> Any:
    """An answer as a report has it: grades are numbers, days dates, other symptoms of unknown grade."""
    if slot.endswith("onset_on"):
        return (today - timedelta(days=value)).isoformat()
    if slot == "other_symptoms":
        return dict.fromkeys(value, "unknown")
    if value == ["none"]:
        return "none"
    return int(value) if isinstance(value, str) and value.isdigit() else value
