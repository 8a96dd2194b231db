"""What the shipped leaflets say in every language, and what they must never say (clinical specification, section 5)."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from education import checks, curriculum
from education.catalogue import Leaflet, shipped_leaflets
from education.checks import check_leaflets, find_gaps, find_problems, find_unreviewed
from education.rendering import picture_names, render
from education.thresholds import calls_of, thresholds
from symptoms.models.fields import LANGUAGES
from tests.education.test_catalogue import make_leaflet, question_toml

LEAFLETS = list(shipped_leaflets().values())
CODES = [code for code, _ in LANGUAGES]
TABLE_2 = Path(__file__).parents[2] / "docs" / "clinical" / "table2_side_effects.csv"

HARDEST_GRADE = 6.0
"""A 12-year-old's reading, by the formula of Flesch and Kincaid. It is made for English."""

LONGEST_SENTENCE = 24
LONGEST_AVERAGE = 12
"""Words of a sentence, in every language: what a measure for English means for the others."""

CALL = {
    "en": r"call (your|the) clinic",
    "fr": r"appelez[^.]* (votre|l')\s?hôpital",
    "nl": r"bel [^.]*(uw|het) ziekenhuis",
    "de": r"rufen sie [^.]*(ihre|die) klinik[^.]* an",
    "es": r"llame [^.]*(su|al) hospital",
}
FORBIDDEN = {
    "en": r"\b(dos(e|es|age|ing)|mg|milligrams?|half a tablet|stop taking|skip|pause|fewer|you are fine|pneumonitis"
    r"|pneumonia|stomatitis|mucositis|thrombosis|sepsis|you have an? infection)\b",
    "fr": r"\b(doses?|posologie|mg|demi-comprimé|arrêtez de prendre|sautez|tout va bien|pneumonie|pneumopathie"
    r"|stomatite|mucite|septicémie|vous avez une infection)\b",
    "nl": r"\b(dosis|dosering|mg|halve tablet|stop met|sla [^.]* over|alles is goed|longontsteking|stomatitis"
    r"|mucositis|sepsis|u hebt een infectie)\b",
    "de": r"\b(dosis|dosierung|mg|halbe tablette|setzen sie [^.]* ab|alles ist gut|alles in ordnung|lungenentzündung"
    r"|pneumonitis|stomatitis|mukositis|sepsis|sie haben eine infektion)\b",
    "es": r"\b(dosis|mg|media pastilla|deje de tomar|sáltese|todo está bien|está usted bien|neumonitis|neumonía"
    r"|estomatitis|mucositis|sepsis|tiene una infección)\b",
}
NOT_WATCHED = {
    "en": ("Nobody watches the app around the clock", "emergency number"),
    "fr": ("Personne ne surveille l'application 24 heures sur 24", "numéro d'urgence"),
    "nl": ("Niemand leest dag en nacht mee in de app", "noodnummer"),
    "de": ("In der App liest niemand rund um die Uhr mit", "Notruf"),
    "es": ("Nadie vigila la aplicación las 24 horas", "número de emergencias"),
}
MOUTH = {
    "en": ["without alcohol, peroxide, iodine or thyme", "soft brush", "spicy, sour or hot", "Drink enough",
           "**more than three** sores", "**more than three days**", "eat, drink or take your tablets", "mouth bath"],
    "fr": ["sans alcool, sans peroxyde, sans iode et sans thym", "brosse souple", "épicé, acide ou très chaud",
           "Buvez assez", "**plus de trois** plaies", "**plus de trois jours**",
           "manger, à boire ou à prendre vos comprimés", "bain de bouche"],
    "nl": ["zonder alcohol, peroxide, jodium of tijm", "zachte borstel", "scherp gekruid, zuur of heet", "Drink genoeg",
           "**meer dan drie** zweertjes", "**langer dan drie dagen**", "eten, drinken of tabletten innemen",
           "mondspoeling"],
    "de": ["ohne Alkohol, Peroxid, Jod oder Thymian", "weichen Bürste", "Scharfes, Saures oder Heißes",
           "Trinken Sie genug", "**mehr als drei** wunde Stellen", "**länger als drei Tage**",
           "Essen, Trinken oder das Schlucken der Tabletten", "Mundspülung"],
    "es": ["sin alcohol, sin peróxido, sin yodo y sin tomillo", "cepillo blando", "picante, ácida o muy caliente",
           "Beba suficiente", "**más de tres** llagas", "**más de tres días**", "comer, beber o tomar sus pastillas",
           "enjuague bucal"],
}  # fmt: skip
LUNGS = {
    "en": ["at once", "new cough", "short of breath", "**at any time**", "scan of your chest"],
    "fr": ["tout de suite", "nouvelle toux", "manquez de souffle", "**à tout moment**", "scanner de votre poitrine"],
    "nl": ["meteen", "nieuwe hoest", "kortademig", "**op elk moment**", "scan van uw borst"],
    "de": ["sofort", "neuen Husten", "Atemnot", "**jederzeit**", "Aufnahme Ihrer Brust"],
    "es": ["enseguida", "tos nueva", "falta el aire", "**en cualquier momento**", "escáner del pecho"],
}
FEVER = {
    "en": ["38.0 °C (100.4 °F) or more", "less than 36.0 °C (96.8 °F)", "no thermometer", "shiver"],
    "fr": ["38,0 °C (100,4 °F) ou plus", "moins de 36,0 °C (96,8 °F)", "pas de thermomètre", "frissons"],
    "nl": ["38,0 °C (100,4 °F) of meer", "minder dan 36,0 °C (96,8 °F)", "geen thermometer", "koude rillingen"],
    "de": ["38,0 °C (100,4 °F) oder mehr", "weniger als 36,0 °C (96,8 °F)", "kein Thermometer", "Schüttelfrost"],
    "es": ["38,0 °C (100,4 °F) o más", "menos de 36,0 °C (96,8 °F)", "no tiene termómetro", "escalofríos"],
}
LIGHT_COUGH = {
    "en": "today, in the app or by telephone",
    "fr": "aujourd'hui, dans l'application ou par téléphone",
    "nl": "vandaag, in de app of aan de telefoon",
    "de": "heute, in der App oder am Telefon",
    "es": "hoy, en la aplicación o por teléfono",
}
SECOND_MEDICINE = {
    "en": "was exemestane. Is your second medicine another one? Then your figures can differ.",
    "fr": "était de l'exémestane. Votre deuxième médicament est un autre ? Alors vos chiffres peuvent être différents.",
    "nl": "was exemestaan. Is uw tweede medicijn een ander? Dan kunnen uw cijfers anders zijn.",
    "de": "war Exemestan. Ist Ihr zweites Medikament ein anderes? Dann können Ihre Zahlen anders sein.",
    "es": "era exemestano. ¿Su segundo medicamento es otro? Entonces sus cifras pueden ser distintas.",
}
PROMISE = {
    "en": r"treated well",
    "fr": r"se soignent? bien",
    "nl": r"goed te behandelen",
    "de": r"gut behandeln",
    "es": r"se tratan? bien",
}
SHOWN = [
    "stomatitis", "rash", "fatigue", "diarrhea", "decreased_appetite", "nausea", "weight_decreased", "cough", "dyspnea",
    "pneumonitis", "dysgeusia", "peripheral_edema", "epistaxis", "pyrexia", "hyperglycemia",
]  # fmt: skip
"""The rows of Table 2 that the leaflet explains, in its order."""

leaflets = pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: f"{leaflet.slug}.{leaflet.language}")
languages = pytest.mark.parametrize("language", CODES)


def body_of(slug: str, language: str) -> str:
    return shipped_leaflets()[slug, language].body


def sentences(text: str) -> list[str]:
    """Sentences and lines of lists, without the marks of Markdown and the words of pictures."""
    plain = re.sub(r"!\[[^]]*\]\([^)]*\)", "", text)
    plain = re.sub(r"[*#>]|^\s*(-|\d\.) ", "", re.sub(r"^> ?", "", plain, flags=re.MULTILINE), flags=re.MULTILINE)
    return [one for one in re.split(r"[.!?:;]\s|\n+", plain) if re.search(r"[^\W\d]", one)]


def everything(leaflet: Leaflet) -> str:
    """Body, questions and explanations: all that a patient reads."""
    asked = "\n".join(f"{one.text}\n{one.why}" for one in leaflet.questions)
    return f"{leaflet.body}\n{asked}"


def reading_grade(found: list[str]) -> float:
    """The school grade of an English text; each line of a list counts as a sentence."""
    words = re.findall(r"[a-z]+", " ".join(found), re.IGNORECASE)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(found) + 11.8 * syllables / len(words) - 15.59


@languages
def test_all_eight_leaflets_are_there_in_every_language(language: str) -> None:
    assert {leaflet.slug for leaflet in LEAFLETS if leaflet.language == language} == {
        "starting-everolimus",
        "your-mouth",
        "your-lungs",
        "fever-and-infections",
        "reaching-us",
        "day-15-visit",
        "other-side-effects",
        "for-carers",
    }


@leaflets
def test_a_leaflet_says_whom_to_call(leaflet: Leaflet) -> None:
    assert re.search(CALL[leaflet.language], leaflet.body, re.IGNORECASE)


@leaflets
def test_a_leaflet_says_nothing_about_the_dose_diagnoses_nothing_and_calls_nobody_fine(leaflet: Leaflet) -> None:
    assert re.findall(FORBIDDEN[leaflet.language], everything(leaflet), re.IGNORECASE) == []


@leaflets
def test_sentences_are_short(leaflet: Leaflet) -> None:
    found = sentences(everything(leaflet))
    longest = max(found, key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= LONGEST_SENTENCE, longest
    assert sum(len(one.split()) for one in found) / len(found) <= LONGEST_AVERAGE


@pytest.mark.parametrize("leaflet", [one for one in LEAFLETS if one.language == "en"], ids=lambda one: one.slug)
def test_a_leaflet_can_be_read_by_a_twelve_year_old(leaflet: Leaflet) -> None:
    assert reading_grade(sentences(everything(leaflet))) <= HARDEST_GRADE


@leaflets
def test_a_leaflet_asks_two_or_three_questions_and_explains_the_answers(leaflet: Leaflet) -> None:
    assert 2 <= len(leaflet.questions) <= 3
    assert len({question.right for question in leaflet.questions}) > 1, "the same letter every time teaches the letter"


@leaflets
def test_a_leaflet_begins_with_its_title_and_shows_its_pictures_with_words(leaflet: Leaflet) -> None:
    html = render(leaflet.body)
    assert leaflet.body.startswith(f"# {leaflet.title}\n")
    assert html.count("<img") == len(picture_names(leaflet.body)) >= 1
    assert 'alt=""' not in html


@languages
def test_who_reaches_us_knows_that_nobody_watches_around_the_clock(language: str) -> None:
    for slug in ("starting-everolimus", "reaching-us", "for-carers"):
        for words in NOT_WATCHED[language]:
            assert words in body_of(slug, language), slug


@pytest.mark.source("S-10", "S-05", "S-11")
@languages
def test_the_mouth_leaflet_holds_what_the_review_and_the_label_ask_for(language: str) -> None:
    for words in MOUTH[language]:
        assert words in body_of("your-mouth", language)


@pytest.mark.source("S-15", "S-16", "S-17")
@languages
def test_the_lung_leaflet_holds_what_the_review_asks_for(language: str) -> None:
    for words in LUNGS[language]:
        assert words in body_of("your-lungs", language)


@languages
def test_the_fever_leaflet_names_the_limits_of_the_rule(language: str) -> None:
    for words in FEVER[language]:
        assert words in body_of("fever-and-infections", language)


@pytest.mark.source("S-15")
@languages
def test_patients_and_carers_learn_the_same_about_a_light_cough(language: str) -> None:
    for slug in ("your-lungs", "for-carers"):
        assert LIGHT_COUGH[language] in body_of(slug, language), slug


@languages
def test_soft_food_is_no_home_remedy_without_a_call(language: str) -> None:
    quoted = calls_of(body_of("your-mouth", language))
    threshold = next(one for one in thresholds() if one.name.startswith("softer"))
    advice = body_of("your-mouth", language).replace(quoted, "")
    for text in (advice, quoted):
        assert threshold.patterns[language].search(text.replace("*", ""))


@leaflets
def test_a_leaflet_promises_no_good_end(leaflet: Leaflet) -> None:
    assert not re.search(PROMISE[leaflet.language], everything(leaflet), re.IGNORECASE)


@languages
def test_whoever_takes_another_second_medicine_learns_that_the_figures_can_differ(language: str) -> None:
    assert SECOND_MEDICINE[language] in body_of("other-side-effects", language)


@pytest.mark.source("S-11", "S-15")
@languages
def test_carers_learn_the_same_limits(language: str) -> None:
    body = body_of("for-carers", language)
    for words in (*MOUTH[language][4:6], FEVER[language][0], FEVER[language][1]):
        assert words in body


@pytest.mark.source("S-19", "S-23")
@languages
def test_the_figures_of_side_effects_are_those_of_table_2(language: str) -> None:
    with TABLE_2.open() as file:
        table = {row["symptom"]: row for row in csv.DictReader(file)}
    sections = body_of("other-side-effects", language).split("picture:people-")[1:]
    assert len(sections) == len(SHOWN)
    for symptom, section in zip(SHOWN, sections, strict=True):
        shown, _, words = section.partition(")")
        row = table[symptom]
        told = re.findall(r"\*\*(\d+)", words.partition("\n\n")[2].partition("\n")[0])
        figures = [row[f"bolero2_{name}"] for name in ("everolimus_all", "everolimus_g34", "placebo_all")]
        assert shown == figures[0], symptom
        assert told == [figure for figure in figures if figure not in ("0", "<1")], symptom


def test_what_ships_passes_the_start_up_check() -> None:
    assert [problem for problem in check_leaflets(None) if problem.is_serious()] == []


def test_the_start_says_which_leaflets_no_clinician_has_reviewed() -> None:
    catalogue = dict([make_leaflet("a", "en", reviewed="2026-03-01"), make_leaflet("a", "nl"), make_leaflet("b", "en")])
    (told,) = find_unreviewed(catalogue)
    assert told.msg == "2 of 3 leaflets have not been reviewed by a clinician: a (nl); b (en)."
    assert list(find_unreviewed(dict([make_leaflet("a", "en", reviewed="2026-03-01")]))) == []
    assert [one.id for one in check_leaflets(None)] == ["education.I001"]


def test_a_broken_file_stops_the_start_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "your-mouth.en.md").write_text("+++\ntitle = 1\n+++\ntext", encoding="utf-8")
    monkeypatch.setattr(checks, "CONTENT", tmp_path)
    (problem,) = check_leaflets(None)
    assert problem.msg == "your-mouth.en.md: slug: it has to be a text"


def problems(*leaflets: tuple[tuple[str, str], Leaflet]) -> list[str]:
    return [str(problem.msg) for problem in find_problems(dict(leaflets))]


def test_a_missing_translation_is_named_by_its_file() -> None:
    assert problems(*(make_leaflet("a", code) for code in CODES)) == []
    assert problems(*(make_leaflet("a", code) for code in CODES if code != "nl")) == [
        "a.nl.md: there is no such translation."
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (make_leaflet("a", "nl", version='"2"'), "version"),
        (make_leaflet("a", "nl", topics='["other"]'), "topics"),
        (make_leaflet("a", "nl", audience='"carer"'), "audience"),
        (make_leaflet("a", "nl", sources='["S-10"]'), "sources"),
        (make_leaflet("a", "nl", asked=question_toml()), "questions"),
        (make_leaflet("a", "nl", body="![x](picture:icon-lungs)"), "body"),
        (make_leaflet("a", "nl", body="![x](picture:cat)"), "body"),
    ],
)
def test_a_translation_that_is_not_as_in_english_is_named_with_its_field(
    changed: tuple[tuple[str, str], Leaflet], field: str
) -> None:
    others = [make_leaflet("a", code) for code in CODES if code != "nl"]
    found = problems(*others, changed)
    assert found
    assert all(problem.startswith(f"a.nl.md: {field}: ") for problem in found)


@pytest.mark.parametrize(
    ("leaflet", "words"),
    [
        (make_leaflet("a", "it"), "a.it.md: no patient can have the language it."),
        (make_leaflet("a", "en", sources='["S-99"]'), "a.en.md: sources: there is no statement S-99."),
        (make_leaflet("a", "en", body="![x](picture:cat)"), "a.en.md: body: there is no picture cat."),
    ],
)
def test_the_start_up_check_says_what_is_wrong(leaflet: tuple[tuple[str, str], Leaflet], words: str) -> None:
    assert words in problems(leaflet)


def test_the_curriculum_names_only_what_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(find_gaps(shipped_leaflets())) == []
    monkeypatch.setitem(curriculum.ANSWERS, "no-such-leaflet", ("MOUTH-NEVER",))
    found = [str(problem.msg) for problem in find_gaps({**shipped_leaflets(), **dict([make_leaflet("new", "en")])})]
    assert found == [
        "education/curriculum.py: no-such-leaflet: there is no such leaflet.",
        "new.en.md: slug: the curriculum never offers it.",
        "education/curriculum.py: no-such-leaflet: there is no rule MOUTH-NEVER.",
    ]
