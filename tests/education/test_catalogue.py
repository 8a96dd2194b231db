"""Leaflets are read strictly: what is wrong with one is said with its file and its field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from education.catalogue import (
    BrokenLeaflet,
    Leaflet,
    Question,
    find_leaflet,
    parse_leaflet,
    parse_questions,
    read_catalogue,
    write_questions,
)

FRONT = {
    "slug": '"your-mouth"',
    "title": '"Your mouth"',
    "topics": '["mouth"]',
    "audience": '"patient"',
    "version": '"1"',
    "sources": '["S-05", "LABEL"]',
    "reviewed": '""',
}
QUESTION = {
    "id": '"first-sore"',
    "text": '"You see a sore. What do you do?"',
    "options": '["Wait", "Start the mouth bath"]',
    "right": '"b"',
    "why": '"Start it at once."',
}
BODY = "# Your mouth\n\nBrush.\n"


def question_toml(**changes: str | None) -> str:
    fields = {name: value for name, value in {**QUESTION, **changes}.items() if value is not None}
    return "[[questions]]\n" + "\n".join(f"{name} = {value}" for name, value in fields.items()) + "\n"


def leaflet_text(body: str = BODY, asked: str = "", **changes: str) -> str:
    return join({**FRONT, **changes}, body, asked)


def join(front: dict[str, str], body: str = BODY, asked: str = "") -> str:
    lines = "\n".join(f"{field} = {value}" for field, value in front.items())
    return f"+++\n{lines}\n{asked}\n+++\n{body}"


def make_leaflet(
    slug: str, language: str, body: str = BODY, asked: str = "", **changes: str
) -> tuple[tuple[str, str], Leaflet]:
    content = leaflet_text(body, asked, slug=f'"{slug}"', **changes)
    return (slug, language), parse_leaflet(f"{slug}.{language}.md", content)


def test_a_leaflet_is_read_whole() -> None:
    leaflet = parse_leaflet("your-mouth.fr.md", leaflet_text(asked=question_toml(), reviewed="2026-03-01"))
    assert leaflet == Leaflet(
        slug="your-mouth",
        language="fr",
        title="Your mouth",
        topics=("mouth",),
        audience="patient",
        version="1",
        sources=("S-05", "LABEL"),
        reviewed=date(2026, 3, 1),
        questions=(
            Question(
                id="first-sore",
                text="You see a sore. What do you do?",
                options=("Wait", "Start the mouth bath"),
                right="b",
                why="Start it at once.",
            ),
        ),
        body=BODY,
        text_id=leaflet.text_id,
    )


def test_every_change_of_a_text_is_another_text() -> None:
    texts = [leaflet_text(), leaflet_text("other"), leaflet_text(title='"x"'), leaflet_text(asked=question_toml())]
    ids = {parse_leaflet(f"your-mouth.{language}.md", text).text_id for text in texts for language in ("en", "fr")}
    assert len(ids) == 8


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
        ("reviewed", '"soon"'),
        ("reviewed", "2026-03-01T10:00:00Z"),
        ("colour", '"red"'),
        ("questions", '"many"'),
        ("questions", "[1]"),
    ],
)
def test_a_field_that_is_not_right_is_named_with_its_file(field: str, value: str | None) -> None:
    front = {name: text for name, text in {**FRONT, field: value}.items() if text is not None}
    with pytest.raises(BrokenLeaflet, match=rf"^your-mouth\.en\.md: {field}: "):
        parse_leaflet("your-mouth.en.md", join(front))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((field, None) for field in QUESTION),
        ("id", '"First sore"'),
        ("options", '["Wait"]'),
        ("options", '["Wait", " "]'),
        ("options", '["1", "2", "3", "4", "5"]'),
        ("right", '"c"'),
        ("right", '"Wait"'),
        ("colour", '"red"'),
    ],
)
def test_a_question_that_is_not_right_is_named_with_its_number_and_field(field: str, value: str | None) -> None:
    asked = question_toml(id='"another"') + question_toml(**{field: value})
    with pytest.raises(BrokenLeaflet, match=rf"^your-mouth\.en\.md: questions\[2\]\.{field}: "):
        parse_leaflet("your-mouth.en.md", leaflet_text(asked=asked))


def test_two_questions_do_not_share_an_id() -> None:
    with pytest.raises(BrokenLeaflet, match="questions: two have the same id"):
        parse_leaflet("your-mouth.en.md", leaflet_text(asked=question_toml() * 2))


def test_questions_are_written_as_they_are_read() -> None:
    awkward = question_toml(why=r'"Say \"now\", \\ or wait."') + question_toml(id='"b"', text='"é ü ñ?"')
    questions = parse_questions("form", awkward)
    assert parse_questions("form", write_questions(questions)) == questions
    assert parse_questions("form", "") == ()
    with pytest.raises(BrokenLeaflet, match=r"^form: front matter: "):
        parse_questions("form", "[[questions]")


def test_an_empty_text_is_named_with_its_file() -> None:
    with pytest.raises(BrokenLeaflet, match=r"^your-mouth\.en\.md: body: "):
        parse_leaflet("your-mouth.en.md", leaflet_text("\n \n"))


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


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "your-mouth.de.md").write_bytes(leaflet_text("Zähne").encode("latin-1"))
    with pytest.raises(BrokenLeaflet, match=r"^your-mouth\.de\.md: body: it is not UTF-8"):
        read_catalogue(tmp_path)


def test_a_language_that_is_not_there_falls_back_to_english() -> None:
    catalogue = dict([make_leaflet("a", "en"), make_leaflet("a", "nl"), make_leaflet("b", "en")])
    for slug, language, found in (("a", "nl", "nl"), ("b", "nl", "en"), ("a", "en", "en")):
        leaflet = find_leaflet(slug, language, catalogue)
        assert leaflet is not None
        assert leaflet.language == found
    assert find_leaflet("c", "en", catalogue) is None
