"""Pages of conversations: who said what, and when."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from symptoms.admin.scoping import CLINICIANS, ClinicScopedAdmin
from symptoms.models import Conversation, Message


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

    @admin.display(description="transcript")
    def transcript(self, conversation: Conversation) -> SafeString:
        """Every message in its order, at the time on the patient's clock."""
        zone = conversation.patient.zone
        lines = (
            (message.sender, f"{message.created_at.astimezone(zone):%Y-%m-%d %H:%M}", message.text)
            for message in conversation.messages.order_by("number")
        )
        said = format_html_join("", '<li class="mb-2"><strong>{}</strong> <small>{}</small><br>{}</li>', lines)
        return format_html('<ol class="whitespace-pre-line">{}</ol>', said)


@admin.register(Message)
class MessageAdmin(ClinicScopedAdmin):
    clinic_path = "conversation__patient__clinic"
    viewed_by = CLINICIANS
    list_display = ["created_at", "patient", "number", "sender", "is_answered"]
    list_filter = ["sender"]
    search_fields = ["conversation__patient__full_name"]
    ordering = ["-created_at"]
    fields = readonly_fields = [
        "conversation", "number", "sender", "text", "answer", "sent_at", "created_at", "answered_at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        messages: QuerySet[Message] = super().get_queryset(request)
        return messages.select_related("conversation__patient")

    @admin.display(description="patient", ordering="conversation__patient__full_name")
    def patient(self, message: Message) -> str:
        return str(message.conversation.patient)

    @admin.display(description="answered", boolean=True)
    def is_answered(self, message: Message) -> bool | None:
        return message.answered_at is not None if message.sender == "patient" else None
