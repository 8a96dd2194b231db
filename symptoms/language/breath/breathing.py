"""Breathlessness in a clause: by its own name, or as breath and air that are lacking, hard or impossible to get."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.language.breath.as_ever import is_as_ever, is_degree_denied
from symptoms.language.breath.best_breath import was_never_better, was_never_worse
from symptoms.language.breath.breath_unnamed import without_name
from symptoms.language.breath.breath_words import breath_in, is_breathing_too, is_of_scan, is_other_matter, names_air
from symptoms.language.breath.easy_breath import (
    YOUNG,
    is_ample,
    is_counted_after,
    is_named_with_no_lack,
    is_nothing_with,
    is_scant,
    is_waited_for,
    is_well_only_at_rest,
    likened_age,
)
from symptoms.language.breath.exceptions import is_excepted
from symptoms.language.breath.hard_breath import is_lack_denied, what_makes_it_hard
from symptoms.language.breath.harmless_breath import is_harmless
from symptoms.language.reading.reader import Reader, is_only_better, takes_over
from symptoms.language.scope.breath_before import is_nothing_since
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import is_near, overlap

OF_BREATH: Final = (
    "breathless", "cannot_breathe", "breathe", "air", "fine", "lungs", "smother", "narrow", "pausing",
    "not_back", "breath_taken", "held_breath",
)  # fmt: skip
"""Classes of words of which a clause has one that tells of breath."""
NEAR: Final = 4
HAVING: Final = ("self", "have", "can", "suffice", "ask", "someone", "also", "but", "and", "mine", "filler")
"""What a clause consists of that says that one gets breath."""


def breathlessness_in(clause: Clause, reader: Reader) -> Iterator[tuple[Hit, bool]]:
    """The words for breathlessness, and whether it is denied."""
    if not clause.has(*OF_BREATH) or is_harmless(clause, reader):
        return
    for hit in clause.all("breathless", "cannot_breathe"):
        if not is_other_matter(hit, clause) and not is_as_ever(hit, clause, reader):
            is_breath = is_breathing_too(hit, clause) and not reader.passage.says(hit.start, "short_by_name")
            is_fine = is_breath and _is_fine(clause, hit, reader)
            is_fine = is_fine or any(
                _is_said_within(one, hit) and one not in reader.denied for one in clause.all("fine")
            )
            is_denied = hit in reader.denied and not (_cannot_be_done(hit, clause) or is_degree_denied(hit, clause))
            is_denied = is_denied or _is_disowned(hit, clause, reader)
            yield hit, is_denied or _is_called_fine(hit, clause, reader) or _is_easy(hit, clause, reader)
    yield from ((hit, False) for hit in without_name(clause, reader))
    if not clause.has("breathless", "cannot_breathe", "smell"):
        yield from _breath_that_is_called(clause, reader)


def _breath_that_is_called(clause: Clause, reader: Reader) -> Iterator[tuple[Hit, bool]]:
    """Breath or air of which something is said, and whether it is well."""
    breath = next(iter(breath_in(clause)), None)
    if breath is None:
        yield from (
            (hit, hit not in reader.denied and not is_counted_after(hit, clause))
            for hit in clause.all("fine")
            if names_air(hit, reader)
        )
        return
    hard = what_makes_it_hard(breath, clause, reader) + _in_no_posture(breath, clause, reader)
    if breath in reader.denied and any(one.end <= breath.start for one in clause.all("or")):
        hard = [hit for hit in hard if hit.kind != "trouble"]
    age = likened_age(breath, clause)
    if clause.has("ever") and was_never_better(breath, clause, reader.passage):
        yield breath, True
    elif clause.has("ever") and was_never_worse(breath, clause, reader.passage):
        yield breath, False
    elif age is not None and not hard:
        yield breath, age <= YOUNG
    elif breath in reader.denied or hard:
        yield breath, not hard and not is_lacking(breath, clause, reader)
    elif is_scant(breath, clause) or _was_had_before(clause, reader.passage):
        yield breath, False
    elif is_of_scan(breath, clause):
        return
    elif (
        _is_fine(clause, breath, reader)
        or _is_simply_had(breath, clause, reader)
        or is_ample(breath, clause, reader.passage)
    ):
        is_limited = is_well_only_at_rest(clause, reader.passage) or is_waited_for(clause, reader.passage)
        yield breath, not (is_limited or _cannot_be_said(breath, clause))


def _was_had_before(clause: Clause, passage: Passage) -> bool:
    """Whether there was breath, and the sentence goes on with none since: "avant j'avais du souffle, depuis rien"."""
    after = passage.after(clause)
    is_same = after is not None and after.sentence == clause.sentence
    return is_same and after is not None and clause.has("had") and clause.has("of_before") and is_nothing_since(after)


def _is_called_fine(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is a word for breathing too, which is well; not of breath that is short by its name."""
    if any(_is_said_within(one, hit) and one not in reader.denied for one in clause.all("fine")):
        return True
    is_short = reader.passage.says(hit.start, "short_by_name")
    return is_breathing_too(hit, clause) and not is_short and _is_fine(clause, hit, reader)


def _is_said_within(fine: Hit, hit: Hit) -> bool:
    """Whether the words are those of breath that is well, or end in them: "kom ik geen adem tekort"."""
    return fine.end == hit.end and hit.start <= fine.start and fine.end - fine.start > hit.end - hit.start - NEAR


def _cannot_be_done(hit: Hit, clause: Clause) -> bool:
    """Whether it is a breathing that is not possible, or not well: "i konn ned gscheit schnaufn"."""
    able = [one for one in clause.all("can", "cannot") if one.start < hit.start]
    if not able or not is_breathing_too(hit, clause) or clause.has("without", "fine"):
        return False
    between = [one for one in clause.all("and", "but", "or") if able[-1].start < one.start < hit.start]
    return not between and any(able[-1].start <= one.start < hit.start for one in clause.all("not"))


def _is_disowned(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a sentence only names it, and ends with "habe ich nicht": "er fragt nach Atemnot, habe ich nicht"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or clause.has("have", "ample", "fine", "since"):
        return False
    if any(one.start > hit.start for one in clause.all("self")) or not (after.has("have") and after.has("not")):
        return False
    small = {at for one in after.all("have", "self", "not", "filler") for at in range(one.start, one.end)}
    return small.issuperset(range(after.start, after.end)) and after.mark != "?"


def _cannot_be_said(breath: Hit, clause: Clause) -> bool:
    """Whether it cannot be said that breath is well: "ik kan niet zeggen dat ik goed lucht krijg"."""
    said = [one.end for one in clause.all("not_that") if one.end - one.start > 2]
    return clause.has("say", "utter") and any(end <= breath.start for end in said)


def _is_easy(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether the clause before says that it is no trouble: "ich habe keine Schwierigkeiten, Luft zu holen"."""
    before = reader.passage.before(clause)
    if before is None or before.mark != "," or hit.end != clause.end:
        return False
    is_infinitive = any(hit.start < one.start < hit.end for one in clause.all("for_to"))
    return is_infinitive and any(one.end == before.end for one in reader.facts(before, "fine"))


def _is_simply_had(breath: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether breath opens a clause that says no more than that one gets it: "Luft krieg ich", "Puste hab ich"."""
    if not clause.has("have", "can", "suffice") or clause.has("if") or clause.mark == "?" or breath.kind != "air":
        return False
    said = {at for hit in clause.all(*HAVING) for at in range(hit.start, hit.end)} | {breath.start}
    opening = [hit.end for hit in clause.all("and", "but", "mine") if hit.end <= breath.start]
    is_first = breath.start == max(opening, default=clause.start)
    after = reader.passage.after(clause)
    is_taken_back = after is not None and after.sentence == clause.sentence and after.begins_with("but")
    return is_first and not is_taken_back and said.issuperset(range(clause.start, clause.end))


def is_breathless(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says of the patient, now, that breath is short, hard to get, or gone."""
    return any(
        not (is_denied and not is_excepted(hit, clause, reader))
        and reader.scope.is_real(hit, clause)
        and not reader.scope.is_over(hit, clause)
        for hit, is_denied in breathlessness_in(clause, reader)
    )


def _is_fine(clause: Clause, hit: Hit, reader: Reader) -> bool:
    """Whether it is said that breath is no trouble."""
    if any(one in reader.denied for one in clause.all("trouble")) or takes_over(clause, reader, "fine"):
        return True
    near = [one for one in clause.all("fine") if is_near(one, hit) or overlap(one, hit)]
    return any(one not in reader.denied and not is_only_better(one, clause) for one in near)


def is_lacking(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether breath itself is denied, and not a trouble with it: "no bother with the breathing".

    Nor is it an item of a list that was denied as a whole: "none of these: cough, breath".
    """
    if hit not in reader.denied or any(overlap(hit, one) for one in clause.all("lungs")):
        return False
    if any(is_lack_denied(one, clause) for one in clause.all("lack")):
        return False
    is_none = any(one.end == hit.start for one in clause.all("no"))
    if is_named_with_no_lack(clause, reader.passage) or is_nothing_with(hit, clause, reader.passage):
        return False
    if _is_fine(clause, hit, reader) and not (is_none and hit.kind == "air"):
        return False
    if not clause.has("no", "not", "cannot"):
        return False
    is_other = hit.kind == "breathe" and not clause.has("not", "cannot")
    able = {one.start for one in clause.all("can")}
    is_untroubled = is_other and any(hit.start > one.end and one.end not in able for one in clause.all("no"))
    return (
        not is_untroubled and not any(one in reader.denied for one in clause.all("lack")) and not clause.has("trouble")
    )


def _in_no_posture(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """The postures in none of which breath is got: "ni sentado ni acostado logro respirar"."""
    if clause.has("lack", "trouble", "less", "pain", "stop", "laboured", "without", "but") or not clause.has("or"):
        return []
    if breath.kind == "air" and not clause.has("can"):
        return []
    postures = [hit for hit in clause.all("rest", "sit_up") if hit in reader.denied and hit.end <= breath.start]
    return postures if len({hit.start for hit in postures}) > 1 else []
