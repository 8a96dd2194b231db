"""Child processes that are watched: started in groups of their own, restarted when they die, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from config import env

STOP_TIMEOUT_S: Final = 10.0
SHORTEST_BACK_OFF_S: Final = 1.0
LONGEST_BACK_OFF_S: Final = 30.0
STEADY_AFTER_S: Final = 60.0
"""A process that ran for so long before it died is restarted without a longer wait."""


@dataclass
class Child:
    """One process of the stack. Its output goes to `log`."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    back_off_s: float = SHORTEST_BACK_OFF_S

    def start(self, environment: Mapping[str, str]) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.lifeline", str(os.getpid()), *self.command],
                cwd=env.BASE_DIR,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.started_at = time.monotonic()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole process group; one that is gone is left alone."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


@dataclass
class Crew:
    """The children of one supervisor, which share an environment."""

    say: Callable[[str], None]
    environment: dict[str, str]
    children: list[Child] = field(default_factory=list)

    def add(self, child: Child) -> None:
        """Start a child and watch it from now on."""
        self.children.append(child)
        child.start(self.environment)

    def look_after(self) -> None:
        """Restart children that have died, each time after a longer wait, and say so."""
        for child in self.children:
            status = child.process.poll() if child.process is not None else None
            if status is None:
                continue
            if not child.restart_at:
                was_steady = time.monotonic() - child.started_at > STEADY_AFTER_S
                child.back_off_s = SHORTEST_BACK_OFF_S if was_steady else min(child.back_off_s * 2, LONGEST_BACK_OFF_S)
                child.restart_at = time.monotonic() + child.back_off_s
                self.say(
                    f"{child.name} ended with status {status}; restarting in {child.back_off_s:.0f} s ({child.log})"
                )
            elif time.monotonic() >= child.restart_at:
                child.restart_at = 0.0
                child.start(self.environment)

    def stop(self) -> None:
        """End all children, the last started first: politely, and after a while by force."""
        for child in reversed(self.children):
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_TIMEOUT_S
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{child.name} does not end; killing it")
            child.signal(signal.SIGKILL)
            child.process.wait()
