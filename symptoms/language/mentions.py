"""Which symptoms a text mentions, clause by clause, and how: there, denied or gone, or of no concern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.breath_words import is_breath_gone
from symptoms.language.breathing import breathlessness_in
from symptoms.language.classes import group
from symptoms.language.clauses import Clause
from symptoms.language.closing import is_closed
from symptoms.language.countable import NOUNS
from symptoms.language.denying import CONTENT
from symptoms.language.exceptions import is_excepted
from symptoms.language.fronting import wished_from
from symptoms.language.hits import Hit
from symptoms.language.left_over import gone_in, half_left, is_by_itself, left_overs
from symptoms.language.mouth import OTHER_MATTERS, sores_in
from symptoms.language.other_one import other_left, other_since
from symptoms.language.reader import Reader, numerals_in, read, takes_over
from symptoms.language.unnamed import bare_numbers, unnamed_sores

__all__ = ["Mention", "Reader", "Status", "find_mentions", "read", "suspected_mentions"]


BRIEF: Final = 4
NEAR: Final = 3
NOT_ENDED: Final = group("intake") | {"soft", "straw", "fever"}
"""What is over when a clause says so of itself, and not what the clause before told of."""

OTHERS_THAT_END: Final = (
    "harmless", "state", "rinse", "treatment", "tablets", "drug", "pain",
    "swollen", "nose", "throat",
)  # fmt: skip
"""What a clause may name that is over, and leaves what was told before as it is."""

TOPICS: Final = group("topics")
SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")
THERE: Final = ("there_are", "now")
UNLIKE: Final = ("have", "left", "no", "not")
"""What a clause does not have that only names what is over."""


OF_NONE: Final = ("no", "not", "no_answer", "days_ago", "now", "mine", "filler", "left", "further", "trivial")
"""What a clause consists of that says no more than that there are none today."""

AFFIRMING: Final = frozenset({"sip", "si", "oui", "schon", "wel", "do", "yes", "ja", "doch"})
"""Words that say of one time what was denied of another."""

DAYTIME: Final = frozenset({"tagsuber", "tags", "overdag", "morgens", "abends", "mittags", "unterwegs", "buiten"})

OF_TODAY: Final = ("now", "days_ago", "affirmed", "self", "have", "but", "and", "filler")
"""Of what a clause consists that says no more than that it is so today."""
EFFORTS: Final = ("moderate_effort", "minimal_effort")
WHEN: Final = (*EFFORTS, "night", "rest", "sit_up", "place", "of", "company", "mine", "article", "left", "still")
"""And that it is so at night, or on the stairs."""

NOT_MINE: Final = ("relative", "stranger", "if", "no", "not", "used_to", "tablets", "drug", "treatment")
"""Beside which "it happens to me" is not said of the symptom that was asked about."""

UNCOUNTED: Final = ("relative", "stranger", "if", "without", "gone")
"""Beside which nothing is counted that is only suspected."""


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


def find_mentions(reader: Reader) -> list[Mention]:
    """Every mention of a mouth sore, a cough or breathlessness, in order."""
    found: list[Mention] = []
    for clause in reader.passage.clauses:
        ended = _is_ended(clause, reader) or takes_over(clause, reader, "gone") or _is_named_after(clause, reader)
        named = False
        for symptom, hit, is_denied in _named(clause, reader):
            named = True
            is_denied = is_denied and not (_is_not_gone_too(clause, reader) or is_excepted(hit, clause, reader))
            found.append(Mention(symptom, _status(hit, clause, reader, is_denied, ended), hit, clause))
        if (
            not named
            and (left := _left_over(clause, reader))
            and any(one.symptom is Symptom.MOUTH_SORES for one in found)
        ):
            found.append(Mention(Symptom.MOUTH_SORES, Status.PRESENT, left, clause))
        elif not named and _denied_before(clause, found) and (so := _is_so_now(clause, reader)):
            found += [Mention(one.symptom, Status.PRESENT, so, clause) for one in _denied_before(clause, found)]
        elif not named and (own := _own_share(clause, found, reader)):
            found.append(Mention(found[-1].symptom, Status.PRESENT, own, clause))
        elif not named and found and _is_so_then(clause, found, reader):
            found.append(Mention(found[-1].symptom, Status.PRESENT, found[-1].hit, found[-1].clause))
        elif not named and found and _is_own_denial(clause, reader):
            found.append(Mention(found[-1].symptom, Status.ABSENT, found[-1].hit, clause))
        elif not named and (ended or _is_no_more(clause, reader)) and not _is_of_another_thing(found, clause, reader):
            found = _with_last_ended(found, clause, reader)
    found += _own_count(found, reader)
    if any(one.symptom is Symptom.MOUTH_SORES and one.hit.kind != "mouthpart" for one in found):
        return found
    counted = unnamed_sores(reader)
    return found + [
        Mention(Symptom.MOUTH_SORES, Status.PRESENT if reader.scope.is_real(hit, at) else Status.IRRELEVANT, hit, at)
        for hit, at in counted
    ]


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
    return [Mention(Symptom.MOUTH_SORES, Status.PRESENT, hit, one) for hit, one in counted if not one.has(*UNCOUNTED)]


def _status(hit: Hit, clause: Clause, reader: Reader, is_denied: bool, is_ended: bool) -> Status:
    if not reader.scope.is_real(hit, clause):
        return Status.IRRELEVANT
    if is_denied or is_ended:
        return Status.ABSENT
    is_left_now = hit.kind == "numbers" and clause.has("now") and bool(left_overs(clause))
    return Status.IRRELEVANT if reader.scope.is_over(hit, clause) and not is_left_now else Status.PRESENT


def all_gone(clause: Clause, reader: Reader) -> bool:
    """Whether it says no more than that what was told of before has gone: "they healed", "the two healed"."""
    if not clause.has("gone"):
        return False
    if _has_those_gone(clause, reader):
        return True
    is_some = clause.numerals or clause.has("another", "the_rest", "half", "mouthpart", "if", "almost", "still", *NOUNS)
    return not (is_some or left_overs(clause)) and any(hit not in reader.denied for hit in gone_in(clause))


def _has_those_gone(clause: Clause, reader: Reader) -> bool:
    """Whether "the two", and no others that are named, have gone."""
    if len(clause.numerals) > 1 or left_overs(clause) or clause.has("another", "the_rest", "if", "almost", "still"):
        return False
    those = [hit for hit in clause.all("mine", "all_of") for one in clause.numerals if hit.end == one.start]
    those += [hit for hit in clause.all("each") if hit.start == clause.start and hit.end - hit.start > 1]
    return bool(those) and any(hit not in reader.denied for hit in clause.all("gone"))


def _was_one_gone(clause: Clause, reader: Reader) -> bool:
    """Whether it says that what was told of before, or a sore that it names, has gone."""
    is_ended = any(hit not in reader.denied for hit in clause.all("gone")) and not clause.has("almost", "if", "cough")
    return all_gone(clause, reader) or (is_ended and clause.has(*NOUNS))


def _had_none(previous: Clause, clause: Clause, reader: Reader) -> bool:
    """Whether there were none before, and the sentence tells of those that came: "no sores then, since Sunday two"."""
    is_past = previous.sentence == clause.sentence and previous.has("had", "since", "days_ago", "weekdays")
    return is_past and any(hit in reader.denied for hit in previous.all(*NOUNS))


def _left_over(clause: Clause, reader: Reader) -> Hit | None:
    """The words that say how many are left, or that there is a new one, in a clause that does not name them again."""
    left = clause.first("left")
    if left and any(hit.value for hit in clause.numerals) and reader.is_fact(left, clause):
        return left
    is_both = clause.begins_with("each") or clause.begins_with("all_of")
    if is_both and clause.end - clause.start <= BRIEF and not clause.has(*CONTENT) and (kept := clause.first("still")):
        return kept
    if other := other_left(clause, reader.passage) or other_since(clause, reader.passage):
        return other
    if half := half_left(clause, reader):
        return half
    previous = reader.passage.before(clause)
    if clause.has("now") and clause.has("have") and (many := reader.facts(clause, "many")):
        return many[0]
    is_after = clause.has("but", "now") or (previous is not None and _was_one_gone(previous, reader))
    is_after = is_after or (previous is not None and _had_none(previous, clause, reader))
    is_told = is_after and clause.has("since", "there_are", "only", "new", "size", "pieces", "days_ago")
    if is_told and (counted := bare_numbers(clause, reader)):
        return counted[0]
    if clause.has("right_side") and previous is not None and _was_one_gone(previous, reader):
        return next((hit for hit in clause.all("another") if hit.end == clause.end), None)
    return clause.first("another") if clause.has("since", "mouthpart") and not clause.has(*OTHER_MATTERS) else None


def _is_of_another_thing(found: list[Mention], clause: Clause, reader: Reader) -> bool:
    """Whether what is over is named, and is not what was told of: "the mouthwash is gone", "the pain went"."""
    nouns = {hit.end for hit in clause.all("mine", "article")}
    told = found[-1].hit.kind if found else ""
    others = {hit.start for hit in clause.all(*OTHERS_THAT_END) if hit.kind != told}
    known = {at for hit in clause.hits for at in range(hit.start, hit.end)}
    unknown = set(range(clause.start, clause.end - 1)) - known
    return bool(nouns & (others | unknown)) or bool(reader.facts(clause, *NOT_ENDED))


def _is_no_more(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says no more than "not any more", "none today"."""
    if clause.has(*NOT_ENDED):
        return False
    said = [hit for hit in clause.all(*CONTENT) if hit.kind != "trivial" or hit not in reader.denied]
    is_bare = clause.end - clause.start <= BRIEF and not said
    barely = {hit.end for hit in clause.all("barely")} | {hit.end - 1 for hit in clause.all("barely")}
    ended = [hit for hit in clause.all("no_longer") if barely.isdisjoint((hit.start, hit.start + 1))]
    ended = ended if clause.has("have") or not clause.has("self") else []
    only = {one.start for one in clause.all("only")}
    ended = [hit for hit in ended if hit.end not in only]
    return bool(ended) or (is_bare and _is_of_today(clause) and clause.has("no", "not", "no_answer"))


def _is_of_today(clause: Clause) -> bool:
    """Whether "now" or a time of today is said, and nothing is named beside it: "this morning none", not "no post"."""
    small = {at for hit in clause.all(*OF_NONE) for at in range(hit.start, hit.end)}
    is_today = clause.has("now") or any(hit.value == 0 for hit in clause.all("days_ago"))
    return is_today and small.issuperset(range(clause.start, clause.end))


def _is_own_denial(clause: Clause, reader: Reader) -> bool:
    """Whether the speaker only denies what was named of others, or warned of: "but I haven't a single one"."""
    is_exception = clause.has("but") and clause.end - clause.start <= BRIEF - 1
    is_own = clause.has("self", "have", "observe") and (is_exception or clause.has("no", "not", "no_answer"))
    previous = reader.passage.before(clause)
    if previous is None or not is_own or clause.has(*CONTENT):
        return False
    return previous.has("advice") or any(reader.scope.is_others(hit, previous) for hit in previous.hits)


def _is_so_then(clause: Clause, found: list[Mention], reader: Reader) -> bool:
    """Whether what was denied of one time or effort is so at another: "de noche no toso, pero de día sí"."""
    last = found[-1]
    if last.status is not Status.ABSENT or last.clause.at != clause.at - 1 or not clause.begins_with("but"):
        return False
    is_other = clause.has("units", "night", "rest", "moderate_effort", "minimal_effort", "weekdays", "days_ago")
    words = [token.text for token in reader.passage.tokens[clause.start : clause.end]]
    is_other = is_other or not DAYTIME.isdisjoint(words)
    is_yes = words[-1] in AFFIRMING
    return is_yes and is_other and not clause.has("relative", "stranger", "if", *(CONTENT - {"rest", "sleep", "worse"}))


def _denied_before(clause: Clause, found: list[Mention]) -> list[Mention]:
    """What the clause right before denied."""
    return [one for one in found if one.clause.at == clause.at - 1 and one.status is Status.ABSENT]


def _is_so_now(clause: Clause, reader: Reader) -> Hit | None:
    """What says that there is what the clause before denied of another time, or when doing something else.

    "No cough then, today yes"; "in rust niet kortademig, op de trap wel".
    """
    before = reader.passage.before(clause)
    said = clause.first("affirmed")
    if before is None or before.sentence != clause.sentence or said is None or clause.mark == "?":
        return None
    is_today = clause.has("now", "left", "still") or any(hit.value == 0 for hit in clause.all("days_ago"))
    is_when = clause.has("night", "rest") or (clause.has(*EFFORTS) and clause.has("place", "of", "company"))
    known = {at for hit in clause.all(*OF_TODAY, *WHEN) for at in range(hit.start, hit.end)}
    words = {at for at in range(clause.start, clause.end) if not reader.passage.tokens[at].is_mark}
    is_bare = known.issuperset(words) and not clause.has("no", "not", "no_answer", "nothing", "gone", "also")
    return said if (is_today or (is_when and said.end == clause.end)) and is_bare else None


def _own_share(clause: Clause, found: list[Mention], reader: Reader) -> Hit | None:
    """What says that the speaker has what somebody else has, or what was warned of.

    "He has four, I just the one"; "he coughs, me too"; "ring if it's over three, they said. I've five."
    """
    last = found[-1] if found else None
    if last is None or last.clause.at < clause.at - 2 or last.status is not Status.IRRELEVANT:
        return None
    is_answer = last.clause.at == clause.at - 1 and last.clause.mark == "?" and bool(last.clause.numerals)
    if is_answer and last.symptom is Symptom.MOUTH_SORES and clause.end - clause.start == 1 and clause.numerals:
        return clause.numerals[0]
    is_others = reader.scope.is_others(last.hit, last.clause)
    if not is_others and (so := _happens_to_me(clause, last, reader)):
        return so
    if not is_others and not (clause.has("have", *THERE) and reader.scope.is_imagined(last.hit, last.clause)):
        return None
    is_mine = clause.begins_with("mine") and clause.has("since") and not clause.has("also")
    if not (is_mine or clause.has("self", "have", *THERE)) or clause.has(*(CONTENT - {"say"}), "no", "not"):
        return None
    if clause.has("relative", "stranger") or reader.passage.sentence_of(clause)[-1].mark == "?":
        return None
    if clause.has("if", "advice") or (not is_others and clause.end - clause.start > BRIEF + 1):
        return None
    is_counted = last.symptom is Symptom.MOUTH_SORES
    numbers = [hit for hit in numerals_in(clause, reader) if hit.value and (is_counted or hit.value == 1)]
    is_brief = clause.end - clause.start <= BRIEF + 1
    times = clause.all("since") if is_brief and reader.times(clause) else []
    return next(iter([*numbers, *clause.all("also"), *times]), None)


def _happens_to_me(clause: Clause, asked: Mention, reader: Reader) -> Hit | None:
    """The end of "it happens to me" after what was asked of anybody: "c'est normal de tousser ? moi ça m'arrive"."""
    is_next = asked.clause.at == clause.at - 1 and asked.clause.mark == "?" and clause.mark != "?"
    if not is_next or not reader.scope.is_imagined(asked.hit, asked.clause) or not clause.has("self", "me"):
        return None
    if clause.end - clause.start > BRIEF * 2 or clause.has(*NOT_MINE):
        return None
    return next((hit for hit in clause.all("also") if hit.end == clause.end and hit.end - hit.start > 1), None)


def _is_named_after(clause: Clause, reader: Reader) -> bool:
    """Whether it only names what the clause before said is over: "healed since Friday, all four sores"."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.has(*(CONTENT - TOPICS), *UNLIKE, "also"):
        return False
    if clause.has("only", "still", "excepting", "further", "new") or clause.begins_with("but"):
        return False
    mine = {hit.start for hit in clause.all("mine")}
    if any(hit.start not in mine or before.end - before.start > 1 for hit in clause.all("self")):
        return False
    mine = {hit.start for hit in clause.all("mine")}
    if any(hit.start not in mine for hit in clause.all("self")):
        return False
    is_bare = clause.end - clause.start <= BRIEF and clause.has("aphtha", "lesion", "cough", "breathless")
    return is_bare and not before.has(*TOPICS) and _is_ended(before, reader)


def _is_not_gone_too(clause: Clause, reader: Reader) -> bool:
    """Whether a symptom did not go like what the clause before names: "the cold is gone, the cough not"."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.has("gone"):
        return False
    if clause.end - clause.start > BRIEF:
        return _is_but_not(clause) and any(hit not in reader.denied for hit in before.all("gone"))
    is_not = clause.has("not", "no_longer") and (clause.has("mine") or not clause.has("no"))
    is_there = is_not and not before.has(*SYMPTOMS)
    is_there = (is_there or _is_only_denied(clause)) and not clause.has("self", "have")
    return is_there and any(hit not in reader.denied for hit in before.all("gone"))


def _is_but_not(clause: Clause) -> bool:
    """Whether it says no more than of what one is not rid: "rid of the sores, but not of my cough"."""
    buts = {hit.end for hit in clause.all("but")}
    is_brief = clause.end - clause.start <= BRIEF + 1 and not clause.has("have")
    return is_brief and any(hit.start in buts for hit in clause.all("not"))


def _is_only_denied(clause: Clause) -> bool:
    """Whether it names a symptom and ends with a "not": "the breathlessness hasn't", "l'essoufflement non"."""
    last = [hit for hit in clause.all("not", "no_answer") if hit.end == clause.end]
    is_bare = clause.end - clause.start <= BRIEF - 1 and clause.has("cough", "breathless")
    return bool(last) and is_bare and not clause.has("no", "also", "or", "and")


def _is_ended(clause: Clause, reader: Reader) -> bool:
    """Whether the clause says that something went away, wholly: not where a cough went, "down on my chest"."""
    gone_at = {hit.start for hit in clause.all("gone")}
    if clause.has("cough") and clause.has("chest", "lungs"):
        return False
    lasting = [hit for hit in clause.all("still") if hit.end not in gone_at or hit.end - hit.start > 1]
    lasting = [hit for hit in lasting if not _is_of_meals(hit, clause)]
    if lasting or _is_there_still(clause, reader):
        return False
    gone = [hit for hit in gone_in(clause) if hit not in reader.denied]
    within = clause.all("swallow", "off_food", "hearty", "since")
    gone = [hit for hit in gone if not any(_is_part(hit, one) for one in within)]
    gone = [hit for hit in gone if not (_is_preposition(hit, clause, reader) or _is_turned(hit, clause))]
    gone = [hit for hit in gone if not (_is_no_end(hit, clause, reader) or _are_others_new(hit, clause))]
    gone = [hit for hit in gone if not (is_breath_gone(hit, clause) or reader.scope.is_others(hit, clause))]
    almost = any(
        0 <= one.start - two.end <= 1 or two.start <= one.start < two.end
        for one in gone
        for two in clause.all("almost")
    )
    return (
        (bool(gone) or is_closed(clause))
        and not almost
        and not clause.has("half")
        and not clause.has("if")
        and not _has_left(clause)
        and not _leaves_some(clause, reader)
    )


def _are_others_new(gone: Hit, clause: Clause) -> bool:
    """Whether new ones have come for those that went: "twee zijn weg maar vier nieuwe zweren erbij"."""
    return any(gone.end <= one.start < noun.start for one in clause.all("new") for noun in clause.all(*NOUNS))


def _has_left(clause: Clause) -> bool:
    """Whether it tells of what is left; "now" alone does not."""
    nows = set() if clause.numerals else {hit.start for hit in clause.all("now")}
    left = [hit for hit in clause.all("left") if not is_by_itself(hit, clause)]
    return any(hit.start not in nows for hit in [*left_overs(clause), *left])


def _is_of_meals(still: Hit, clause: Clause) -> bool:
    """Whether it is eating that goes on or is back: "llagas curadas y otra vez comiendo"."""
    meals = clause.all("eat", "drink", "hearty")
    is_beside = any(0 <= hit.start - still.end <= 1 or 0 <= still.start - hit.end <= 1 for hit in meals)
    return is_beside and not clause.has("no", "not", "cannot", "barely", "less", "trouble", "pain")


def _is_there_still(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with "but it is still there": "the cough calms down but is not gone"."""
    after = reader.passage.after(clause)
    is_same = after is not None and after.sentence == clause.sentence and not after.has(*(CONTENT - {"gone"}))
    return is_same and after is not None and after.has("still") and after.begins_with("but")


def _is_part(hit: Hit, phrase: Hit) -> bool:
    """Whether it is one of the words of a longer phrase."""
    return phrase.start <= hit.start and hit.end <= phrase.end and hit.end - hit.start < phrase.end - phrase.start


def _is_turned(gone: Hit, clause: Clause) -> bool:
    """Whether it is what a sore came to look like: "it's gone a bit white"."""
    bits = {hit.start: hit.end for hit in clause.all("trivial") if hit.start == gone.end}
    return any(hit.start == bits.get(gone.end, gone.end) for hit in clause.all("size", "red", "blue"))


def _is_away(gone: Hit, clause: Clause) -> bool:
    """Whether it is the speaker who will be gone: "in den nächsten Tagen bin ich weg"."""
    is_speaker = any(hit.end == gone.start and hit.end - hit.start > 1 for hit in clause.all("being"))
    return is_speaker and clause.has("future") and not clause.has(*SYMPTOMS)


def _is_no_end(gone: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it ends nothing: it is awaited, wished for, out of reach, blood, or the speaker who is away."""
    wish = wished_from(clause, reader.passage)
    is_kept = (wish is not None and wish <= gone.start) or _is_away(gone, clause) or _is_out_of_reach(gone, clause)
    return is_kept or _is_awaited(gone, clause) or _is_blood(gone, clause)


def _is_out_of_reach(gone: Hit, clause: Clause) -> bool:
    """Whether it cannot be brought about: "pas moyen de me débarrasser de cette toux"."""
    return any(0 <= gone.start - one.end <= NEAR for one in clause.all("cannot"))


def _is_blood(gone: Hit, clause: Clause) -> bool:
    """Whether it is blood that was coughed out, and no cough that ended: the Dutch "bloed uitgehoest"."""
    return clause.has("blood") and any(hit.start == gone.start for hit in clause.all("bring_up"))


def _is_awaited(gone: Hit, clause: Clause) -> bool:
    """Whether it is not over yet: "no curry till these sores clear up"."""
    sores = [hit.start for hit in clause.all("aphtha", "lesion") if hit.end <= gone.start]
    return any(0 <= at - hit.end <= 2 for hit in clause.all("until") for at in sores)


def _is_preposition(gone: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is the "over" before a time or a thing: "de afspraak is over 3 dagen", "over mijn adem"."""
    is_over = reader.passage.tokens[gone.end - 1].text == "over"
    units = [unit.start for unit in clause.all("units")]
    things = [hit.start for hit in clause.all("self") if any(hit.start == one.start for one in clause.all("mine"))]
    return is_over and (any(0 < at - gone.end <= 2 for at in units) or gone.end in things)


def _leaves_some(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with how many are left: "five have healed, so I'm down to two"."""
    if clause.has("cough", "breathless") and not clause.has("aphtha", "lesion"):
        return False
    units = {hit.start for hit in clause.all("units")}
    counts = [hit.value or 0 for hit in numerals_in(clause, reader) if hit.end not in units]
    if len(counts) == 2 and 0 < min(counts) < max(counts) and clause.has("of", "between", "place"):
        return True
    later = [one for one in reader.passage.sentence_of(clause) if one.at > clause.at]
    earlier = [one for one in reader.passage.sentence_of(clause) if one.at < clause.at]
    is_of_sores = clause.has("stranger", "aphtha", "lesion") and not clause.has("cough", "breathless")
    if is_of_sores and any(left_overs(one) and one.numerals for one in earlier):
        return True
    went = max((hit.value or 0 for hit in numerals_in(clause, reader)), default=0)
    if went and went < max((hit.value or 0 for one in earlier for hit in numerals_in(one, reader)), default=0):
        return True
    previous = reader.passage.before(clause)
    if previous is not None and previous.has("cough", "breathless") and not previous.has("aphtha", "lesion"):
        return False
    return clause.has("numbers", "aphtha", "mine") and any(
        one.has("left", "sum", "still") and not one.has(*OTHER_MATTERS) and any(hit.value for hit in one.numerals)
        for one in later
    )


def _with_last_ended(found: list[Mention], clause: Clause, reader: Reader) -> list[Mention]:
    """Mentions in which those of the last clause that had any are over: "two ulcers, they healed"; not "only two"."""
    are_few = clause.has("only") and bool(clause.numerals)
    if not found or are_few or clause.has("relative", "stranger"):
        return found
    last = found[-1].clause
    if _leaves_some(last, reader):
        return found
    if last.has("air") and not last.has("fine"):
        return found
    is_one_of_them = clause.has("mouthpart", "ordinals") and bool(last.numerals)
    if last.has("left") or is_one_of_them:
        return found
    return [
        Mention(one.symptom, Status.ABSENT, one.hit, one.clause)
        if one.clause is last and (one.status is Status.PRESENT or reader.scope.is_over(one.hit, one.clause))
        else one
        for one in found
    ]


def _named(clause: Clause, reader: Reader) -> Iterator[tuple[Symptom, Hit, bool]]:
    """Symptom, words and denial of each mention in a clause."""
    for hit in sores_in(clause, reader):
        yield Symptom.MOUTH_SORES, hit, hit in reader.denied and not _is_counted_elsewhere(clause)
    for hit in _cough(clause):
        yield Symptom.COUGH, hit, hit in reader.denied
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


def _cough(clause: Clause) -> list[Hit]:
    coughs = clause.all("cough")
    if not coughs and clause.has("bring_up") and clause.has("phlegm", "blood") and not clause.has("tooth"):
        coughs = clause.all("bring_up")
    return coughs
