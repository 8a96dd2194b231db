"""Measures how fast free text is understood. The floor is cutting the same sentences into words."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.measuring import measure, show
from symptoms.clinical.terms import MAX_TEXT_LENGTH
from symptoms.language import LexiconUnderstander
from symptoms.language.labels import label
from symptoms.language.text.words import tokenise
from symptoms.language.understander import describe

SENTENCES: Final = Path(__file__).parents[1] / "tests" / "symptoms" / "language" / "sentences" / "dev.jsonl"
TODAY: Final = date(2026, 3, 12)


def run() -> None:
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    sentences = [(row["text"], row["lang"]) for row in rows]
    understander = LexiconUnderstander()
    floor = measure(lambda: [tokenise(text, language) for text, language in sentences], len(sentences))
    show("a sentence cut into words (floor)", floor, floor)
    labelled = measure(lambda: [label(describe(text, language, TODAY)) for text, language in sentences], len(sentences))
    show("label a sentence in its language", labelled, floor)
    seconds = sorted(_seconds(understander, text, language) for _ in range(5) for text, language in sentences)
    show("understand a turn, the median", seconds[len(seconds) // 2], floor)
    show("understand a turn, 99 of 100", seconds[len(seconds) * 99 // 100], floor)
    longest = " ".join(text for text, language in sentences if language == "en")[:MAX_TEXT_LENGTH]
    show(f"understand {MAX_TEXT_LENGTH:,} characters", _seconds(understander, longest, "en"), floor)


def _seconds(understander: LexiconUnderstander, text: str, language: str) -> float:
    began = time.perf_counter()
    understander.understand(text, language=language, today=TODAY, expected="symptoms")
    return time.perf_counter() - began
