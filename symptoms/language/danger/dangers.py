"""Signs of danger in a text."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import RedFlag, Symptom
from symptoms.language.breath.breathing import is_breathless
from symptoms.language.danger.confusion import SIGNING, is_confused
from symptoms.language.danger.coughed_blood import coughed_blood, is_much
from symptoms.language.denial.denying import CONTENT
from symptoms.language.reading.reader import Reader, passed_off, takes_over
from symptoms.language.scope.noticed import is_of_onlooker
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

FRAGMENT: Final = 5
"""Words of a clause that does no more than name the chest."""
WITHIN: Final = ("breathless", "breathe", "air", "cannot_breathe", "sudden", "faint", "chest_attack", "burden", "limb")
"""Classes of words beside which pain of the chest is no pain of the skin."""
OF_DANGER: Final = (
    "broken_speech", "sentence", "bits", "speak", "blue", "colour_of", "chest", "chest_attack", "faint", "found_on",
    "swollen", "closing", "sudden", "blood", "red", *SIGNING,
)  # fmt: skip
"""Classes of words of which every sign of danger has one."""
PARTS: Final = group("parts")
MOUTH: Final = frozenset(["lip", "tongue", "mouthpart", "face"])


PLACES: Final = ("chest", "lip", "tongue", "throat", "mouthpart")
BESIDE_GONE: Final = ("gone", "now", "filler", "mine", "article", "place", "of", "had", "since", "days_ago", "weekdays")
"""What else may stand beside a pain or a swelling that has gone."""
NOT_GONE: Final = (
    "no", "not", "barely", "almost", "still", "less", "air", "breathe", "breathless", "faint", "self_harm",
)  # fmt: skip


def find_red_flags(reader: Reader) -> frozenset[RedFlag]:
    """The signs of danger that the patient has, by the text."""
    if not reader.passage.has(*OF_DANGER):
        return frozenset()
    return frozenset(flag for clause in reader.passage.clauses for flag in _in_clause(clause, reader))


def find_doubtful(flags: frozenset[RedFlag], present: frozenset[Symptom], reader: Reader) -> frozenset[RedFlag]:
    """Those of these signs that may be a scar or a bruise: pain of the chest beside one, and nothing else to fear."""
    if flags != {RedFlag.CHEST_PAIN} or present - {Symptom.MOUTH_SORES, Symptom.OTHER}:
        return frozenset()
    clauses = [clause for clause in reader.passage.clauses if _chest(clause, reader)]
    is_outside = all(clause.has("wound") and not clause.has(*WITHIN) for clause in clauses)
    return flags if is_outside else frozenset()


def _in_clause(clause: Clause, reader: Reader) -> list[RedFlag]:
    found = []
    if _speech(clause, reader):
        found.append(RedFlag.CANNOT_SPEAK_SENTENCES)
    if _is_blue(clause, reader):
        found.append(RedFlag.BLUE_OR_GREY)
    if _chest(clause, reader):
        found.append(RedFlag.CHEST_PAIN)
    if _has_fainted(clause, reader) or is_confused(clause, reader):
        found.append(RedFlag.CONFUSED_OR_FAINTED)
    if _swelling(clause, reader):
        found.append(RedFlag.SWOLLEN_LIPS_TONGUE_THROAT)
    if _is_sudden(clause, reader):
        found.append(RedFlag.SUDDEN_BREATHLESSNESS)
    if coughed_blood(clause, reader):
        found.append(RedFlag.COUGHING_MUCH_BLOOD if is_much(clause, reader) else RedFlag.COUGHING_BLOOD)
    return found


def _has_fainted(clause: Clause, reader: Reader) -> bool:
    """Whether somebody faints, or was found or came to on the ground."""
    if not clause.has("faint", "found_on") or clause.has("spectacle"):
        return False
    found = [
        hit for hit in clause.all("found_on") if clause.has("ground") and not reader.scope.is_imagined(hit, clause)
    ]
    faint = [hit for hit in reader.facts(clause, "faint") if not _is_of_symptom(hit, clause)]
    return bool(faint) or any(not reader.scope.is_over(hit, clause) for hit in found)


def _is_of_symptom(hit: Hit, clause: Clause) -> bool:
    """Whether it is a symptom that was gone, and nobody who passed out: the German "der Husten war weg"."""
    return any(one.end == hit.start for one in clause.all("cough", "aphtha", "lesion", "fever", "pain"))


def _is_blue(clause: Clause, reader: Reader) -> bool:
    """Whether lips, tongue, face or fingers are blue or grey, or somebody is "grey as a corpse": not a sore on them."""
    if not clause.has("blue", "colour_of"):
        return False
    sentence = reader.passage.sentence_of(clause)
    if any(one.has("stain") for one in sentence) and not any(one.has("coloured_like", "as_if") for one in sentence):
        return False
    blue = [hit for hit in reader.facts(clause, "blue") if not _is_of_sore(hit, clause)]
    likeness = {hit.start for hit in clause.all("deathly")}
    is_likened = bool(likeness) and any(hit.start not in likeness for hit in blue)
    if not clause.has("fine", "red", "aphtha", "lesion", "spot", "phlegm"):
        odd = reader.facts(clause, "colour_of")
        parts = [hit for hit in clause.all("lip", "face") if not any(hit.start < one.end <= hit.end for one in odd)]
        blue = blue or (odd if parts else [])
    return is_likened or (bool(blue) and clause.has("lip", "face", "mouthpart", "tongue"))


def _is_of_sore(hit: Hit, clause: Clause) -> bool:
    """Whether it is said of a sore right beside it."""
    return any(one.end == hit.start or hit.end == one.start for one in clause.all("aphtha", "lesion", "spot"))


def _is_sudden(clause: Clause, reader: Reader) -> bool:
    """Whether breath went suddenly, by one sentence."""
    if not reader.passage.has("sudden"):
        return False
    sentence = reader.passage.sentence_of(clause)
    return any(reader.facts(one, "sudden") for one in sentence) and is_breathless(clause, reader)


def _speech(clause: Clause, reader: Reader) -> bool:
    """Whether breath does not last for a sentence: it is said so, or no breath is left to speak."""
    if not clause.has("broken_speech", "sentence", "bits", "speak"):
        return False
    sentence = reader.passage.sentence_of(clause)
    if any(one.has("interrupt") for one in sentence) or _is_on_the_way(sentence):
        return False
    if reader.facts(clause, "broken_speech"):
        return True
    is_cut = _is_cut_short(clause, reader) or _comes_in_bits(clause, reader)
    return is_cut or _has_no_breath_to_speak(clause, reader)


def _is_on_the_way(sentence: list[Clause]) -> bool:
    """Whether breath gives out at an effort, and singing is one: none that is of another time, or of treatment."""
    told = [one for one in sentence if not one.has("used_to", "past_time")]
    efforts = {hit.start for one in told for hit in one.all("moderate_effort") if not is_of_onlooker(hit, one)}
    efforts -= {hit.start for one in told for hit in one.all("treatment")}
    spoken = [hit for one in sentence for hit in one.all("speak", "sentence") if hit.start not in efforts]
    return bool(efforts) and not spoken


def _is_cut_short(clause: Clause, reader: Reader) -> bool:
    """Sentences that cannot be said, or words after each of which breath has to be got."""
    hit = clause.first("sentence")
    if hit is None or not reader.scope.is_real(hit, clause) or reader.scope.is_over(hit, clause):
        return False
    lifted = {one.start for one in clause.all("without")}
    denials = [one for one in clause.all("not", "no", "only") if one.start not in lifted]
    if denials or reader.facts(clause, "cannot", "barely", "trouble"):
        return True
    if not (clause.has("each", "after", "numbers", "ordinals", "chop") or clause.digits):
        return False
    sentence = reader.passage.sentence_of(clause)
    return any(one.has("breathe", "air", "breathless", "stop") for one in sentence) or any(
        is_breathless(one, reader) for one in _beside(clause, reader)
    )


def _comes_in_bits(clause: Clause, reader: Reader) -> bool:
    """ "Speaking leaves me gasping, I only manage short bits": not the bits that somebody eats."""
    beside = _beside(clause, reader)
    bits = reader.facts(clause, "bits") if not any(one.has("eat", "swallow", "drink") for one in beside) else []
    return (
        bool(bits)
        and any(reader.facts(one, "speak") for one in beside)
        and any(is_breathless(one, reader) for one in beside)
    )


def _has_no_breath_to_speak(clause: Clause, reader: Reader) -> bool:
    """ "Too winded to speak", "cannot talk for lack of air", "when I talk my breath gives out"."""
    sung = {hit.start for hit in clause.all("moderate_effort")} | _not_called(clause)
    spoken = [hit for hit in clause.all("speak") if hit.start not in sung and not reader.scope.is_others(hit, clause)]
    beside = _beside(clause, reader)
    if spoken and (any(_is_running_out(one, reader) for one in beside) or _is_effort_enough(spoken, clause, reader)):
        return True
    speaking = [hit for hit in spoken if reader.scope.is_real(hit, clause)]
    if not speaking:
        return False
    is_given_up = clause.end - clause.start <= FRAGMENT + 1 and bool(reader.facts(clause, "gone", "forgone"))
    is_denied = any(hit in reader.denied for hit in speaking)
    if is_given_up or is_denied or reader.facts(clause, "cannot", "barely", "stop"):
        whole = reader.passage.sentence_of(clause) if clause.end - clause.start <= FRAGMENT + 1 else beside
        return any(is_breathless(one, reader) for one in whole)
    aims = clause.all("for_to", "cannot", "barely", "not")
    is_aimed = any(0 <= hit.start - one.end <= 2 for hit in speaking for one in aims)
    return is_aimed and is_breathless(clause, reader)


def _not_called(clause: Clause) -> set[int]:
    """Where it is only said what one would not call it: "I wouldn't say breathless"; not "I can't say it"."""
    if clause.has("cannot", "barely") or not clause.has("not"):
        return set()
    breathless = {hit.start for hit in clause.all("breathless")}
    return {hit.start for hit in clause.all("say") if hit.end in breathless}


def _is_effort_enough(spoken: list[Hit], clause: Clause, reader: Reader) -> bool:
    """Whether to speak is by itself what leaves no breath: "beim Reden geht mir die Luft aus", not a long talk."""
    if clause.has("moderate_effort", "vague_long", "many") or not is_breathless(clause, reader):
        return False
    efforts = {hit.start for hit in clause.all("minimal_effort") if reader.scope.is_real(hit, clause)}
    return any(hit.start in efforts for hit in spoken)


def _beside(clause: Clause, reader: Reader) -> list[Clause]:
    """A clause and the one on either side of it."""
    return [one for one in reader.passage.clauses if abs(one.at - clause.at) <= 1]


def _is_running_out(clause: Clause, reader: Reader) -> bool:
    """Whether breath is said to end: "the breath gives out halfway"."""
    breath = reader.facts(clause, "breathe", "air")
    return bool(breath) and any(
        abs(hit.start - one.end) <= FRAGMENT for hit in reader.facts(clause, "running_out") for one in breath
    )


def _chest(clause: Clause, reader: Reader) -> bool:
    """Whether the chest hurts, or feels tight or heavy, and it has not passed off."""
    if not reader.passage.has("chest", "chest_attack"):
        return False
    if passed_off(clause, reader) or _has_gone(clause, reader, "pain", "pressure"):
        return False
    if reader.facts(clause, "chest_attack"):
        return True
    chest = [hit for hit in clause.all("chest") if reader.scope.is_real(hit, clause)]
    mine = {hit.end for hit in clause.all("self")}
    own = [hit for hit in clause.all("pain", "pressure") if hit not in reader.denied] if mine else []
    if any(hit.start in mine for hit in chest) and any(not reader.scope.is_imagined(hit, clause) for hit in own):
        return not any(reader.scope.is_over(hit, clause) for hit in own)
    is_felt = clause.has("as_if") and not clause.has("clean", "phlegm", "spectacle", "cough")
    chest = chest or _chest_beside(clause, reader)
    return bool(chest) and (bool(reader.facts(clause, "pain", "pressure", "burden")) or is_felt)


def _has_gone(clause: Clause, reader: Reader, *kinds: str) -> bool:
    """Whether a clause says of a pain or a swelling that it has gone, and not a word more: no "at rest", no "when".

    Nor where to: "gone down my arm".
    """
    if not clause.has("gone"):
        return False
    last = max((hit.end for hit in clause.all(*kinds, *PLACES)), default=clause.end)
    gone = [hit for hit in clause.all("gone") if hit not in reader.denied and last <= hit.start]
    after = reader.passage.after(clause)
    goes_on = after is not None and after.sentence == clause.sentence and after.has(*kinds, "still", "chest", "if")
    if not gone or goes_on or clause.mark == "?" or clause.has(*NOT_GONE):
        return False
    known = clause.all(*kinds, *PLACES, *BESIDE_GONE)
    return {at for hit in known for at in range(hit.start, hit.end)}.issuperset(range(clause.start, clause.end))


def _chest_beside(clause: Clause, reader: Reader) -> list[Hit]:
    """The chest that is named by itself just before or after: "My chest. It's like a tractor parked on it"."""
    if clause.has(*PARTS):
        return []
    beside = [one for one in reader.passage.clauses if abs(one.at - clause.at) == 1 and one.end - one.start <= FRAGMENT]
    bare = [one for one in beside if not one.has(*(CONTENT - {"chest"}))]
    return [hit for one in bare for hit in one.all("chest") if reader.scope.is_real(hit, one)]


def _swelling(clause: Clause, reader: Reader) -> bool:
    if not reader.passage.has("swollen", "closing"):
        return False
    if not clause.has("lip", "tongue", "throat", "countenance"):
        return _is_swollen_too(clause, reader)
    if takes_over(clause, reader, "swollen") or _is_named_after_swelling(clause, reader):
        return True
    if _has_gone(clause, reader, "swollen"):
        return False
    swollen = [hit for hit in reader.facts(clause, "swollen") if not _is_of_sore(hit, clause)]
    return bool(swollen) or (clause.has("throat") and bool(reader.facts(clause, "closing")))


def _is_named_after_swelling(clause: Clause, reader: Reader) -> bool:
    """Whether it only names the lips of which the clause before said it: "woke up like a pufferfish, lips and all"."""
    before = reader.passage.before(clause)
    is_bare = clause.end - clause.start < FRAGMENT and not clause.has(*CONTENT - {"mouthpart", "throat", "pressure"})
    if before is None or before.sentence != clause.sentence or not is_bare or before.has(*PARTS - MOUTH):
        return False
    return bool(reader.facts(before, "swollen"))


def _is_swollen_too(clause: Clause, reader: Reader) -> bool:
    """Whether a few words say it of the lips or tongue of the clause before: "my tongue is like a rag, that thick"."""
    before = reader.passage.before(clause)
    if (
        before is None
        or before.sentence != clause.sentence
        or clause.end - clause.start > FRAGMENT
        or clause.has(*PARTS)
    ):
        return False
    if before.has("throat") and reader.facts(clause, "closing"):
        return True
    is_named = before.has("lip", "tongue") and not before.has("aphtha", "lesion", "spot", *PARTS - MOUTH)
    return is_named and bool(reader.facts(clause, "swollen")) and not clause.has("aphtha", "lesion", "spot")
