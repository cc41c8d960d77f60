"""The parts of a corpus worked on by the processes of a pool; what they found is kept for the next run.

    <state>/parts/<code>/<hash of a part's rows>/<function>-<hash of its further argument>

So a run with one new document asks the gates, and all else, of the one part that holds it. The hash of the rows is
noted under that of their source. A note that is damaged is thrown away, and its part asked again.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from flows.checksums import DamagedError, tell_damaged
from flows.corpus import Source, apply, digest
from flows.run.cache import use
from flows.run.log import RunLog
from flows.run.notes import read_note, write_note
from flows.run.shard import import_cleaning
from flows.state import code_version, state_folder
from flows.work.pool import LocalPool, Pool


@contextmanager
def processes_for(parts: Sequence[object], pool: Pool, log: RunLog) -> Iterator[PartWork | None]:
    """What works on the parts of a corpus: the processes of a pool if they see the state folder, else some of this
    machine. A single part is left to this process, which has the gates imported."""
    if len(parts) < 2:
        yield None
    elif not pool.away:
        yield PartWork(pool, log)
    else:
        with LocalPool(len(os.sched_getaffinity(0)), prepare=import_cleaning) as near:
            yield PartWork(near, log)


class PartWork:
    """See `flows.corpus.Work`."""

    def __init__(self, pool: Pool, log: RunLog | None = None) -> None:
        self._pool, self._log = pool, log
        self._folder = parts_folder()

    def run(self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> list[Any]:
        """What the function gives for each of the calls, in order."""
        with ThreadPoolExecutor(self._pool.workers) as threads:
            return list(threads.map(lambda call: self._pool.run(function, *call), calls))

    def digests(self, parts: Sequence[Source]) -> list[str]:
        """The `digest` of each part, in order. What reads a part names what cannot change: finished shards, releases;
        so by this the digest is known from an earlier run."""
        return list(self.each(digest, parts, list(map(_named, parts)), [None] * len(parts)))

    def know(self, parts: Sequence[Source], digests: Sequence[str]) -> None:
        """Notes the digests of parts that are known without reading them: a release holds what was written to it."""
        for part, known in zip(parts, digests, strict=True):
            write_note(self._note_of(digest, _named(part), None), known)

    def _note_of(self, function: Callable[..., Any], of: str, more: Any) -> Path:
        return self._folder / of / f"{function.__module__}.{function.__qualname__}-{_hashed(more)}"

    def each(
        self, function: Callable[..., Any], parts: Sequence[Source], digests: Sequence[str], more: Sequence[Any]
    ) -> Iterator[Any]:
        """What a pure function gives for each part and what stands in `more` for it, in order, one at a time."""
        started = time.monotonic()
        notes = [self._note_of(function, one, rest) for one, rest in zip(digests, more, strict=True)]
        new = [number for number, note in enumerate(notes) if not note.exists()]
        self.run(_note, [(notes[number], function, parts[number], more[number]) for number in new])
        if self._log is not None:
            seconds = round(time.monotonic() - started, 3)
            self._log.write("parts", function=function.__qualname__, asked=len(new), parts=len(parts), seconds=seconds)
        return map(partial(self._found, function), notes, parts, more)

    def _found(self, function: Callable[..., Any], note: Path, part: Source, more: Any) -> Any:
        use(note.parent)
        try:
            return read_note(note)
        except DamagedError as error:
            tell_damaged(note, error.problem)
        except FileNotFoundError:  # somebody clears the cache
            pass
        _note(note, function, part, more)
        return read_note(note)


def parts_folder() -> Path:
    """Where this code keeps what it found of parts."""
    return state_folder() / "parts" / code_version()[:16]


def _named(part: Source) -> str:
    """A name for what reads a part. It is pickled to be hashed, and read back by nobody."""
    return hashlib.blake2b(pickle.dumps(part), digest_size=16).hexdigest()


def _hashed(more: Any) -> str:
    return hashlib.blake2b(repr(more).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def _note(note: Path, function: Callable[..., Any], part: Source, more: Any) -> None:
    """In a worker: asks the function of a part, and notes what it gives, which may be too large to be sent back."""
    write_note(note, apply(function, part, more))
