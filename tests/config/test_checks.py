"""`check --deploy` warns of what must not stay as it comes."""

from __future__ import annotations

import pytest
from django.core.checks import Tags, run_checks
from pytest_django import Settings


def found() -> set[str | None]:
    problems = run_checks(tags=[Tags.security], include_deployment_checks=True)
    return {problem.id for problem in problems if (problem.id or "").startswith("config.")}


def test_as_it_comes_the_sender_and_the_open_figures_are_named() -> None:
    assert found() == {"config.W001", "config.W002"}


@pytest.mark.parametrize("sender", ["", "Alerts", "alerts@localhost", "Alerts <alerts@localhost>"])
def test_a_sender_without_a_domain_is_named(settings: Settings, sender: str) -> None:
    settings.METRICS_TOKEN, settings.DEFAULT_FROM_EMAIL = "token", sender
    assert found() == {"config.W001"}


def test_what_is_set_up_is_fine(settings: Settings) -> None:
    settings.METRICS_TOKEN, settings.DEFAULT_FROM_EMAIL = "token", "Alerts <alerts@clinic.example>"
    assert found() == set()
