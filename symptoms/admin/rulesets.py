"""The rules in force and who approved them. An approval is given once and never changed."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symptoms.admin.approving import ApprovalAdmin
from symptoms.admin.moments import write_day
from symptoms.admin.pages import list_url, show_page
from symptoms.admin.scoping import require_practitioner
from symptoms.admin.tables import Cell, Section
from symptoms.admin.theme import action, display
from symptoms.admin.words import TRIALS, say, say_passage, say_rule, say_source
from symptoms.clinical.rules import SOURCES, Rule
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.source import STATEMENTS
from symptoms.models import Clinic, RulesetApproval
from symptoms.models.clinic import Role

APPROVERS: Final = frozenset({Role.ONCOLOGIST})


def approval_of(clinic_id: Any) -> RulesetApproval | None:
    """A clinic's approval of the exact text of the rules that is in force; None: it was not given."""
    approvals = RulesetApproval.objects.filter(
        clinic=clinic_id, ruleset=CURRENT.version, ruleset_hash=CURRENT.content_hash
    )
    return approvals.select_related("approved_by__user").first()


@admin.register(RulesetApproval)
class RulesetApprovalAdmin(ApprovalAdmin):
    """Approvals, for reading; they are given on the page that shows all rules."""

    approvers = APPROVERS
    list_display = ["ruleset", "ruleset_hash", "approved_by", "approved_at", "is_in_force"]
    actions_list = ["rules"]
    fields = readonly_fields = ["ruleset", "ruleset_hash", "approved_by", "approved_at", "is_in_force"]

    @display(description=gettext_lazy("in force"), boolean=True)
    def is_in_force(self, approval: RulesetApproval) -> bool:
        return (approval.ruleset, approval.ruleset_hash) == (CURRENT.version, CURRENT.content_hash)

    @action(description=gettext_lazy("Rules in force"), url_path="rules", permissions=["view"])
    def rules(self, request: HttpRequest) -> HttpResponse:
        """Every rule with its threshold and its sources, and whether the own clinic has approved this exact text."""
        clinic = require_practitioner(request).clinic
        if request.method == "POST":
            return self.approve(
                request,
                CURRENT.content_hash,
                text={"ruleset": CURRENT.version, "ruleset_hash": CURRENT.content_hash},
                changed=_("The rules have changed since this page was opened. Read them as they are now."),
                say=partial(_approved, clinic=clinic),
            )
        approval = approval_of(clinic.pk)
        may_approve = approval is None and self.has_approve_permission(request)
        declared = _(
            "I have read every rule above with its threshold and its sources. As an oncologist I approve for "
            "%(clinic)s that reports of its patients are judged by exactly this text."
        )
        return show_page(
            self,
            request,
            "reading.html",
            title=_("Rules in force"),
            good=_approved(approval, clinic) if approval else "",
            warning="" if approval else _("Nobody of this clinic has approved this text of the rules."),
            lines=[
                f"{CURRENT.version}: {_(CURRENT.title)}",
                _("Fingerprint: %(hash)s") % {"hash": CURRENT.content_hash},
            ],
            sections=[rules_section(), sources_section()],
            ask=declared % {"clinic": clinic},
            seen_hash=CURRENT.content_hash if may_approve else "",
            back=list_url(self),
        )


def _approved(approval: RulesetApproval, clinic: Clinic) -> str:
    return _("Approved by %(who)s on %(date)s for %(clinic)s.") % {
        "who": approval.approved_by,
        "date": write_day(approval.approved_at),
        "clinic": clinic,
    }


def rules_section() -> Section:
    """The rules in the order in which they stand in the ruleset, in the words of their own conditions."""
    return Section(
        _("Rules"),
        (_("Rule"), _("Urgency"), _("Problem"), _("Fires when"), _("Sources")),
        tuple(_rule_row(rule) for rule in CURRENT.rules),
        empty="",
        note=_("The rules themselves are written in English; what is approved is their exact text."),
    )


def _rule_row(rule: Rule) -> tuple[Cell, ...]:
    urgency = rule.urgency.code
    return (
        Cell(rule.id),
        Cell(say(urgency), tone=urgency),
        Cell(say(rule.problem)),
        Cell(say_rule(rule)),
        Cell("\n".join(f"{tag}: {say_passage(tag, rule.id)}" for tag in rule.sources)),
    )


def sources_section() -> Section:
    """What each source says that rules and the decision support name, in our own words."""
    rows = tuple((Cell(tag, anchor=f"source-{tag}"), Cell(say_source(tag))) for tag in (*STATEMENTS, *SOURCES, *TRIALS))
    return Section(_("Sources"), (_("Tag"), _("What it says")), rows, empty="")
