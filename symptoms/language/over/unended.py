"""What sounds denied or over, and is there: "not all of the sores are gone", "kein Brot kommt an ihnen vorbei"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3


def are_not_all(sores: Hit, clause: Clause) -> bool:
    """Whether something is denied of all of them only, or of half: "nicht alle Aphthen sind weg", "ni la mitad de"."""
    denials = {hit.end for hit in clause.all("not", "not_even")}
    alls = [hit for hit in clause.all("all_of", "half") if hit.start in denials]
    return any(0 <= sores.start - hit.end <= NEAR for hit in alls)


def is_before_otherwise(symptom: Hit, clause: Clause) -> bool:
    """Whether it is only said that there is nothing else: "zweertje op mijn tong verder niks"."""
    others = [hit for hit in clause.all("otherwise", "but") if hit.start >= symptom.end]
    nothing = [hit.start for hit in clause.all("nothing") if hit.start in {other.end for other in others}]
    denials = [hit.start for hit in clause.all("no", "not", "no_answer")]
    return (
        symptom.kind in (*NOUNS, "cough", "breathless") and bool(nothing) and all(at >= min(nothing) for at in denials)
    )


def is_of_not_all(gone: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether not all of them have gone: "not all the ulcers have cleared", "de meeste aften zijn weg"."""
    if any(passage.says(at, "most") for at in range(clause.start, gone.start)):
        return True
    lessened = {hit.start for hit in clause.all("not_even")}
    if any(hit.start in lessened and hit.end <= gone.start for hit in clause.all("less")):
        return True
    denials = {hit.end for hit in clause.all("not")}
    return any(hit.start in denials and hit.end <= gone.start for hit in clause.all("all_of"))


def is_of_food(gone: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is food that does not pass: "an den drei Bläschen kommt kein Brot vorbei"."""
    meals = [hit for hit in clause.all("eat", "drink") if hit.end <= gone.start]
    if any(hit.end == gone.start and hit in reader.denied for hit in meals):
        return True
    places = [hit.start for hit in clause.all("place")]
    sores = [hit.start for hit in clause.all(*NOUNS) if hit.end <= gone.start]
    denials = [hit.end for hit in clause.all("no", "not")]
    past = [at for at in places if any(0 < sore - at <= NEAR for sore in sores)]
    return any(denial <= meal.start and meal.end <= at for denial in denials for meal in meals for at in past)
