"""Air that a tyre lacks, and breath that clothes or a room take from anybody: "geen lucht in de achterband"."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.breath_words import names_air
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.times.beginnings import has_beginning

NEAR: Final = 4
OPENING: Final = 3
"""Words before a thing that opens a clause: "a las llantas", "der alte Ball"."""
WORN: Final = 2
"""Words before a garment that opens a clause, and between it and the breath that it takes."""
BREATH: Final = ("breathless", "cannot_breathe", "breathe", "air", "lungs")
SPEAKER: Final = ("self", "have", "me")
JOINTS: Final = ("and", "because", "cause", "after", "if", "without", "trouble", "cannot", "can", "barely", "until")
"""What stands between a thing and breath that is not its own: "inflated a ball and no breath left"."""
OF_BODY: Final = ("chest", "lungs", "throat", "faint", "blue", "sudden", "cough", "pain")
MORE: Final = (
    *OF_BODY, "still", "also", "night", "sleep", "since_then", "every", "each", "stop", "pausing", "relieves",
    "moderate_effort", "minimal_effort", "worse", "speak", "as_if",
)  # fmt: skip
"""Beside which clothes or a room are not all that takes the breath."""


def is_of_thing(clause: Clause, reader: Reader) -> bool:
    """Whether the air that is lacking is that of a tyre or a ball, or tight clothes or a stuffy room take the breath.

    Not where the speaker pumps up the tyre, nor where the text tells of breath once more, or of what has begun.
    """
    passage = reader.passage
    if not passage.has("inflated", "puncture", "garment", "stuffy", "indoors") or clause.has(*OF_BODY):
        return False
    return _is_air_of_thing(clause, reader) or (
        _is_all_that_is_told(clause, passage)
        and (_is_taken_by_clothes(clause, passage) or _is_lacking_in_a_room(clause, reader))
    )


def _is_air_of_thing(clause: Clause, reader: Reader) -> bool:
    """Whether a thing has no air in it: "no air in the tyre", "les falta aire a las llantas"; not "like a flat one"."""
    air = [hit for hit in clause.all("air", "cannot_breathe", "breathless") if _is_of_air(hit, reader)]
    own = _speaker_in(clause)
    if not air or clause.has("like", "as_if"):
        return False
    if all(any(_has_no(lacking, thing, clause) for thing in clause.all("inflated", "puncture")) for lacking in air):
        return True
    return not own and _is_after_puncture(clause, reader.passage)


def _has_no(lacking: Hit, thing: Hit, clause: Clause) -> bool:
    """Whether it is a thing that lacks the air: it opens the clause, or it is in it that there is none."""
    first, last = sorted((thing, lacking), key=lambda hit: hit.start)
    between = range(first.end, last.start)
    own = [hit.start for hit in _speaker_in(clause)]
    if len(between) > NEAR or any(at in between for at in own):
        return False
    if thing is first and thing.kind == "puncture":
        return True
    if any(at < first.start for at in own):
        return False
    if thing is first:
        is_led = thing.start - clause.start <= OPENING
        return is_led and not any(hit.start in between for hit in clause.all(*JOINTS))
    return any(hit.start in between for hit in clause.all("place", "through", "of"))


def _is_of_air(hit: Hit, reader: Reader) -> bool:
    """Whether the words name air, as nobody does who only pants."""
    return hit.kind == "air" or names_air(hit, reader)


def _is_after_puncture(clause: Clause, passage: Passage) -> bool:
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and not clause.begins_with("and")
    if before is None or not is_next or before.has("like", "as_if", "moderate_effort", "after"):
        return False
    return before.has("puncture")


def _is_taken_by_clothes(clause: Clause, passage: Passage) -> bool:
    """Whether clothes are so tight that nobody could breathe in them, or choke whom they are on."""
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence
    parts = [clause, before] if before is not None and is_next else [clause]
    if any(one.has("garment") for one in parts) and _is_in_it(clause, passage):
        return True
    for one in parts:
        worn = [hit for hit in one.all("garment") if hit.start - one.start <= WORN]
        led = [*_speaker_in(one), *one.all("company", "place", "without")]
        if not worn or any(hit.start < worn[0].start for hit in led):
            continue
        short = one.all("breathless", "cannot_breathe")
        if one is clause and any(0 <= hit.start - worn[0].end <= WORN - 1 for hit in short):
            return True
        is_so_tight = one.has("pressure", "closing") and one.has("so_much", "fiercely")
        if is_so_tight and not (clause.has("rest") or (one is before and clause.begins_with("and"))):
            return True
    return False


def _is_in_it(clause: Clause, passage: Passage) -> bool:
    """Whether nobody breathes "in it", or "darin": in the clothes that are named beside it."""
    places = {hit.end for hit in clause.all("place")}
    short = clause.all("breathless", "cannot_breathe")
    words = [at for at in range(clause.start, clause.end) if passage.says(at, "in_it")]
    is_english = passage.lexicon.language == "en"
    return bool(short) and any(at in places or not is_english for at in words)


def _is_lacking_in_a_room(clause: Clause, reader: Reader) -> bool:
    """Whether a room has no air, or its heat leaves nobody any: "hay que abrir, aquí dentro no hay aire"."""
    sentence = reader.passage.sentence_of(clause)
    is_of_anybody = clause.has("anybody", "impersonal")
    if any(_speaker_in(one) or one.has("relative") or (one.has("had") and not is_of_anybody) for one in sentence):
        return False
    is_in_room = any(one.has("among_people", "indoors") for one in sentence)
    if any(one.has("stuffy") for one in sentence) and (is_in_room or is_of_anybody or clause.has("there_are")):
        return True
    return is_in_room and clause.has("there_are") and any(_is_of_air(hit, reader) for hit in clause.all(*BREATH))


def _is_all_that_is_told(clause: Clause, passage: Passage) -> bool:
    """Whether a text tells of breath in this clause alone, and of nothing that it goes with or since when."""
    others = [one for one in passage.clauses if one is not clause]
    if any(one.has("breathless", "cannot_breathe", "air") for one in others):
        return False
    return not any(one.has(*MORE) or has_beginning(one) for one in passage.clauses)


def _speaker_in(clause: Clause) -> list[Hit]:
    """The words for the speaker in a clause, but for "my" and "our"."""
    determiners = {hit.start for hit in clause.all("mine")}
    return [hit for hit in clause.all(*SPEAKER) if hit.start not in determiners]
