"""Which numbers of a clause count sores, by what stands around them: not days, doses, stairs or scales."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.lifted import is_limit
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.dots import BEFORE_DAYS, ORDINAL_DOTS
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity, is_ordinal
from symptoms.language.times.dates import ON_SINGLE

MAX_COUNT: Final = 99
NOUNS: Final = ("aphtha", "lesion", "spot")
NEAR: Final = 3
OF_TEN: Final = ("10", "/10")
BEFORE_COUNTS: Final = ("now", "there_are", "all_of", "then", "become")
AFTER_COUNTS: Final = (
    "of",
    "another",
    "new",
    "size",
    "and",
    "but",
    "since",
    "observe",
    "now",
    "days_ago",
    "for",
    "only",
    "become",
    "same",
    "each",
)
MAX_LOOSE: Final = 20
"""A larger number counts sores only with the word for them: it may be how old somebody is."""
NOT_SORES: Final = ("unit_other", "units", "months", "tablets", "tooth", "plan", "treatment", "relative", "harmless")
SAYING_WHICH: Final = ("relative", "tooth", "treatment")
"""Those of them that may say what kind of sore it is: "two baby ulcers"."""
OTHER_NUMBERS: Final = (
    "days_ago", "vague_few", "vague_days", "right_side", "sentence", "past_time", "ordinals", "sudden"
)  # fmt: skip


def counts_sores(number: Quantity, clause: Clause, reader: Reader) -> bool:
    """Whether a number can be one of sores."""
    if number.value != int(number.value) or not 0 < number.value <= MAX_COUNT:
        return False
    is_too_large = number.value > MAX_LOOSE and not _has_noun(number, clause)
    is_time = number.at in {since.at for since in reader.times(clause)}
    is_date = is_ordinal(number, reader.passage) or _is_on_date(number, clause, reader.passage)
    is_dose = _is_of_unnamed(number, clause, reader.passage)
    if is_too_large or is_time or is_date or is_dose or _is_score(number, clause, reader.passage):
        return False
    return not (
        any(is_other(number, clause) for is_other in OTHERWISE) or _is_mere_article(number, clause, reader.passage)
    )


def _is_of_unit(number: Quantity, clause: Clause) -> bool:
    """Whether a unit, a tooth or a dose follows, with at most a word between: not "my" one, nor after "pieces"."""
    if _is_multiple(number, clause):
        return False
    determined = {hit.end for hit in clause.all("mine")}
    nouns = {hit.start for hit in clause.all(*NOUNS)}
    if any(hit.start == number.end for hit in clause.all("pieces")):
        return False
    reach = number.end if number.end in nouns else number.end + 1
    pronouns = {hit.start for hit in clause.all("pieces")}
    named = {unit.start for unit in clause.all(*SAYING_WHICH) if unit.end in nouns | pronouns}
    kept = {hit.start for hit in clause.all("left", "still")}
    stays = {unit.start for unit in clause.all("harmless") if unit.end in kept}
    units = [unit for unit in clause.all(*NOT_SORES) if unit.start not in determined | named | stays]
    return any(number.end <= unit.start <= reach for unit in units)


def _is_multiple(number: Quantity, clause: Clause) -> bool:
    """Whether it is the four of "4x ulcer, 2x tongue"."""
    times = [hit for hit in clause.all("unit_other") if hit.start == number.end and hit.end - hit.start == 1]
    ends = {hit.end for hit in times} - {hit.end for hit in clause.all("length")}
    if any(hit.start in ends for hit in clause.all(*NOUNS, "mouthpart")):
        return True
    is_led = any(hit.end == number.at for hit in clause.all("mouthpart", "aphtha", "lesion"))
    return is_led and clause.end in ends


def _is_threshold(number: Quantity, clause: Clause) -> bool:
    """Whether it is from how many on something is to be done: "ab vier soll ich anrufen"."""
    lasting = {hit.start for hit in clause.all("for", "lasting")}
    begun = [hit for hit in clause.all("since") if hit.start not in lasting and hit.end - hit.start <= 2]
    is_told = clause.has("self", "advice", "if") and not clause.has("had", "have", "mouthpart")
    return is_told and any(hit.end == number.at for hit in begun) and not _has_noun(number, clause)


def _is_per(number: Quantity, clause: Clause) -> bool:
    """Whether it is how many come in so much time: "one or two a week"."""
    units = {unit.start for unit in clause.all("units")}
    return any(number.end <= hit.start <= number.end + 2 and hit.end in units for hit in clause.all("every"))


def _is_on_date(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether it is the day of a month after a single article: "le 20", "el 8"."""
    before = passage.tokens[number.at - 1].text if number.at > clause.start else ""
    is_followed = any(number.end <= hit.start <= number.end + 1 for hit in clause.all(*NOUNS, "of"))
    if passage.lexicon.language in ORDINAL_DOTS and before in BEFORE_DAYS and number.end == clause.end:
        return passage.tokens[number.at].is_number
    return before in ON_SINGLE and passage.tokens[number.at].is_number and not is_followed


def _is_of_phrase(number: Quantity, clause: Clause) -> bool:
    """Whether it is a word of a time, a side or the like, or the number that holds no more: "five instead of three"."""
    phrases = [hit for hit in clause.all(*OTHER_NUMBERS) if hit.start <= number.at < hit.end]
    replaced = {hit.end for hit in clause.all("instead_of")}
    replaced |= {hit.end for hit in clause.all("mine") if hit.start in replaced and hit.end == number.at}
    is_replaced = number.at in replaced
    if any(hit.start < number.at and number.end <= hit.end for hit in clause.all("new")):
        return True
    return is_replaced or any(not _is_in_gap(number, hit) for hit in phrases)


def _is_of_unnamed(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether it says which of something that is not named, as of tablets: "la de 10", "celui de 5"."""
    ofs = [hit for hit in clause.all("of") if hit.end == number.at and hit.start > clause.start]
    is_led = any(passage.says(hit.start - 1, "unnamed") for hit in ofs)
    return is_led and passage.tokens[number.at].is_number and not _has_noun(number, clause)


def _is_mere_article(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether it is the article of something else, rather than the number one."""
    if number.value != 1 or not any(hit.start == number.at for hit in clause.all("article")):
        return False
    if _is_of_named_whole(number, clause):
        return False
    if any(hit.start <= number.at < hit.end for hit in clause.all("left")):
        return False
    if number.end == clause.end and passage.says(number.at, "verb_particle"):
        return True
    if any(hit.start in (number.at, number.end, number.end + 1) for hit in clause.all("vague_long")):
        return True
    if any(hit.start in (number.end, number.end + 1) and hit.end - hit.start == 1 for hit in clause.all("many")):
        return True
    counted = {hit.end for hit in clause.numerals if number.end <= hit.start <= number.end + 1}
    if any(hit.start in counted for hit in clause.all("units")):
        return True
    there = {at for hit in clause.all("there_are") for at in range(hit.start, hit.end)}
    sizes = {hit.end for hit in clause.all("size") if hit.start == number.end}
    if any(hit.start in sizes for hit in clause.all("mouthpart")):
        return True
    before = [hit for hit in clause.all("place", "of", "like") if hit.start not in there]
    if _is_of_thing(number, clause, passage) and (not clause.has("mouthpart") or _is_thing_of(number, clause)):
        return True
    is_told = any(hit.start == number.end for hit in clause.all("new", "size", *NOUNS))
    is_told = is_told and not is_introduced(number.at, clause, "of", "like")
    is_placed = not is_told and number.end < clause.end and any(hit.end == number.at for hit in before)
    following = {
        hit.kind for hit in clause.all("mouthpart", "place") if hit.start == number.end and hit.end < clause.end
    }
    is_placed = is_placed or following == {"mouthpart"}
    return is_placed or not is_anchored(number, clause, passage)


def _is_of_thing(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether a word of no class follows, with or without a size before it: "a small bunch at the back"."""
    at = next((hit.end for hit in clause.all("size") if hit.start == number.end), number.end)
    known = {place for hit in clause.hits for place in range(hit.start, hit.end)}
    return at < clause.end and passage.tokens[at].is_word and at not in known


def _is_thing_of(number: Quantity, clause: Clause) -> bool:
    """Whether "of" follows on the thing: "a blizzard of white ulcers on my gums"."""
    return any(hit.start - number.end in (1, 2) for hit in clause.all("of"))


def is_anchored(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether the words around a number say that it counts sores: a sore or a place follows, or nothing does."""
    fillers = {at for hit in clause.all("filler") for at in range(hit.start, hit.end)}
    if fillers.issuperset(range(number.end, clause.end)) or not passage.tokens[number.end].is_word:
        return True
    before = ("left", "sum", "same") if number.value == 1 else ("left", "sum", "same", "on_top", *BEFORE_COUNTS)
    if _has_noun(number, clause) or is_introduced(number.at, clause, *before):
        return True
    if number.at == clause.start and any(hit.start <= number.end + 2 for hit in clause.all("left", "still")):
        return True
    ends = {clause.end, *(hit.start for hit in clause.numerals)}
    if any(hit.start == number.end and hit.end in ends for hit in clause.all("mouthpart")):
        return True
    if is_introduced(number.at, clause, "for_to", "place", "company") and _comes_from_more(number, clause):
        return True
    if any(number.end <= hit.start <= number.end + 1 for hit in clause.all("pieces", "left", "still")):
        return True
    if any(hit.start == number.end + 1 and hit.value == 1 for hit in clause.all("numbers")):
        return True
    if any(number.end <= hit.start <= number.end + 1 for hit in clause.all("place", "gone")):
        return True
    if _comes_or_goes(number, clause):
        return True
    return any(hit.start == number.end for hit in clause.all(*AFTER_COUNTS)) or _is_of_named_whole(number, clause)


def _comes_or_goes(number: Quantity, clause: Clause) -> bool:
    """Whether no more than a verb stands before what says that so many went or came: "drei sind verheilt"."""
    verbs = {at for hit in clause.all("filler", "ask") for at in range(hit.start, hit.end)}
    told = [hit for hit in clause.all("gone", "joined") if hit.start > number.end]
    if any(verbs.issuperset(range(number.end, hit.start)) for hit in told):
        return True
    return any(hit.start < number.at and number.end < hit.end for hit in clause.all("gone"))


def _is_of_named_whole(number: Quantity, clause: Clause) -> bool:
    """Whether it is the two of "two of the three sores", or of "two of the three"."""
    units = {hit.start for hit in clause.all(*NOT_SORES)}
    later = [Quantity(hit.value or 0, hit.start, hit.end) for hit in clause.numerals if hit.start > number.end]
    later = [one for one in later if one.value > number.value and units.isdisjoint((one.end, one.end + 1))]
    return any(is_part_of(number, one, clause) for one in later)


def _has_noun(number: Quantity, clause: Clause) -> bool:
    later = [one.start for one in [*clause.numerals, *clause.all("article")] if one.start >= number.end]
    reach = min([number.end + NEAR, *later])
    return any(number.end <= hit.start <= reach for hit in clause.all(*NOUNS))


def _comes_from_more(number: Quantity, clause: Clause) -> bool:
    """Whether it is the three of "from six to three"."""
    earlier = [one for one in clause.numerals if one.start < number.at and (one.value or 0) > number.value]
    return any(is_introduced(one.start, clause, "between") for one in earlier)


def is_part_of(part: Quantity, whole: Quantity, clause: Clause) -> bool:
    """Whether no more than "of the" stands between two numbers, the greater last: "2 of the 3", "2 der 3"."""
    if not (0 < whole.at - part.end <= NEAR and part.value <= whole.value):
        return False
    small = {at for hit in clause.all("of", "between", "mine", "vague_few") for at in range(hit.start, hit.end)}
    small |= {hit.start for hit in clause.numerals if hit.value == 1 == part.value and hit.start == part.end}
    return small.issuperset(range(part.end, whole.at))


def _is_numbered(number: Quantity, clause: Clause) -> bool:
    """Whether it is the four of "week 4", not that of "for a week 4 sores"."""
    ends = {hit.end for hit in [*clause.all("article", "last"), *clause.numerals]}
    sides = clause.all("right_side")
    numbered = [hit for hit in clause.all("numbered") if not any(one.start < hit.start < one.end for one in sides)]
    return any(hit.end == number.at and hit.start not in ends for hit in numbered)


def _is_whole_of_score(number: Quantity, clause: Clause) -> bool:
    """Whether it is the ten of "pain scale 7 of 10"."""
    scales = {hit.end + 1 for hit in clause.all("numbered")}
    return any(hit.start in scales and hit.start < number.at < hit.end for hit in clause.all("unit_other"))


def _is_none_of(denial: Hit, number: Quantity, clause: Clause) -> bool:
    """Whether something is denied of each of so many: "keine der fünf", "aucun des cinq"."""
    ofs = [one for one in clause.all("of", "mine", "vague_few") if one.start == denial.end]
    return denial.kind == "no" and any(one.end == number.at for one in ofs)


def _is_denied(number: Quantity, clause: Clause) -> bool:
    """Whether the number itself is denied: "not three but five"; not "never seven at once like now"."""
    likes = {hit.end for hit in clause.all("like", "as_if") if hit.start >= number.end}
    if any(hit.start in likes for hit in clause.all("now")):
        return False
    alls = {hit.start for hit in clause.all("all_of")}
    joints = {hit.end for hit in clause.all("and")}
    if any(hit.start in joints and hit.end == number.at for hit in clause.all("no_answer")):
        return True
    slips = {hit.start for hit in clause.all("slip", "rather") if hit.end - hit.start > 1}
    return any(
        number.at - hit.end in (0, 1)
        for hit in clause.all("not", "no")
        if hit.start < number.at
        and hit.start not in slips
        and not (is_limit(hit, clause) or hit.end in alls or _is_none_of(hit, number, clause))
    )


def _is_where_counting_stopped(number: Quantity, clause: Clause) -> bool:
    """Whether it is only how far somebody came: "I stopped counting at ten"."""
    places = {hit.start for hit in clause.all("mouthpart")}
    phrases = [hit for hit in clause.all("many") if hit.end - hit.start > 1 and hit.start not in places]
    is_point = any(hit.end == number.at for hit in clause.all("place"))
    return any(is_point or number.at == hit.end or hit.start - number.end in (0, 1) for hit in phrases)


def _is_likened(number: Quantity, clause: Clause) -> bool:
    """Whether it only says how much it hurts: "it hurts like ten"."""
    return clause.has("pain", "quiet_verb") and any(hit.end == number.at for hit in clause.all("like", "as_if"))


def _is_of_weekday(number: Quantity, clause: Clause) -> bool:
    """Whether it is the six of "Friday the 6th", and no number of sores follows on the day."""
    is_counted = any(number.end <= noun.start <= number.end + 1 for noun in clause.all(*NOUNS, "new"))
    is_word = any(hit.start == number.at for hit in clause.all("numbers"))
    return not (is_counted or is_word) and any(0 <= number.at - day.end <= 1 for day in clause.all("weekdays"))


def _is_score(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether it is one of a scale: "hurts 8 out of 10", "pain: 4"."""
    if _is_headed_by_pain(number, clause, passage):
        return True
    if passage.tokens[number.at].text.endswith(OF_TEN[1]) and not _has_noun(number, clause):
        return True
    scale = any(token.text.endswith(OF_TEN) for token in passage.tokens[clause.start : clause.end])
    is_named = any(hit.end - hit.start > 1 and hit.end < number.at + NEAR for hit in clause.all("numbered"))
    is_named = is_named or _is_of_scale_behind(number, clause)
    is_named = is_named or any(hit.end - hit.start > 1 and number.end <= hit.start for hit in clause.all("numbered"))
    return scale and (clause.has("pain") or is_named) and not _has_noun(number, clause)


def _is_headed_by_pain(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether "pain" is the heading of a number with which a clause ends: "sores: 3. Pain: 4"; not "with pain: 4"."""
    at = number.at - 1
    while at >= clause.start and passage.tokens[at].is_mark:
        at -= 1
    is_last = number.end == clause.end or passage.tokens[number.end].is_mark
    if at < clause.start or not is_last or not passage.says(at, "pain_itself"):
        return False
    is_borne = any(0 <= at - hit.end <= 2 for hit in clause.all("company", "have", "without", "cause", "place", "of"))
    return not is_borne


def _is_of_scale_behind(number: Quantity, clause: Clause) -> bool:
    """Whether it is the 7 of "7 von 10 auf der Schmerzskala", or its 10."""
    tens = [hit for hit in clause.all("unit_other") if 0 <= number.at - hit.start <= 1 or hit.start == number.end]
    return any(hit.end <= scale.start <= hit.end + NEAR for hit in tens for scale in clause.all("numbered"))


def _is_pronoun(number: Quantity, clause: Clause) -> bool:
    """Whether it is the second "one" of "one big one"."""
    if number.value != 1:
        return False
    small = {at for hit in clause.all("and", "or", "place", "units") for at in (hit.start, hit.end - 1)}
    before = clause.all("numbers")
    if any(hit.end == number.at and hit.value == 1 for hit in before):
        return True
    small |= {hit.start for hit in clause.all(*NOUNS)}
    return any(hit.end == number.at - 1 and hit.end not in small for hit in before) or _is_said_again(number, clause)


def _is_measured(number: Quantity, clause: Clause) -> bool:
    """Whether it is a value that is measured: "sugar 11", "sucre à 11"; not where the sores that it counts follow."""
    values = [hit for hit in clause.all("sugar", "oxygen", "fever") if 0 <= number.at - hit.end <= NEAR - 1]
    joints = [hit.start for hit in clause.all("and", "have", "company")]
    values = [hit for hit in values if not any(hit.end <= at < number.at for at in joints)]
    return bool(values) and not _has_noun(number, clause)


def _is_said_again(number: Quantity, clause: Clause) -> bool:
    """Whether it only says again of a sore that it is one: "un aphte tout seul", "an ulcer, a single one"."""
    if number.end != clause.end or any(hit.start == number.at for hit in clause.all("article")):
        return False
    ends = {number.at} | {hit.start for hit in clause.all("everything", "only") if hit.end == number.at}
    nouns = [hit for hit in clause.all(*NOUNS) if hit.end in ends]
    return any(0 <= noun.start - one.end <= 1 for noun in nouns for one in clause.all("article"))


def _is_after_unit(number: Quantity, clause: Clause) -> bool:
    """Whether it is the five of the Dutch "a day or five", or of "four days, maybe five"."""
    joints = {
        at for hit in clause.all("or", "perhaps", "unsure") if hit.end == number.at for at in (hit.start - 1, hit.start)
    }
    return any(unit.end in joints for unit in clause.all("units", "unit_other"))


def _is_in_gap(number: Quantity, hit: Hit) -> bool:
    """Whether it stands between "left" and "right"."""
    return hit.kind == "right_side" and hit.start < number.at and number.end < hit.end


def is_introduced(at: int, clause: Clause, *kinds: str) -> bool:
    """Whether a word of these classes stands right before a place, or one word away."""
    return any(0 <= at - hit.end <= 1 for hit in clause.all(*kinds))


OTHERWISE: Final = (
    _is_of_unit,
    _is_of_phrase,
    _is_of_weekday,
    _is_per,
    _is_threshold,
    _is_numbered,
    _is_whole_of_score,
    _is_denied,
    _is_after_unit,
    _is_pronoun,
    _is_where_counting_stopped,
    _is_likened,
    _is_measured,
)
"""What a number is that counts no sores."""
