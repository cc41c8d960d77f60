"""Damages what runs keep, bit by bit, and looks whether any of it is released.

    python -m tests.benchmarks.damaged [--times 200] [--documents 160]

Makes pages and an archive, releases them, and then, round by round: damages some of the finished shards, notes of
parts, lists and copies of archives (a bit is flipped, an end cut off, two files or folders change places), deletes the
release and makes it again. It must have the bytes of the first, and each damage must have been told.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flows.state import PROJECT
from tests.benchmarks.many import environment, make, make_document
from tests.damage import damage, swap

SMALL_PARTS = """
import sys
import flows.corpus
flows.corpus.PART_DOCUMENTS = 32  # so that there are notes of parts
from flows.cli import main
if __name__ == "__main__":
    sys.exit(main())
"""
"""The command, with parts as small as the corpus is."""

AT_ONCE = 12
"""Things that are damaged before a run, at most."""


def make_raw(raw: Path, documents: int) -> None:
    """Pages, and as many again in an archive that has to be unpacked."""
    make(raw, documents)
    lines = (json.dumps({"text": make_document(seed)}) + "\n" for seed in range(10**6, 10**6 + documents))
    (raw / "dump.jsonl.gz").write_bytes(gzip.compress("".join(lines).encode(), mtime=0))


def run(raw: Path, scratch: Path) -> tuple[bytes, str]:
    """SHA256SUMS of a release made from what is kept, and what was said on the way."""
    shutil.rmtree(scratch / "releases", ignore_errors=True)
    script = scratch / "small_parts.py"
    script.write_text(SMALL_PARTS)
    options = ["release", "--raw", str(raw), "--releases", str(scratch / "releases"), "--workers", "2"]
    made = subprocess.run(
        [sys.executable, str(script), *options], env=environment(scratch), cwd=PROJECT, capture_output=True, text=True
    )
    if made.returncode:
        sys.exit(made.stderr)
    return (Path(made.stdout.splitlines()[-1]) / "SHA256SUMS").read_bytes(), made.stderr


def used_since(state: Path, began: float) -> dict[str, list[Path]]:
    """Files that the last run, which began then, read and did not write, by kind."""
    files = [path for path in sorted(state.rglob("*")) if path.is_file()]
    old = [path for path in files if path.stat().st_mtime < began]
    return {
        "shards": [path for path in old if path.is_relative_to(state / "shards") and len(path.parent.name) == 32],
        "notes": [path for path in old if path.is_relative_to(state / "parts")],
        "lists": [path for path in files if path.is_relative_to(state / "contents")],
        "copies": [path for path in files if path.is_relative_to(state / "unpacked")],
    }


def harm(kept: dict[str, list[Path]], rng: random.Random) -> list[Path]:
    """Damages some things; gives the shards, notes, lists and copies that should be told of."""
    harmed: list[Path] = []
    shards = sorted({path.parent for path in kept["shards"]})
    rng.shuffle(shards)
    for folder in shards[: rng.randint(2, AT_ONCE // 2)]:
        if folder in harmed:
            continue
        others = [other for other in shards if other not in harmed and other != folder]
        if others and rng.random() < 0.15:
            swap(folder, others[0])
            harmed += [folder, others[0]]
        else:
            near = [folder, *others[:1]]
            harmed += {path.parent for path in damage([path for one in near for path in sorted(one.iterdir())], rng)}
    for _ in range(rng.randint(1, AT_ONCE // 2)):
        harmed += damage([note for note in kept["notes"] if note not in harmed], rng)
    harmed += damage(kept[rng.choice(("lists", "copies"))], rng)
    return list(dict.fromkeys(harmed))


def main() -> int:
    """Gives 1 if anything damaged was released, or not told of."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--documents", type=int, default=160)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng, harmed, released, untold = random.Random(options.seed), 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="shegong-") as folder:
        raw, scratch = Path(folder) / "raw", Path(folder)
        make_raw(raw, options.documents)
        wanted, _ = run(raw, scratch)
        began = time.time()
        again, said = run(raw, scratch)
        assert again == wanted
        assert "thrown away" not in said
        while harmed < options.times:
            places = harm(used_since(scratch / "state", began), rng)
            began = time.time()
            again, said = run(raw, scratch)
            quiet = [place for place in places if f"{place}: " not in said]
            harmed, released, untold = harmed + len(places), released + (again != wanted), untold + len(quiet)
            same = "same" if again == wanted else "OTHER"
            print(f"{harmed} damaged; {len(quiet)} of {len(places)} not told; {same} bytes", flush=True)
            for place in quiet:
                print(f"    {os.path.relpath(place, scratch)}")
    print(f"{harmed} damaged things: {released} runs with other bytes, {untold} not told")
    return min(released + untold, 1)


if __name__ == "__main__":
    sys.exit(main())
