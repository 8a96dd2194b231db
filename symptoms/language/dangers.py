"""Signs of danger in a text, and the remarks of somebody who may hurt themselves."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import RedFlag
from symptoms.language.clauses import Clause
from symptoms.language.lexicon import Hit
from symptoms.language.mentions import Reader, breath_of, is_untroubled

FRAGMENT: Final = 4


def find_red_flags(reader: Reader) -> frozenset[RedFlag]:
    """The signs of danger that the patient has, by the text."""
    return frozenset(flag for clause in reader.passage.clauses for flag in _in_clause(clause, reader))


def _in_clause(clause: Clause, reader: Reader) -> list[RedFlag]:
    found = []
    if _speech(clause, reader):
        found.append(RedFlag.CANNOT_SPEAK_SENTENCES)
    if reader.facts(clause, "blue") and clause.has("lip", "face", "mouthpart", "tongue"):
        found.append(RedFlag.BLUE_OR_GREY)
    if _chest(clause, reader):
        found.append(RedFlag.CHEST_PAIN)
    if reader.facts(clause, "faint", "confused"):
        found.append(RedFlag.CONFUSED_OR_FAINTED)
    if _swelling(clause, reader):
        found.append(RedFlag.SWOLLEN_LIPS_TONGUE_THROAT)
    if _is_sudden(clause, reader):
        found.append(RedFlag.SUDDEN_BREATHLESSNESS)
    if _coughed_blood(clause, reader):
        found.append(RedFlag.COUGHING_MUCH_BLOOD if _is_much(clause, reader) else RedFlag.COUGHING_BLOOD)
    return found


def _is_sudden(clause: Clause, reader: Reader) -> bool:
    """Whether breath went suddenly, by one sentence."""
    sentence = reader.passage.sentence_of(clause)
    return is_breathless(clause, reader) and any(reader.facts(one, "sudden") for one in sentence)


def is_breathless(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that breath is short, hard to get, or gone."""
    if clause.has("nose", "spectacle"):
        return False
    if reader.facts(clause, "breathless", "cannot_breathe"):
        return True
    breath = [
        hit for hit in breath_of(clause) if reader.scope.is_real(hit, clause) and not reader.scope.is_over(hit, clause)
    ]
    hard = reader.facts(clause, "cannot", "trouble", "barely", "lack", "less")
    return bool(breath) and (bool(hard) or any(_is_lacking(hit, clause, reader) for hit in breath))


def _is_lacking(hit: Hit, clause: Clause, reader: Reader) -> bool:
    return hit in reader.denied and not is_untroubled(hit, clause)


def _with_fragments(clause: Clause, reader: Reader) -> list[Clause]:
    """The sentence of a clause, with the bare words in front of it: "stairs. two floors. no breath left."."""
    found = list(reader.passage.sentence_of(clause))
    for earlier in reversed(reader.passage.clauses[: found[0].at]):
        if earlier.end - earlier.start > FRAGMENT or earlier.has("self", "have"):
            break
        found.append(earlier)
    return found


def is_breathless_at_rest(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that there is no breath at rest, or none at all whatever is done."""
    if not is_breathless(clause, reader):
        return False
    sentence = reader.passage.sentence_of(clause)
    if any(one.has("moderate_effort", "minimal_effort") for one in _with_fragments(clause, reader)):
        return False
    if any(one.has("rest") and not _is_of_others("rest", one, reader) for one in sentence):
        return True
    if reader.facts(clause, "cannot_breathe"):
        return True
    breath = [hit for hit in breath_of(clause) if _is_lacking(hit, clause, reader) or clause.has("cannot")]
    return bool(breath) and not clause.has("fine", "less")


def _is_of_others(kind: str, clause: Clause, reader: Reader) -> bool:
    return any(reader.scope.is_others(hit, clause) or reader.scope.is_over(hit, clause) for hit in clause.all(kind))


def _speech(clause: Clause, reader: Reader) -> bool:
    if reader.facts(clause, "broken_speech"):
        return True
    if not clause.has("sentence"):
        return False
    is_hard = reader.facts(clause, "cannot", "barely", "trouble", "breathless") or clause.has(
        "not", "without", "no", "only"
    )
    hit = clause.first("sentence")
    return (
        hit is not None
        and bool(is_hard)
        and reader.is_fact(hit, clause) | bool(hit in reader.denied and reader.scope.is_real(hit, clause))
    )


def _chest(clause: Clause, reader: Reader) -> bool:
    if reader.facts(clause, "chest_attack"):
        return True
    chest = [hit for hit in clause.all("chest") if reader.scope.is_real(hit, clause)]
    return bool(chest) and bool(reader.facts(clause, "pain", "pressure"))


def _swelling(clause: Clause, reader: Reader) -> bool:
    if not clause.has("lip", "tongue", "throat"):
        return False
    return bool(reader.facts(clause, "swollen")) or (clause.has("throat") and bool(reader.facts(clause, "closing")))


def _coughed_blood(clause: Clause, reader: Reader) -> Hit | None:
    if clause.has("nose", "tooth"):
        return None
    sentence = reader.passage.sentence_of(clause)
    is_coughed = any(one.has("cough", "bring_up", "phlegm") for one in sentence)
    if any(one.has("nose", "tooth", "mouthpart") for one in sentence) and not clause.has("cough", "bring_up", "phlegm"):
        return None
    return next(iter(reader.facts(clause, "blood")), None) if is_coughed else None


def _is_much(clause: Clause, reader: Reader) -> bool:
    sentence = reader.passage.sentence_of(clause)
    return any(one.has("much_amount") for one in sentence) and not any(one.has("little_amount") for one in sentence)


def has_self_harm(reader: Reader) -> bool:
    """Whether the patient speaks of suicide or of hurting themselves."""
    return any(reader.facts(clause, "self_harm") for clause in reader.passage.clauses)
