"""All that one text says of the patient's present state, in the terms of the specification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from symptoms.clinical.terms import RedFlag, Symptom
from symptoms.language.accounts.claims import is_claim_denied
from symptoms.language.accounts.counting import Count, count_sores
from symptoms.language.accounts.finding_mentions import find_mentions, suspected_mentions
from symptoms.language.accounts.onsets import onset_of, onset_of_eating
from symptoms.language.accounts.second_reader import Suspicion, suspect
from symptoms.language.breath.after_sport import is_of_sport
from symptoms.language.breath.as_ever import is_as_ever
from symptoms.language.breath.breath_at_rest import is_breathless_at_rest
from symptoms.language.breath.slight_coughs import is_slight
from symptoms.language.danger.dangers import find_doubtful, find_red_flags
from symptoms.language.danger.despair import has_self_harm
from symptoms.language.danger.fever import find_fever_and_swelling
from symptoms.language.eating.eating import Eating, read_eating
from symptoms.language.reading.mentions import Mention, Status
from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.times.since import Since

CONDITION: Final = group("condition")


@dataclass(frozen=True, slots=True)
class Account:
    """What a text says. `absent` are symptoms said not to be there, or no more; `doubtful` signs may be harmless.

    `suspected` is what the second reader takes it to tell, each with the words that weighed most; `likely_count` and
    `likely_since` are those of sores that it alone suspects: they raise nothing, and answer nothing unasked.
    """

    present: frozenset[Symptom]
    absent: frozenset[Symptom]
    count: Count
    mouth_since: Since | None
    breath_since: Since | None
    eating: Eating
    red_flags: frozenset[RedFlag]
    doubtful: frozenset[RedFlag]
    is_breathless_at_rest: bool
    is_cough_trivial: bool
    has_self_harm: bool
    is_about_patient_now: bool
    suspected: Mapping[Suspicion, tuple[str, ...]] = field(default_factory=dict)
    likely_count: Count = field(default_factory=Count)
    likely_since: Since | None = None

    @property
    def has_bare_sores(self) -> bool:
        """Whether sores are told of, and neither how many, nor since when, nor how eating goes."""
        is_told = self.count != Count() or self.mouth_since is not None or self.eating is not Eating.NOT_MENTIONED
        return Symptom.MOUTH_SORES in self.present and not is_told

    @property
    def since(self) -> Since | None:
        return self.mouth_since if Symptom.MOUTH_SORES in self.present else self.likely_since or self.breath_since


def give_account(reader: Reader) -> Account:
    """Read a passage by the rules for what it says of the patient, now."""
    mentions = find_mentions(reader)
    denied = [one for one in mentions if one.status is Status.ABSENT]
    there = [one for one in mentions if one.status is Status.PRESENT and not _is_belied(one, denied)]
    flags = find_red_flags(reader)
    present = frozenset(mention.symptom for mention in there) | find_fever_and_swelling(reader) | _shown_by(flags)
    doubtful = find_doubtful(flags, present, reader)
    absent = frozenset(mention.symptom for mention in denied) - present
    mouth = [mention for mention in there if mention.symptom is Symptom.MOUTH_SORES]
    breath = [mention for mention in there if mention.symptom in (Symptom.COUGH, Symptom.DYSPNEA)]
    eating = read_eating(reader)
    is_only_eating = eating is Eating.IMPAIRED and not mouth
    is_told = bool(present or absent or flags or eating is not Eating.NOT_MENTIONED)
    return Account(
        present=present,
        absent=absent,
        count=count_sores(mouth, reader) if mouth else Count(),
        mouth_since=onset_of(mouth, reader),
        breath_since=onset_of(breath, reader) or (onset_of_eating(reader) if is_only_eating else None),
        eating=eating,
        red_flags=flags - doubtful,
        doubtful=doubtful,
        is_breathless_at_rest=any(is_breathless_at_rest(clause, reader) for clause in reader.passage.clauses),
        is_cough_trivial=_is_cough_trivial(mentions, reader),
        has_self_harm=has_self_harm(reader),
        is_about_patient_now=is_told or _speaks_of_state(reader),
    )


def with_suspicions(account: Account, reader: Reader) -> Account:
    """An account with what the second reader suspects, and how many sores that are and since when."""
    suspected = suspect(reader, has_bare_sores=account.has_bare_sores)
    if not suspected:
        return account
    account = replace(account, suspected=suspected)
    if Suspicion.MOUTH_SORES not in suspected or Symptom.MOUTH_SORES in account.present | account.absent:
        return account
    likely = suspected_mentions(reader)
    return replace(account, likely_count=count_sores(likely, reader), likely_since=onset_of(likely, reader))


def _is_belied(mention: Mention, denied: list[Mention]) -> bool:
    """Whether it is only pain, a tickle, what others say or what "when I cough" brings, and is said not to be there."""
    if not denied:
        return False
    is_condition = any(one.start < mention.hit.start for one in mention.clause.all("if"))
    is_tickle = any(hit.start < mention.hit.end and mention.hit.start < hit.end for hit in mention.clause.all("tickle"))
    is_lesser = (is_condition or is_tickle) and any(one.symptom is mention.symptom for one in denied)
    return _is_only_pain(mention, denied) or is_lesser or is_claim_denied(mention, denied)


def _is_only_pain(mention: Mention, denied: list[Mention]) -> bool:
    """Whether it only hurts or was something else: "tender, but not one ulcer", "the spot was toothpaste, no ulcer"."""
    is_mistaken = mention.hit.kind == "spot" and mention.clause.has("had")
    is_doubtful = mention.hit.kind == "pain" or is_mistaken
    is_doubtful = is_doubtful and mention.symptom is Symptom.MOUTH_SORES
    return is_doubtful and any(one.hit.kind in ("aphtha", "lesion", "spot") for one in denied)


def _shown_by(flags: frozenset[RedFlag]) -> frozenset[Symptom]:
    """Who cannot speak for want of breath, or lost it suddenly, is breathless."""
    breathless = {RedFlag.CANNOT_SPEAK_SENTENCES, RedFlag.SUDDEN_BREATHLESSNESS}
    return frozenset({Symptom.DYSPNEA}) if flags & breathless else frozenset()


def _is_cough_trivial(mentions: list[Mention], reader: Reader) -> bool:
    coughs = [one for one in mentions if one.symptom is Symptom.COUGH and one.status is Status.PRESENT]
    return bool(coughs) and all(is_slight(one.hit, one.clause, reader) for one in coughs)


def _speaks_of_state(reader: Reader) -> bool:
    """Whether something else is said of how the patient is, breath after sport for one."""
    breathless = [(hit, clause) for clause in reader.passage.clauses for hit in clause.all("breathless")]
    if any(is_of_sport(clause, reader) or is_as_ever(hit, clause, reader) for hit, clause in breathless):
        return True
    return any(reader.facts(clause, *CONDITION) and not clause.has("advice") for clause in reader.passage.clauses)
