"""Which symptoms a text mentions, clause by clause, and how: there, denied or gone, or of no concern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.breath.breathing import breathlessness_in
from symptoms.language.breath.exceptions import is_excepted
from symptoms.language.breath.slight_coughs import is_other_than_ever
from symptoms.language.denial.never_without import adds_a_time, is_never_without
from symptoms.language.denial.well_no_more import well_no_more
from symptoms.language.over.endings import has_ended
from symptoms.language.over.gone_for_it import came_then
from symptoms.language.over.gone_unlike import is_not_gone_as_that
from symptoms.language.over.no_more import is_no_more
from symptoms.language.over.only_thought import was_only_thought
from symptoms.language.over.shared_endings import (
    is_named_after,
    is_of_another_thing,
    with_last_ended,
)
from symptoms.language.over.taken_up import told_without_name
from symptoms.language.over.unended import are_not_all, is_before_otherwise
from symptoms.language.over.until_lately import there_lately
from symptoms.language.reading.mentions import Mention, Status
from symptoms.language.reading.reader import Reader, numerals_in, takes_over
from symptoms.language.scope.not_me import is_not_me
from symptoms.language.scope.noticed import is_answered, is_barked_by_me
from symptoms.language.scope.past import is_of_week_before
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.excepted import are_some_excepted, has_share
from symptoms.language.sores.left_over import is_limited, left_overs
from symptoms.language.sores.mouth import sores_in
from symptoms.language.sores.none_left import denies_new_ones, is_gone_without_new, is_none_left
from symptoms.language.sores.other_one import that_one_left
from symptoms.language.sores.parted import fewer_went, rest_stays
from symptoms.language.sores.unnamed import bare_numbers, is_of_thing, unnamed_sores
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

UNCOUNTED: Final = ("relative", "stranger", "if", "without", "gone")
"""Beside which nothing is counted that is only suspected."""

BREATH: Final = ("breathe", "air")
TURNED_ROUND: Final = ("can", "without", "gone", "fine", "clean", "well", "less", "no", "not", "better", "stop", "left")
"""Words of a question to which a "no" says that it is there: "asked if the cough was gone and I said no"."""


def find_mentions(reader: Reader) -> list[Mention]:
    """Every mention of a mouth sore, a cough or breathlessness, in order."""
    found: list[Mention] = []
    for clause in reader.passage.clauses:
        named = list(_named(clause, reader))
        ended = bool(named or found) and _is_over(clause, reader)
        for symptom, hit, is_denied in named:
            is_denied = is_denied and not (is_excepted(hit, clause, reader) or is_before_otherwise(hit, clause))
            is_denied = is_denied and that_one_left(clause, reader.passage) is None
            is_ended = ended and hit.kind != "not_back" and not came_then(hit, clause, reader.passage)
            if (
                is_never_without(hit, clause)
                or is_not_gone_as_that(hit, clause, reader)
                or was_only_thought(clause, reader.passage)
            ):
                is_denied = is_ended = False
            found.append(Mention(symptom, _status(hit, clause, reader, is_denied, is_ended), hit, clause))
        if not named and (without := _without_sores_left(clause, found, reader)) != found:
            found = without
        elif not named and (told := told_without_name(clause, found, reader)):
            found += told
        elif (
            found
            and not named
            and (
                ended
                or (
                    is_no_more(clause, reader) and not (found[-1].hit.kind in NOUNS and denies_new_ones(clause, reader))
                )
            )
            and not is_of_another_thing(found, clause, reader)
            and not (is_never_without(found[-1].hit, found[-1].clause) and adds_a_time(clause, reader.passage))
        ):
            found = with_last_ended(found, clause, reader)
    found += _own_count(found, reader) or there_lately(found, reader)
    if any(one.symptom is Symptom.MOUTH_SORES and one.hit.kind != "mouthpart" for one in found):
        return found
    counted = unnamed_sores(reader)
    return found + [
        Mention(Symptom.MOUTH_SORES, Status.PRESENT if reader.scope.is_real(hit, at) else Status.IRRELEVANT, hit, at)
        for hit, at in counted
    ]


def _is_over(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that what it names, or what was named before it, has gone, and all of it."""
    if are_some_excepted(clause, reader.passage) or has_share(clause, reader.passage):
        return False
    if is_gone_without_new(clause, reader):
        return True
    is_taken_over = takes_over(clause, reader, "gone") and not clause.has("another")
    return has_ended(clause, reader) or is_taken_over or is_named_after(clause, reader)


def _without_sores_left(clause: Clause, found: list[Mention], reader: Reader) -> list[Mention]:
    """The mentions in which sores are there no more, where a clause says that none is left of those of its sentence."""
    if not is_none_left(clause, reader):
        return found
    told = {one.at for one in reader.passage.sentence_of(clause) if one.at < clause.at} | {clause.at - 1}
    sores = [one for one in found if one.symptom is Symptom.MOUTH_SORES and one.clause.at in told]
    own = [one for one in sores if not reader.scope.is_others(one.hit, one.clause)]
    if own and all(one.status is Status.IRRELEVANT for one in own):
        return [*found, Mention(Symptom.MOUTH_SORES, Status.ABSENT, own[-1].hit, clause)]
    return [replace(one, status=Status.ABSENT) if one in own and one.status is Status.PRESENT else one for one in found]


def _own_count(found: list[Mention], reader: Reader) -> list[Mention]:
    """What the speaker counts, where others name the sores: "I see eight, my husband nine ulcers"."""
    others = [one for one in found if one.symptom is Symptom.MOUTH_SORES and one.status is Status.IRRELEVANT]
    for other in others if len(others) == len(found) else []:
        before = reader.passage.before(other.clause)
        if before is None or not (before.has("observe") and before.has("self")) or before.has("relative", "if", "no"):
            continue
        if other.clause.has("relative", "stranger") and (numbers := numerals_in(before, reader)):
            return [Mention(Symptom.MOUTH_SORES, Status.PRESENT, numbers[0], before)]
    return []


def suspected_mentions(reader: Reader) -> list[Mention]:
    """What a text tells of the mouth, to be counted where sores are suspected in it and no rule finds any."""
    told = (*NOUNS, "mouthpart", "pain")
    clauses = [one for one in reader.passage.clauses if one.has(*told) and not one.has(*UNCOUNTED)]
    clauses = [one for one in clauses if not any(hit in reader.denied for hit in one.all(*NOUNS))]
    if clauses:
        return [Mention(Symptom.MOUTH_SORES, Status.PRESENT, one.all(*told)[0], one) for one in clauses]
    counted = [(hit, one) for one in reader.passage.clauses for hit in bare_numbers(one, reader)]
    counted = [(hit, one) for hit, one in counted if not is_of_thing(hit, one)]
    return [Mention(Symptom.MOUTH_SORES, Status.PRESENT, hit, one) for hit, one in counted if not one.has(*UNCOUNTED)]


def _status(hit: Hit, clause: Clause, reader: Reader, is_denied: bool, is_ended: bool) -> Status:
    """How a symptom is mentioned by these words. `is_ended`: what the clause names has gone."""
    if is_answered(clause, reader.passage) == "no" and not reader.scope.is_others(hit, clause):
        return Status.PRESENT if is_denied or is_ended or clause.has(*TURNED_ROUND) else Status.ABSENT
    if hit.kind in BREATH and well_no_more(clause, reader.passage) and not reader.scope.is_others(hit, clause):
        return Status.PRESENT
    if not reader.scope.is_real(hit, clause):
        return Status.IRRELEVANT
    if is_denied or is_ended:
        is_of_now = not (is_of_week_before(clause, reader.passage) or _is_hoped(hit, clause))
        return Status.ABSENT if is_of_now else Status.IRRELEVANT
    if is_not_me(clause, reader.passage):
        return Status.ABSENT
    is_left_now = hit.kind == "numbers" and clause.has("now") and bool(left_overs(clause))
    is_left_now = is_left_now or (
        hit.kind in NOUNS and (fewer_went(clause, reader) or _rest_stays_after(clause, reader))
    )
    return Status.IRRELEVANT if reader.scope.is_over(hit, clause) and not is_left_now else Status.PRESENT


def _rest_stays_after(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with the others that are there still: "I had six, four went, the rest stays"."""
    return any(rest_stays(one, reader) for one in reader.passage.sentence_after(clause))


def _is_hoped(hit: Hit, clause: Clause) -> bool:
    """Whether it is only hoped that it does not come: "hoffentlich fange ich nicht an zu husten"."""
    return any(one.start < hit.start for one in clause.all("hoped"))


def _named(clause: Clause, reader: Reader) -> Iterator[tuple[Symptom, Hit, bool]]:
    """Symptom, words and denial of each mention in a clause."""
    for hit in sores_in(clause, reader):
        is_there = _is_counted_elsewhere(clause) or are_not_all(hit, clause)
        is_denied = hit in reader.denied and not (is_there or is_limited(hit, clause))
        yield Symptom.MOUTH_SORES, hit, is_denied
    for hit in _cough(clause, reader):
        yield Symptom.COUGH, hit, hit in reader.denied and not is_other_than_ever(hit, clause)
    for hit, is_denied in breathlessness_in(clause, reader):
        yield Symptom.DYSPNEA, hit, is_denied


def _is_counted_elsewhere(clause: Clause) -> bool:
    """Whether so many are in one place, and only those in another are denied: "right four and left no sores"."""
    places = {hit.end for hit in clause.all("place", "mouthpart", "right_side")}
    denials = [hit.start for hit in clause.all("no")]
    joints = [hit.start for hit in clause.all("and")]
    return any(
        number.value and number.start in places and number.end == joint and any(joint < at for at in denials)
        for number in clause.numerals
        for joint in joints
    )


def _cough(clause: Clause, reader: Reader) -> list[Hit]:
    """The words for a cough, or for phlegm or blood that is brought up, or the barking that the speaker does."""
    coughs = clause.all("cough") or [hit for hit in clause.all("bark") if is_barked_by_me(hit, clause, reader.passage)]
    if not coughs and clause.has("bring_up") and clause.has("phlegm", "blood") and not clause.has("tooth"):
        coughs = clause.all("bring_up")
    return coughs
