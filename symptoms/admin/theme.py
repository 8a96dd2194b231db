"""The theme's decorators. Their own types know nothing of words that are translated when they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from unfold import decorators

Method = TypeVar("Method", bound=Callable[..., Any])


def action(**options: Any) -> Callable[[Method], Method]:
    """Make a method a page of its own, with a button that leads there."""
    return cast("Callable[[Method], Method]", decorators.action(**options))


def display(**options: Any) -> Callable[[Method], Method]:
    """Say how a column or a field is headed, ordered and coloured."""
    return cast("Callable[[Method], Method]", decorators.display(**options))
