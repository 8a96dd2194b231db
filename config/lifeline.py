"""`python -m config.lifeline PROGRAM ...`: becomes a program that the kernel ends when its parent ends.

So a supervisor that is killed leaves no web server behind that holds the port. Linux only; elsewhere the program
just runs.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Final

PR_SET_PDEATHSIG: Final = 1


def main(parent: int, command: list[str]) -> None:
    """Become `command`, unless `parent` has ended already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit("The parent has ended.")
    os.execvp(command[0], command)  # noqa: S606  (no shell is wanted)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
