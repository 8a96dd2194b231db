"""The answer space, cut at the boundaries of the rules.

An axis is one question with its possible answers: not asked, unknown, and values from best to worst. A
block is a product of axes that the rules look at together, for one kind of report.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any, Final

from symptoms.clinical.episodes import MouthEpisode
from symptoms.clinical.facts import Facts
from symptoms.clinical.history import Baseline, History
from symptoms.clinical.terms import UNKNOWN, Slot

TODAY: Final = date(2026, 3, 12)
MISSING: Final = "not_asked"


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


@dataclass(frozen=True)
class Axis:
    """One question. `worse` lists pairs of answers, the second worse than the first."""

    slot: Slot
    values: Sequence[Any]
    worse: Sequence[tuple[Any, Any]]

    @property
    def answers(self) -> list[Any]:
        return [MISSING, *self.values, UNKNOWN]


def scale(slot: Slot, *values: Any) -> Axis:
    """An axis whose values run from best to worst."""
    return Axis(slot, values, list(pairwise(values)))


COUNT = scale(Slot.MOUTH_COUNT, 0, 1, 3, 4, "more_than_three")
ONSET = scale(Slot.MOUTH_ONSET_ON, days_ago(0), days_ago(3), days_ago(4), days_ago(60))
INTAKE = scale(Slot.MOUTH_INTAKE, "normal", "changed", "reduced", "almost_nothing")
MOUTH_SEVERITY = scale(Slot.MOUTH_SEVERITY, 0, 1, 2, 3, 4)
MOUTH_INTERFERENCE = scale(Slot.MOUTH_INTERFERENCE, 0, 1, 2, 3, 4)
BATH = scale(Slot.MOUTH_BATH_STARTED, "yes", "none_prescribed")
GONE = scale(Slot.MOUTH_GONE, "yes", "no")
COUGH_SEVERITY = scale(Slot.COUGH_SEVERITY, 0, 1, 2, 3, 4)
COUGH_INTERFERENCE = scale(Slot.COUGH_INTERFERENCE, 0, 1, 2, 3, 4)
BLOOD = scale(Slot.COUGH_BLOOD, "no", "yes")
DYSPNEA_SEVERITY = scale(Slot.DYSPNEA_SEVERITY, 0, 1, 2, 3, 4)
DYSPNEA_INTERFERENCE = scale(Slot.DYSPNEA_INTERFERENCE, 0, 1, 2, 3, 4)
EXERTION = scale(Slot.DYSPNEA_EXERTION, "moderate", "minimal", "at_rest")
TEMPERATURE = Axis(
    Slot.FEVER_TEMPERATURE_C, (37.0, 37.9, 38.0, 36.0, 35.9), ((37.0, 37.9), (37.9, 38.0), (37.0, 36.0), (36.0, 35.9))
)
RIGORS = scale(Slot.FEVER_RIGORS, "no", "yes")
OTHER_TEXT = scale(Slot.OTHER_TEXT, " ", "itchy feet")
CAN_WAIT = scale(Slot.OTHER_CAN_WAIT, "yes", "no")


def coarse(axis: Axis, *values: Any) -> Axis:
    """The axis with fewer values, for blocks that would otherwise be too large."""
    return scale(axis.slot, *values)


def openings(*symptoms: str) -> Axis:
    """The opening question: denied, each subset of some symptoms, partly unknown, contradictory, empty.

    Naming one more symptom is worse.
    """
    subsets = [
        [symptom for bit, symptom in enumerate(symptoms) if mask >> bit & 1] for mask in range(1 << len(symptoms))
    ]
    named: list[Any] = ["none", *subsets[1:]]
    pairs = [
        (less, more)
        for less, small in zip(named, subsets, strict=True)
        for more, large in zip(named, subsets, strict=True)
        if set(small) < set(large)
    ]
    odd: list[Any] = [[], [symptoms[0], UNKNOWN], [symptoms[0], "none"]]
    return Axis(Slot.SYMPTOMS, [*named, *odd], pairs)


def flags(*codes: str) -> Axis:
    """The signs of danger: none, each alone, a pair, partly unknown, contradictory."""
    singles: list[Any] = [[code] for code in codes]
    pair = list(codes[:2])
    values: list[Any] = ["none", *singles, pair, [codes[0], UNKNOWN], ["none", codes[0]]]
    worse: list[tuple[Any, Any]] = [("none", single) for single in singles]
    worse += [([codes[0]], pair), ([codes[1]], pair)]
    return Axis(Slot.RED_FLAGS, values, worse)


NO_BASELINE = Baseline()
NEW = History()
OPEN_3_DAYS = History(episode=MouthEpisode(TODAY - timedelta(days=3), is_onset_known=True))
OPEN_4_DAYS = History(episode=MouthEpisode(TODAY - timedelta(days=4), is_onset_known=True))
OPEN_UNKNOWN = History(episode=MouthEpisode(TODAY - timedelta(days=1), is_onset_known=False))
CLOSED_2_DAYS = History(
    episode=MouthEpisode(TODAY - timedelta(days=9), is_onset_known=True, closed_on=TODAY - timedelta(days=2))
)
COUGHED = History(lowest_cough=0, lowest_dyspnea=0, had_recent_cough=True)


@dataclass(frozen=True)
class Block:
    """All reports that a product of axes makes, in one history, with one baseline."""

    name: str
    axes: Sequence[Axis]
    history: History = NEW
    baseline: Baseline = NO_BASELINE
    is_final: bool = True

    @property
    def size(self) -> int:
        return math.prod(len(axis.answers) for axis in self.axes)

    def reports(self) -> Iterator[tuple[Any, ...]]:
        """Every report of the block, as one answer for each axis."""
        return product(*(axis.answers for axis in self.axes))

    def sample(self, count: int, generator: random.Random) -> Iterator[tuple[Any, ...]]:
        """Some reports of the block, drawn at random."""
        for _ in range(count):
            yield tuple(generator.choice(axis.answers) for axis in self.axes)

    def facts(self, report: Sequence[Any]) -> Facts:
        answers: Mapping[str, Any] = {
            axis.slot.value: answer for axis, answer in zip(self.axes, report, strict=True) if answer != MISSING
        }
        return Facts(TODAY, self.is_final, answers, self.baseline, self.history)


MOUTH_AXES = (
    openings("mouth_sores", "cough"),
    coarse(COUNT, 0, 3, 4),
    coarse(ONSET, days_ago(3), days_ago(4)),
    coarse(INTAKE, "normal", "changed"),
    coarse(MOUTH_SEVERITY, 0, 2, 3),
    coarse(MOUTH_INTERFERENCE, 0, 3),
    BATH,
    GONE,
)
EPISODE_AXES = (
    openings("mouth_sores", "cough"),
    coarse(COUNT, 0, 3, 4),
    ONSET,
    coarse(INTAKE, "normal", "changed"),
    coarse(MOUTH_SEVERITY, 0, 2, 3),
    GONE,
)
CHEST_AXES = (
    openings("cough", "dyspnea"),
    COUGH_SEVERITY,
    coarse(COUGH_INTERFERENCE, 0, 1, 3),
    DYSPNEA_SEVERITY,
    coarse(DYSPNEA_INTERFERENCE, 0, 1, 3),
    EXERTION,
)
DANGER_AXES = (
    openings("cough", "dyspnea", "swelling"),
    flags("chest_pain", "coughing_blood", "cannot_speak_sentences", "blue_or_grey", "confused_or_fainted",
          "swollen_lips_tongue_throat", "sudden_breathlessness", "coughing_much_blood"),
    coarse(COUGH_SEVERITY, 0, 1, 2),
    BLOOD,
    coarse(DYSPNEA_SEVERITY, 0, 1, 2, 4),
    EXERTION,
)  # fmt: skip
ROUTINE_AXES = (
    openings("mouth_sores", "cough", "fever", "swelling", "other"),
    coarse(MOUTH_SEVERITY, 1, 2),
    coarse(COUGH_INTERFERENCE, 2, 3),
    coarse(COUGH_SEVERITY, 0, 1),
    Axis(Slot.FEVER_TEMPERATURE_C, (37.9, 38.0), ((37.9, 38.0),)),
    CAN_WAIT,
)
FEVER_AXES = (
    openings("fever", "cough", "other"),
    TEMPERATURE,
    RIGORS,
    coarse(COUGH_SEVERITY, 0, 1),
    OTHER_TEXT,
    CAN_WAIT,
)
GRADE_AXES = (
    openings("mouth_sores"),
    MOUTH_SEVERITY,
    MOUTH_INTERFERENCE,
    INTAKE,
    COUNT,
    coarse(ONSET, days_ago(3)),
)

BLOCKS: Final = (
    Block("mouth", MOUTH_AXES),
    Block("mouth episode, none yet", EPISODE_AXES),
    Block("mouth episode, interim", EPISODE_AXES, is_final=False),
    Block("mouth episode, open without an onset", EPISODE_AXES, OPEN_UNKNOWN),
    Block("mouth episode, open for 3 days", EPISODE_AXES, OPEN_3_DAYS),
    Block("mouth episode, open for 4 days", EPISODE_AXES, OPEN_4_DAYS),
    Block("mouth episode, closed 2 days ago", EPISODE_AXES, CLOSED_2_DAYS),
    Block("chest", CHEST_AXES),
    Block("chest, baseline 1", CHEST_AXES, baseline=Baseline(cough=1, dyspnea=1)),
    Block("chest, coughed before", CHEST_AXES, COUGHED, Baseline(cough=0, dyspnea=2)),
    Block("signs of danger", DANGER_AXES),
    Block("signs of danger, interim", DANGER_AXES, is_final=False),
    Block("routine findings", ROUTINE_AXES),
    Block("fever", FEVER_AXES),
    Block("grades", GRADE_AXES),
)

ORDERED_BLOCKS: Final = (
    ("mouth episode, interim", "mouth episode, none yet"),
    ("signs of danger, interim", "signs of danger"),
    ("mouth episode, open for 3 days", "mouth episode, open for 4 days"),
)
"""Pairs of blocks whose second is never less urgent for the same report: final after interim, later after earlier."""
