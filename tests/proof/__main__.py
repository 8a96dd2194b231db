"""Walks the whole answer space on all cores and prints what it found; exit status 1 when a law is broken."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed

from symptoms.clinical.rules import RULES
from tests.proof.laws import Evidence
from tests.proof.space import BLOCKS, ORDERED_BLOCKS
from tests.proof.walk import Walker, all_reports, compare_blocks

SHOWN = 20


def walk_block(number: int) -> tuple[str, Evidence]:
    """The evidence of one whole block. Blocks are named by number to travel between processes."""
    block = BLOCKS[number]
    return block.name, Walker(block).compare(all_reports(block))


def walk_pair(number: int) -> tuple[str, Evidence]:
    """The evidence of one pair of blocks of which the second is never less urgent."""
    by_name = {block.name: block for block in BLOCKS}
    less, more = (by_name[name] for name in ORDERED_BLOCKS[number])
    return f"{less.name} <= {more.name}", compare_blocks(less, more, all_reports(less))


def main() -> int:
    argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__).parse_args()
    began = time.monotonic()
    total = Evidence()
    with ProcessPoolExecutor() as pool:
        jobs = [pool.submit(walk_block, number) for number in range(len(BLOCKS))]
        jobs += [pool.submit(walk_pair, number) for number in range(len(ORDERED_BLOCKS))]
        for job in as_completed(jobs):
            name, evidence = job.result()
            total.add(evidence)
            print(
                f"{evidence.comparisons:>10,} comparisons {len(evidence.violations):>4} violations  {name}", flush=True
            )
    silent = sorted({rule.id for rule in RULES} - set(total.fired))
    indecisive = sorted({rule.id for rule in RULES} - set(total.decisive))
    for violation in sorted(total.violations, key=len)[:SHOWN]:
        print(violation)
    print(f"rules that never fire: {', '.join(silent) or 'none'}; that never decide: {', '.join(indecisive) or 'none'}")
    print(
        f"{total.reports:,} judgements, {total.comparisons:,} comparisons, {len(total.violations)} violations "
        f"in {time.monotonic() - began:.0f} s"
    )
    return 1 if total.violations or silent or indecisive else 0


if __name__ == "__main__":
    sys.exit(main())
