"""What a page must not do, and what nobody must be kept from doing on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS: Final = ("serious", "critical")
THUMB: Final = 44
"""The pixels of what is tapped on a telephone."""
PROBLEMS_OF_A_LOST_LINE: Final = "Failed to load resource"
"""What the browser itself writes on the console about an answer with an error; a test may cause one."""


class Watch:
    """Notes what a page does that it must not; `judge` fails for it."""

    def __init__(self, page: Page, own: str) -> None:
        self.seen: list[str] = []
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: error of a script: {error}"))
        page.on("console", lambda message: self._note_line(message.type, f"{page.url}: {message.text}"))
        page.on("request", lambda request: self._note_address(request.url, own))

    def judge(self) -> None:
        assert not self.seen, self.seen

    def _note_line(self, kind: str, text: str) -> None:
        if kind == "error" and PROBLEMS_OF_A_LOST_LINE not in text:
            self.seen.append(text)

    def _note_address(self, address: str, own: str) -> None:
        if not address.startswith((own, "data:", "blob:", "about:")):
            self.seen.append(f"another machine: {address}")


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """The serious and critical violations of accessibility on the page as it is, each with where.

    Only of the `rules` that are named, when any are.
    """
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(options).then(all => all.violations)", options)
    return [
        f"{one['id']} ({one['impact']}): {one['help']} at {node['target']} {node['html'][:160]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def overflows(page: Page) -> int:
    """By how many pixels the page is wider than its window: 0 when nobody has to scroll sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


SMALL_CONTROLS: Final = """thumb => {
    const controls = `button, summary, select, textarea, a.button, a.rounded-default,
        label:has([type=checkbox], [type=radio]), input:not([type=hidden], [type=checkbox], [type=radio])`;
    return [...document.querySelectorAll(`#page :is(${controls})`)]
        .filter(one => one.checkVisibility({opacityProperty: true, visibilityProperty: true}))
        .map(one => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 160)])
        .filter(([height]) => height > 1 && height < thumb)
        .map(([height, html]) => `${height} pixels high: ${html}`);
}"""


def small_controls(page: Page) -> list[str]:
    """The buttons and fields of the page that are lower than a thumb. Links within a text are as high as its lines."""
    found: list[str] = page.evaluate(SMALL_CONTROLS, THUMB)
    return found
