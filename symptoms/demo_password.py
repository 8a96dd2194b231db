"""The password of the demonstration staff, and the secret of their app. They are printed on purpose."""

from typing import Final

PASSWORD: Final = "demonstration-only"  # noqa: S105  (known to everybody)
SECRET: Final = "DEMONSTRATIONONLYDEMONSTRATIONON"  # noqa: S105  (known to everybody)
