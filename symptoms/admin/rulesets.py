"""The rules in force and who approved them. An approval is given once and never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from symptoms.admin.reading import show_ruleset
from symptoms.admin.scoping import ClinicForm, ClinicScopedAdmin, require_practitioner
from symptoms.clinical.rulesets import CURRENT
from symptoms.models import RulesetApproval
from symptoms.models.clinic import Role


class ApprovalForm(ClinicForm):
    """Nothing to fill in: what is approved is the exact text that is in force."""

    def clean(self) -> dict[str, Any] | None:
        known = RulesetApproval.objects.filter(
            clinic=self.clinic_id, ruleset=CURRENT.version, ruleset_hash=CURRENT.content_hash
        )
        if known.exists():
            raise ValidationError("Your clinic has approved this text of the rules before.")
        return super().clean()


@admin.register(RulesetApproval)
class RulesetApprovalAdmin(ClinicScopedAdmin):
    clinic_path = "clinic"
    added_by = frozenset({Role.ONCOLOGIST})
    form = ApprovalForm
    list_display = ["ruleset", "ruleset_hash", "approved_by", "approved_at", "is_in_force"]
    list_select_related = ["approved_by__user"]
    ordering = ["-approved_at"]
    readonly_fields = [
        "current_version", "current_hash", "current_rules", "ruleset", "ruleset_hash", "approved_by", "approved_at",
    ]  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ["current_version", "current_hash", "current_rules"]
        return ["ruleset", "ruleset_hash", "approved_by", "approved_at", "current_rules"]

    @display(description="in force", boolean=True)
    def is_in_force(self, approval: RulesetApproval) -> bool:
        return (approval.ruleset, approval.ruleset_hash) == (CURRENT.version, CURRENT.content_hash)

    @display(description="ruleset")
    def current_version(self, approval: RulesetApproval) -> str:
        return f"{CURRENT.version}: {CURRENT.title}"

    @display(description="hash")
    def current_hash(self, approval: RulesetApproval) -> str:
        return CURRENT.content_hash

    @display(description="rules in force now")
    def current_rules(self, approval: RulesetApproval) -> SafeString:
        return show_ruleset(CURRENT)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        obj.ruleset, obj.ruleset_hash = CURRENT.version, CURRENT.content_hash
        obj.approved_by = require_practitioner(request)
        super().save_model(request, obj, form, change)
