"""Damaged archives and dumps, thousands: `python -m tests.read.fuzz_archives 1000` makes a thousand of each form.

Each must be listed without an exception and in seconds; every record listed must be read again with the same bytes, and
a container that gives nothing must say why.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from flows.read.archives import list_records, read_record
from tests.read.made_archives import CONTAINERS
from tests.read.outcomes import outcome_of

SECONDS = 10.0
"""More than any of these small files may take, on a busy machine too."""


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out, doubled, filled, or cut off at the end."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        start = chance.randrange(len(made) + 1)
        size = min(chance.choice((1, 1, 2, 4, 16, 256, 4096)), len(made) - start)
        how = chance.randrange(7)
        if how == 0:
            made[start : start + size] = chance.randbytes(size)
        elif how == 1:
            del made[start : start + size]
        elif how == 2:
            made[start:start] = made[start : start + size]
        elif how == 3:
            made[start : start + size] = chance.choice((b"\0", b"\xff", b'"', b"\n", b"9")) * size
        elif how == 4 and size:
            made[start] ^= 1 << chance.randrange(8)
        elif how == 5:
            other = chance.choice(tuple(CONTAINERS.values()))
            made[start : start + size] = other[: 4 * size]
        else:
            del made[chance.randrange(len(made) // 2, len(made) + 1) :]
    return bytes(made)


def check(raw: Path, name: str, content: bytes) -> Counter[str]:
    """Lists and reads it; gives the codes of the reasons, and "read" for each document."""
    (raw / name).write_bytes(content)
    started = time.monotonic()
    found, skipped = list_records(raw, name)
    assert found or skipped, "not a row is left of it"
    names = [one.name for one in found]
    assert len(set(names)) == len(names), "two records of one name"
    for one in found:
        if one.reason is None:
            document = read_record(raw, one.place, one.name)
            assert document.sha256 == one.sha256, f"{one.name}: listed with other bytes than read: {document.reason}"
            outcome_of(document)
        else:
            code, colon, sentence = one.reason.partition(": ")
            assert code.isidentifier(), one.reason
            assert code != "error", one.reason
            assert colon, one.reason
            assert sentence, one.reason
    assert time.monotonic() - started < SECONDS, "it takes too long"
    return Counter("read" if one.reason is None else one.reason.partition(":")[0] for one in found)


def fuzz(raw: Path, name: str, count: int, seed: int = 0) -> Counter[str]:
    """`count` damaged forms of one container."""
    codes: Counter[str] = Counter()
    for number in range(count):
        chance = random.Random(f"{name}:{seed}:{number}")
        content = damaged(CONTAINERS[name], chance)
        try:
            codes += check(raw, name, content)
        except Exception as error:
            raise AssertionError(f"{name}, seed {seed}, number {number}") from error
    return codes


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name in CONTAINERS:
            print(f"{name:20}", dict(fuzz(Path(folder), name, int(sys.argv[1]))), flush=True)
