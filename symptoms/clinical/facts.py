"""All that one assessment looks at: small enough to store beside it, complete enough to repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from symptoms.clinical import episodes
from symptoms.clinical.answers import read_answers
from symptoms.clinical.calendar import local_date
from symptoms.clinical.episodes import MouthEpisode
from symptoms.clinical.history import Baseline, Closing, History, PastReport, summarise
from symptoms.clinical.judging import judge_report
from symptoms.clinical.rules.rule import Case
from symptoms.clinical.terms import Symptom


@dataclass(frozen=True, slots=True)
class Facts:
    """The raw answers of one report on the patient's local day `today`, beside baseline and history.

    `is_final` False: the check-in goes on, so an answer that is missing may still come. `spoken_against` are the
    symptoms about which the patient typed something else than was answered.
    """

    today: date
    is_final: bool
    answers: Mapping[str, object]
    baseline: Baseline
    history: History
    spoken_against: tuple[Symptom, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The facts as JSON has them; `from_json` gives back the same facts."""
        record = asdict(self)
        record["today"] = self.today.isoformat()
        if self.history.episode is not None:
            episode = record["history"]["episode"]
            episode["earliest_on"] = self.history.episode.earliest_on.isoformat()
            episode["closed_on"] = self.history.episode.closed_on and self.history.episode.closed_on.isoformat()
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Facts:
        """The facts that `to_json` wrote."""
        history = dict(record["history"])
        episode = history.pop("episode")
        return cls(
            today=date.fromisoformat(record["today"]),
            is_final=record["is_final"],
            answers=record["answers"],
            baseline=Baseline(**record["baseline"]),
            history=History(episode=_read_episode(episode) if episode else None, **history),
            spoken_against=tuple(map(Symptom, record.get("spoken_against", ()))),
        )


def _read_episode(record: Mapping[str, Any]) -> MouthEpisode:
    return MouthEpisode(
        earliest_on=date.fromisoformat(record["earliest_on"]),
        is_onset_known=record["is_onset_known"],
        closed_on=date.fromisoformat(record["closed_on"]) if record["closed_on"] else None,
    )


def gather_facts(
    answers: Mapping[str, object],
    *,
    is_final: bool,
    baseline: Baseline,
    events: Iterable[PastReport | Closing],
    now: datetime,
    zone: ZoneInfo,
    spoken_against: Iterable[Symptom] = (),
) -> Facts:
    """The facts of a report judged at `now` for a patient who lives in `zone`."""
    history = summarise(events, baseline=baseline, now=now, zone=zone)
    return Facts(local_date(now, zone), is_final, answers, baseline, history, tuple(sorted(spoken_against)))


def case_of(facts: Facts) -> Case:
    """The case that the rules look at."""
    before = facts.history.episode
    answers = read_answers(facts.answers, facts.today)
    report = judge_report(answers, is_final=facts.is_final, is_onset_known=episodes.is_onset_known(before, facts.today))
    after = episodes.follow(before, report, facts.today)
    return Case(facts.today, report, facts.baseline, facts.history, after, frozenset(facts.spoken_against))
