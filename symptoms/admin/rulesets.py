"""The rules in force and who approved them. An approval is given once and never changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symptoms.admin.moments import write_day
from symptoms.admin.pages import list_url, show_page
from symptoms.admin.reading import show_ruleset
from symptoms.admin.scoping import ClinicForm, ClinicScopedAdmin, require_practitioner
from symptoms.admin.tables import Cell, Section
from symptoms.admin.theme import action, display
from symptoms.admin.words import say, say_source
from symptoms.clinical.rules.rule import SOURCES, Rule
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.source import STATEMENTS
from symptoms.models import Clinic, RulesetApproval
from symptoms.models.clinic import Role


class ApprovalForm(ClinicForm):
    """Nothing to fill in: what is approved is the exact text that stood on the page."""

    seen_hash = forms.CharField(widget=forms.HiddenInput, initial=CURRENT.content_hash)

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("seen_hash") != CURRENT.content_hash:
            raise ValidationError(_("The rules have changed since this page was opened. Read them as they are now."))
        if approval_of(self.clinic_id) is not None:
            raise ValidationError(_("Your clinic has approved this text of the rules before."))
        return super().clean()


def approval_of(clinic_id: Any) -> RulesetApproval | None:
    """A clinic's approval of the exact text of the rules that is in force; None: it was not given."""
    approvals = RulesetApproval.objects.filter(
        clinic=clinic_id, ruleset=CURRENT.version, ruleset_hash=CURRENT.content_hash
    )
    return approvals.select_related("approved_by__user").first()


@admin.register(RulesetApproval)
class RulesetApprovalAdmin(ClinicScopedAdmin):
    clinic_path = "clinic"
    added_by = frozenset({Role.ONCOLOGIST})
    form = ApprovalForm
    list_display = ["ruleset", "ruleset_hash", "approved_by", "approved_at", "is_in_force"]
    list_select_related = ["approved_by__user"]
    ordering = ["-approved_at"]
    actions_list = ["rules"]
    readonly_fields = [
        "current_version", "current_hash", "current_rules", "ruleset", "ruleset_hash", "approved_by", "approved_at",
    ]  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["seen_hash", "current_version", "current_hash", "current_rules"]
        return ["ruleset", "ruleset_hash", "approved_by", "approved_at", "current_rules"]

    @display(description=gettext_lazy("in force"), boolean=True)
    def is_in_force(self, approval: RulesetApproval) -> bool:
        return (approval.ruleset, approval.ruleset_hash) == (CURRENT.version, CURRENT.content_hash)

    @display(description=gettext_lazy("ruleset"))
    def current_version(self, approval: RulesetApproval) -> str:
        return f"{CURRENT.version}: {_(CURRENT.title)}"

    @display(description=gettext_lazy("fingerprint"))
    def current_hash(self, approval: RulesetApproval) -> str:
        return CURRENT.content_hash

    @display(description=gettext_lazy("rules in force now"))
    def current_rules(self, approval: RulesetApproval) -> SafeString:
        return show_ruleset(CURRENT)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        obj.ruleset, obj.ruleset_hash = CURRENT.version, CURRENT.content_hash
        obj.approved_by = require_practitioner(request)
        super().save_model(request, obj, form, change)

    @action(description=gettext_lazy("Rules in force"), url_path="rules", permissions=["view"])
    def rules(self, request: HttpRequest) -> HttpResponse:
        """Every rule with its threshold and its sources, and whether the own clinic has approved this exact text."""
        clinic = require_practitioner(request).clinic
        approval = approval_of(clinic.pk)
        may_approve = approval is None and self.has_add_permission(request)
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
            act=(reverse("admin:symptoms_rulesetapproval_add"), _("Approve")) if may_approve else None,
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
        Cell(_(rule.text)),
        Cell(", ".join(rule.sources)),
    )


def sources_section() -> Section:
    """What each source that a rule names says, in our own words."""
    cited = {tag for rule in CURRENT.rules for tag in rule.sources}
    rows = tuple((Cell(tag), Cell(say_source(tag))) for tag in (*STATEMENTS, *SOURCES) if tag in cited)
    return Section(_("Sources"), (_("Tag"), _("What it says")), rows, empty="")
