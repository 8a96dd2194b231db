"""Negations that deny nothing: "not only", "no more than", "not that I don't", "pas mal", "sores or not"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

RELATIVE: Final = frozenset(["qui", "that", "which", "die", "der", "das", "dat", "que"])
CONCORD: Final = frozenset({"es", "fr"})
"""Languages in which two negations are one: "no tengo ninguno"."""

TIMES: Final = ("units", "night", "unit_other", "sentence")
"""What there may be none of without a symptom."""

NEAR: Final = 3


def is_lifted(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a negation limits, compares, or leaves open what it stands beside, and does not deny it."""
    return (
        _is_of(hit, lifts_denial(clause))
        or any(_is_of(hit, one) for one in clause.all("or_not"))
        or _is_comparing(hit, clause)
        or _is_more(hit, clause, passage)
        or _is_quite(hit, clause, passage)
        or _is_of_no_time(hit, clause, passage)
        or _is_either_way(hit, clause)
        or is_or_else(hit.start - 1, clause, passage)
        or is_limit(hit, clause)
    )


def lifts_denial(clause: Clause) -> Hit | None:
    """The "it is not that" of a clause before another denial: "it's not that I don't cough"."""
    for hit in clause.all("not_that"):
        if any(one.start >= hit.end for one in clause.all("no", "not", "cannot")):
            return hit
    return None


def is_or_else(at: int, clause: Clause, passage: Passage) -> bool:
    """Whether the word at a place is the "if" of a Spanish "or else": "la subo en tres viajes, si no me ahogo"."""
    if passage.lexicon.language != "es" or not clause.start <= at < clause.end - 2:
        return False
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and before.end - before.start >= NEAR
    is_led = at == clause.start and is_next and before is not None and not before.has("if")
    is_led = is_led or (at == clause.start + 1 and clause.begins_with("because"))
    return is_led and [token.text for token in passage.tokens[at : at + 3]] == ["si", "no", "me"]


def of_all(clause: Clause, passage: Passage) -> list[int]:
    """Where the denials of "there isn't a spot in my mouth that isn't raw" stand; the second may have its own clause.

    Nothing is denied by them, of whichever of the two clauses it is asked.
    """
    before, after = passage.before(clause), passage.after(clause)
    if not clause.has("no", "not") or not (clause.has("mouthpart") or (before and before.has("mouthpart"))):
        return []
    for first, second in ((clause, clause), (clause, after), (before, clause)):
        if first is None or second is None or first.sentence != second.sentence:
            continue
        places = [one.start for one in first.all("mouthpart")]
        opening = [one.start for one in first.all("no", "not") if places and one.end <= places[0]]
        later = [one for one in second.all("no", "not") if opening and one.start > places[0]]
        later = [one for one in later if _is_led_by_that(one, second, passage)]
        if any(hurt.end > one.start for one in later for hurt in second.all("pain", "aphtha", "lesion", "swollen")):
            return [*opening, *(one.start for one in later)]
    return []


def _is_led_by_that(denial: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a relative pronoun stands before it, or before the verb before it: "qui n'est pas", "qui soit pas"."""
    start = max(clause.start, denial.start - 2)
    return any(token.text in RELATIVE for token in passage.tokens[start : denial.start])


def is_limit(hit: Hit, clause: Clause) -> bool:
    """Whether it limits and does not deny: "not only", "plus de trois", "no more than two", "no less than six"."""
    only = clause.all("only", "left", "sum")
    if any((one.kind == "only" and one.start == hit.end) or one.start < hit.end < one.end for one in only):
        return True
    amounts = clause.all("more_than", "at_least", "at_most", "less_than")
    sores = {noun.start - skipped for noun in clause.all("aphtha", "lesion", "spot") for skipped in (0, 1)}
    counted = {number.start for number in clause.numerals if number.end in sores}
    over = [one for one in amounts if one.kind == "more_than" and one.end in counted]
    if any(hit.end <= one.start <= hit.end + 1 or (hit.start > one.end and hit.end == clause.end) for one in over):
        return True
    if any(one.start == hit.start and one.end > hit.end for one in clause.all("at_most")):
        return True
    if any(one.kind == "less_than" and one.start == hit.end for one in amounts):
        return True
    return any(one.start < hit.end and hit.start < one.end for one in amounts) and any(
        number.start == hit.end for number in clause.numerals
    )


def _is_of(hit: Hit, phrase: Hit | None) -> bool:
    return phrase is not None and phrase.start <= hit.start and hit.end <= phrase.end


def _is_of_no_time(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is so at all times, as there is none without it: "es vergeht keine Stunde, in der ich nicht huste"."""
    if hit.kind != "not" or not clause.has("cough", "breathless"):
        return False
    if not any(hit.start <= one.start <= hit.end + 1 for one in clause.all("cough", "breathless")):
        return False
    before = passage.before(clause)
    is_led_on = before is not None and before.mark in ("", ",") and before.sentence == clause.sentence
    told = [clause, before] if before is not None and is_led_on else [clause]
    ends = {(one.end, part.at) for part in told for one in part.all("no", "not", "barely") if one.end <= hit.start}
    ends |= {(one.end, part.at) for part in told for one in part.all("article") if (one.start, part.at) in ends}
    times = [(one.end, part) for part in told for one in part.all(*TIMES) if (one.start, part.at) in ends]
    return any(any(end <= one.start < hit.start for one in clause.all("self", "me", "have")) for end, _ in times)


def _is_either_way(hit: Hit, clause: Clause) -> bool:
    """Whether it ends a clause that leaves open what it names: "sores or not, I had my steak"."""
    joined = any(one.end == hit.start for one in clause.all("or"))
    return joined and hit.end == clause.end and clause.mark == "," and not clause.has("no", "cannot")


def _is_comparing(hit: Hit, clause: Clause) -> bool:
    """Whether it is the "more" of a comparison, where that is a "no more" too: "plus d'aphtes que lundi"."""
    is_more = any((one.start, one.end) == (hit.start, hit.end) for one in clause.all("more_than"))
    sores = {one.end for one in clause.all("aphtha", "lesion", "spot") if 0 <= one.start - hit.end <= 1}
    return is_more and any(one.start in sores for one in clause.all("wh", "only", "than"))


def _is_more(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the French "plus" is more, and not no more: "moins de toux mais plus d'essoufflement"."""
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and passage.lexicon.language == "fr"
    if not is_next or before is None or passage.tokens[hit.start].text != "plus":
        return False
    return any(token.text == "moins" for token in passage.tokens[before.start : before.end])


def _is_quite(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is the French "quite": "m'essouffle pas mal", "saigne pas mal"."""
    if passage.lexicon.language != "fr" or hit.end >= clause.end or passage.tokens[hit.end].text != "mal":
        return False
    return any(one.end == hit.start for one in clause.all("cough", "breathless", "blood", "swollen", "bring_up"))


def is_doubled(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is one of two that stand side by side and undo each other: "not not coughing", "can't not cough"."""
    if _is_not_after_cannot(hit, clause, passage):
        return True
    if passage.lexicon.language in CONCORD:
        return False
    answers = {one.start for one in clause.all("no_answer") if one.start == clause.start}
    starts = {one.start for one in clause.all("not") if one.end - one.start == 1}
    pairs = [(at, at + 1) for at in starts - answers if at + 1 in starts and _undoes(at, passage)]
    return any(hit.start in pair for pair in pairs)


def _is_not_after_cannot(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether what cannot be done is not to do it: "ich kann nicht nicht husten", "je ne peux pas ne pas tousser"."""
    nots = clause.all("not")
    for cannot in clause.all("cannot"):
        second = next((one for one in nots if one.start == cannot.end), None)
        if second is None or not (hit == second or hit.end == cannot.end):
            continue
        words = {passage.tokens[at].text for at in range(cannot.start, cannot.end)}
        again = {passage.tokens[at].text for at in range(second.start, second.end)}
        if passage.lexicon.language == "en" or words & again:
            return True
    return False


def _undoes(at: int, passage: Passage) -> bool:
    """Whether a negation undoes the one after it, rather than strengthen it, as in the dialect "nia ned"."""
    return passage.lexicon.language == "en" or passage.tokens[at].text == passage.tokens[at + 1].text
