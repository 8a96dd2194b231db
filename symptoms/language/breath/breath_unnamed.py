"""What tells of breathlessness without the words for it: full lungs, a pillow on the face, pauses on the stairs."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import is_near, overlap

NEAR: Final = 4
TAKING: Final = (
    "moderate_effort", "minimal_effort", "sport", "exercise", "speak", "rest", "sit_up", "even", "everything",
    "nothing", "cough", "pain",
)  # fmt: skip
"""What takes the breath away of somebody who has little: efforts, a cough, anything."""


def without_name(clause: Clause, reader: Reader) -> list[Hit]:
    """What tells of breathlessness without the words for it."""
    return [
        *lungs_called("airless", clause, reader),
        *lungs_called("worn", clause, reader),
        *smothered(clause, reader),
        *_pauses_on_the_way(clause, reader),
        *_taken_for_good(clause, reader),
        *_taken_by_effort(clause, reader),
        *_held_no_longer(clause),
    ]


def lungs_called(kind: str, clause: Clause, reader: Reader) -> list[Hit]:
    """The lungs of which it is said that they take in no air ("full of water", "have given up"), or are weak."""
    lungs = clause.all("lungs")
    if not lungs or not clause.has(kind) or clause.has("phlegm", "fine", "clean"):
        return []
    denials = [one.end for one in clause.all("no", "not")]
    said = [hit for hit in reader.facts(clause, kind) if not any(0 <= hit.start - end < NEAR for end in denials)]
    return [hit for hit in lungs if any(is_near(hit, one) for one in said)]


def smothered(clause: Clause, reader: Reader) -> list[Hit]:
    """What feels as if it lay on the face or went round the ribs, or is breathed through: "air through a straw"."""
    if not clause.has("as_if", "narrow"):
        return []
    if clause.has("as_if") and clause.has("breathe") and (tight := reader.facts(clause, "burden", "pressure")):
        return tight
    if clause.has("as_if") and clause.has("face", "mouthpart", "nose"):
        return reader.facts(clause, "smother")
    if not clause.has("breathe", "air"):
        return []
    through = clause.all("through")
    return [hit for hit in reader.facts(clause, "narrow") if any(0 <= hit.start - one.end <= 2 for one in through)]


def _pauses_on_the_way(clause: Clause, reader: Reader) -> list[Hit]:
    """The pauses that an effort needs, when nothing else is named that needs them: "two floors and I stop at each"."""
    if not clause.has("moderate_effort") or clause.has("pain", "limb", "state", "elsewhere", "air"):
        return []
    if any(not _is_what_for(hit, clause) for hit in clause.all("breathe")):
        return []
    denials = clause.all("no", "not", "cannot", "barely", "without")
    pauses = reader.facts(clause, "pausing")
    withouts = {hit.end for hit in clause.all("without")}
    lifted = [hit for hit in pauses if hit.start in withouts or any(overlap(hit, one) for one in denials)]
    others = [one for one in denials if one.start not in {hit.start for hit in clause.all("without")}]
    is_denied = any(not any(overlap(hit, one) for hit in pauses) for one in others)
    if lifted:
        return lifted if is_denied else []
    return pauses if (clause.numerals or clause.has("each")) and not is_denied else []


def _is_what_for(breath: Hit, clause: Clause) -> bool:
    """Whether it is what a pause is for: "eine Pause zum Durchatmen"."""
    return any(0 <= breath.start - hit.end <= 1 for hit in clause.all("pausing")) and clause.has("for_to")


def _taken_for_good(clause: Clause, reader: Reader) -> list[Hit]:
    """What says that breath has not come back, which a sight took in the clause or right before it."""
    gone = clause.all("not_back")
    before = reader.passage.before(clause) if gone else None
    told = [clause] if before is None or before.sentence != clause.sentence else [clause, before]
    return gone if any(one.has("spectacle", "breathe", "air") for one in told) else []


def _taken_by_effort(clause: Clause, reader: Reader) -> list[Hit]:
    """What says that an effort takes the breath away: "even talking takes my breath away"; not that a view does."""
    if not clause.has("breath_taken") or clause.has("spectacle") or not clause.has(*TAKING):
        return []
    return reader.facts(clause, "breath_taken")


def _held_no_longer(clause: Clause) -> list[Hit]:
    """What says that breath cannot be held as it could: "ich kann die Luft nicht mehr so lange anhalten"."""
    is_unable = clause.has("cannot", "no_longer") or (clause.has("can") and clause.has("not"))
    is_less = clause.has("no_longer", "used_to", "of_before", "formerly", "less", "than") or bool(clause.numerals)
    return clause.all("held_breath") if is_unable and is_less else []
