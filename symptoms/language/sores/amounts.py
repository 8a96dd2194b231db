"""The amounts of sores that a clause tells, and what is said of each: how many are left, healed, in all."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.scope.subjects import strangers_in
from symptoms.language.sores.countable import counts_sores, is_anchored, is_introduced, is_part_of
from symptoms.language.sores.left_over import (
    counts_what_is_left,
    is_come_down_to,
    is_of_opening,
    is_opening_whole,
    is_part_of_before,
    is_share_left,
    is_whole_far,
    kept_in,
    left_overs,
)
from symptoms.language.sores.moments import when_of
from symptoms.language.sores.other_one import other_left, other_since, single_that_is_left
from symptoms.language.sores.parted import come_instead, goes_at_once, is_gone, rest_stays
from symptoms.language.sores.sequels import is_corrected, is_grown, is_more_than_before, is_start, is_then
from symptoms.language.sores.sides import doubled
from symptoms.language.sores.singles import names_a_place, single_in
from symptoms.language.sores.sums import is_followed, is_total
from symptoms.language.sores.that_one import those_left
from symptoms.language.sores.totals import Amount
from symptoms.language.sores.uncounted import (
    halved,
    is_whole_of_last,
    joined_bare,
    joined_one,
    last_ones_in,
    others_in,
    sized_in,
    went_too,
)
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity, numbers_in
from symptoms.language.times.day_by_day import days_back

NEAR: Final = 3


def amounts_in(clause: Clause, reader: Reader) -> list[Amount]:
    """The amounts of sores in a clause, in order: not the numbers of days, doses, stairs or degrees."""
    gone = went_too(clause, reader.passage)
    return _told_in(clause, reader) if gone is None else [Amount(1, gone.start, clause, is_healed=True)]


def _told_in(clause: Clause, reader: Reader) -> list[Amount]:
    """The same, where it is not only said that one more went too."""
    passage = reader.passage
    counting = [number for number in numbers_in(clause, passage) if counts_sores(number, clause, reader)]
    others = others_in(clause, counting, passage)
    counting = [one for one in counting if not any(hit.start <= one.at <= hit.end for hit in others)]
    if clause.has("joined"):
        counting = [one for one in counting if not any(hit.start < one.at < hit.end for hit in clause.all("older"))]
    anchored = [one for one in counting if is_anchored(one, clause, passage)]
    counting = _without_repeated(anchored or counting, passage)
    counting = [doubled(one, counting, clause, passage) for one in counting]
    found = [_amount(number, counting, clause, reader, bool(anchored)) for number in counting]
    single = single_in(clause, passage, counting)
    others = [hit for hit in others if not clause.has("gone") or come_instead(hit, clause, reader)]
    found += [Amount(1, hit.start, clause, is_single=True, is_more=True) for hit in others]
    is_of_whole = bool(found) and all(one.is_whole for one in found)
    if is_of_whole or not clause.has("gone"):
        last = [] if single or (found and not is_of_whole) else last_ones_in(clause)
        found += [Amount(1, hit.start, clause, is_left=True) for hit in last]
        single = None if single and any(0 <= single.at - hit.end <= NEAR for hit in others) else single
    if single and clause.has("gone") and not (left_overs(clause) or clause.has("still", "if")):
        single = replace(single, is_healed=any(hit not in reader.denied for hit in clause.all("gone")))
    if single:
        found.append(single)
    if not (single or found):
        found = those_left(clause, passage)
    if single and single.is_placed:
        found += joined_bare(single, clause, passage)
    if not single and (older := joined_one(clause)):
        found.append(older)
    if not found and (other := other_left(clause, passage) or single_that_is_left(clause, passage)):
        found = [Amount(1, other.start, clause, is_left=True)]
    elif not found and (other := other_since(clause, passage)):
        found = [Amount(1, other.start, clause, is_single=True, is_more=True)]
    found = halved(found, clause, passage)
    taken = {at for one in counting for at in range(one.at, one.end)} | {one.at for one in found}
    found += [one for one in sized_in(clause, passage) if taken.isdisjoint((one.at, one.at + 1, one.at - 1))]
    return sorted(found, key=lambda amount: amount.at)


def _without_repeated(counting: list[Quantity], passage: Passage) -> list[Quantity]:
    """The numbers without those that a mark and the same number follow: "I meant 1, one sore"."""
    repeated = {one.at - 2 for one in counting if one.at > 1 and passage.tokens[one.at - 1].is_mark}
    values = {one.at: one.value for one in counting}
    return [one for one in counting if one.at not in repeated or values.get(one.at + 2) != one.value]


def _amount(number: Quantity, numbers: list[Quantity], clause: Clause, reader: Reader, is_anchored: bool) -> Amount:
    is_on_top = any(0 <= number.at - hit.end <= 1 for hit in clause.all("on_top"))
    is_whole = _is_whole(number, numbers, clause) or is_whole_far(number, numbers, clause)
    is_whole = is_whole or is_opening_whole(number, clause, reader.passage) or is_whole_of_last(number, clause)
    is_whole = is_whole and not is_on_top
    is_fewer = any(number.end <= hit.start <= number.end + 1 for hit in clause.all("fewer"))
    is_down_to = is_come_down_to(number, numbers, clause)
    is_ended = (is_gone(number, numbers, clause, reader) and not is_down_to) or is_fewer
    when = when_of(number.at, clause, reader.passage)
    is_of_more = any(one.value > number.value for one in numbers)
    is_left = counts_what_is_left(number, numbers, clause) and not is_whole and (when != "past" or is_of_more)
    is_share_here = is_share_left(number, numbers, clause)
    is_share = any(is_part_of(number, one, clause) for one in numbers)
    is_article = any(hit.start <= number.at <= hit.end + 1 for hit in clause.all("article"))
    left = {at for hit in left_overs(clause) for at in range(hit.start + 1, hit.end)}
    is_more = any(hit.end == number.at and hit.start not in left for hit in clause.all("another"))
    is_more = is_more or is_followed(number, clause, "new")
    is_beside = is_followed(number, clause, "further") and clause.has("since")
    is_beside = is_beside and not clause.has("than", "no", "not", "no_longer", "gone", "left", "still")
    is_more = is_more or is_beside or is_on_top or clause.has("joined")
    is_more = is_more or _is_of_others(number, clause) or is_more_than_before(number, clause)
    is_the_one = number.value == 1 and _is_determined(number, clause)
    return Amount(
        value=int(number.value),
        at=number.at,
        clause=clause,
        is_total=is_total(number, numbers, clause, reader.passage)
        and not (is_more or (is_ended and is_share) or goes_at_once(number, clause, reader)),
        is_left=(is_left and not (is_more or is_ended)) or is_down_to or is_share_here,
        is_whole=is_whole,
        is_healed=is_ended,
        is_past=when == "past" and not is_on_top,
        is_now=when == "now",
        is_bare=(clause.end - clause.start) - (number.end - number.at) <= 1
        and not _is_of_place(clause, reader.passage),
        is_single=is_the_one or (number.value == 1 and is_article),
        is_new=not is_the_one or is_introduced(number.at, clause, "and") or _is_of_side(clause, reader.passage),
        is_anchored=is_anchored or _is_known(number, reader.passage),
        is_doubtful=clause.has("unsure", "perhaps"),
        is_more=is_more,
        is_placed=names_a_place(clause)
        or any(0 <= hit.start - number.end <= 1 for hit in clause.all("place") if not _is_nowhere(hit, clause))
        or any(hit.end == number.at and hit.start == clause.start for hit in clause.all("place"))
        or _is_on_a_side(number, clause),
        is_part=is_introduced(number.at, clause, "of_which")
        or is_followed(number, clause, "of_which")
        or (_is_of_named(number, clause) and not is_more)
        or is_part_of_before(number, numbers, clause)
        or (is_ended and (_stays_the_rest(clause, reader) or is_of_opening(clause, reader.passage))),
        is_start=is_start(number, clause),
        is_grown=is_grown(number, numbers, clause),
        is_then=is_then(number, clause, reader.passage),
        is_corrected=is_corrected(number, clause, reader.passage),
        is_all=number.value > 1
        and any(hit.end == number.at for hit in clause.all("all_of", "mine"))
        and not is_on_top
        and not is_introduced(number.at, clause, "of", "between"),
        is_seen=bool(clause.all("relative") or strangers_in(clause) or (clause.has("plan") and clause.has("utter")))
        and (clause.has("observe", "say", "utter") or _ends_clause(number, clause)),
        day=days_back(number.at, number.end, clause, reader.passage, reader.today),
        part=_part_of(number, clause, reader.passage),
    )


def _stays_the_rest(clause: Clause, reader: Reader) -> bool:
    """Whether it goes on with the others that are there still: "two healed and the rest is there still"."""
    after = reader.passage.after(clause)
    return rest_stays(clause, reader) or (after is not None and rest_stays(after, reader))


def _part_of(number: Quantity, clause: Clause, passage: Passage) -> str:
    """The word for the part of the mouth that follows on a number, before the next one."""
    wholes = {hit.start for hit in clause.all("whole_mouth")}
    ends = [hit.start for hit in clause.numerals if hit.start >= number.end]
    parts = [hit for hit in clause.all("mouthpart") if number.end <= hit.start < min(ends, default=clause.end)]
    return passage.tokens[parts[0].start].text if parts and parts[0].start not in wholes else ""


def _ends_clause(number: Quantity, clause: Clause) -> bool:
    """Whether a clause ends with a number, or with the sores that it counts."""
    return number.end == clause.end or any(
        (hit.start, hit.end) == (number.end, clause.end) for hit in clause.all("aphtha", "lesion")
    )


def _is_of_others(number: Quantity, clause: Clause) -> bool:
    """Whether it is so many others: "hoy otras tres"; not "las otras tres", which may have been told of."""
    known = {hit.end for hit in clause.all("mine")}
    return any(hit.end == number.at and hit.start not in known for hit in clause.all("stranger"))


def _is_of_named(number: Quantity, clause: Clause) -> bool:
    """Whether it is so many of those that were named: "six of the blighters"."""
    others = {hit.start for hit in clause.all("place")}
    others |= {
        hit.start for hit in clause.all("of") for day in clause.all("weekdays", "days_ago") if hit.end == day.start
    }
    return any(hit.start == number.end and hit.start not in others for hit in clause.all("of"))


def _is_on_a_side(number: Quantity, clause: Clause) -> bool:
    """Whether the clause opens with a side for which no part is named: "in der rechten drei", "en la derecha tres"."""
    opening = {hit.end for hit in clause.all("place") if clause.begins_with("place") and hit.start - clause.start <= 1}
    return any(hit.start in opening and number.at == hit.end + 1 for hit in clause.all("mine"))


def _is_nowhere(place: Hit, clause: Clause) -> bool:
    """Whether it is a word of a time, the "à" of "à ce jour", or only leads to the mouth as a whole, and is no side."""
    if any(hit.start == place.start for hit in clause.all("right_side")):
        return False
    is_of_time = any(hit.start <= place.start < hit.end for hit in clause.all("now"))
    return is_of_time or any(0 <= hit.start - place.end < NEAR for hit in clause.all("whole_mouth"))


def _is_determined(number: Quantity, clause: Clause) -> bool:
    """Whether it is "the one", "the big one", rather than one of many."""
    near = clause.all("only", "same", "ordinals")
    near += [hit for hit in clause.all("reply_no") if hit.end - hit.start > 1]
    only = any(hit.start == number.end for hit in clause.all("only"))
    return only or any(hit.end == number.at for hit in [*near, *clause.all("mine")])


def _is_whole(number: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether it is the nine of "two of the nine", or of "of the nine two have gone"."""
    is_on = any(hit.end == number.at for hit in clause.all("place")) and not _are_in_places(numbers, clause)
    if any(is_part_of(one, number, clause) for one in numbers):
        return True
    if not (is_on or is_introduced(number.at, clause, "of", "between")):
        return False
    joints = {hit.start for hit in clause.all("and")}
    later = [one for one in numbers if one.at > number.end and one.value < number.value]
    is_opening = any(hit.start == clause.start for hit in clause.all("of", "between") if hit.start < number.at)
    is_opening = is_opening or number.at - clause.start <= NEAR - 1
    is_opening = is_opening and (clause.has("left", "gone", "closed") or bool(kept_in(clause)))
    if is_opening and any(joints.isdisjoint(range(number.end, one.at)) for one in later):
        return True
    is_sized = any(hit.start == number.end for hit in clause.all("size"))
    return any(
        0 < number.at - one.end <= NEAR + 1
        and one.value <= number.value
        and not (is_sized and one.value == 1)
        and joints.isdisjoint(range(one.end, number.at))
        for one in numbers
    )


def _are_in_places(numbers: list[Quantity], clause: Clause) -> bool:
    """Whether a place stands before each of several numbers: "vorne 2 hinten 3"."""
    places = {hit.end for hit in clause.all("place")}
    return len(numbers) > 1 and all(one.at in places for one in numbers)


def _is_of_side(clause: Clause, passage: Passage) -> bool:
    """Whether the clause before is no more than a side: "left | only one"."""
    previous = passage.before(clause)
    return (
        previous is not None and not previous.mark and previous.all("place")[-1:] == previous.all("place", "self")[-1:]
    )


def _is_of_place(clause: Clause, passage: Passage) -> bool:
    """Whether a place is named for the number of a brief clause, in it or alone in the clause before."""
    previous = passage.before(clause)
    is_named_before = previous is not None and previous.has("place") and not previous.numerals
    return clause.has("mouthpart", "place", "right_side", "also") or (is_named_before and not clause.has("numbered"))


def _is_known(number: Quantity, passage: Passage) -> bool:
    """Whether the word after a number is one of the lexicon, and so no noun that has nothing to do with sores."""
    return number.end < len(passage.tokens) and passage.lexicon.is_known(passage.tokens[number.end].text)
