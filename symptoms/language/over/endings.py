"""Whether a clause says that what it names has gone, wholly: "the cough is gone"; not "almost gone", "two left"."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.breath_words import is_breath_gone
from symptoms.language.denial.closing import is_closed
from symptoms.language.denial.denying import CONTENT
from symptoms.language.denial.fronting import wished_from
from symptoms.language.over.gone_for_it import is_of_its_cause, left_behind
from symptoms.language.over.rid_of import is_away, is_rid
from symptoms.language.over.unended import is_of_food, is_of_not_all
from symptoms.language.reading.reader import Reader, numerals_in
from symptoms.language.scope.ahead import is_ahead, is_asked_or_hoped
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.left_over import gone_in, is_by_itself, left_overs
from symptoms.language.sores.mouth import OTHER_MATTERS
from symptoms.language.sores.other_one import only_these_left
from symptoms.language.sores.parted import come_instead, rest_stays, were_more
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import is_within
from symptoms.language.text.numbers import numbers_in

NEAR: Final = 3
SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")


def has_ended(clause: Clause, reader: Reader) -> bool:
    """Whether the clause says that something went away, wholly: not where a cough went, "down on my chest".

    Nor what should have gone: "the cough was meant to be gone by now".
    """
    is_rid_of_it = is_rid(clause, reader.passage) or is_away(clause, reader.passage)
    if not clause.has("gone", "closed", "done_with") and not is_rid_of_it:
        return False
    gone_at = {hit.start for hit in clause.all("gone")}
    if (clause.has("cough") and clause.has("chest", "lungs")) or is_asked_or_hoped(clause, reader.passage):
        return False
    lasting = [hit for hit in clause.all("still") if hit.end not in gone_at or hit.end - hit.start > 1]
    lasting = [hit for hit in lasting if not (_is_of_meals(hit, clause) or _is_of_own_subject(hit, clause))]
    if lasting or _is_there_still(clause, reader):
        return False
    gone = [hit for hit in gone_in(clause) if hit not in reader.denied]
    within = clause.all("swallow", "off_food", "hearty", "since")
    gone = [hit for hit in gone if not any(is_within(hit, one) for one in within)]
    gone = [hit for hit in gone if not (_is_preposition(hit, clause, reader) or _is_turned(hit, clause))]
    gone = [hit for hit in gone if not (_is_no_end(hit, clause, reader) or _are_others_new(hit, clause, reader))]
    gone = [hit for hit in gone if not (is_breath_gone(hit, clause) or reader.scope.is_others(hit, clause))]
    gone = [hit for hit in gone if not (is_of_its_cause(hit, clause) or left_behind(hit, clause))]
    gone = [hit for hit in gone if not is_ahead(hit, clause, reader.passage)]
    relatives = {hit.start for hit in clause.all("wh")}
    almost = any(
        0 <= one.start - two.end <= 1 or two.start <= one.start < two.end
        for one in gone
        for two in clause.all("almost")
        if two.start not in relatives
    )
    return (
        (bool(gone) or is_closed(clause) or is_rid_of_it)
        and not almost
        and not clause.has("half")
        and not clause.has("if", "promised")
        and not _has_left(clause, reader)
        and not leaves_some(clause, reader)
    )


def _are_others_new(gone: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether new ones have come for those that went: "twee zijn weg maar vier nieuwe zweren erbij".

    Or a new one after "and": "deux guéris et un nouveau depuis hier"; not "and no new one".
    """
    if any(gone.end <= one.start < noun.start for one in clause.all("new") for noun in clause.all(*NOUNS)):
        return True
    ones = {hit.start for hit in clause.all("pieces") if hit.start > gone.end}
    if any(one.end in ones for one in clause.all("new")):
        return True
    counted = {hit.end for hit in clause.numerals if hit.start >= gone.end}
    is_counted = any(one.start in counted for one in clause.all("new"))
    return is_counted or any(come_instead(one, clause, reader) for one in clause.all("another"))


def _has_left(clause: Clause, reader: Reader) -> bool:
    """Whether it tells of what is left; "now" alone does not, nor the "da" that is an article: "da Huast is weg"."""
    nows = set() if clause.numerals else {hit.start for hit in clause.all("now")}
    if any(hit.start == clause.start + 1 for hit in clause.all("cough", "breathless")):
        nows |= {clause.start} if reader.passage.says(clause.start, "there") else set()
    left = [hit for hit in clause.all("left") if not is_by_itself(hit, clause)]
    return any(hit.start not in nows for hit in [*left_overs(clause), *left])


def _is_of_meals(still: Hit, clause: Clause) -> bool:
    """Whether it is eating that goes on or is back: "llagas curadas y otra vez comiendo"."""
    meals = clause.all("eat", "drink", "hearty")
    is_beside = any(0 <= hit.start - still.end <= 1 or 0 <= still.start - hit.end <= 1 for hit in meals)
    return is_beside and not clause.has("no", "not", "cannot", "barely", "less", "trouble", "pain")


def _is_of_own_subject(still: Hit, clause: Clause) -> bool:
    """Whether it is something else that goes again, after "and": "de hoest is over en traplopen gaat weer"."""
    subjects = {hit.start for hit in clause.all("moderate_effort", "minimal_effort", "sleep")}
    gone = [hit.end for hit in clause.all("gone")]
    joints = [hit for hit in clause.all("and") if hit.end in subjects and hit.end < still.start]
    return any(end <= joint.start for joint in joints for end in gone)


def _is_there_still(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with "but it is still there": "the cough calms down but is not gone"."""
    after = reader.passage.after(clause)
    is_same = after is not None and after.sentence == clause.sentence and not after.has(*(CONTENT - {"gone"}))
    return is_same and after is not None and after.has("still") and after.begins_with("but")


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
    is_kept = is_kept or is_of_not_all(gone, clause, reader.passage) or is_of_food(gone, clause, reader)
    return is_kept or _is_awaited(gone, clause) or _is_blood(gone, clause) or _is_time_without(gone, clause)


def _is_time_without(gone: Hit, clause: Clause) -> bool:
    """Whether it is time that goes by, and none of it without a complaint: "hardly an hour has gone by without"."""
    if not clause.has("without"):
        return False
    denials = [one.end for one in clause.all("barely", "no", "not") if one.end <= gone.start]
    times = [one.start for one in clause.all("units") if one.end <= gone.start]
    is_led = any(0 <= at - end <= 1 for at in times for end in denials)
    return is_led and any(gone.end <= one.start <= gone.end + NEAR for one in clause.all("without"))


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
    is_over = reader.passage.says(gone.end - 1, "over")
    if is_over and only_these_left(clause, reader.passage):
        return True
    units = [unit.start for unit in clause.all("units")]
    things = [hit.start for hit in clause.all("self") if any(hit.start == one.start for one in clause.all("mine"))]
    return is_over and (any(0 < at - gone.end <= 2 for at in units) or gone.end in things)


def leaves_some(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with how many are left: "five have healed, so I'm down to two"."""
    if clause.has("cough", "breathless") and not clause.has("aphtha", "lesion"):
        return False
    units = {hit.start for hit in clause.all("units")}
    counts = [hit.value or 0 for hit in numerals_in(clause, reader) if hit.end not in units]
    if len(counts) == 2 and 0 < min(counts) < max(counts) and clause.has("of", "between", "place"):
        return True
    after = reader.passage.after(clause)
    if (after is not None and rest_stays(after, reader)) or were_more(
        clause, numbers_in(clause, reader.passage), reader
    ):
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
    if after is not None and after.sentence == clause.sentence and after.has("that_one") and left_overs(after):
        return is_of_sores
    return clause.has("numbers", "aphtha", "mine") and any(
        one.has("left", "sum", "still") and not one.has(*OTHER_MATTERS) and any(hit.value for hit in one.numerals)
        for one in later
    )
