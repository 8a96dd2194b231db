"""Leaflets are read strictly: what is wrong with one is said with its file and its field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from education.catalogue import BrokenLeaflet, Leaflet, choose_leaflets, find_leaflet, parse_leaflet, read_catalogue

FRONT = {
    "slug": '"your-mouth"',
    "title": '"Your mouth"',
    "topics": '["mouth"]',
    "audience": '"patient"',
    "version": '"1"',
    "sources": '["S-05", "LABEL"]',
    "rules": '["MOUTH-MILD"]',
    "is_for_start": "true",
    "reviewed": '""',
}


def leaflet_text(body: str = "# Your mouth\n\nBrush.\n", **changes: str | None) -> str:
    front = {field: value for field, value in {**FRONT, **changes}.items() if value is not None}
    return "+++\n" + "\n".join(f"{field} = {value}" for field, value in front.items()) + f"\n+++\n{body}"


def make_leaflet(slug: str, language: str, *rules: str, is_for_start: bool = False) -> tuple[tuple[str, str], Leaflet]:
    content = leaflet_text(
        slug=f'"{slug}"', rules=str(list(rules)).replace("'", '"'), is_for_start=str(is_for_start).lower()
    )
    return (slug, language), parse_leaflet(f"{slug}.{language}.md", content)


def test_a_leaflet_is_read_whole() -> None:
    leaflet = parse_leaflet("your-mouth.fr.md", leaflet_text(reviewed="2026-03-01"))
    assert leaflet == Leaflet(
        slug="your-mouth",
        language="fr",
        title="Your mouth",
        topics=("mouth",),
        audience="patient",
        version="1",
        sources=("S-05", "LABEL"),
        rules=("MOUTH-MILD",),
        is_for_start=True,
        reviewed=date(2026, 3, 1),
        body="# Your mouth\n\nBrush.\n",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((field, None) for field in FRONT),
        ("slug", '"your-lungs"'),
        ("title", '" "'),
        ("title", "7"),
        ("topics", "[]"),
        ("topics", '"mouth"'),
        ("topics", "[1]"),
        ("audience", '"everybody"'),
        ("sources", "[]"),
        ("sources", '["hearsay"]'),
        ("sources", '["S-1"]'),
        ("rules", '[""]'),
        ("is_for_start", '"yes"'),
        ("reviewed", '"soon"'),
        ("reviewed", "2026-03-01T10:00:00Z"),
        ("colour", '"red"'),
        ("body", '"twice"'),
    ],
)
def test_a_field_that_is_not_right_is_named_with_its_file(field: str, value: str | None) -> None:
    expected = "body" if field == "body" else field
    body = "" if field == "body" else "text"
    changes = {} if field == "body" else {field: value}
    with pytest.raises(BrokenLeaflet, match=rf"^your-mouth\.en\.md: {expected}: "):
        parse_leaflet("your-mouth.en.md", leaflet_text(body, **changes))


@pytest.mark.parametrize(
    "content",
    ["", "# No front matter", "+++\nslug = 1\n", "text\n" + leaflet_text(), "+++\nslug = \n+++\ntext", "---\na\n---\n"],
)
def test_broken_front_matter_is_named_with_its_file(content: str) -> None:
    with pytest.raises(BrokenLeaflet, match=r"^your-mouth\.en\.md: front matter: "):
        parse_leaflet("your-mouth.en.md", content)


@pytest.mark.parametrize("name", ["your-mouth.md", "Your-Mouth.en.md", "your-mouth.english.md", "a.b.en.md"])
def test_a_file_that_is_named_otherwise_is_refused(name: str) -> None:
    with pytest.raises(BrokenLeaflet, match="is named"):
        parse_leaflet(name, leaflet_text())


def test_a_folder_is_read_by_slug_and_language(tmp_path: Path) -> None:
    for language in ("en", "nl"):
        (tmp_path / f"your-mouth.{language}.md").write_text(leaflet_text(), encoding="utf-8")
    assert set(read_catalogue(tmp_path)) == {("your-mouth", "en"), ("your-mouth", "nl")}


def test_a_language_that_is_not_there_falls_back_to_english() -> None:
    catalogue = dict([make_leaflet("a", "en"), make_leaflet("a", "nl"), make_leaflet("b", "en")])
    for slug, language, found in (("a", "nl", "nl"), ("b", "nl", "en"), ("a", "en", "en")):
        leaflet = find_leaflet(slug, language, catalogue)
        assert leaflet is not None
        assert leaflet.language == found
    assert find_leaflet("c", "en", catalogue) is None


@pytest.mark.parametrize(
    ("rules", "slugs"),
    [
        ([], ["start"]),
        (["MOUTH-MILD"], ["mouth"]),
        (["MOUTH-MILD", "FEVER"], ["mouth", "heat"]),
        (["OTHER"], []),
    ],
)
def test_leaflets_go_with_findings_and_without_any_with_the_start(rules: list[str], slugs: list[str]) -> None:
    catalogue = dict(
        [
            make_leaflet("start", "en", is_for_start=True),
            make_leaflet("mouth", "en", "MOUTH-MILD", "MOUTH-COUNT"),
            make_leaflet("mouth", "nl", "MOUTH-MILD", "MOUTH-COUNT"),
            make_leaflet("heat", "en", "FEVER"),
        ]
    )
    assert choose_leaflets(rules, catalogue) == slugs
