from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The whole: system checks and commands that belong to no single app."""

    name = "config"
