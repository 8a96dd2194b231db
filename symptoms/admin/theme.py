"""The theme's decorators. Their own types know nothing of words that are translated when they are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

from unfold import decorators

Method = TypeVar("Method", bound=Callable[..., Any])


def action(**options: Any) -> Callable[[Method], Method]:
    """Make a method a page of its own, with a button that leads there."""
    return cast("Callable[[Method], Method]", decorators.action(**options))


class Label(NamedTuple):
    """Words in a colour, which lists go by; the page of a record, which knows no colours, shows the words."""

    colour: str
    words: str

    def __str__(self) -> str:
        return self.words


def display(**options: Any) -> Callable[[Method], Method]:
    """Say how a column or a field is headed, ordered and coloured. One with a `label` returns a colour and words."""
    decorate = decorators.display(**options)

    def decorate_label(method: Callable[..., Any]) -> Any:
        @wraps(method)
        def labelled(*args: Any) -> Any:
            shown = method(*args)
            return Label(*shown) if isinstance(shown, tuple) else shown

        return decorate(labelled)

    return cast("Callable[[Method], Method]", decorate_label if "label" in options else decorate)
