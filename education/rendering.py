"""Turns the Markdown of a leaflet into HTML in which nothing runs and nothing is fetched.

Pure. Raw HTML is shown as text, what is left is sanitised, and only then our own pictures are put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt

from education.pictures import as_data_url, draw

SCHEME: Final = "picture"
TAGS: Final = {"h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "em", "br", "hr", "blockquote", "a", "img"}
ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}}
LINKS: Final = {"https", "tel", SCHEME}

_IMAGE: Final = re.compile(r"<img[^>]*>")
_SOURCE: Final = re.compile(rf'src="{SCHEME}:([^"]*)"')
_ALT: Final = re.compile(r'alt="([^"]*)"')


class _Markdown(MarkdownIt):
    """Markdown that leaves addresses to the sanitiser, which knows our own pictures."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the library's name)
        return url.startswith(f"{SCHEME}:") or super().validateLink(url)


_MARKDOWN: Final = _Markdown("js-default", {"linkify": False})


def render(body: str) -> str:
    """The HTML of a leaflet's Markdown. An image that is none of our pictures is shown by its words."""
    clean = nh3.clean(_MARKDOWN.render(body), tags=TAGS, attributes=ATTRIBUTES, url_schemes=LINKS)
    return _IMAGE.sub(_put_in, clean)


def render_numbers(numbers: Iterable[tuple[str, str]]) -> str:
    """Telephone numbers with what each is for, to be tapped; those that are empty are left out."""
    lines = (
        f'<li>{escape(label)}: <a href="tel:{re.sub(r"[^+0-9]", "", number)}">{escape(number)}</a></li>'
        for label, number in numbers
        if number
    )
    return f'<ul class="numbers">{"".join(lines)}</ul>\n'


def picture_names(body: str) -> list[str]:
    """The pictures that a Markdown text shows, in order."""
    return re.findall(rf"\]\({SCHEME}:([^)\s]*)\)", body)


def _put_in(image: re.Match[str]) -> str:
    alt = _ALT.search(image[0])
    words = alt[1] if alt else ""  # escaped by the sanitiser
    source = _SOURCE.search(image[0])
    svg = draw(source[1]) if source else None
    if source is None or svg is None:
        return words
    kind = source[1].partition("-")[0]
    return f'<img class="{kind}" src="{as_data_url(svg)}" alt="{words}">'
