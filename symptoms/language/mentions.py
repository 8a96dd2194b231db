"""Which symptoms a text mentions, clause by clause, and how: there, denied or gone, or of no concern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.classes import group
from symptoms.language.clauses import Clause, Passage
from symptoms.language.lexicon import Hit
from symptoms.language.negation import CONTENT, denied_hits
from symptoms.language.scope import Scope, read_scope
from symptoms.language.times import Since, find_since

ELSEWHERE: Final = group("not_in_mouth")
OTHER_MATTERS: Final = (group("content") | group("intake")) - group("of_sores")
NEAR: Final = 4


class Status(Enum):
    """How a symptom is mentioned."""

    PRESENT = "present"
    ABSENT = "absent"
    IRRELEVANT = "irrelevant"


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a symptom. `hit` are the words that carry it."""

    symptom: Symptom
    status: Status
    hit: Hit
    clause: Clause


@dataclass(slots=True)
class Reader:
    """A passage with its scopes and denials, as the questions about it need them."""

    passage: Passage
    scope: Scope
    denied: set[Hit]
    today: date
    found_times: dict[int, list[Since]] = field(default_factory=dict)

    def times(self, clause: Clause) -> list[Since]:
        """The times of a clause that say since when, in order."""
        if clause.at not in self.found_times:
            self.found_times[clause.at] = find_since(clause, self.passage, self.today)
        return self.found_times[clause.at]

    def is_fact(self, hit: Hit, clause: Clause) -> bool:
        """Whether the words state something of the patient, now."""
        return hit not in self.denied and self.scope.is_real(hit, clause) and not self.scope.is_over(hit, clause)

    def facts(self, clause: Clause, *kinds: str) -> list[Hit]:
        """The hits of these classes that state something of the patient, now."""
        return [hit for hit in clause.all(*kinds) if self.is_fact(hit, clause)]


def read(passage: Passage, today: date) -> Reader:
    """A reader of a passage that was written on a day."""
    return Reader(passage, read_scope(passage), denied_hits(passage), today)


def find_mentions(reader: Reader) -> list[Mention]:
    """Every mention of a mouth sore, a cough or breathlessness, in order."""
    found: list[Mention] = []
    for clause in reader.passage.clauses:
        ended = _is_ended(clause, reader)
        named = False
        for symptom, hit, is_denied in _named(clause, reader):
            named = True
            found.append(Mention(symptom, _status(hit, clause, reader, is_denied, ended), hit, clause))
        if (
            not named
            and (left := _left_over(clause, reader))
            and any(one.symptom is Symptom.MOUTH_SORES for one in found)
        ):
            found.append(Mention(Symptom.MOUTH_SORES, Status.PRESENT, left, clause))
        elif not named and (ended or clause.has("no_longer")) and not reader.facts(clause, "eat", "drink", "fever"):
            found = _with_last_ended(found, clause, reader)
        elif not named and found and _is_own_denial(clause, reader):
            found.append(Mention(found[-1].symptom, Status.ABSENT, found[-1].hit, clause))
    return found


def _status(hit: Hit, clause: Clause, reader: Reader, is_denied: bool, is_ended: bool) -> Status:
    if not reader.scope.is_real(hit, clause):
        return Status.IRRELEVANT
    if is_denied or is_ended:
        return Status.ABSENT
    return Status.IRRELEVANT if reader.scope.is_over(hit, clause) else Status.PRESENT


def _left_over(clause: Clause, reader: Reader) -> Hit | None:
    """The words that say how many are left, in a clause that does not name them again."""
    left = clause.first("left")
    return (
        left if left and clause.has("numbers") | _has_digits(clause, reader) and reader.is_fact(left, clause) else None
    )


def _is_own_denial(clause: Clause, reader: Reader) -> bool:
    """Whether the speaker says no more than not to have what was named of others: "but I haven't a single one"."""
    is_own = clause.has("self", "have") and clause.has("no", "not", "no_answer")
    previous = reader.passage.before(clause)
    is_of_others = previous is not None and any(reader.scope.is_others(hit, previous) for hit in previous.hits)
    return is_own and is_of_others and not clause.has(*CONTENT)


def _digits(clause: Clause, reader: Reader) -> list[Hit]:
    """Numbers in digits, but for those of time, doses and the like."""
    others = {at for hit in clause.all("unit_other", "units", "months") for at in (hit.start - 1, hit.start - 2)}
    others |= {since.at for since in reader.times(clause)} | {hit.end for hit in clause.all("numbered")}
    tokens = reader.passage.tokens
    return [
        Hit("numbers", at, at + 1, float(tokens[at].text))
        for at in range(clause.start, clause.end)
        if tokens[at].text.isdecimal() and at not in others
    ]


def _has_digits(clause: Clause, reader: Reader) -> bool:
    return any(token.is_number for token in reader.passage.tokens[clause.start : clause.end])


def _is_ended(clause: Clause, reader: Reader) -> bool:
    """Whether the clause says that something went away, wholly."""
    if clause.has("still"):
        return False
    lasts = [one.start for one in clause.all("last")]
    gone = [hit for hit in clause.all("gone") if hit not in reader.denied and hit.start not in lasts]
    almost = any(
        0 <= one.start - two.end <= 1 or two.start <= one.start < two.end
        for one in gone
        for two in clause.all("almost")
    )
    return bool(gone) and not almost and not clause.has("left", "if") and not _leaves_some(clause, reader)


def _leaves_some(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with how many are left: "five have healed, so I'm down to two"."""
    later = [one for one in reader.passage.sentence_of(clause) if one.at > clause.at]
    return clause.has("numbers", "aphtha", "mine") and any(
        one.has("left", "sum") and not one.has(*OTHER_MATTERS) and (one.has("numbers") or _has_digits(one, reader))
        for one in later
    )


def _with_last_ended(found: list[Mention], clause: Clause, reader: Reader) -> list[Mention]:
    """Mentions in which those of the last clause that had any are over: "two ulcers, they healed"."""
    if not found or clause.has("relative", "stranger"):
        return found
    last = found[-1].clause
    return [
        Mention(one.symptom, Status.ABSENT, one.hit, one.clause)
        if one.clause is last and (one.status is Status.PRESENT or reader.scope.is_over(one.hit, one.clause))
        else one
        for one in found
    ]


def _named(clause: Clause, reader: Reader) -> Iterator[tuple[Symptom, Hit, bool]]:
    """Symptom, words and denial of each mention in a clause."""
    for hit in _mouth(clause, reader):
        yield Symptom.MOUTH_SORES, hit, hit in reader.denied
    for hit in _cough(clause):
        yield Symptom.COUGH, hit, hit in reader.denied
    yield from _breath(clause, reader)


def _mouth(clause: Clause, reader: Reader) -> list[Hit]:
    """Words for sores in the mouth: by their own name, or a sore, a pain or a number with a place in the mouth."""
    sentence = reader.passage.sentence_of(clause)
    if clause.has("mouthpart"):
        found = clause.all("aphtha", "lesion", "spot")
        found += [hit for hit in clause.all("pain") if not clause.has("tooth", "swollen")]
        if not found and not clause.has(*OTHER_MATTERS):
            found += [hit for hit in [*clause.all("many", "numbers"), *_digits(clause, reader)] if hit.value != 0]
        return found or _nothing_there(clause, reader)
    if clause.has(*ELSEWHERE):
        return []
    found = clause.all("aphtha")
    is_placed = any(one.has("mouthpart", "aphtha") for one in sentence)
    if is_placed:
        return found + clause.all("lesion", "spot")
    if reader.passage.has(*ELSEWHERE):
        return found
    return found + [hit for hit in clause.all("lesion") if _is_noun(hit, clause, reader)]


def _is_noun(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a word that may also say that something hurts ("sore") names a sore: it is counted or determined."""
    if not any(one.start == hit.start for one in clause.all("pain")):
        return True
    before = clause.all("numbers", "article", "another", "mine", "no", "vague_few", "many")
    is_digit = any(token.is_number for token in reader.passage.tokens[max(clause.start, hit.start - 2) : hit.start])
    return is_digit or any(0 <= hit.start - one.end <= 2 for one in before)


def _nothing_there(clause: Clause, reader: Reader) -> list[Hit]:
    """A place in the mouth of which it is said that nothing is there."""
    eaten = clause.has("eat", "drink", "swallow", "cannot", "tablets")
    is_empty = (clause.has("nothing") and not eaten) or _is_clean(clause, reader)
    found = [hit for hit in clause.all("mouthpart") if hit in reader.denied or is_empty]
    reader.denied.update(found)
    return found


def _is_clean(clause: Clause, reader: Reader) -> bool:
    """Whether a place in the mouth is called clean or well, and nothing else is said of it."""
    if clause.has("swollen", "blue", "eat", "drink", "swallow", "taste", "cannot"):
        return False
    clean = [hit for hit in clause.all("clean") if hit not in reader.denied]
    places = clause.all("mouthpart")
    return any(-NEAR <= one.start - place.end <= NEAR for one in clean for place in places)


def _cough(clause: Clause) -> list[Hit]:
    coughs = clause.all("cough")
    if not coughs and clause.has("bring_up") and clause.has("phlegm", "blood") and not clause.has("tooth"):
        coughs = clause.all("bring_up")
    return coughs


def breath_of(clause: Clause) -> list[Hit]:
    """Breath and air of which something is said: not those within a word for breathlessness."""
    whole = clause.all("breathless", "cannot_breathe")
    return [
        hit
        for hit in clause.all("breathe", "air")
        if not any(one.start < hit.end and hit.start < one.end for one in whole)
    ]


def is_untroubled(hit: Hit, clause: Clause) -> bool:
    """Whether a denial is of something about the breathing, not of breath: "no bother with the breathing"."""
    if hit.kind != "breathe" or clause.has("not", "cannot"):
        return False
    return any(hit.start - one.end > 0 for one in clause.all("no"))


def _breath(clause: Clause, reader: Reader) -> Iterator[tuple[Symptom, Hit, bool]]:
    """Breathlessness by its own name, or breath and air that are lacking, hard or impossible to get."""
    if clause.has("nose", "spectacle"):
        return
    for hit in clause.all("breathless", "cannot_breathe"):
        yield Symptom.DYSPNEA, hit, hit in reader.denied
    breath = next(iter(breath_of(clause)), None)
    if breath is None or clause.has("breathless", "cannot_breathe"):
        return
    hard = [hit for hit in clause.all("trouble", "barely", "lack", "cannot", "less") if hit not in reader.denied]
    hard += [hit for hit in clause.all("stop") if 0 <= breath.start - hit.end <= NEAR and hit not in reader.denied]
    if breath in reader.denied or hard:
        is_easy = clause.has("trouble") or is_untroubled(breath, clause)
        yield Symptom.DYSPNEA, breath, breath in reader.denied and is_easy and not hard
    elif any(hit in reader.denied for hit in clause.all("trouble")) or _is_fine(clause, breath):
        yield Symptom.DYSPNEA, breath, True


def _is_fine(clause: Clause, hit: Hit) -> bool:
    return any(abs(one.start - hit.end) <= 3 or abs(hit.start - one.end) <= 3 for one in clause.all("fine"))
