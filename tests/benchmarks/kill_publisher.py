"""Kills a publisher at random moments, and looks what a reader finds then.

    python -m tests.benchmarks.kill_publisher [--times 20] [--s3]

A store holds a release; another is published over it by a process that is killed. The pointer must name one of the
two, whole; and published once more, the second must stand there whole, and be the one that is named. The store is a
directory, or a real S3 server (SeaweedFS).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.check.stores import check_store
from flows.publish.channel import publish
from flows.state import PROJECT
from flows.stores.opening import open_store
from tests.buckets import environment, s3_server
from tests.publish.releases import build

POINTER = "channels/stable.json"


PUBLISH = """
import sys
from pathlib import Path
from flows.publish.channel import publish
print("imported", flush=True)
publish(Path(sys.argv[1]), sys.argv[2], "stable", "full")
"""


def publisher(release: Path, url: str) -> subprocess.Popen[bytes]:
    """A process that publishes a release from now on."""
    command = [sys.executable, "-c", PUBLISH, str(release), url]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def named(url: str) -> str:
    """What the pointer of the channel names."""
    stored = open_store(url).read(POINTER)
    assert stored is not None
    return str(json.loads(stored.content)["version"])


def kill_at(moment: float, releases: list[Path], url: str) -> tuple[bool, str]:
    """Whether all was well, and what was found, when a publisher was killed at that moment."""
    old, new = releases
    publish(old, url, "stable", "full")
    process = publisher(new, url)
    time.sleep(moment)
    process.kill()
    process.wait()
    found, faults = named(url), check_store(url).faults
    again = publisher(new, url).wait()
    left = check_store(url).faults
    well = found in (old.name, new.name) and not faults and again == 0 and not left and named(url) == new.name
    return well, f"it named {found}; {len(faults)} faults; published again: {named(url)}, {len(left)} faults"


@contextmanager
def stores(s3: bool, folder: Path) -> Iterator[str]:
    """The beginning of the addresses of stores."""
    if not s3:
        yield str(folder / "store-")
        return
    (folder / "s3").mkdir()
    with s3_server(folder / "s3") as address:
        os.environ.update(environment(address))
        yield "s3://shegong/store-"


def run(times: int, s3: bool = False) -> int:
    """How many kills did not go well."""
    rng, wrong = random.Random(0), 0
    with tempfile.TemporaryDirectory(prefix="shegong-") as folder, stores(s3, Path(folder)) as place:
        releases = [build(Path(folder), count, version) for count, version in ((3, "v2026.11.21"), (4, "v2026.11.22"))]
        publish(releases[0], f"{place}whole", "stable", "full")
        process, began = publisher(releases[1], f"{place}whole"), time.monotonic()
        process.wait()
        seconds = time.monotonic() - began
        for number in range(times):
            moment = rng.uniform(0.0, 1.0) * seconds
            well, said = kill_at(moment, releases, f"{place}{number}")
            wrong += not well
            print(f"killed after {moment:.2f} of {seconds:.2f} s: {'well' if well else 'NOT WELL'}: {said}", flush=True)
    print(f"{times} kills, {wrong} not well")
    return wrong


def main() -> int:
    """Gives 1 if a reader ever found anything else than a whole release."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--s3", action="store_true", help="a real S3 server, not a directory")
    options = parser.parse_args()
    return min(run(options.times, options.s3), 1)


if __name__ == "__main__":
    sys.exit(main())
