"""Kills a collector at random moments, and looks what it leaves and what the next run makes of it.

    python -m tests.benchmarks.kill_collector [--times 20] [--pages 60]

A site on this machine has pages, which a process fetches that is killed, once or twice. The run that follows must end
with each page in the archives once, as the site gave it; may ask again only for the page that the killed one was at;
and changes no archive that was there.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.folder.files import sha256
from flows.state import PROJECT
from tests.fetch.local_site import Asked, Site, answer

COLLECT = """
import sys, threading
from pathlib import Path
from flows.fetch.begin import begin_run
from flows.fetch.collecting import collect_source
from tests.fetch.local_run import source
print("imported", flush=True)
with begin_run(Path(sys.argv[1]), "us@example.org", threading.Event()) as run:
    report = collect_source(run, source(url=sys.argv[2:]))
sys.exit(report.problem)
"""


def page(asked: Asked) -> bytes:
    """Another one at each address, of 2 KB to 200 KB, which does not become smaller when it is packed."""
    number = int(asked.path.rpartition("/")[2])
    return answer(f"<h1>第{number}期</h1><p>{random.Random(number).randbytes(1000 * (1 + number % 100)).hex()}")


def collector(raw: Path, state: Path, addresses: list[str]) -> subprocess.Popen[bytes]:
    """A process that collects from now on."""
    process = subprocess.Popen(
        [sys.executable, "-c", COLLECT, str(raw), *addresses],
        cwd=PROJECT,
        env=os.environ | {"SHEGONG_STATE": str(state)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def held(raw: Path) -> Counter[tuple[str, str]]:
    """Address and digest of each page of the archives that releases see."""
    return Counter(
        (record.headers["WARC-Target-URI"], record.headers["WARC-Payload-Digest"])
        for path in sorted((raw / "collected").rglob("*.warc.gz"))
        for record in ArchiveIterator(path.open("rb"), record_types=WarcRecordType.response, verify_digests=True)
    )


def files(raw: Path) -> dict[str, str]:
    """The hash of each archive that releases see."""
    return {str(path.relative_to(raw)): sha256(path) for path in (raw / "collected").rglob("*.warc.gz")}


def kill_at(moments: list[float], folder: Path, site: Site, addresses: list[str], wanted: object) -> tuple[bool, str]:
    """Whether all was well, and what was found, when collectors were killed at these moments, one after the other."""
    raw, state = folder / "raw", folder / "state"
    raw.mkdir(parents=True)
    site.asked.clear()
    before: dict[str, str] = {}
    for moment in moments:
        process = collector(raw, state, addresses)
        time.sleep(moment)
        process.kill()
        process.wait()
        before |= files(raw)
    at = len(set(site.paths()))
    status = collector(raw, state, addresses).wait()
    asked = Counter(site.paths())
    twice, changed = sum(asked.values()) - len(asked), before.items() - files(raw).items()
    hidden = [path for path in (raw / ".collect").rglob("*.warc.gz") if "trail" not in path.parts]
    well = status == 0 and held(raw) == wanted and twice <= len(moments) and not changed and not hidden
    return (
        well,
        f"at page {at}; then {sum(held(raw).values())}, {twice} asked for again, {len(changed)} archives changed",
    )


def run(times: int, pages: int = 60) -> int:
    """How many kills did not go well."""
    rng, wrong, site = random.Random(0), 0, Site()
    site.pages |= {f"/{number}": page for number in range(pages)}
    addresses = [site.url(f"/{number}") for number in range(pages)]
    with tempfile.TemporaryDirectory(prefix="shegong-") as name:
        folder = Path(name)
        (folder / "whole" / "raw").mkdir(parents=True)
        process, began = collector(folder / "whole" / "raw", folder / "whole" / "state", addresses), time.monotonic()
        if process.wait():
            return times
        seconds, wanted = time.monotonic() - began, held(folder / "whole" / "raw")
        assert len(wanted) == pages
        for number in range(times):
            moments = [rng.uniform(0.0, 1.0) * seconds for _ in range(1 + number % 2)]
            well, said = kill_at(moments, folder / str(number), site, addresses, wanted)
            wrong += not well
            at = " and ".join(f"{moment:.2f}" for moment in moments)
            print(f"killed after {at} of {seconds:.2f} s: {'well' if well else 'NOT WELL'}: {said}", flush=True)
    site.close()
    print(f"{times} kills, {wrong} not well")
    return wrong


def main() -> int:
    """Gives 1 if a page was lost, held twice, or asked for again without need."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--pages", type=int, default=60)
    options = parser.parse_args()
    return min(run(options.times, options.pages), 1)


if __name__ == "__main__":
    sys.exit(main())
