"""A typed client that is made from the API's document compiles, and so do calls as an app makes them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from config import env

HERE: Final = Path(__file__).parent
CACHE: Final = env.BASE_DIR / ".local" / "typed-client"
"""Keeps what npm installed, so that it is fetched once."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def workshop() -> Path:
    """A folder with the compiler in it. Skips, and says so, where there is no node or nothing can be fetched."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no node: nobody has checked that a typed client compiles")
    CACHE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "tsconfig.json", "calls.ts"):
        shutil.copy(HERE / name, CACHE / name)
    if not (CACHE / "node_modules" / ".bin" / "tsc").exists():
        fetched = run(npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
        if fetched.returncode:
            pytest.skip(
                f"npm fetches nothing, so nobody has checked that a typed client compiles: {fetched.stderr[-200:]}"
            )
    return CACHE


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=CACHE, capture_output=True, text=True, check=False, timeout=300)


def test_a_typed_client_compiles(workshop: Path) -> None:
    programs = workshop / "node_modules" / ".bin"
    document = env.BASE_DIR / "docs" / "api" / "openapi.yaml"

    made = run(programs / "openapi-typescript", document, "--output", "schema.ts")
    compiled = run(programs / "tsc", "--project", ".")

    assert made.returncode == 0, made.stdout + made.stderr
    assert compiled.returncode == 0, compiled.stdout
