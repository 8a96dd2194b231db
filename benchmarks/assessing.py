"""Measures assessments per second: the pure function, and `manage.py triage` over a file.

The floor is what nothing can go below on the machine: reading the same lines as JSON and writing them again.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.measuring import measure, show
from config import env
from symptoms.clinical.facts import Facts, case_of
from symptoms.clinical.triage import assess
from tests.proof.space import BLOCKS

SEED: Final = 20260312
TRIAGE_LINES: Final = 50_000


def run() -> None:
    facts = sample_facts(2_000)
    floor = measure(lambda: [json.loads(json.dumps(one.to_json())) for one in facts], len(facts))
    show("facts to JSON and back (floor)", floor, floor)
    show("settle the answers of a report", measure(lambda: [case_of(one) for one in facts], len(facts)), floor)
    show("assess one report", measure(lambda: [assess(one) for one in facts], len(facts)), floor)
    with tempfile.TemporaryDirectory() as folder:
        triage(Path(folder), TRIAGE_LINES)


def sample_facts(count: int) -> list[Facts]:
    """Reports drawn from the whole answer space, with a fixed seed."""
    generator = random.Random(SEED)
    blocks = [generator.choice(BLOCKS) for _ in range(count)]
    return [block.facts(next(block.sample(1, generator))) for block in blocks]


def triage(folder: Path, count: int) -> None:
    """The command over a file, beside a bare loop that reads and writes the same lines."""
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    with source.open("w") as lines:
        for number, facts in enumerate(sample_facts(count)):
            record = {"id": number, "now": "2026-03-12T12:00:00Z", "answers": facts.answers, "final": facts.is_final}
            lines.write(json.dumps(record) + "\n")
    began = time.perf_counter()
    with source.open() as lines, target.open("w") as out:
        for line in lines:
            out.write(json.dumps(json.loads(line)) + "\n")
    floor = (time.perf_counter() - began) / count
    began = time.perf_counter()
    command = [sys.executable, str(env.BASE_DIR / "manage.py"), "triage", str(source), str(target)]
    subprocess.run(command, check=True)
    seconds = (time.perf_counter() - began) / count
    show("a line read and written (floor)", floor, floor)
    show(f"manage.py triage, {count:,} lines, start-up included", seconds, floor)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of manage.py triage: {peak:.0f} MiB")
