"""Where a check-in stands between two messages. Pure; saved as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from symptoms.clinical.terms import NONE, UNKNOWN, RedFlag, Slot, Symptom
from symptoms.flow.dialogue import CURRENT, Dialogue, dialogue_of

TOLD_BY: Final[Mapping[Symptom, str]] = {
    Symptom.MOUTH_SORES: Slot.MOUTH_COUNT,
    Symptom.COUGH: Slot.COUGH_SEVERITY,
    Symptom.DYSPNEA: Slot.DYSPNEA_SEVERITY,
    Symptom.OTHER: Slot.OTHER_TEXT,
}
"""The answer that says by itself that a symptom is there."""


@dataclass(frozen=True, slots=True)
class DialogueState:
    """Where the check-in stands. Saved as JSON between turns.

    `asking` is the slot of the question on screen, None when the check-in is over. `repeats` counts how
    often it has been asked again. `trail` lists the answered slots in order, for "back". `mentioned` are
    symptoms from free text, `red_flags` the signs of danger from it (the question about the others stays open), and
    `doubtful` those that it may only seem to tell of (until that question is answered),
    `likely` the answers that it suggests. `told` is the most urgent advice that the patient has been given so far.
    `is_paused`: after a remark about suicide, the next words answer no question. `is_unsure`: they did not know what
    they have, and the list was shown again. `doubted` are mentioned symptoms that later words deny: they count until
    the opening question, which is then asked, is answered without them. `stands` is the urgency of an earlier
    instruction that still stands, until `stands_until`.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    likely: Mapping[str, Any] = field(default_factory=dict)
    mentioned: frozenset[Symptom] = frozenset()
    red_flags: frozenset[RedFlag] = frozenset()
    doubtful: frozenset[RedFlag] = frozenset()
    asking: Slot | None = Slot.SYMPTOMS
    repeats: int = 0
    trail: tuple[str, ...] = ()
    told: str = NONE
    is_paused: bool = False
    is_unsure: bool = False
    doubted: frozenset[Symptom] = frozenset()
    stands: str = NONE
    stands_until: datetime | None = None
    version: str = CURRENT.version

    @property
    def dialogue(self) -> Dialogue:
        return dialogue_of(self.version)

    @property
    def is_asking_for_more(self) -> bool:
        """Whether the opening question is asked of somebody who has told a symptom in words, and stands by it."""
        return self.asking is Slot.SYMPTOMS and bool(self.mentioned) and not self.doubted

    @property
    def likely_symptom(self) -> Symptom | None:
        """The one symptom that words may tell of, with which the opening question is read back."""
        likely = self.likely.get(Slot.SYMPTOMS)
        if not isinstance(likely, str) or likely not in frozenset(Symptom) - self.mentioned:
            return None
        return Symptom(likely)

    @property
    def named_doubts(self) -> frozenset[RedFlag]:
        """The signs that words may seem to tell of; none where all are doubted, because no word named one."""
        return self.doubtful if len(self.doubtful) < len(RedFlag) else frozenset()

    def report_answers(self, *, is_final: bool) -> dict[str, Any]:
        """The answers as they are judged.

        When the check-in ends before the opening question was answered, what free text mentioned is named and the
        rest is unknown; unless an answer about each of them says that it is there: then that is told, and no more,
        but for who did not know what else.
        Signs of danger from free text stand beside those that were ticked.
        """
        answers = dict(self.answers)
        if is_final and self.doubtful:
            answers.setdefault(Slot.RED_FLAGS, UNKNOWN)
        if self.red_flags:
            answers[Slot.RED_FLAGS] = with_red_flags(answers.get(Slot.RED_FLAGS), self.red_flags)
        is_untold = bool(self.is_unsure or self.likely_symptom or self.doubtful or self.doubted) or any(
            answers.get(TOLD_BY.get(one, "")) in (None, UNKNOWN, 0) for one in self.mentioned
        )
        if is_final and is_untold and Slot.SYMPTOMS not in answers:
            answers[Slot.SYMPTOMS] = [*sorted(self.mentioned), UNKNOWN]
        return answers

    def to_json(self) -> dict[str, Any]:
        return {
            "answers": dict(self.answers),
            "likely": dict(self.likely),
            "mentioned": sorted(self.mentioned),
            "red_flags": sorted(self.red_flags),
            "doubtful": sorted(self.doubtful),
            "asking": self.asking,
            "repeats": self.repeats,
            "trail": list(self.trail),
            "told": self.told,
            "is_paused": self.is_paused,
            "is_unsure": self.is_unsure,
            "doubted": sorted(self.doubted),
            "stands": self.stands,
            "stands_until": self.stands_until.isoformat() if self.stands_until else None,
            "version": self.version,
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> DialogueState:
        """The state that `to_json` wrote; an empty record is the beginning of a check-in.

        Raises KeyError, TypeError or ValueError for one that it cannot have written, such as that of a newer release.
        """
        if not record:
            return cls()
        return cls(
            answers=dict(record["answers"]),
            likely=record.get("likely", {}),
            mentioned=frozenset(map(Symptom, record["mentioned"])),
            red_flags=frozenset(map(RedFlag, record.get("red_flags", ()))),
            doubtful=frozenset(map(RedFlag, record.get("doubtful", ()))),
            asking=Slot(record["asking"]) if record["asking"] else None,
            repeats=record["repeats"],
            trail=tuple(record["trail"]),
            told=record["told"],
            is_paused=record.get("is_paused", False),
            is_unsure=record.get("is_unsure", False),
            doubted=frozenset(map(Symptom, record.get("doubted", ()))),
            stands=record.get("stands", NONE),
            stands_until=datetime.fromisoformat(until) if (until := record.get("stands_until")) else None,
            version=record["version"],
        )


def with_red_flags(listed: object, flags: frozenset[RedFlag]) -> list[str]:
    """The signs of danger answered so far and those found in free text."""
    named = listed if isinstance(listed, list) else [UNKNOWN] if listed == UNKNOWN else []
    return sorted({*named, *flags} - {NONE})
