"""The words of the product: what can be asked, what can be answered, and how urgent an answer can be.

Every slot, value and code that is stored, sent or judged is defined here and nowhere else.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

UNKNOWN: Final = "unknown"
"""Asked, and not known: "don't know", "can't see", declined."""

NOT_ASKED: Final = "not_asked"
NONE: Final = "none"
"""The explicit "none of these" of a list question."""


class Urgency(IntEnum):
    """How soon somebody has to act. Ordered: a report is as urgent as its most urgent finding."""

    NONE = 0
    SELF_CARE = 1
    ROUTINE = 2
    URGENT = 3
    EMERGENCY = 4

    @property
    def code(self) -> str:
        """The word used in JSON and in the database, e.g. ``"self_care"``."""
        return self.name.lower()

    @classmethod
    def from_code(cls, code: str) -> Urgency:
        """The urgency named by its JSON word. Raises KeyError for any other word."""
        return cls[code.upper()]


class Symptom(StrEnum):
    """What a patient can tick in the opening question."""

    MOUTH_SORES = "mouth_sores"
    COUGH = "cough"
    DYSPNEA = "dyspnea"
    FEVER = "fever"
    SWELLING = "swelling"
    OTHER = "other"


class RedFlag(StrEnum):
    """Signs of danger to life, asked before anything else."""

    CANNOT_SPEAK_SENTENCES = "cannot_speak_sentences"
    BLUE_OR_GREY = "blue_or_grey"
    CHEST_PAIN = "chest_pain"
    CONFUSED_OR_FAINTED = "confused_or_fainted"
    SWOLLEN_LIPS_TONGUE_THROAT = "swollen_lips_tongue_throat"
    SUDDEN_BREATHLESSNESS = "sudden_breathlessness"
    COUGHING_BLOOD = "coughing_blood"
    COUGHING_MUCH_BLOOD = "coughing_much_blood"


class Intake(StrEnum):
    """Eating, drinking and taking tablets, from best to worst."""

    NORMAL = "normal"
    CHANGED = "changed"
    REDUCED = "reduced"
    ALMOST_NOTHING = "almost_nothing"


class Exertion(StrEnum):
    """What it takes to become breathless, from best to worst."""

    MODERATE = "moderate"
    MINIMAL = "minimal"
    AT_REST = "at_rest"


class BathStarted(StrEnum):
    """Whether the prescribed mouth bath is in use."""

    YES = "yes"
    NO = "no"
    NONE_PRESCRIBED = "none_prescribed"


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


class Respondent(StrEnum):
    PATIENT = "patient"
    CARER = "carer"


MORE_THAN_THREE: Final = "more_than_three"
"""A count of sores that could not be made exact: "loads", "too many to count"."""

MAX_COUNT: Final = 99
MAX_SEVERITY: Final = 4
"""PRO-CTCAE severity and interference run from 0 (none) to 4 (very severe, very much)."""
MAX_ONSET_DAYS_BACK: Final = 60
MIN_TEMPERATURE_C: Final = 34.0
MAX_TEMPERATURE_C: Final = 43.0
MIN_TEMPERATURE_F: Final = 93.0
MAX_TEMPERATURE_F: Final = 110.0
MAX_TEXT_LENGTH: Final = 5_000


class Slot(StrEnum):
    """The name of one question and of its answer, as sent by the app and stored with a report."""

    SYMPTOMS = "symptoms"
    MOUTH_COUNT = "mouth_sores.count"
    MOUTH_ONSET_ON = "mouth_sores.onset_on"
    MOUTH_INTAKE = "mouth_sores.intake"
    MOUTH_SEVERITY = "mouth_sores.severity"
    MOUTH_INTERFERENCE = "mouth_sores.interference"
    MOUTH_BATH_STARTED = "mouth_sores.bath_started"
    MOUTH_GONE = "mouth_sores.gone"
    COUGH_SEVERITY = "cough.severity"
    COUGH_INTERFERENCE = "cough.interference"
    COUGH_BLOOD = "cough.blood"
    DYSPNEA_SEVERITY = "dyspnea.severity"
    DYSPNEA_INTERFERENCE = "dyspnea.interference"
    DYSPNEA_EXERTION = "dyspnea.exertion"
    FEVER_TEMPERATURE_C = "fever.temperature_c"
    FEVER_RIGORS = "fever.rigors"
    RED_FLAGS = "red_flags"
    OTHER_TEXT = "other.text"
    OTHER_CAN_WAIT = "other.can_wait"
    OTHER_SYMPTOMS = "other_symptoms"
    RESPONDENT = "respondent"


class OtherSymptom(StrEnum):
    """The remaining side effects of Table 2 (S-19): recorded and shown, without rules."""

    RASH = "rash"
    FATIGUE = "fatigue"
    DIARRHEA = "diarrhea"
    NAUSEA = "nausea"
    DECREASED_APPETITE = "decreased_appetite"
    WEIGHT_DECREASED = "weight_decreased"
    DYSGEUSIA = "dysgeusia"
    PERIPHERAL_EDEMA = "peripheral_edema"
    EPISTAXIS = "epistaxis"


class Problem(StrEnum):
    """What an alert is about. At most one alert is open per patient and problem."""

    RESPIRATORY = "respiratory"
    MOUTH = "mouth"
    INFECTION = "infection"
    OTHER = "other"
    NO_REPORT = "no_report"
    MISSED_VISIT = "missed_visit"
    SYSTEM = "system"
