"""A real browser before a real server: opens pages of the clinician site as somebody who is signed in.

Every page is watched: a request to another machine, an error of a script and a line on the console fail the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from symptoms.models import User
from tests.browser.watching import Watch
from tests.cast import session_of
from tests.chromium import require_chromium

ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
DESK: Final = (1440, 900)
PHONE: Final = (390, 844)
WAIT_MS: Final = 60_000
"""What has not happened by then does not happen, however busy the machine is."""

OpenSite = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is here takes a browser, and a database that the server's own threads see."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this folder.

    Playwright runs an event loop, which Django would take for a server's, and in which nothing else can run its own:
    tests of other folders must not meet it.
    """
    expect.set_options(timeout=WAIT_MS)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=require_chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_site(chromium: Browser, live_server: LiveServer) -> Iterator[OpenSite]:
    """`open_site(user, path)`: the page at `path` in a new window. `user` None: nobody is signed in.

    `size` is width and height, `theme` light or dark, `language` one of the five; `scripts` whether any may run.
    """
    opened: list[tuple[Any, Watch]] = []

    def open_page(
        user: User | None,
        path: str = "/admin/",
        *,
        size: tuple[int, int] = DESK,
        theme: str = "light",
        language: str = "en",
        scripts: bool = True,
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            locale=language,
            java_script_enabled=scripts,
            timezone_id="Europe/Brussels",
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT_MS)
        if user is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": live_server.url}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a dict is what it takes
        page = context.new_page()
        opened.append((context, Watch(page, live_server.url)))
        page.goto(path)
        return page

    yield open_page
    for context, _ in opened:
        context.close()
    for _, watch in opened:
        watch.judge()
