from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The whole: system checks and commands that belong to no single app."""

    name = "config"

    def ready(self) -> None:
        from config import checks, openapi  # noqa: F401  (registers the checks, and how the app authenticates)
        from config.gathered_words import say_models

        say_models()
