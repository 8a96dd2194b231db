from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The whole: system checks and commands that belong to no single app."""

    name = "config"

    def ready(self) -> None:
        from config import checks, openapi  # noqa: F401  (registers the checks, and how the app authenticates)
        from config.gathered_words import say_models

        say_models()
        _say_date_forms()


def _say_date_forms() -> None:
    """A day that cannot be read is refused with the forms in which it can."""
    from django import forms

    from symptoms.admin.moments import no_date_lazily

    for field, key in ((forms.DateField, "invalid"), (forms.SplitDateTimeField, "invalid_date")):
        field.default_error_messages = {**field.default_error_messages, key: no_date_lazily()}
