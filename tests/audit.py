"""Looks every locked requirement up in the database of known weaknesses: `python -m tests.audit`, `make audit`.

Ends with 0 when all were looked up and none is known to be weak, 1 when one is, 2 when some could not be looked up:
an index that does not know them is not the same as no weakness.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from config import env


def main() -> int:
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off",
         "--format", "json", "-r", "requirements.txt", "-r", "requirements-dev.txt"],
        cwd=env.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not done.stdout.startswith("{"):
        print("The database of weaknesses cannot be reached:", *done.stderr.splitlines()[-1:], file=sys.stderr)
        return 2
    return judge(json.loads(done.stdout)["dependencies"])


def judge(dependencies: list[dict[str, Any]]) -> int:
    """Say what is weak and what nobody knows; returns the exit status."""
    unknown = [one for one in dependencies if "skip_reason" in one]
    weak = [one for one in dependencies if one.get("vulns")]
    for one in weak:
        for found in one["vulns"]:
            print(f"{one['name']} {one['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or '?'}")
    if unknown:
        names = ", ".join([one["name"] for one in unknown[:5]] + ["..."] * (len(unknown) > 5))
        print(f"Not known whether these are weak, {len(unknown)} of {len(dependencies)}: {names}")
        print(f"The index that was asked says of the first: {unknown[0]['skip_reason']}")
        print("This says nothing about them. Run it again where the public package index can be reached.")
    if not weak and not unknown:
        print(f"{len(dependencies)} looked up, no weakness known.")
    return 1 if weak else 2 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
