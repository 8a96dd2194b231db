"""Pictures are drawn by number and by name, and a leaflet shows no other."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree as ET

import pytest

from education.pictures import ICONS, draw, draw_people
from education.rendering import picture_names, render, render_numbers

SVG = "{http://www.w3.org/2000/svg}"
PERSON = 24 * 24


def area(svg: str, pattern: str) -> float:
    """How many people are filled with a pattern."""
    rects = ET.fromstring(svg).iter(f"{SVG}rect")
    sizes = [int(one.get("width", 0)) * int(one.get("height", 0)) for one in rects if pattern in one.get("fill", "")]
    return sum(sizes) / PERSON


@pytest.mark.parametrize("count", range(101))
def test_of_a_hundred_people_exactly_so_many_stand_out(count: int) -> None:
    svg = draw_people(count)
    assert (area(svg, "hit"), area(svg, "rest")) == (count, 100 - count)


@pytest.mark.parametrize("icon", ICONS)
def test_every_icon_is_a_picture(icon: str) -> None:
    assert ET.fromstring(draw(f"icon-{icon}") or "").tag == f"{SVG}svg"


@pytest.mark.parametrize("name", ["", "people", "people-101", "people--1", "people-1.5", "icon-", "icon-cat", "x.png"])
def test_there_are_no_other_pictures(name: str) -> None:
    assert draw(name) is None


def test_a_picture_is_within_the_page_with_its_words() -> None:
    html = render('![39 of "100" <b>](picture:people-39)')
    found = re.fullmatch(r'<p><img class="people" src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]*)"></p>\n', html)
    assert found is not None
    assert base64.b64decode(found[1]).decode() == draw_people(39)
    assert found[2] == "39 of &quot;100&quot; &lt;b&gt;"


@pytest.mark.parametrize(
    "markdown",
    [
        "![words](https://elsewhere.example/x.png)",
        "![words](picture:cat)",
        "![words](data:image/svg+xml;base64,PHN2Zz4=)",
        "![words](/static/x.png)",
    ],
)
def test_nothing_is_fetched_from_elsewhere(markdown: str) -> None:
    assert render(markdown) == "<p>words</p>\n" or "<img" not in render(markdown)
    assert "elsewhere" not in render(markdown).replace("![words]", "")


@pytest.mark.parametrize(
    ("markdown", "harm"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", 'href="javascript:'),
        ("[x](data:text/html;base64,PHNjcmlwdD4=)", 'href="data:'),
        ("![x](x.png)<img src=x onerror=alert(1)>", "<img"),
        ("<p style='position:fixed'>x</p>", "<p style"),
        ('![" onload="alert(1)](picture:people-1)', 'onload="'),
    ],
)
def test_nothing_in_a_leaflet_runs(markdown: str, harm: str) -> None:
    assert harm not in render(markdown)


def test_numbers_are_shown_as_text_and_called_by_their_digits() -> None:
    html = render_numbers([("<b>Us</b>", "+32 (2) 555-01.00"), ("Nobody", "")])
    line = '<li>&lt;b&gt;Us&lt;/b&gt;: <a href="tel:+3225550100">+32 (2) 555-01.00</a></li>'
    assert html == f'<ul class="numbers">{line}</ul>\n'


def test_the_pictures_of_a_text_are_found_in_order() -> None:
    assert picture_names("![a](picture:people-3) x\n![b](picture:icon-lungs)\n[c](https://x.example)") == [
        "people-3",
        "icon-lungs",
    ]
