"""How the site says the codes that are stored, such as urgencies and states. Each is translated once, here."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from symptoms.clinical.rules import PASSAGES, SOURCES, Rule
from symptoms.clinical.source import STATEMENTS

WORDS: Final = {
    "none": pgettext_lazy("urgency", "none"),
    "self_care": _("self-care"),
    "routine": _("routine"),
    "urgent": _("urgent"),
    "emergency": _("emergency"),
    "active": _("active"),
    "paused": _("paused"),
    "withdrawn": pgettext_lazy("patient", "withdrawn"),
    "text.withdrawn": pgettext_lazy("leaflet", "withdrawn"),
    "deceased": _("deceased"),
    "mouth_sores": _("mouth sores"),
    "cough": _("cough"),
    "dyspnea": _("breathlessness"),
    "fever": _("fever"),
    "swelling": _("swelling"),
    "other": pgettext_lazy("reason or symptom", "other"),
    "problem.other": pgettext_lazy("problem", "something else"),
    "respiratory": _("breathing"),
    "mouth": _("mouth"),
    "infection": _("infection"),
    "no_report": _("no report"),
    "missed_visit": _("visit missed"),
    "system": _("system"),
    "bot": _("chatbot"),
    "staff": _("staff"),
    "open": _("open"),
    "acknowledged": _("acknowledged"),
    "closed": _("closed"),
    "in_progress": _("in progress"),
    "complete": _("complete"),
    "abandoned": _("abandoned"),
    "self_care_advice": _("self-care advice"),
    "phone_advice": _("advice by telephone"),
    "clinic_visit": _("visit to the clinic"),
    "acute_oncology": _("acute oncology"),
    "treatment_interrupted": _("treatment interrupted"),
    "no_action": _("no action needed"),
    "unable_to_reach": _("unable to reach the patient"),
    "outcome.emergency": _("emergency department or ambulance"),
    "draft": _("draft"),
    "reviewed": _("reviewed"),
    "published": _("published"),
    "changed": _("dose changed"),
    "eating.changed": pgettext_lazy("eating", "changed"),
    "interrupted": _("interrupted"),
    "restarted": _("restarted"),
    "stopped": _("stopped"),
    "stomatitis": _("stomatitis"),
    "pneumonitis": _("pneumonitis"),
    "other_toxicity": _("other toxicity"),
    "procedure": _("procedure"),
    "patient_choice": _("patient's choice"),
    "progression": _("progression"),
    "mucositis_oral": _("mucositis oral"),
    "everolimus": _("everolimus"),
    "temsirolimus": _("temsirolimus"),
    "everolimus_exemestane": _("everolimus + exemestane"),
    "everolimus_tamoxifen": _("everolimus + tamoxifen"),
    "everolimus_letrozole": _("everolimus + letrozole"),
    "everolimus_trastuzumab_vinorelbine": _("everolimus + trastuzumab + vinorelbine"),
    "temsirolimus_letrozole": _("temsirolimus + letrozole"),
    "day_15": _("day 15"),
    "follow_up": _("follow-up"),
    "planned": _("planned"),
    "booked": _("booked"),
    "attended": _("attended"),
    "missed": _("missed"),
    "cancelled": pgettext_lazy("visit", "cancelled"),
    "tier_1": _("tier 1"),
    "tier_2": _("tier 2"),
    "lead": _("lead"),
    "on_call": _("whoever is on call"),
    "everybody": _("everybody"),
}


def say(code: str, of: str = "") -> str:
    """A stored code in the reader's language; one without a word of its own is said by its letters.

    `of` tells apart what one code means of several things: "outcome", "problem", "eating" or "text".
    """
    words = WORDS.get(f"{of}.{code}") or WORDS.get(code)
    if words is not None:
        return str(words)
    return gettext(code.replace("_", " ")) if code else ""


say_lazily = lazy(say, str)


def said_choices(enum: type[StrEnum]) -> list[tuple[str, Any]]:
    """The members of a pure enum as choices of a form."""
    return [(member.value, say_lazily(member.value)) for member in enum]


TRIALS: Final = {
    "SWISH": _("trial of dexamethasone mouthwash from day 1, later than the review"),
    "DESIREE": _("trial of a stepwise increase of the dose at the start, later than the review"),
}
"""Sources that decision support names and no rule."""


def say_source(tag: str) -> str:
    """What a source says, in our own words: a statement of the review, or the name of another source."""
    words = STATEMENTS[tag].text if tag in STATEMENTS else SOURCES.get(tag, "")
    return gettext(words) if words else str(TRIALS.get(tag, ""))


def say_passage(tag: str, rule_id: str) -> str:
    """The passage on which a rule rests: a statement of the review, or what another source says."""
    words = PASSAGES.get((tag, rule_id))
    return gettext(words) if words else say_source(tag)


def say_rule(rule: Rule) -> str:
    """When a rule fires, without the marks that its text has for documents."""
    return gettext(rule.text).replace("`", "")
