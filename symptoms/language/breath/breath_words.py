"""Which words of a clause are of breath, and not of food that chokes, a puffed face or a cough that is gone."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import overlap

NEAR: Final = 4
INTAKE: Final = group("intake")


def breath_in(clause: Clause) -> list[Hit]:
    """Breath and air of which something is said: not those within a word for breathlessness."""
    whole = clause.all("breathless", "cannot_breathe")
    return [hit for hit in clause.all("breathe", "air") if not any(overlap(hit, one) for one in whole)]


def is_breathing_too(hit: Hit, clause: Clause) -> bool:
    """Whether the word is also one for breathing that is well: "Schnaufen geht gut"."""
    return any((one.start, one.end) == (hit.start, hit.end) for one in clause.all("breathe"))


def names_air(fine: Hit, reader: Reader) -> bool:
    """Whether air is a word of what is well: "lucht genoeg", which may be denied."""
    words = [reader.passage.tokens[at].text for at in range(fine.start, fine.end)]
    entries = [one for word in words for one in reader.passage.lexicon.entries(word) if not one.rest]
    return len(words) > 1 and any(one.kind == "air" for one in entries)


def is_other_matter(hit: Hit, clause: Clause) -> bool:
    """Whether food is what somebody chokes on, or a face is what is puffed."""
    is_of_food = clause.has(*INTAKE, "stuck") and any(overlap(hit, one) for one in clause.all("choke"))
    is_of_face = clause.has("lip", "face", "tongue") and any(overlap(hit, one) for one in clause.all("swollen"))
    return is_of_food or is_of_face


def is_of_scan(breath: Hit, clause: Clause) -> bool:
    """Whether only an X-ray or a test of the lungs is well: "das Röntgen der Lunge war unauffällig"."""
    return clause.has("scan") and any(overlap(breath, one) for one in clause.all("lungs"))


def is_breath_gone(gone: Hit, clause: Clause) -> bool:
    """Whether it is breath that is gone, which ends nothing; not breath that is well again."""
    if clause.has("trouble") or any(one.end == gone.end for one in clause.all("fine", "clean")):
        return False
    if any(hit.start < gone.start and gone.end <= hit.end for hit in clause.all("breathless", "cannot_breathe")):
        return True
    return any(0 <= gone.start - hit.end <= NEAR - 1 for hit in clause.all("air"))
