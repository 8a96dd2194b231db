"""The numbers in a clause that count sores, and what is said of each: how many are left, healed, in all."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symptoms.language.clauses import Clause, Passage
from symptoms.language.countable import counts_sores, is_anchored, is_introduced, is_part_of
from symptoms.language.day_by_day import days_back
from symptoms.language.hits import Hit
from symptoms.language.left_over import (
    counted_things,
    counts_what_is_left,
    is_come_down_to,
    is_part_of_before,
    kept_in,
    left_overs,
)
from symptoms.language.moments import when_of
from symptoms.language.numbers import Quantity, numbers_in
from symptoms.language.other_one import other_left, other_since
from symptoms.language.reader import Reader
from symptoms.language.singles import PLURALS, names_a_place, single_in
from symptoms.language.subjects import strangers_in
from symptoms.language.totals import Amount

NEAR: Final = 3
PAIRS: Final = frozenset(["pair", "paire", "paar", "duo", "koppel"])
"""Numbers of sores of which one is on each side: "a pair of ulcers either side"."""


def amounts_in(clause: Clause, reader: Reader) -> list[Amount]:
    """The amounts of sores in a clause, in order: not the numbers of days, doses, stairs or degrees."""
    passage = reader.passage
    counting = [number for number in numbers_in(clause, passage) if counts_sores(number, clause, reader)]
    others = _others(clause, counting, passage)
    counting = [one for one in counting if not any(hit.start <= one.at <= hit.end for hit in others)]
    if clause.has("joined"):
        counting = [one for one in counting if not any(hit.start < one.at < hit.end for hit in clause.all("older"))]
    anchored = [one for one in counting if is_anchored(one, clause, passage)]
    counting = _without_repeated(anchored or counting, passage)
    counting = [_doubled(one, counting, clause, passage) for one in counting]
    found = [_amount(number, counting, clause, reader, bool(anchored)) for number in counting]
    single = single_in(clause, passage, counting)
    if not clause.has("gone"):
        found += [Amount(1, hit.start, clause, is_single=True, is_more=True) for hit in others]
        last = [] if single else _last_ones(clause, counting)
        found += [Amount(1, hit.start, clause, is_left=True) for hit in last]
        single = None if single and any(0 <= single.at - hit.end <= NEAR for hit in others) else single
    if single and clause.has("gone") and not (left_overs(clause) or clause.has("still", "if")):
        single = replace(single, is_healed=any(hit not in reader.denied for hit in clause.all("gone")))
    if single:
        found.append(single)
    if not (single or found) and (kept := _only_the_sized(clause, passage)):
        found.append(kept)
    if single and single.is_placed:
        found += _joined_bare(single, clause, passage)
    if not single and (older := _joined_one(clause)):
        found.append(older)
    if not found and (other := other_left(clause, passage)):
        found = [Amount(1, other.start, clause, is_left=True)]
    elif not found and (other := other_since(clause, passage)):
        found = [Amount(1, other.start, clause, is_single=True, is_more=True)]
    found = _halved(found, clause, passage)
    taken = {at for one in counting for at in range(one.at, one.end)} | {one.at for one in found}
    found += [one for one in _sized(clause, passage) if taken.isdisjoint((one.at, one.at + 1, one.at - 1))]
    return sorted(found, key=lambda amount: amount.at)


def _without_repeated(counting: list[Quantity], passage: Passage) -> list[Quantity]:
    """The numbers without those that a mark and the same number follow: "I meant 1, one sore"."""
    repeated = {one.at - 2 for one in counting if one.at > 1 and passage.tokens[one.at - 1].is_mark}
    values = {one.at: one.value for one in counting}
    return [one for one in counting if one.at not in repeated or values.get(one.at + 2) != one.value]


def _others(clause: Clause, counting: list[Quantity], passage: Passage) -> list[Hit]:
    """The words for one more, where no number follows ("another two") and nothing is only compared or was."""
    several = {at for one in counting if one.value > 1 for at in (one.at, one.end)}
    named = clause.all("another")
    return [
        hit
        for hit in named
        if several.isdisjoint((hit.start, hit.end))
        and not (_is_comparison(hit, clause) and not _is_counted_from(clause, passage))
        and not any(one.end == hit.start or one.start < hit.start < one.end for one in clause.all("only"))
        and not any(one.start < hit.start < one.end for one in named)
        and not any(one.end == hit.start for one in clause.all("no", "not", "or"))
        and not any(one.start == hit.start for one in clause.all("no", "not"))
        and not any(one.end > hit.end or one.start < hit.start < one.end for one in left_overs(clause))
        and not _is_kept(hit, clause)
        and not (_is_in_phrase(hit, clause) or _is_elsewhere(hit, clause))
        and not _was_still(hit, clause, passage)
    ]


def _only_the_sized(clause: Clause, passage: Passage) -> Amount | None:
    """The one that is left, where only its size stands for it: "nur noch die große an der Zunge"; not "die großen"."""
    if not clause.has("only", "left") or not clause.has("now") or clause.has("aphtha", "lesion", "no", "not"):
        return None
    endings = (*PLURALS[passage.lexicon.language], "n")
    sizes = {hit.start: hit for hit in clause.all("size") if not passage.tokens[hit.start].text.endswith(endings)}
    behind = {hit.start for hit in clause.all("place", "left")} | {clause.end}
    only = {hit.end for hit in clause.all("only", "left")}
    named = [sizes[hit.end] for hit in clause.all("mine") if hit.end in sizes and hit.start in only]
    kept = [hit for hit in named if hit.end in behind]
    return Amount(1, kept[0].start, clause, is_single=True, is_left=True, is_now=True) if kept else None


def _joined_bare(single: Amount, clause: Clause, passage: Passage) -> list[Amount]:
    """The other sores in places that are named without an article: "sore on my lip and sore on my gum"."""
    joints = {hit.end for hit in clause.all("and", "also")}
    places = {hit.start for hit in clause.all("place")}
    nouns = {hit.start: hit for hit in clause.all("aphtha", "lesion") if hit.start in joints and hit.end in places}
    endings = PLURALS[passage.lexicon.language]
    singular = [at for at, hit in nouns.items() if not passage.tokens[hit.end - 1].text.endswith(endings)]
    return [Amount(1, at, clause, is_single=True, is_placed=True) for at in singular if at != single.at]


def _joined_one(clause: Clause) -> Amount | None:
    """The old one that others have joined: "zur alten haben sich zwei neue gesellt"."""
    older = clause.first("older") if clause.has("joined") and not clause.has("no", "not") else None
    return Amount(1, older.start, clause, is_single=True, is_placed=True) if older else None


def _last_ones(clause: Clause, counting: list[Quantity]) -> list[Hit]:
    """The "noch eine" of "noch eine übrig", which is no more but the last."""
    left = left_overs(clause) if not counting else []
    return [
        hit
        for hit in clause.all("another")
        if any(one.start <= hit.end < one.end or one.start < hit.start < one.end for one in left)
        or _is_kept(hit, clause)
    ][:1]


def _is_kept(another: Hit, clause: Clause) -> bool:
    """Whether a verb of staying leads to it: "es hält sich noch eins"."""
    return any(one.end == another.start and one.end - one.start > 1 for one in left_overs(clause))


def _sized(clause: Clause, passage: Passage) -> list[Amount]:
    """One, where an article and a word of size stand for a sore that a place follows: "ne kleine am Gaumen"."""
    nouns = {hit.start for hit in clause.all("aphtha", "lesion", "spot")}
    sizes = {hit.start: hit.end for hit in clause.all("size") if hit.start not in nouns}
    places = {hit.start for hit in clause.all("place")}
    beside = {hit.end for hit in clause.all("another")}
    ends = [(hit.start, sizes[hit.end]) for hit in clause.all("article") if hit.end in sizes and hit.end not in beside]
    return [
        Amount(1, at, clause, is_single=True, is_placed=True)
        for at, end in ends
        if end in places and clause.has("mouthpart") and not passage.tokens[at - 1].is_number
    ]


def _halved(found: list[Amount], clause: Clause, passage: Passage) -> list[Amount]:
    """The amounts, or half of what was counted, where so many are left or went: "of the six half have healed"."""
    half = clause.first("half")
    if half is None or not (left_overs(clause) or clause.has("gone", "still", "only")):
        return found
    before = passage.before(clause)
    earlier = counted_things(before) if before is not None and before.sentence == clause.sentence else []
    whole = max([*(one.value for one in found), *(int(one.value or 0) for one in earlier)], default=0)
    return [Amount((whole + 1) // 2, half.start, clause, is_total=True)] if whole > 1 else found


def _was_still(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether "noch eine" is said of what was, and then means "still one": "am Sonntag wars noch eine"."""
    is_of_verb = any(0 <= hit.start - one.end <= 1 for one in clause.all("had"))
    return is_of_verb and not clause.has("since") and when_of(hit.start, clause, passage) == "past"


def _is_elsewhere(hit: Hit, clause: Clause) -> bool:
    """Whether it only says where: "in another spot"."""
    is_at = any(one.end == hit.start for one in clause.all("place"))
    return is_at and any(one.start == hit.end for one in clause.all("spot"))


def _is_in_phrase(hit: Hit, clause: Clause) -> bool:
    """Whether it is only a word of another phrase: the "otro" of "nada del otro mundo", the "un" of "encore un peu"."""
    if any(hit.start < one.start < hit.end < one.end for one in clause.all("trivial", "little_amount")):
        return True
    longer = [one for one in clause.hits if one.end - one.start > hit.end - hit.start and one.kind != hit.kind]
    return any(one.start <= hit.start and hit.end <= one.end for one in longer)


def _doubled(number: Quantity, numbers: list[Quantity], clause: Clause, passage: Passage) -> Quantity:
    """A number, twice where so many are on each side: "two in each cheek and one on the lip"."""
    parts = clause.all("mouthpart")
    sides = [
        hit
        for hit in clause.all("each")
        if hit.end - hit.start > 1
        or any(one.end == hit.start for one in clause.all("each"))
        or (parts and hit.end == number.at)
        or any(0 <= part.start - hit.end <= NEAR for part in parts)
    ]
    is_pair = passage.tokens[number.end - 1].text in PAIRS or passage.tokens[number.at].text in PAIRS
    is_double = not is_pair and any(_is_of_sides(number, hit, numbers, clause) for hit in sides)
    return Quantity(2 * number.value, number.at, number.end) if is_double else number


def _is_of_sides(number: Quantity, sides: Hit, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether "each side" stands after a number, or before it: "on each side two"; not those of another number."""
    joints = [hit.start for hit in clause.all("and")]
    if number.end <= sides.start:
        is_near = sides.start < number.end + NEAR or len(numbers) == 1
        return is_near and not any(number.end <= at < sides.start for at in joints)
    is_taken = any(sides.start - NEAR < one.end <= sides.start for one in numbers)
    is_led = any(sides.end <= part.end <= number.at for part in clause.all("mouthpart"))
    is_joined = any(sides.end <= at < number.at for at in joints)
    is_near = number.at - sides.end <= NEAR and (is_led or sides.end == number.at)
    return not (is_taken or is_joined) and (is_near or len(numbers) == 1)


def _is_comparison(hit: Hit, clause: Clause) -> bool:
    """Whether "one more" is only compared with what was: "one more than yesterday"."""
    return any(0 <= one.start - hit.end <= NEAR for one in clause.all("than"))


def _is_counted_from(clause: Clause, passage: Passage) -> bool:
    """Whether the sentence goes on with how many there were: "one more than yesterday, I had three then"."""
    after = passage.after(clause)
    is_next = after is not None and after.sentence == clause.sentence
    return is_next and after is not None and after.has("had") and bool(after.numerals)


def _amount(number: Quantity, numbers: list[Quantity], clause: Clause, reader: Reader, is_anchored: bool) -> Amount:
    is_whole = _is_whole(number, numbers, clause)
    is_kept = bool(left_overs(clause)) or bool(kept_in(clause))
    is_fewer = any(number.end <= hit.start <= number.end + 1 for hit in clause.all("fewer"))
    is_ended = is_fewer or (not is_kept and any(hit not in reader.denied for hit in clause.all("gone")))
    when = when_of(number.at, clause, reader.passage)
    is_of_more = any(one.value > number.value for one in numbers)
    is_left = counts_what_is_left(number, numbers, clause) and not is_whole and (when != "past" or is_of_more)
    is_article = any(hit.start <= number.at <= hit.end + 1 for hit in clause.all("article"))
    is_more = _is_followed(number, clause, "new") or any(hit.end == number.at for hit in clause.all("another"))
    is_more = is_more or clause.has("joined") or _is_more_than_before(number, clause)
    is_the_one = number.value == 1 and _is_determined(number, clause)
    return Amount(
        value=int(number.value),
        at=number.at,
        clause=clause,
        is_total=_is_total(number, numbers, clause, reader.passage) and not is_more,
        is_left=(is_left and not is_more) or is_come_down_to(number, numbers, clause),
        is_whole=is_whole,
        is_healed=is_ended,
        is_past=when == "past",
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
        or any(hit.end == number.at and hit.start == clause.start for hit in clause.all("place")),
        is_part=is_introduced(number.at, clause, "of_which")
        or _is_followed(number, clause, "of_which")
        or _is_of_named(number, clause)
        or is_part_of_before(number, numbers, clause),
        is_start=_is_start(number, clause),
        is_grown=_is_grown(number, numbers, clause),
        is_then=_is_then(number, clause, reader.passage),
        is_corrected=_is_corrected(number, clause, reader.passage),
        is_all=number.value > 1
        and any(hit.end == number.at for hit in clause.all("all_of", "mine"))
        and not is_introduced(number.at, clause, "of", "between"),
        is_seen=bool(clause.all("relative") or strangers_in(clause) or (clause.has("plan") and clause.has("utter")))
        and (clause.has("observe", "say", "utter") or _ends_clause(number, clause)),
        day=days_back(number.at, number.end, clause, reader.passage, reader.today),
        part=_part_of(number, clause, reader.passage),
    )


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


def _is_grown(number: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether so many have become of fewer, or of more: "one became two", "aus der einen sind vier geworden"."""
    is_led = any(hit.end == number.at for hit in clause.all("company", "woke"))
    if is_led and any(hit.start <= number.end + 1 and hit.end >= number.at - 2 for hit in clause.all("woke")):
        return not clause.has("another")
    if number is numbers[0] and len(numbers) > 1 and not clause.begins_with("become"):
        return False
    return is_introduced(number.at, clause, "become") or any(hit.start == number.end for hit in clause.all("become"))


def _is_corrected(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether "no" stands before it, in place of what was said: "a sore, no two", "a sore, no, two actually"."""
    denials = {hit.start for hit in clause.all("no", "not")}
    answers = [hit for hit in clause.all("no_answer", "rather") if hit.start not in denials]
    if any(hit.start == clause.start and hit.end == number.at for hit in answers):
        return True
    before = passage.before(clause)
    is_no = before is not None and before.end - before.start <= 2 and before.has("no_answer", "rather")
    is_no = is_no or (
        before is not None and any(before.end - before.start == hit.end - hit.start for hit in before.all("rather"))
    )
    is_no = is_no or (before is not None and before.has("correction"))
    return is_no and number.at == clause.start and before is not None and not before.numerals


def _is_then(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether it is how many there were next: "then five", not "then five more"."""
    is_more = any(0 <= number.at - hit.end <= 1 for hit in clause.all("further", "another", "left", "new"))
    is_more = is_more or any(hit.start == number.end for hit in clause.all("new", "another"))
    previous = passage.before(clause)
    is_led = previous is not None and previous.end - previous.start <= 2 and previous.has("then")
    return not is_more and (is_led or is_introduced(number.at, clause, "then"))


def _is_more_than_before(number: Quantity, clause: Clause) -> bool:
    """Whether there are so many more than on a day before: "one more than yesterday", "een aft meer dan gisteren"."""
    thans = {hit.start for hit in clause.all("than")} | {hit.end for hit in clause.all("than")}
    days = {hit.start for hit in clause.all("days_ago", "weekdays")}
    days |= {hit.start + 1 for hit in clause.all("still", "worse") if hit.start in thans}
    more = [hit for hit in clause.all("more_than", "further", "new") if number.end <= hit.start <= number.end + 1]
    return any(
        not thans.isdisjoint((hit.end - 1, hit.end)) and hit.end in days | {at - 1 for at in days} for hit in more
    )


def _is_of_named(number: Quantity, clause: Clause) -> bool:
    """Whether it is so many of those that were named: "six of the blighters"."""
    places = {hit.start for hit in clause.all("place")}
    return any(hit.start == number.end and hit.start not in places for hit in clause.all("of"))


def _is_start(number: Quantity, clause: Clause) -> bool:
    """Whether it is how many it began with: "started with one"."""
    of = {hit.start for hit in clause.all("of")}
    if clause.has("woke"):
        return False
    has_begun = any(hit.end <= number.at and hit.start not in of for hit in clause.all("since"))
    return has_begun and any(hit.end == number.at for hit in clause.all("company"))


def _is_nowhere(place: Hit, clause: Clause) -> bool:
    """Whether it is a word of a time, the "à" of "à ce jour", or only leads to the mouth as a whole."""
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
    is_opening = is_opening and (clause.has("left", "gone") or bool(kept_in(clause)))
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


def _is_total(number: Quantity, numbers: list[Quantity], clause: Clause, passage: Passage) -> bool:
    """Whether it is said to be all there are: "four in all", "that makes, I think, four", "so | now there are five"."""
    previous = passage.before(clause)
    summed_up = previous is not None and not previous.mark and _ends_with(previous, "sum")
    if any(_leads_to(hit.end, number.at, clause) for hit in clause.all("sum")):
        return True
    if is_introduced(number.at, clause, "sum") or _is_followed(number, clause, "sum"):
        return True
    if summed_up and clause.begins_with("now"):
        return True
    if _counts_what_was_named(number, clause, previous):
        return True
    if number.end == clause.end and clause.begins_with("still") and not clause.has("aphtha", "lesion", "mouthpart"):
        return True
    return len(numbers) == 1 and clause.begins_with("sum") and number.end == clause.end


def _counts_what_was_named(number: Quantity, clause: Clause, previous: Clause | None) -> bool:
    """Whether a clause of its own counts in pieces what the one before named: "Bläschen auf der Zunge, zwei Stück"."""
    ends = {hit.end for hit in clause.all("pieces") if hit.start == number.end}
    is_alone = number.at == clause.start and clause.end in ends
    if not is_alone or previous is None or previous.sentence != clause.sentence or previous.numerals:
        return False
    return previous.has("aphtha", "lesion") and not previous.has("article")


def _ends_with(clause: Clause, kind: str) -> bool:
    return any(hit.end == clause.end for hit in clause.all(kind))


def _leads_to(start: int, at: int, clause: Clause) -> bool:
    """Whether no more than "now there are" stands from one place to another: "so now there are five"."""
    said = {place for hit in clause.all("now", "there_are", "have", "filler") for place in range(hit.start, hit.end)}
    return start < at and said.issuperset(range(start, at))


def _is_followed(number: Quantity, clause: Clause, *kinds: str) -> bool:
    return any(0 <= hit.start - number.end <= 1 for hit in clause.all(*kinds))


def _is_known(number: Quantity, passage: Passage) -> bool:
    """Whether the word after a number is one of the lexicon, and so no noun that has nothing to do with sores."""
    return number.end < len(passage.tokens) and passage.lexicon.is_known(passage.tokens[number.end].text)
