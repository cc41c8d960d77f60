"""Kills what writes, at random moments, and looks what is left and what the next run makes of it.

    python -m tests.benchmarks.kills [release] [publisher] [store] [collector] [--times 20]

release: the next run has the bytes of an undisturbed one. publisher, into a directory, and store, into a real S3
server: a reader finds one whole release or the other. collector: the next run holds each page once. Each can be run
alone with more options: `many kill`, `kill_publisher`, `kill_collector`. All four take about ten minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import kill_collector, kill_publisher, many

DOCUMENTS = 60
"""Of the raw folder that is released."""


def release(times: int) -> int:
    """How many runs that followed a killed one had other bytes."""
    with tempfile.TemporaryDirectory(prefix="shegong-") as folder:
        many.make(Path(folder) / "raw", DOCUMENTS)
        return many.kill(Path(folder) / "raw", Path(folder), workers=2, times=times)


KILLED: dict[str, Callable[[int], int]] = {
    "release": release,
    "publisher": kill_publisher.run,
    "store": lambda times: kill_publisher.run(times, s3=True),
    "collector": kill_collector.run,
}
"""What is killed so many times; each gives how many of these did not go well."""


def main() -> int:
    """Gives 1 if any kill did not go well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=[[], *KILLED], metavar="WHAT", help=", ".join(KILLED))
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    told = []
    for what in options.what or KILLED:
        began = time.monotonic()
        wrong = KILLED[what](options.times)
        told.append(f"{what}: {options.times} kills, {wrong} not well, {time.monotonic() - began:.0f} s")
    print(*told, sep="\n")
    return int(any(", 0 not well" not in line for line in told))


if __name__ == "__main__":
    sys.exit(main())
