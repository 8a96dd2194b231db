"""Reads sentences for the tests of the language: all on Thursday, 12 March 2026."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from symptoms.clinical.terms import Symptom
from symptoms.language.accounts.account import Account
from symptoms.language.labels import label
from symptoms.language.understander import LexiconUnderstander, describe
from symptoms.language.understanding import Understanding

TODAY: Final = date(2026, 3, 12)
COUGH: Final = Symptom.COUGH
DYSPNEA: Final = Symptom.DYSPNEA
SORES: Final = Symptom.MOUTH_SORES


def account(language: str, text: str) -> Account:
    return describe(text, language, TODAY)


def labels(language: str, text: str) -> dict[str, Any]:
    return label(account(language, text))


def understood(language: str, text: str, expected: str | None = None) -> Understanding:
    return LexiconUnderstander().understand(text, language=language, today=TODAY, expected=expected)
