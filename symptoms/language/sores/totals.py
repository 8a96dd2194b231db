"""What several numbers of sores come to: their sum, the last word on it, or what is left of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from symptoms.language.text.clauses import Clause

REACH: Final = 3
"""Clauses within which a number may say again what was said, or where those are that were counted."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of sores and where it stands.

    `is_single`: a sore spoken of in the singular, without a number; `is_new`: by "a", not "the" or "my".
    `is_total`: said to be all there are. `is_left`: what remains. `is_whole`: that of which another is a part.
    `is_healed`: so many went. `is_past`: so many there were. `is_now`: so many there are now. `is_bare`: it
    stands alone. `is_anchored`: the words around say that it counts sores. `is_doubtful`: "perhaps". `is_more`:
    it is added to what was named. `is_placed`: a place is named for it. `is_part`: so many of those named before.
    `is_seen`: so many somebody else sees. `is_start`: so many it began with. `is_first`: "the first" of several.
    `is_all`: "the three", "all three", which may be those named before. `is_grown`: so many have become of what was
    named. `is_then`: so many there were next. `is_corrected`: said in place of what was said before. `day`: how many
    days ago there were so many. `part`: the word for the part of the mouth where they are.
    """

    value: int
    at: int
    clause: Clause
    is_single: bool = False
    is_new: bool = True
    is_total: bool = False
    is_left: bool = False
    is_whole: bool = False
    is_healed: bool = False
    is_past: bool = False
    is_now: bool = False
    is_bare: bool = False
    is_anchored: bool = True
    is_doubtful: bool = False
    is_more: bool = False
    is_placed: bool = False
    is_part: bool = False
    is_seen: bool = False
    is_start: bool = False
    is_first: bool = False
    is_all: bool = False
    is_grown: bool = False
    is_then: bool = False
    is_corrected: bool = False
    day: int | None = None
    part: str = ""


def total_of(amounts: list[Amount]) -> int:
    """The number that several amounts come to: the last word on it, a total among its parts, or their sum."""
    if not amounts:
        return 0
    if (latest := _latest_day(amounts)) is not None:
        return latest
    amounts = _without_restated(_as_it_went_on(_counted_aloud(_with_alternatives(amounts))))
    if _are_rival(amounts):
        return max(one.value for one in amounts)
    amounts = _without_past(_without_parts(amounts))
    is_steady = not any(one.is_healed or one.is_past or one.is_whole for one in amounts)
    if is_steady and (whole := _named_sum(amounts)) is not None:
        return whole
    if totals := [one for one in amounts if one.is_total and not (one.is_single and one.is_placed)]:
        return _of_total(totals[-1], amounts)
    if len(amounts) == 2 and amounts[0].is_first and _adds(amounts[1]):
        return amounts[0].value + amounts[1].value
    if len(amounts) > 1 and _is_latest(amounts[-1], amounts[:-1]):
        return amounts[-1].value
    if (left := _what_is_left(amounts)) is not None:
        return left
    counted = [one for one in amounts if not one.is_single]
    singles = [
        one
        for last, one in zip([None, *amounts], amounts, strict=False)
        if one.is_single and one.is_new and _is_one_more(one, last)
    ]
    if not counted:
        is_known = amounts[0].is_single and not amounts[0].is_new and any(one.is_more for one in amounts[1:])
        return max(len(singles) + is_known, 1)
    total = _sum(counted)
    names_parts = counted[0].clause.mark == ":"
    sums_up = total == len(singles) > 1 and not (counted[0].is_placed or counted[0].clause.has("mouthpart"))
    return total if names_parts or sums_up else total + len(singles)


def _of_total(total: Amount, amounts: list[Amount]) -> int:
    """How many there are, by a number that is said to be all, and what is told after it: "was up to 7, 5 healed"."""
    last = amounts[-1]
    if total.is_past and last.is_healed and last.value < total.value:
        return total.value - last.value
    value = last.value if _is_of_now(last, total) else total.value
    return value + (_come_besides(amounts, total) if total.is_left or total.is_past else 0)


def _latest_day(amounts: list[Amount]) -> int | None:
    """How many there were on the last of several days: today, or on another day if there were no fewer then."""
    days = [one.day for one in amounts if one.day is not None]
    if len(days) < 2 or len(days) < len(amounts) or len(set(days)) < len(days):
        return None
    if any(one.is_placed or one.is_more or one.is_healed or one.is_whole for one in amounts):
        return None
    last = min(amounts, key=lambda one: one.day or 0)
    return last.value if not last.day or last.value >= max(one.value for one in amounts) else None


def _with_alternatives(amounts: list[Amount]) -> list[Amount]:
    """Amounts with the larger of "eight, or nine", and once what is said again: "one sore. One!", "two, one a side"."""
    found: list[Amount] = []
    for amount in amounts:
        last = found[-1] if found else None
        is_next = last is not None and amount.clause.at == last.clause.at + 1
        is_doubted = amount.is_doubtful and not (amount.is_more or amount.is_placed)
        is_other = is_next and (is_doubted or amount.clause.begins_with("or"))
        is_bare = amount.is_bare and not amount.is_total
        is_of_sides = amount.clause.begins_with("numbers") and amount.clause.has("each")
        is_bare = is_bare or (is_of_sides and not amount.is_more)
        is_again = last is not None and is_bare and amount.value == last.value and not last.is_placed
        if last is not None and is_other and amount.value == last.value + 1:
            found[-1] = replace(last, value=amount.value, is_single=False)
        elif not (is_again and last is not None and amount.clause.at - last.clause.at < REACH):
            found.append(amount)
    return found


def _counted_aloud(amounts: list[Amount]) -> list[Amount]:
    """Amounts in which the last stands for all that were counted one by one: "one, two, three, four"."""
    for start, first in enumerate(amounts):
        if first.value != 1:
            continue
        run = [one for nth, one in enumerate(amounts[start:], start=1) if one.value == nth]
        is_run = len(run) > 2 and run == amounts[start : start + len(run)]
        if is_run and not any(one.is_placed for one in run[:-1]):
            return [*amounts[:start], replace(run[-1], is_bare=True), *amounts[start + len(run) :]]
    return amounts


def _as_it_went_on(amounts: list[Amount]) -> list[Amount]:
    """Amounts without those of before: "one became two, and two became four", "first three, then five, now two"."""
    for at in range(len(amounts) - 1, -1, -1):
        if amounts[at].is_corrected and at and not _are_elsewhere(amounts[:at], amounts[at : at + 1]):
            return [replace(amounts[at], is_total=True), *amounts[at + 1 :]]
        if amounts[at].is_grown and not amounts[at].is_single:
            later = amounts[at + 1 :]
            goes_on = later and later[-1].value > amounts[at].value
            return later[-1:] if goes_on and not any(one.is_placed or one.is_more for one in later) else amounts[at:]
    is_chain = len(amounts) > 1 and any(one.is_then for one in amounts[1:])
    is_bare = not any(one.is_placed or one.is_more or one.is_healed for one in amounts)
    if is_chain and is_bare and all(one.is_then or one.is_now for one in amounts[1:]):
        return amounts[-1:]
    return amounts


def _without_restated(amounts: list[Amount]) -> list[Amount]:
    """Amounts without those that only take up what was named: "a sore, then two more. All three hurt"."""
    found: list[Amount] = []
    for amount in amounts:
        known = sum(one.value for one in found)
        is_of_known = amount.is_all and not (amount.is_healed or amount.is_whole)
        if (
            found
            and is_of_known
            and amount.value > known
            and not amount.is_placed
            and all(one.is_single for one in found)
        ):
            found = []
        if not (found and is_of_known and amount.value in (known, found[-1].value)):
            found.append(amount)
    return found


def _are_rival(amounts: list[Amount]) -> bool:
    """Whether two count the same: "I can see three, my husband makes it five"."""
    is_now = not any(one.is_past for one in amounts if one.is_seen)
    is_now = is_now and not any(one.is_healed for one in amounts)
    return len(amounts) == 2 and is_now and amounts[0].is_seen is not amounts[1].is_seen


def _without_past(amounts: list[Amount]) -> list[Amount]:
    """Amounts without those that were all there was, where more are there now: "five! on Sunday it was only one"."""
    there = [one for one in amounts if not (one.is_past or one.is_start or one.is_more or one.is_healed)]
    if not there:
        return amounts[-1:] if _goes_beyond(amounts[-1], amounts) else amounts
    most = max(one.value for one in there)
    amounts = [one for one in amounts if not (one.is_start and one.value <= most)]
    return [one for one in amounts if not (one.is_past and _was_all(one, there[0]))]


def _is_of_now(last: Amount, total: Amount) -> bool:
    """Whether it is how many there are now of all that there have been: "nine altogether, two at present"."""
    is_more = last.is_more or last.is_placed or last.is_single
    return last.is_now and not is_more and not total.is_now and last.clause is not total.clause


def _is_latest(last: Amount, earlier: list[Amount]) -> bool:
    """Whether it is how many there have been since a later day: "Monday two, and since yesterday there are seven"."""
    days = ("weekdays", "days_ago", "ordinals")
    is_told_by_days = all(one.clause.has(*days) for one in [last, *earlier])
    is_more = last.value > max(one.value for one in earlier) and not last.is_more
    is_there = last.clause.has("there_are") or (last.clause.has("ordinals") and last.clause.has("had"))
    return is_told_by_days and is_more and is_there


def _adds(amount: Amount) -> bool:
    """Whether it tells of more: "then another three"."""
    return amount.clause.has("another", "new", "further") and not amount.is_now


def _goes_beyond(last: Amount, amounts: list[Amount]) -> bool:
    """Whether it is how many there were later: "on Monday it was two, but last night there were four"."""
    is_steady = not any(one.is_left or one.is_whole or one.is_healed or one.is_more for one in amounts)
    return is_steady and last.clause.begins_with("but") and last.clause.has("had")


def _was_all(amount: Amount, there: Amount) -> bool:
    """Whether it is told of a day, or of years ago, in a clause of its own, and neither placed nor come then."""
    is_told_of_a_day = amount.clause.has("had") and amount.clause.has("weekdays", "days_ago", "ago", "used_to")
    if _is_replaced(amount, there):
        return True
    is_apart = amount.clause is not there.clause and not (amount.is_placed or amount.clause.has("since"))
    return is_told_of_a_day and is_apart and not there.is_more


def _is_replaced(amount: Amount, there: Amount) -> bool:
    """Whether how many there are is told right after how many there were: "I had eight, rather five by now"."""
    is_next = there.clause.at == amount.clause.at + 1 and amount.clause.has("had")
    is_placed = amount.is_placed or there.is_placed or amount.is_single or there.is_single
    is_placed = is_placed or amount.clause.begins_with("of")
    return is_next and not (is_placed or there.is_more or there.clause.has("had", "and", "also", "gone"))


def _without_parts(amounts: list[Amount]) -> list[Amount]:
    """Amounts without those of which others are told: "five, two of them on the tongue and three on the lip"."""
    found: list[Amount] = []
    parts = 0
    for amount in amounts:
        is_within = any(one.value >= parts + amount.value for one in found)
        is_next_part = amount.is_placed and (parts > 0 or _is_put_in_places(amount, found))
        if _is_among(amount, found) or (is_next_part and is_within):
            parts += amount.value
        else:
            found.append(amount)
    return found


def _is_put_in_places(amount: Amount, earlier: list[Amount]) -> bool:
    """Whether it says where those just named are: "three sores, one on the lip", "I make it two. One each side"."""
    if not earlier or earlier[-1].is_placed or earlier[-1].is_single:
        return False
    if amount.clause.has("the_rest") and not amount.clause.has("gone", "left"):
        return True
    if amount.clause.has("another", "also", "since"):
        return False
    if amount.is_now and earlier[-1].is_past and amount.clause.has("only"):
        return False
    is_next = 0 < amount.clause.at - earlier[-1].clause.at <= REACH - 1
    return is_next and not (amount.clause.begins_with("and") or amount.is_left or amount.is_healed)


def _is_among(amount: Amount, earlier: list[Amount]) -> bool:
    """Whether it is so many of those that were named before: "three, one of them on the gum"."""
    is_rest = amount.is_left or amount.is_healed or amount.is_total
    return amount.is_part and not is_rest and any(one.value >= amount.value for one in earlier)


def _is_one_more(amount: Amount, last: Amount | None) -> bool:
    """Whether "a" sore is one more, and not the one before in other words: "a spot on my gum, a kind of ulcer"."""
    if last is not None and amount.clause.has("each") and amount.clause is not last.clause:
        return False
    return last is None or amount.is_more or amount.is_placed or amount.clause.has("and", "also")


def _named_sum(amounts: list[Amount]) -> int | None:
    """The number that is the sum of all others and is no place's own: "seven: four on the tongue, three on the lip"."""
    most = max(amounts, key=lambda one: one.value)
    in_parts = most is amounts[0] and not any(one.clause.has("mouthpart") for one in amounts if one is not most)
    is_of_place = most.is_placed and not (most.clause.has("pieces") or in_parts)
    is_sum = len(amounts) > 2 and 2 * most.value == sum(one.value for one in amounts)
    return most.value if is_sum and not is_of_place else None


def _sum(amounts: list[Amount]) -> int:
    whole = _named_sum(amounts)
    return sum(_once(amounts)) if whole is None else whole


def _once(amounts: list[Amount]) -> list[int]:
    """The values, once where one says again what was said, or counts on: "nine, nine!", "three, perhaps four"."""
    found: list[int] = []
    last: Amount | None = None
    for amount in amounts:
        is_beside = last is not None and amount.clause.at - last.clause.at <= REACH - 1
        is_either_bare = last is not None and (last.is_bare or amount.is_bare)
        is_again = is_either_bare and is_beside and amount.value == found[-1]
        is_loose = (is_either_bare or amount.is_doubtful) and not amount.is_more
        goes_on = is_loose and last is not None and amount.value == found[-1] + 1
        if last is not None and last.is_bare and amount.is_bare:
            goes_on = found[-1] < amount.value <= 2 * found[-1]
        if goes_on:
            found[-1] = amount.value
        elif not is_again:
            found.append(amount.value)
        last = amount
    return found


def _what_is_left(amounts: list[Amount]) -> int | None:
    """The number now: "two of the nine", "only 3 left of 7", "five, four have healed", "Tuesday 2, now 6"."""
    if len(amounts) < 2:
        return amounts[0].value if amounts and amounts[0].is_left else None
    parts = [one for one in amounts if not one.is_whole]
    left = [one for one in parts if one.is_left]
    if left and _are_more([one for one in amounts if one not in left], left[-1]):
        return left[-1].value + _come_besides(amounts, left[-1])
    if len(parts) < len(amounts) and parts:
        whole = max(one.value for one in amounts)
        part = parts[0]
        if part.is_healed:
            return whole - part.value + sum(one.value for one in parts[1:] if one.is_more)
        is_last = part.is_more and part.clause.has("raw")
        return part.value if is_last or part.clause.has("left", "still", "only", "had", "sum") else whole
    healed = sum(one.value for one in amounts if one.is_healed)
    there = [one for one in amounts if not one.is_healed]
    if healed and there:
        return sum(one.value for one in there) - (healed if _are_of_them(amounts, there, healed) else 0)
    now = [one for one in amounts if one.is_now and not one.is_more]
    if now and any(one.is_past for one in amounts if one not in now):
        return sum(one.value for one in (amounts if _are_elsewhere(amounts, now) else now))
    if now == amounts[-1:] and not (now[0].is_single or now[0].is_placed or now[0].clause.has("another")):
        return now[0].value
    return None


def _come_besides(amounts: list[Amount], left: Amount) -> int:
    """How many came beside those left: "two are left, three new ones came", "two left on the lip, five on the gum"."""
    later = [one for one in amounts if one.clause.at > left.clause.at and not (one.is_part or one.is_healed)]
    is_elsewhere = [bool(left.part and one.part) and one.part != left.part for one in later]
    return sum(one.value for one, is_there in zip(later, is_elsewhere, strict=True) if one.is_more or is_there)


def _are_elsewhere(amounts: list[Amount], now: list[Amount]) -> bool:
    """Whether those of now are in other parts of the mouth than those of before: so all of them are there."""
    before = [one.part for one in amounts if one not in now]
    return all(before) and all(one.part and one.part not in before for one in now)


def _are_of_them(amounts: list[Amount], there: list[Amount], healed: int) -> bool:
    """Whether those that went are some of the first that are told of: "there were nine, three of them healed".

    Others may have come since: "had four, two healed, then three more came".
    """
    first, *later = there
    is_told_before = amounts[0] is first and healed < first.value and not any(one.is_healed for one in amounts[:1])
    is_of_first = first.is_past or first.is_start or all(one.is_part for one in amounts if one.is_healed)
    if is_told_before and is_of_first and all(one.is_more for one in later):
        return True
    return (len(there) == 1 and (first.is_past or first.is_start)) or _went_of_them(amounts)


def _went_of_them(amounts: list[Amount]) -> bool:
    """Whether some of those that came one after the other went in the end: "first one, then two more, one healed"."""
    *earlier, last = amounts
    came = [one for one in earlier if one.is_more]
    is_fewer = last.value < sum(one.value for one in earlier)
    is_anaphoric = last.is_healed and not last.is_placed
    return bool(came) and is_fewer and is_anaphoric and not any(one.is_healed for one in earlier)


def _are_more(others: list[Amount], left: Amount) -> bool:
    """Whether there were more of which these are left, rather than others elsewhere."""
    before = [one for one in others if one.is_past or one.is_start or one.is_whole or one.is_healed]
    loose = [one for one in others if one.value > left.value and not one.clause.has("mouthpart")]
    return bool(before or loose) or left.is_part or not others
