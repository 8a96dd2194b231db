"""The password of the demonstration staff. It is printed on purpose, and refused outside local machines."""

from typing import Final

PASSWORD: Final = "demonstration-only"  # noqa: S105  (known to everybody)
