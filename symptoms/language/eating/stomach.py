"""What spoils a meal without the mouth: want of hunger, and pain that is felt in the stomach or after eating."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

INTAKE: Final = group("intake")
OF_MOUTH: Final = ("mouthpart", "throat", "tooth", "aphtha", "lesion", "spot", "pain", "swallow", "stuck")


def is_of_stomach(clause: Clause, reader: Reader) -> bool:
    """Whether what hurts is felt after a meal, or in the stomach, and not in mouth or throat."""
    is_after = any(0 <= hit.start - one.end <= 2 for one in clause.all("after") for hit in clause.all(*INTAKE))
    is_after = is_after or _is_pain_elsewhere(clause)
    in_mouth = any(one.has("mouthpart", "throat", "aphtha", "lesion") for one in reader.passage.sentence_of(clause))
    return is_after and not in_mouth and not clause.has("swallow")


def is_for_want_of_hunger(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence tells of nausea or no hunger, and the text of nothing that hurts.

    "Je mange moins, pas faim." Not where a "but" may set it against the eating: "nausea too, but I hardly eat".
    """
    sentence = reader.passage.sentence_of(clause)
    if reader.passage.has(*OF_MOUTH) or any(one.has("but") for one in sentence):
        return False
    return any(reader.facts(one, "nausea") or _is_not_hungry(one) for one in sentence)


def _is_not_hungry(clause: Clause) -> bool:
    """Whether hunger is denied right before it."""
    denials = clause.all("no", "not")
    return any(0 <= hit.start - one.end <= 1 for hit in clause.all("hunger") for one in denials)


def _is_pain_elsewhere(clause: Clause) -> bool:
    """Whether each pain is part of a complaint of its own: "me duele el estómago al comer"."""
    complaints = [hit for hit in clause.all("state") if hit.end - hit.start > 1]
    pains = clause.all("pain")
    return bool(pains) and all(any(_is_within(hit, one) for one in complaints) for hit in pains)


def _is_within(hit: Hit, phrase: Hit) -> bool:
    return phrase.start <= hit.start and hit.end <= phrase.end
