"""Breathlessness in a clause: by its own name, or as breath and air that are lacking, hard or impossible to get."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.language.classes import group
from symptoms.language.clauses import Clause
from symptoms.language.easy_breath import is_ample, is_named_with_no_lack, is_scant, is_well_only_at_rest
from symptoms.language.exceptions import is_excepted
from symptoms.language.hits import Hit
from symptoms.language.reader import Reader, is_only_better, takes_over

NEAR: Final = 4
FRAGMENT: Final = 4
"""Words of a fragment, such as "two floors."."""

BARE: Final = 5
"""Words of a clause that names no more than the breathing, or says no more than that it is not right."""

OTHERS: Final = group("content") - {"fine", "clean", "gone", "state", "well", "worse"}
REACH: Final = 2
LONG_REACH: Final = 5
"""Words between a denial and the effort that is not made; more when the denial opens the clause."""

DOING: Final = ("moderate_effort", "minimal_effort", "rest", "sleep", "sit_up", "night", "speak")
"""What breath may be too short for."""

INTAKE: Final = group("intake")
HAVING: Final = ("self", "have", "can", "suffice", "ask", "someone", "also", "but", "and", "mine", "filler")
"""What a clause consists of that says that one gets breath."""
HARD: Final = ("trouble", "barely", "lack", "cannot", "less")


def breathlessness_in(clause: Clause, reader: Reader) -> Iterator[tuple[Hit, bool]]:
    """The words for breathlessness, and whether it is denied."""
    if clause.has("nose", "spectacle") or _was_taken_by_what_was_seen(clause, reader):
        return
    if _is_through_nose(clause, reader) or _is_of_sport(clause, reader):
        return
    for hit in clause.all("breathless", "cannot_breathe"):
        if not _is_other_matter(hit, clause):
            is_fine = _is_breathing_too(hit, clause) and _is_fine(clause, hit, reader)
            is_denied = hit in reader.denied and not _cannot_be_done(hit, clause)
            yield hit, is_denied or is_fine or _is_easy(hit, clause, reader)
    yield from ((hit, False) for hit in _without_name(clause, reader))
    if not clause.has("breathless", "cannot_breathe", "smell"):
        yield from _breath_that_is_called(clause, reader)


def _breath_that_is_called(clause: Clause, reader: Reader) -> Iterator[tuple[Hit, bool]]:
    """Breath or air of which something is said, and whether it is well."""
    breath = next(iter(_breath_of(clause)), None)
    if breath is None:
        yield from ((hit, hit not in reader.denied) for hit in clause.all("fine") if _names_air(hit, reader))
        return
    hard = _what_makes_it_hard(breath, clause, reader) + _in_no_posture(breath, clause, reader)
    if breath in reader.denied and any(one.end <= breath.start for one in clause.all("or")):
        hard = [hit for hit in hard if hit.kind != "trouble"]
    if breath in reader.denied or hard:
        yield breath, not hard and not _is_lacking(breath, clause, reader)
    elif is_scant(breath, clause):
        yield breath, False
    elif (
        _is_fine(clause, breath, reader)
        or _is_simply_had(breath, clause, reader)
        or is_ample(breath, clause, reader.passage)
    ):
        yield breath, not is_well_only_at_rest(clause, reader.passage)


def _was_taken_by_what_was_seen(clause: Clause, reader: Reader) -> bool:
    """Whether it was a sight that took the breath: "mir blieb die Luft weg, als ich die Rechnung sah"."""
    before = reader.passage.before(clause)
    is_told = clause.has("had") or _is_of_anybody(clause)
    if before is not None and before.sentence == clause.sentence and is_told and _names_a_sight(before):
        return not clause.has("moderate_effort", "minimal_effort", "rest", "since", "sudden")
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not clause.has("had"):
        return False
    return after.begins_with("than") and after.has("spectacle") and not after.has(*OTHERS)


def _is_of_anybody(clause: Clause) -> bool:
    """Whether it is what happens to anybody: "se le corta a una la respiración"; not to "una", which is "a" too."""
    articles = {hit.start for hit in clause.all("article")}
    is_anybody = any(hit.start not in articles for hit in clause.all("anybody"))
    return is_anybody and not clause.has("self", "me", "have")


def _names_a_sight(clause: Clause) -> bool:
    """Whether it names a sight by itself, not where somebody was: "ein Film", not "im Konzert"."""
    led = {hit.end for hit in clause.all("article", "mine", "wh")} | {clause.start}
    is_place = clause.has("place", "company", *OTHERS)
    return not is_place and any(hit.start in led for hit in clause.all("spectacle"))


def _is_through_nose(clause: Clause, reader: Reader) -> bool:
    """Whether no air comes through the nose of which the clause before tells: "my nose is blocked, no air through"."""
    if not (clause.has("through") and reader.passage.has("nose")):
        return False
    before = reader.passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and not before.has("lungs", "chest", "sudden")
    return is_next and before is not None and before.has("nose")


def _is_of_sport(clause: Clause, reader: Reader) -> bool:
    """Whether it is how breath always goes after sport: "out of breath after my run, as always"."""
    if not (reader.passage.has("sport") and reader.passage.has("as_ever")):
        return False
    sentence = reader.passage.sentence_of(clause)
    if not any(one.has("sport") for one in sentence) or reader.passage.has("rest", "less", "used_to"):
        return False
    if any(one.has("worse", "sudden", "barely", "cannot", "trouble") for one in sentence):
        return False
    return any(one.has("as_ever") for one in sentence)


def _without_name(clause: Clause, reader: Reader) -> list[Hit]:
    """What tells of breathlessness without the words for it."""
    return [
        *_lungs_called("airless", clause, reader),
        *_lungs_called("worn", clause, reader),
        *_smothered(clause, reader),
        *_pauses_on_the_way(clause, reader),
    ]


def _smothered(clause: Clause, reader: Reader) -> list[Hit]:
    """What feels as if it lay on the face or went round the ribs, or is breathed through: "air through a straw"."""
    if clause.has("as_if") and clause.has("breathe") and (tight := reader.facts(clause, "burden", "pressure")):
        return tight
    if clause.has("as_if") and clause.has("face", "mouthpart", "nose"):
        return reader.facts(clause, "smother")
    if not clause.has("breathe", "air"):
        return []
    through = clause.all("through")
    return [hit for hit in reader.facts(clause, "narrow") if any(0 <= hit.start - one.end <= 2 for one in through)]


def _names_air(fine: Hit, reader: Reader) -> bool:
    """Whether air is a word of what is well: "lucht genoeg", which may be denied."""
    words = [reader.passage.tokens[at].text for at in range(fine.start, fine.end)]
    entries = [one for word in words for one in reader.passage.lexicon.entries(word) if not one.rest]
    return len(words) > 1 and any(one.kind == "air" for one in entries)


def _is_breathing_too(hit: Hit, clause: Clause) -> bool:
    """Whether the word is also one for breathing that is well: "Schnaufen geht gut"."""
    return any((one.start, one.end) == (hit.start, hit.end) for one in clause.all("breathe"))


def _cannot_be_done(hit: Hit, clause: Clause) -> bool:
    """Whether it is a breathing that is not possible, or not well: "i konn ned gscheit schnaufn"."""
    able = [one for one in clause.all("can", "cannot") if one.start < hit.start]
    if not able or not _is_breathing_too(hit, clause) or clause.has("without", "fine"):
        return False
    between = [one for one in clause.all("and", "but", "or") if able[-1].start < one.start < hit.start]
    return not between and any(able[-1].start <= one.start < hit.start for one in clause.all("not"))


def _is_easy(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether the clause before says that it is no trouble: "ich habe keine Schwierigkeiten, Luft zu holen"."""
    before = reader.passage.before(clause)
    if before is None or before.mark != "," or hit.end != clause.end:
        return False
    is_infinitive = any(hit.start < one.start < hit.end for one in clause.all("for_to"))
    return is_infinitive and any(one.end == before.end for one in reader.facts(before, "fine"))


def _is_other_matter(hit: Hit, clause: Clause) -> bool:
    """Whether food is what somebody chokes on, or a face is what is puffed."""
    is_of_food = clause.has(*INTAKE, "stuck") and any(_overlap(hit, one) for one in clause.all("choke"))
    is_of_face = clause.has("lip", "face", "tongue") and any(_overlap(hit, one) for one in clause.all("swollen"))
    return is_of_food or is_of_face


def _overlap(hit: Hit, other: Hit) -> bool:
    return hit.start < other.end and other.start < hit.end


def _lungs_called(kind: str, clause: Clause, reader: Reader) -> list[Hit]:
    """The lungs of which it is said that they take in no air ("full of water", "have given up"), or are weak."""
    lungs = clause.all("lungs")
    if not lungs or not clause.has(kind) or clause.has("phlegm", "fine", "clean"):
        return []
    denials = [one.end for one in clause.all("no", "not")]
    said = [hit for hit in reader.facts(clause, kind) if not any(0 <= hit.start - end < NEAR for end in denials)]
    return [hit for hit in lungs if any(_is_near(hit, one) for one in said)]


def _pauses_on_the_way(clause: Clause, reader: Reader) -> list[Hit]:
    """The pauses that an effort needs, when nothing else is named that needs them: "two floors and I stop at each"."""
    if not clause.has("moderate_effort") or clause.has("pain", "limb", "state", "elsewhere", "air"):
        return []
    if any(not _is_what_for(hit, clause) for hit in clause.all("breathe")):
        return []
    denials = clause.all("no", "not", "cannot", "barely", "without")
    pauses = reader.facts(clause, "pausing")
    withouts = {hit.end for hit in clause.all("without")}
    lifted = [hit for hit in pauses if hit.start in withouts or any(_overlap(hit, one) for one in denials)]
    others = [one for one in denials if one.start not in {hit.start for hit in clause.all("without")}]
    is_denied = any(not any(_overlap(hit, one) for hit in pauses) for one in others)
    if lifted:
        return lifted if is_denied else []
    return pauses if (clause.numerals or clause.has("each")) and not is_denied else []


def _is_what_for(breath: Hit, clause: Clause) -> bool:
    """Whether it is what a pause is for: "eine Pause zum Durchatmen"."""
    return any(0 <= breath.start - hit.end <= 1 for hit in clause.all("pausing")) and clause.has("for_to")


def _breath_of(clause: Clause) -> list[Hit]:
    """Breath and air of which something is said: not those within a word for breathlessness."""
    whole = clause.all("breathless", "cannot_breathe")
    return [hit for hit in clause.all("breathe", "air") if not any(_overlap(hit, one) for one in whole)]


def _what_makes_it_hard(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """The words that say that breath is hard to get; pain while breathing is none of them."""
    is_of_chest = any(one.has("chest") for one in reader.passage.sentence_of(clause))
    pains = {hit.start for hit in clause.all("pain")} if is_of_chest else set()
    hard = [hit for hit in clause.all(*HARD) if hit not in reader.denied and hit.start not in pains]
    hard = [hit for hit in hard if not _is_lack_denied(hit, clause)]
    hard += _hard_before(clause, reader)
    hard += [
        hit for hit in clause.all("stop", "pausing") if 0 <= breath.start - hit.end <= NEAR and hit not in reader.denied
    ]
    hard += [hit for hit in clause.all("gone") if is_of_breath(hit, clause) and hit not in reader.denied]
    hard += [hit for hit in clause.all("laboured") if _is_how(hit, breath, clause)]
    hard += _laboured_after(breath, clause, reader)
    hard += [
        hit for hit in clause.all("yes") if hit.start == breath.end and hit.end == clause.end and not clause.has("fine")
    ]
    hard += [hit for hit in reader.facts(clause, "running_out") if _is_near(breath, hit)]
    hard += [hit for hit in _amiss(breath, clause, reader) if hit not in reader.denied]
    hard += [hit for hit in clause.all("fine") if hit in reader.denied and _is_near(hit, breath)]
    hard += _kept_by_breath(breath, clause, reader)
    fine = [_distance(hit, breath) for hit in clause.all("fine") if hit not in reader.denied]
    hard = [
        hit for hit in hard if _distance(hit, breath) <= REACH or all(_distance(hit, breath) <= one for one in fine)
    ]
    return hard + _short_elsewhere(clause, reader) + (_less_well_after(clause, reader) if fine else [])


def _less_well_after(clause: Clause, reader: Reader) -> list[Hit]:
    """What the next clause takes back of it for an effort: "breathing is fine sitting, not so good on the stairs"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.has(*OTHERS - {"rest", "trouble", "less"}):
        return []
    efforts = reader.facts(after, "moderate_effort", "minimal_effort")
    denied = [hit for hit in after.all("fine") if hit in reader.denied]
    return denied + reader.facts(after, "amiss", "less") if efforts else []


def _kept_by_breath(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """What cannot be done, or only badly, "because of my breath", in the clause or right before it."""
    small = {at for hit in clause.all("mine", "for", "filler") for at in range(hit.start, hit.end)}
    causes = [hit for hit in clause.all("cause", "because") if small.issuperset(range(hit.end, breath.start))]
    causes = [hit for hit in causes if hit.end <= breath.start]
    if not causes or clause.has("fine"):
        return []
    before = reader.passage.before(clause)
    is_led_on = before is not None and before.sentence == clause.sentence and causes[0].start == clause.start
    told = [clause, before] if before is not None and is_led_on else [clause]
    return [hit for one in told if one.has(*DOING) for hit in reader.facts(one, "cannot", "barely", "trouble", "worse")]


def _short_elsewhere(clause: Clause, reader: Reader) -> list[Hit]:
    """What says that breath is short after all on some occasion: "Luft ist besser, aber beim Einkaufen noch knapp"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not after.begins_with("but") or not after.has(*DOING):
        return []
    if after.has(*OTHERS - {"less", "trouble", "rest", "sleep"}) or after.has("no", "not", "fine"):
        return []
    return reader.facts(after, "lack", "less", "laboured")


def _is_lack_denied(lack: Hit, clause: Clause) -> bool:
    """Whether a lack is denied right before it: "geen gebrek aan lucht"; not "nothing helps, too little air"."""
    is_noun = lack.kind == "lack" and lack.end - lack.start == 1
    return is_noun and any(one.end == lack.start for one in clause.all("no"))


def _distance(hit: Hit, other: Hit) -> int:
    return max(hit.start - other.end, other.start - hit.end, 0)


def _hard_before(clause: Clause, reader: Reader) -> list[Hit]:
    """What the clause before says is hard and names only here: "es fällt mir schwer, tief einzuatmen"."""
    before = reader.passage.before(clause)
    if before is None or before.mark != "," or clause.has("self", "fine", *HARD) or before.has(*OTHERS - {"trouble"}):
        return []
    return [hit for hit in reader.facts(before, "trouble", "cannot", "barely") if hit.end == before.end]


def _is_how(hit: Hit, breath: Hit, clause: Clause) -> bool:
    """Whether it says how breath goes: right beside it, and not denied."""
    is_denied = any(0 <= hit.start - one.end <= 1 for one in clause.all("no", "not", "nothing"))
    return _is_breathing_too(breath, clause) and not is_denied and _is_beside(hit, breath)


def _laboured_after(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """How breath goes that ends a clause, told in the next one: "ich atme | trotzdem wie nach einem Dauerlauf"."""
    after = reader.passage.after(clause)
    is_split = after is not None and not clause.mark and breath.end == clause.end and breath.kind == "breathe"
    return [hit for hit in after.all("laboured") if hit.start <= after.start + 1] if after and is_split else []


def _amiss(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """What says that breath is not as it should be, here or just after: "it is the breathing. It is not right"."""
    if not _is_breathing_too(breath, clause) or clause.has("lungs"):
        return []
    calmed = {at for one in clause.all("trivial", "fine", "well") for at in range(one.start, one.end)}
    denied = [hit for hit in clause.all("trouble") if hit in reader.denied]
    found = [hit for hit in clause.all("amiss") if _is_near(hit, breath) and hit.start not in calmed]
    found = [hit for hit in found if not any(_overlap(hit, one) for one in denied)]
    if found or clause.end - clause.start > BARE or clause.has("fine", "no", "not"):
        return found
    later = [one for one in reader.passage.clauses[clause.at + 1 : clause.at + 3] if one.end - one.start <= BARE]
    return [hit for one in later if not one.has(*OTHERS - {"trouble"}) for hit in one.all("amiss")]


def _is_beside(hit: Hit, other: Hit) -> bool:
    return max(hit.start - other.end, other.start - hit.end) <= 2


def is_of_breath(gone: Hit, clause: Clause) -> bool:
    """Whether it is breath that is gone, which ends nothing; not breath that is well again."""
    if clause.has("trouble") or any(one.end == gone.end for one in clause.all("fine", "clean")):
        return False
    if any(hit.start < gone.start and gone.end <= hit.end for hit in clause.all("breathless", "cannot_breathe")):
        return True
    return any(0 <= gone.start - hit.end <= NEAR - 1 for hit in clause.all("air"))


def _is_lacking(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether breath itself is denied, and not a trouble with it: "no bother with the breathing".

    Nor is it an item of a list that was denied as a whole: "none of these: cough, breath".
    """
    if hit not in reader.denied or any(_overlap(hit, one) for one in clause.all("lungs")):
        return False
    if any(_is_lack_denied(one, clause) for one in clause.all("lack")):
        return False
    is_none = any(one.end == hit.start for one in clause.all("no"))
    if is_named_with_no_lack(clause, reader.passage):
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


def _is_fine(clause: Clause, hit: Hit, reader: Reader) -> bool:
    """Whether it is said that breath is no trouble."""
    if any(one in reader.denied for one in clause.all("trouble")) or takes_over(clause, reader, "fine"):
        return True
    near = [one for one in clause.all("fine") if _is_near(one, hit) or _overlap(one, hit)]
    return any(one not in reader.denied and not is_only_better(one, clause) for one in near)


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


def _in_no_posture(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """The postures in none of which breath is got: "ni sentado ni acostado logro respirar"."""
    if clause.has("lack", "trouble", "less", "pain", "stop", "laboured", "without", "but") or not clause.has("or"):
        return []
    if breath.kind == "air" and not clause.has("can"):
        return []
    postures = [hit for hit in clause.all("rest", "sit_up") if hit in reader.denied and hit.end <= breath.start]
    return postures if len({hit.start for hit in postures}) > 1 else []


def _is_near(hit: Hit, other: Hit) -> bool:
    return abs(hit.start - other.end) < NEAR or abs(other.start - hit.end) < NEAR


def is_breathless(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says of the patient, now, that breath is short, hard to get, or gone."""
    return any(
        not (is_denied and not is_excepted(hit, clause, reader))
        and reader.scope.is_real(hit, clause)
        and not reader.scope.is_over(hit, clause)
        for hit, is_denied in breathlessness_in(clause, reader)
    )


def _with_fragments(clause: Clause, reader: Reader) -> list[Clause]:
    """The sentence of a clause, with the bare words in front of it: "stairs. two floors. no breath left."."""
    sentence = reader.passage.sentence_of(clause)
    turn = max((one.at for one in sentence if one.at <= clause.at and one.begins_with("but")), default=0)
    if turn > sentence[0].at:
        return [one for one in sentence if one.at >= turn]
    found = list(sentence)
    for earlier in reversed(reader.passage.clauses[: found[0].at]):
        if earlier.end - earlier.start > FRAGMENT or earlier.has("self", "have"):
            break
        found.append(earlier)
    return found


def is_breathless_at_rest(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that there is no breath at rest, or none at all whatever is done."""
    if not is_breathless(clause, reader) or (clause.has("fine") and is_well_only_at_rest(clause, reader.passage)):
        return False
    sentence = reader.passage.sentence_of(clause)
    if any(_is_in_effort(one, clause) for one in _with_fragments(clause, reader)):
        return False
    if clause.has("fine") and not clause.has("breathless", "cannot_breathe") and _less_well_after(clause, reader):
        return False
    if any(one.has("rest") and not _is_other_rest(one, clause, reader) for one in sentence):
        return True
    if any(one.has("night") for one in sentence) and any(one.has("sit_up") for one in sentence):
        return True
    if _lungs_called("airless", clause, reader) or _smothered(clause, reader):
        return True
    if any(not _is_other_matter(hit, clause) for hit in reader.facts(clause, "cannot_breathe")):
        return True
    breath = [hit for hit in _breath_of(clause) if _is_lacking(hit, clause, reader) or clause.has("cannot")]
    return bool(breath) and not clause.has("fine", "less")


def _is_in_effort(clause: Clause, breathless: Clause) -> bool:
    """Whether a clause names an effort, and not one that goes well ("walking is fine, but in my chair ...").

    Nor is "three nights running" one, or getting up at night.
    """
    spoken = {hit.start for hit in clause.all("speak")} if clause.has("rest") else set()
    efforts = [hit for hit in clause.all("moderate_effort", "minimal_effort") if hit.start not in spoken]
    denials = clause.all("no", "not")
    images = clause.all("airless", "smother", "narrow")
    images += [hit for hit in clause.all("laboured") if hit.end - hit.start > 2]
    efforts = [hit for hit in efforts if not any(_overlap(hit, one) for one in images)]
    nights = {hit.end for hit in clause.all("night")}
    efforts = [hit for hit in efforts if hit.start not in nights]
    sat_up = clause.all("sit_up") if nights else []
    efforts = [hit for hit in efforts if not any(_overlap(hit, one) for one in sat_up)]
    made = [hit for hit in efforts if not any(_is_ruled_out(hit, one, clause) for one in denials)]
    goes_well = clause.has("fine", "can", "trivial") and not clause.has("only", "barely", "trouble", "cannot", "stop")
    return bool(made) and (clause is breathless or not goes_well)


def _is_ruled_out(effort: Hit, denial: Hit, clause: Clause) -> bool:
    """Whether an effort is not made: "no stairs", "not even walked to the loo"; not "no breath for my walk"."""
    if any(denial.end < one.start and 0 <= effort.start - one.end <= 1 for one in clause.all("for_to")):
        return False
    is_all_denied = denial.start == clause.start and not clause.has("fine", "can")
    reach = LONG_REACH if is_all_denied else REACH
    return 0 <= effort.start - denial.end <= reach or denial.start < effort.start < denial.end


def _is_other_rest(clause: Clause, breathless: Clause, reader: Reader) -> bool:
    """Whether it is the rest of somebody else, of another time, or one that goes well: "sitting is fine, but ..."."""
    rests = [hit.start for hit in clause.all("rest")]
    fine = [hit for hit in clause.all("fine") if not any(0 <= at - hit.end <= 1 for at in rests)]
    if clause is not breathless and fine and not clause.has("cannot", "barely", "not"):
        return True
    return any(reader.scope.is_others(hit, clause) or reader.scope.is_over(hit, clause) for hit in clause.all("rest"))
