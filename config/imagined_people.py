"""Names, numbers and birthdays of people who do not exist, for a clinic to look at. PURE: by seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

FIRST_NAMES: Final = (
    "Agnès", "Alicia", "Amina", "Anke", "Anna", "Annelies", "Astrid", "Beatriz", "Brigitte", "Carmen", "Catharina",
    "Céline", "Chantal", "Christel", "Claire", "Cristina", "Dorothée", "Elena", "Elisabeth", "Elke", "Emma", "Esther",
    "Fatima", "Françoise", "Gerda", "Greet", "Hannelore", "Heidi", "Helena", "Hilde", "Inés", "Ingrid", "Isabelle",
    "Jeannine", "Johanna", "Julia", "Karin", "Katarzyna", "Khadija", "Krista", "Laura", "Leen", "Lucía", "Magda",
    "Margaux", "Maria", "Marie-Thérèse", "Marleen", "Martine", "Mercedes", "Monique", "Nadia", "Nathalie", "Petra",
    "Renate", "Rosa", "Sabine", "Silke", "Sofía", "Suzanne", "Sylvie", "Teresa", "Ursula", "Véronique", "Yolanda",
)  # fmt: skip
LAST_NAMES: Final = (
    "Aerts", "Álvarez", "Bakker", "Becker", "Benali", "Bernard", "Bos", "Claes", "Cools", "Cuypers", "De Backer",
    "De Clercq", "De Smet", "Dubois", "Dumont", "El Amrani", "Fischer", "Fontaine", "García", "Goossens", "Hendrickx",
    "Hernández", "Hoffmann", "Jacobs", "Janssens", "Keller", "Kowalska", "Lambert", "Laurent", "Lefèvre", "Lemmens",
    "Maes", "Martens", "Martínez", "Mertens", "Meyer", "Michiels", "Moreau", "Müller", "Navarro", "Peeters", "Pérez",
    "Petit", "Richter", "Romero", "Schmitz", "Schneider", "Segers", "Simon", "Smets", "Stevens", "Thijs", "Torres",
    "Van Damme", "Van den Broeck", "Van Hoof", "Vandenberghe", "Verhaegen", "Vermeulen", "Wagner", "Willems", "Wouters",
)  # fmt: skip
LANGUAGES: Final = ("nl", "nl", "nl", "fr", "fr", "en", "de", "es")


@dataclass(frozen=True, slots=True)
class Person:
    """Who a patient is. The telephone number is of a range that is given out to nobody."""

    full_name: str
    hospital_number: str
    born_on: date
    phone: str
    language: str
    distance_km: int


def imagine_people(random: Random, count: int, today: date) -> list[Person]:
    """So many people, no two of one name while there are names, aged 38 to 84."""
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    random.shuffle(names)
    return [
        Person(
            full_name=names[number % len(names)],
            hospital_number=f"{random.randint(10, 99)}-{100000 + number * 37:06d}",
            born_on=today - timedelta(days=random.randint(38 * 365, 84 * 365)),
            phone=f"+32 2 555 {random.randint(0, 99):02d} {random.randint(0, 99):02d}",
            language=random.choice(LANGUAGES),
            distance_km=min(240, 2 + int(random.expovariate(1 / 22))),
        )
        for number in range(count)
    ]
