"""Damage to files as disks, killed machines and hands do it: a bit, a tail, a place that another file took."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path


def flip(path: Path, rng: random.Random) -> None:
    """One bit is another."""
    content = bytearray(path.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def truncate(path: Path, rng: random.Random) -> None:
    """The end is missing, or all of it."""
    content = path.read_bytes()
    path.write_bytes(content[: rng.choice((0, len(content) - 1, rng.randrange(len(content))))])


def swap(first: Path, second: Path) -> None:
    """Two files or folders take each other's place."""
    beside = first.with_name(first.name + ".swapped")
    first.rename(beside)
    second.rename(first)
    beside.rename(second)


def damage(paths: Sequence[Path], rng: random.Random) -> list[Path]:
    """One of these files is damaged, or two of them that differ change places; gives which."""
    one = rng.choice(paths)
    others = [path for path in paths if path.name == one.name and path.read_bytes() != one.read_bytes()]
    kinds: list[Callable[[], None]] = [lambda: flip(one, rng), lambda: truncate(one, rng)]
    other = rng.choice(others) if others else one
    if others:
        kinds.append(lambda: swap(one, other))
    kind = rng.choice(kinds)
    kind()
    return [one, other] if len(kinds) == 3 and kind is kinds[2] else [one]
