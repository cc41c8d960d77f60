"""The documents of a raw folder, as listed: in columns that take a hundred bytes a document, or fewer where they lie in
a mapped file; each becomes an object when it is asked for."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.raw.ordered import in_order
from flows.read.archives import Place, Step
from flows.state import state_folder

AT_ONCE = 4096
"""Documents that are objects at the same time where all are asked for in turn."""


class Listed(NamedTuple):
    """A raw file, or a record of one that is an archive or a dump. `sha256` is None for what cannot be read (a pipe, a
    dangling link, no permission, a damaged record)."""

    name: str
    """Its path in the raw folder, with "/" between folders; bytes that are not UTF-8 as lone surrogates. Of a record,
    the path of the file, "!", and its name in it."""
    sha256: str | None
    copy_of: str | None = None
    """The first document, by name, of the same bytes."""
    place: Place | None = None
    """Of a record: where it stands."""
    about: str = ""
    """Of a record: a hash of all that is known of it beside its bytes, such as its address and date."""
    reason: str | None = None
    """Of a record that could not be read, a container that is broken, a key that cannot be a file: why."""
    record_offset: int | None = None

    @property
    def key(self) -> str:
        """What its document id is made of: the hash of its bytes, or of its name where they cannot be read."""
        return self.sha256 or hashlib.sha256(os.fsencode(self.name)).hexdigest()

    @property
    def fingerprint(self) -> str:
        """A line of all that can show in its rows."""
        plain = self.place is None and self.reason is None
        record = () if plain else (self.about, str(self.record_offset), self.reason or "")
        return " ".join((self.key, self.name, *record)) + "\n"


COLUMNS = pa.schema(
    [("key", pa.binary(32)), ("name", pa.large_binary()), ("hashed", pa.bool_()), ("rest", pa.large_string())]
)
"""Of a document. Names are UTF-8 with surrogates, whose bytes are in the order of the characters; `rest` is what only
records have, as JSON."""


Copies = tuple[NDArray[np.int64], NDArray[np.int64]]


class Listing(Sequence[Listed]):
    """Documents in the order of their ids, copies behind their original. A slice of it copies nothing."""

    def __init__(self, columns: pa.Table, copies: Copies, span: range) -> None:
        """The rows of `span` of columns in order; `copies` has the numbers of those whose key stood before, and of the
        first of that key."""
        self._columns, self._copies, self._span = columns, copies, span

    @classmethod
    def of(cls, batches: Iterable[pa.RecordBatch]) -> Listing:
        """Of documents in any order."""
        columns = in_order(batches, COLUMNS, state_folder() / "listings")
        return cls(columns, _copies(columns["key"]), range(columns.num_rows))

    def without(self, ids: Collection[str]) -> Listing:
        """The documents but those with one of these document ids."""
        gone = pa.array(sorted(map(bytes.fromhex, ids)), pa.binary())
        here = self._columns.slice(self._span.start, len(self))
        return self.of(_left(batch, gone) for batch in here.to_batches(max_chunksize=AT_ONCE))

    def __len__(self) -> int:
        return len(self._span)

    @overload
    def __getitem__(self, place: int) -> Listed: ...
    @overload
    def __getitem__(self, place: slice) -> Listing: ...
    def __getitem__(self, place: int | slice) -> Listed | Listing:
        found = self._span[place]
        if isinstance(found, range):
            return Listing(self._columns, self._copies, found)
        return next(self._documents(found, 1))

    def __iter__(self) -> Iterator[Listed]:
        for start in self._span[::AT_ONCE]:
            yield from self._documents(start, min(AT_ONCE, self._span.stop - start))

    def _documents(self, start: int, count: int) -> Iterator[Listed]:
        some = (column.to_pylist() for column in self._columns.slice(start, count).columns)
        rows, firsts = self._copies
        low, high = np.searchsorted(rows, [start, start + count])
        first_of = dict(zip(rows[low:high].tolist(), firsts[low:high].tolist(), strict=True))
        for number, (key, name, hashed, rest) in enumerate(zip(*some, strict=True), start):
            first = first_of.get(number)
            original = name if first is None else self._columns["name"][first].as_py()
            copy_of = None if original == name else _text(original)
            yield Listed(_text(name), key.hex() if hashed else None, copy_of, *_rest(rest))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def _copies(keys: pa.ChunkedArray) -> Copies:
    """The rows whose key is that of the row before, and for each the first row of its key."""
    rows, firsts = [np.array([], np.int64)], [np.array([], np.int64)]
    start, first, last = 0, 0, None
    for chunk in (chunk for chunk in keys.chunks if len(chunk)):
        again = np.append(chunk[0].as_py() == last, pc.equal(chunk[1:], chunk[:-1]).to_numpy(zero_copy_only=False))
        numbers = np.arange(start, start + len(chunk))
        begun = np.maximum.accumulate(np.where(again, first, numbers))
        rows.append(numbers[again])
        firsts.append(begun[again])
        start, first, last = start + len(chunk), int(begun[-1]), chunk[-1].as_py()
    return np.concatenate(rows), np.concatenate(firsts)


def _left(batch: pa.RecordBatch, gone: pa.Array) -> pa.RecordBatch:
    starts = pc.binary_slice(batch["key"].cast(pa.binary()), 0, 8)
    return batch.filter(pc.invert(pc.is_in(starts, value_set=gone)))


def batch_of(names: Sequence[str], digests: Sequence[str | None], rest: Sequence[str | None] | None = None) -> Any:
    """Documents as columns: their names, their sha256 where they can be read, and what only records have."""
    keys = (
        digest or hashlib.sha256(os.fsencode(name)).hexdigest() for name, digest in zip(names, digests, strict=True)
    )
    columns = [
        pa.array([bytes.fromhex(key) for key in keys], pa.binary(32)),
        pa.array([name.encode("utf-8", "surrogatepass") for name in names], pa.large_binary()),
        pa.array([digest is not None for digest in digests]),
        pa.array(rest or [None] * len(names), pa.large_string()),
    ]
    return pa.record_batch(columns, COLUMNS)


def records_of(documents: Sequence[Listed]) -> Any:
    """The same of documents that may be records."""
    rest = [json.dumps((one.place, one.about, one.reason, one.record_offset)) for one in documents]
    return batch_of([one.name for one in documents], [one.sha256 for one in documents], rest)


def _rest(told: str | None) -> tuple[Any, ...]:
    """The further fields of Listed."""
    if told is None:
        return ()
    place, *rest = json.loads(told)
    return (Place(place[0], tuple(Step(*step) for step in place[1])) if place else None, *rest)


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")
