"""Conversations and their messages, word for word. For reading only."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from symptoms.admin.reading import say_clock, show_stored, show_transcript
from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin
from symptoms.admin.theme import display
from symptoms.models import Conversation, Message
from symptoms.models.conversation import Sender


@admin.register(Conversation)
class ConversationAdmin(ClinicScopedAdmin):
    clinic_path = "patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["started_at", "patient", "status", "last_message_at", "message_count"]
    list_filter = ["status"]
    list_select_related = ["patient"]
    search_fields = ["patient__full_name", "patient__hospital_number"]
    ordering = ["-started_at"]
    fields = readonly_fields = [
        "patient", "status", "language", "dialogue_version", "started_at", "last_message_at", "transcript",
    ]  # fmt: skip

    @display(description=_("transcript"))
    def transcript(self, conversation: Conversation) -> SafeString | str:
        return show_transcript(conversation)


@admin.register(Message)
class MessageAdmin(ClinicScopedAdmin):
    clinic_path = "conversation__patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["created_at", "patient", "number", "sender", "is_answered"]
    list_filter = ["sender"]
    list_select_related = ["conversation__patient"]
    search_fields = ["conversation__patient__full_name", "conversation__patient__hospital_number"]
    ordering = ["-created_at"]
    fields = readonly_fields = [
        "patient", "conversation", "number", "sender", "text", "sent_as", "sent_at", "clock", "created_at",
        "answered_at",
    ]  # fmt: skip

    @display(description=_("patient"), ordering="conversation__patient__full_name")
    def patient(self, message: Message) -> str:
        return str(message.conversation.patient)

    @display(description=_("answered"))
    def is_answered(self, message: Message) -> str:
        """Of the patient's messages alone: nobody answers to what the chatbot or the team says."""
        if message.sender != Sender.PATIENT:
            return "–"
        return gettext("yes") if message.answered_at is not None else gettext("no")

    @display(description=_("phone's clock"))  # type: ignore[arg-type]  # the theme's type knows no lazy text
    def clock(self, message: Message) -> str:
        return say_clock(is_wrong=message.is_clock_wrong)

    @display(description=_("as sent by the app"))
    def sent_as(self, message: Message) -> SafeString | str:
        return show_stored(message.answer)
