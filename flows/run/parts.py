"""The parts of a corpus worked on by the processes of a pool; what they found is kept for the next run.

    <state>/parts/<code>/<hash of a part's rows>/<function>-<hash of its further argument>

So a run with one new document asks the gates, and all else, of the one part that holds it.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.corpus import Source, apply, digest
from flows.released import OfRelease
from flows.run.pool import LocalPool, Pool
from flows.state import code_version, state_folder


@contextmanager
def processes_for(parts: Sequence[object], pool: Pool) -> Iterator[PartWork | None]:
    """What works on the parts of a corpus: the processes of a pool if they see the state folder, else some of this
    machine. A single part is left to this process, which has the gates imported."""
    if len(parts) < 2:
        yield None
    elif not pool.away:
        yield PartWork(pool)
    else:
        with LocalPool(len(os.sched_getaffinity(0))) as near:
            yield PartWork(near)


class PartWork:
    """See `flows.corpus.Work`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._folder = parts_folder()

    def run(self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> list[Any]:
        """What the function gives for each of the calls, in order."""
        with ThreadPoolExecutor(self._pool.workers) as threads:
            return list(threads.map(lambda call: self._pool.run(function, *call), calls))

    def digests(self, parts: Sequence[Source]) -> list[str]:
        """The `digest` of each part, in order. One that tells what it is, as those of a release do, is read once."""
        identities = [part.identity() if isinstance(part, OfRelease) else None for part in parts]
        notes = [None if identity is None else self._folder / identity / "digest" for identity in identities]
        known = {number: _read(note) for number, note in enumerate(notes) if note is not None and note.exists()}
        new = [number for number in range(len(parts)) if number not in known]
        calls = [(notes[number], digest, parts[number], None) for number in new]
        known |= dict(zip(new, self.run(_note, calls), strict=True))
        return [known[number] for number in range(len(parts))]

    def each(
        self, function: Callable[..., Any], parts: Sequence[Source], digests: Sequence[str], more: Sequence[Any]
    ) -> Iterator[Any]:
        """What a pure function gives for each part and what stands in `more` for it, in order, one at a time."""
        named = f"{function.__module__}.{function.__qualname__}"
        notes = [self._folder / one / f"{named}-{_hashed(rest)}" for one, rest in zip(digests, more, strict=True)]
        new = [number for number, note in enumerate(notes) if not note.exists()]
        self.run(_noted, [(notes[number], function, parts[number], more[number]) for number in new])
        return map(_read, notes)


def parts_folder() -> Path:
    """Where this code keeps what it found of parts."""
    return state_folder() / "parts" / code_version()[:16]


def _hashed(more: Any) -> str:
    return hashlib.blake2b(repr(more).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def _note(note: Path | None, function: Callable[..., Any], part: Source, more: Any) -> Any:
    """In a worker: asks the function of a part, and notes what it gives."""
    found = apply(function, part, more)
    if note is not None:
        _write(note, found)
    return found


def _noted(note: Path, function: Callable[..., Any], part: Source, more: Any) -> None:
    """The same, but what it gives may be large and is not sent back."""
    _note(note, function, part, more)


def _write(note: Path, found: Any) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    beside = note.with_name(f".{note.name}.{os.getpid()}")
    beside.write_bytes(pickle.dumps(found))
    beside.replace(note)


def _read(note: Path) -> Any:
    os.utime(note.parent)
    return pickle.loads(note.read_bytes())
