from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The whole: system checks and commands that belong to no single app."""

    name = "config"

    def ready(self) -> None:
        from config import openapi  # noqa: F401  (registers how the app authenticates)
