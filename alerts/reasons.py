"""Why an alert is there, in one line for clinicians: the rule's own words, or those for what no rule judges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from symptoms.admin.words import say_rule
from symptoms.clinical.rulesets import RULESETS
from symptoms.clinical.terms import Urgency

BESIDE_THE_RULES: Final = {
    "TEST-PAGE": (Urgency.URGENT, _("A test: somebody asked whether pages reach them.")),
    "NO-REPORT": (Urgency.ROUTINE, _("Two check-ins in a row were not answered, or one during an urgent alert.")),
    "LEFT-SERVICE": (
        Urgency.ROUTINE,
        _("The patient has left the service in the app: no check-ins any more. Arrange how to ask after them instead."),
    ),
    "VISIT-MISSED": (Urgency.ROUTINE, _("The visit was not marked as attended in time.")),
    "VISIT-OVERDUE": (Urgency.ROUTINE, _("Enrolled after day 15, and no visit is recorded.")),
    "VISIT-MOVED": (Urgency.ROUTINE, _("The first dose moved; the booked visit stays. Look whether it still fits.")),
    "ADDRESS-BAD": (Urgency.ROUTINE, _("An address for pages was refused for good. See who cannot be reached.")),
    "NOBODY-REACHABLE": (Urgency.URGENT, _("Nobody could be paged about an alert of this patient.")),
    "ALERT-STUCK": (Urgency.URGENT, _("An alert of this patient reached nobody in time.")),  # of earlier releases
    "DIGEST-REFUSED": (Urgency.URGENT, _("The daily digest could not be sent; this alert waits longest.")),
    "COULD-NOT-ASSESS": (Urgency.URGENT, _("A message or report could not be processed. Read what was said.")),
    "MESSAGE-ANSWERED": (
        Urgency.ROUTINE,
        _("The patient has written in the app after a message of the team about an alert that is closed. Read it."),
    ),
    "EMERGENCY-ACCESS": (
        Urgency.ROUTINE,
        _("A clinician of another clinic has opened this record in an emergency. Ask how the patient is."),
    ),
    "SELF-HARM": (Urgency.EMERGENCY, _("A remark about suicide or self-harm.")),
}
"""What raises alerts without a row in the rule table."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of an alert. `sources` are tags such as S-11, `slots` the answers that the rule looks at.

    Both are empty for what no rule judges.
    """

    rule: str
    urgency: Urgency
    text: str
    sources: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()


def reason_of(rule_id: str) -> Reason:
    """The reason by its id. One that the product no longer knows is urgent, and says so."""
    for ruleset in RULESETS.values():
        if rule := ruleset.by_id.get(rule_id):
            return Reason(rule.id, rule.urgency, say_rule(rule), rule.sources, rule.slots)
    urgency, text = BESIDE_THE_RULES.get(rule_id, (Urgency.URGENT, _("No longer among the rules.")))
    return Reason(rule_id, urgency, str(text))


def reasons_of(rules: Iterable[str]) -> list[Reason]:
    """The reasons of an alert, the most urgent first."""
    return sorted(map(reason_of, rules), key=lambda reason: -reason.urgency)
