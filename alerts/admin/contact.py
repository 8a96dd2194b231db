"""Where practitioners can be reached: each sees to their own addresses, an administrator to those of the clinic."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from alerts.addresses import read_address
from alerts.admin.acting import ActingAdmin, act_page
from alerts.admin.forms import CodeForm, EmptyForm
from alerts.admin.words import CHANNELS
from alerts.channels import configured_channels
from alerts.models import ContactPoint
from alerts.models.notification import Channel
from alerts.rehearsing import NoWay, send_test_pages
from alerts.verifying import CannotVerify, carry_code, make_code, verify
from symptoms.admin.once import do_once, say_sent_before
from symptoms.admin.said import Said
from symptoms.admin.scoping import EVERYBODY, practitioner_of, require_practitioner
from symptoms.admin.theme import action, display
from symptoms.models import Practitioner
from symptoms.models.clinic import Role

SECRET_CHANNELS = (Channel.WEB_PUSH, Channel.FCM)
"""Channels whose addresses are for machines alone: they are not shown again."""


class ContactPointForm(forms.ModelForm[ContactPoint]):
    """An address, read as its channel reads it. A changed one has to be verified again."""

    viewer: Practitioner

    class Meta:
        widgets: ClassVar[Any] = {"address": UnfoldAdminTextInputWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "channel" in self.fields:
            names = [(channel.value, CHANNELS[channel]) for channel in configured_channels()]
            self.fields["channel"].choices = [("", "---------"), *names]  # type: ignore[attr-defined]
        if "practitioner" not in self.fields and self.instance._state.adding:
            self.instance.practitioner = self.viewer

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        channel = cleaned.get("channel") or self.instance.channel
        if channel and cleaned.get("address"):
            try:
                cleaned["address"] = read_address(channel, cleaned["address"], self.viewer.clinic)
            except ValidationError as problem:
                self.add_error("address", problem)
        owner = cleaned.get("practitioner") or self.viewer
        if self.instance._state.adding and ContactPoint.objects.filter(practitioner=owner, channel=channel).exists():
            self.add_error("channel", gettext("There is an address for this channel already: change that one."))
        return cleaned


@admin.register(ContactPoint)
class ContactPointAdmin(ActingAdmin):
    clinic_path = "practitioner__clinic"
    added_by = changed_by = acted_by = EVERYBODY
    form = ContactPointForm
    list_display = ["practitioner", "channel", "order", "state"]
    list_filter = ["channel"]
    list_select_related = ["practitioner__user"]
    search_fields = ["practitioner__user__username", "practitioner__user__last_name"]
    ordering = ["practitioner", "order"]
    actions = None
    actions_list = ["send_test"]
    actions_detail = ["send_code", "enter_code"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactPoint]:
        """One's own; for an administrator those of the clinic."""
        points: QuerySet[ContactPoint] = super().get_queryset(request)
        practitioner = practitioner_of(request)
        if practitioner is None or practitioner.role == Role.ADMINISTRATOR:
            return points
        return points.filter(practitioner=practitioner)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        is_administrator = require_practitioner(request).role == Role.ADMINISTRATOR
        owner = ["practitioner"] if obj is not None or is_administrator else []
        address = [] if obj is not None and obj.channel in SECRET_CHANNELS else ["address"]
        found = [] if obj is None else ["verified_at", "bad_since"]
        return [*owner, "channel", *address, "order", *found]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["practitioner", "channel", "verified_at", "bad_since"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"viewer": require_practitioner(request)})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An address is no part of any record: whoever sees it may take it away."""
        return self.may(request, EVERYBODY)

    def save_model(self, request: HttpRequest, obj: ContactPoint, form: Any, change: bool) -> None:
        if "address" in form.changed_data:
            obj.verified_at = obj.bad_since = obj.code_expires_at = None
            obj.code_hash = ""
        super().save_model(request, obj, form, change)

    @display(description=_("state"))
    def state(self, contact: ContactPoint) -> str:
        if contact.bad_since is not None:
            return gettext("bad: refused for good")
        return gettext("verified") if contact.verified_at else gettext("not verified: not used")

    @action(description=_("Send me a test page"), url_path="test", permissions=["act"])
    def send_test(self, request: HttpRequest) -> HttpResponse:
        """Ask on GET, page the person who is signed in on POST, and lead to what becomes of it."""
        if request.method != "POST":
            return self.confirm(request, EmptyForm(), title=gettext("Send me a test page"))
        is_refused = False

        def send() -> bool:
            nonlocal is_refused
            try:
                pages = send_test_pages(require_practitioner(request), now=timezone.now())
            except NoWay as refusal:
                messages.warning(request, str(refusal))
                is_refused = True
                return False
            channels = ", ".join(page.get_channel_display() for page in pages)
            messages.success(request, gettext("On its way by %(channels)s.") % {"channels": channels})
            return True

        if do_once(request, send):
            say_sent_before(request)
        shown = "contactpoint" if is_refused else "notification"
        return HttpResponseRedirect(reverse(f"admin:alerts_{shown}_changelist"))

    @act_page(_("Send a code"), "send-code")
    def send_code(self, request: HttpRequest, object_id: str) -> HttpResponse:
        made: list[tuple[ContactPoint, str]] = []

        def do(contact: ContactPoint, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            made.append((contact, make_code(contact, timezone.now(), asked_by=practitioner)))
            return Said(gettext_noop("A code is on its way to the address. Enter it within 15 minutes."))

        def send() -> None:
            for contact, code in made:
                carry_code(contact, code)

        title = gettext("Send a code")
        return self.act(request, object_id, EmptyForm, do, title=title, refusals=CannotVerify, after=send)

    @act_page(_("Enter the code"), "enter-code")
    def enter_code(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def do(contact: ContactPoint, practitioner: Practitioner, answers: dict[str, Any]) -> Said:
            verify(contact, answers["code"], timezone.now())
            return Said(gettext_noop("The address is verified: pages may go there."))

        return self.act(request, object_id, CodeForm, do, title=gettext("Enter the code"), refusals=CannotVerify)
