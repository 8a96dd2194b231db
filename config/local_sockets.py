"""Where local servers listen. A Unix socket has at most 107 bytes of path, and a checkout may lie deep."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Final

LONGEST_PATH: Final = 100
PLAIN: Final = re.compile(r"[\w./-]+", re.ASCII)


def socket_folder(folder: Path, wanted: Path, socket_name: str) -> Path:
    """`wanted`, unless its name is too long or too odd: then a short folder that every process finds from `folder`."""
    path = str(wanted / socket_name)
    if len(os.fsencode(path)) <= LONGEST_PATH and PLAIN.fullmatch(path):
        return wanted
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"symptoms-{os.geteuid()}-{digest}"


def remove_short_folder(folder: Path) -> None:
    """Remove a short folder that no server listens in any more; any other folder is left alone."""
    if folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith(f"symptoms-{os.geteuid()}-"):
        with contextlib.suppress(OSError):
            folder.rmdir()
