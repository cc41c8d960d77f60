"""What a run does for takedowns: no finished shard that it uses, and no result that it keeps, is of a document that was
taken down.

An address may stand on the page itself, so some documents are known for what they are only once they are cleaned: they
are withdrawn then, and their shards made again without them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.decisions import Decisions
from flows.decisions.tombstones import KNOWN_BY, Known, left_of, refuse_unknown, take_down
from flows.errors import ShegongError
from flows.raw.listed import Listed
from flows.raw.listing import cut, shard_size
from flows.run.shard import read_shard_table
from flows.state import state_folder


class Cleaned(NamedTuple):
    """The documents that are left, in shards: their folders, by part."""

    documents: Sequence[Listed]
    decisions: Decisions
    parts: list[list[Path]]


def clean_standing(
    raw: Path,
    documents: Sequence[Listed],
    decisions: Decisions,
    part_documents: int,
    clean: Callable[[Sequence[Sequence[Listed]]], list[Path]],
) -> Cleaned:
    """Cleans the documents, shard by shard, without those that turn out to be taken down by their address.

    Args:
        raw: the raw folder, for what is to be told of it.
        part_documents: how many go into a part of the corpus, at most.
        clean: cleans shards, given as the documents of each; gives their folders in order.

    Raises:
        DecisionError: a tombstone names an address that no document bears.
        InputError: no document is left.
    """
    by_address = any(stone.url for stone in decisions.tombstones)
    while True:
        size = shard_size(len(documents))
        parts = [cut(part, size) for part in cut(documents, part_documents)]
        folders = clean(list(chain.from_iterable(parts)))
        decisions = take_down(decisions, _known(folders) if by_address else (), decisions.taken)
        left = left_of(raw, documents, decisions)
        if len(left) == len(documents):
            refuse_unknown(raw, decisions.unknown, _known(folders) if by_address else ())
            rest = iter(folders)
            return Cleaned(documents, decisions, [[next(rest) for _ in part] for part in parts])
        forget(decisions.withheld)
        documents = left


def _known(folders: Sequence[Path]) -> Iterator[Known]:
    for folder in folders:
        rows = read_shard_table(folder, "documents").select(KNOWN_BY)
        yield from map(Known, *(rows[name].to_pylist() for name in KNOWN_BY))


def forget(ids: Collection[str]) -> None:
    """Removes the finished shards that hold one of these documents, whatever code made them, and with them all that is
    kept of parts of the corpus, which may name what stood in them."""
    values = pa.array(sorted(ids), pa.string())
    for folder in (state_folder() / "shards").glob("*/*"):
        if folder.is_dir() and not folder.name.startswith(".") and _holds(folder, values):
            shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(state_folder() / "parts", ignore_errors=True)


def _holds(shard: Path, ids: pa.Array) -> bool:
    try:
        found = pc.is_in(read_shard_table(shard, "documents")["document_id"], value_set=ids)
    except (OSError, ValueError, KeyError, ShegongError):  # nothing is known of it: better made again
        return True
    return bool(pc.any(found, min_count=0).as_py())
