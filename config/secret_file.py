"""A secret that is made once on a local machine and kept."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in the file, which is made when there is none; only its owner can read it. Raises OSError.

    It appears whole or not at all, and when two processes make it at once, both return the same.
    """
    with contextlib.suppress(FileNotFoundError):
        if kept := path.read_text():
            return kept
        path.unlink()  # left empty by a disk that was full
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, new = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
    finally:
        Path(new).unlink()
    return path.read_text()
