"""A shard cleaned on another machine: its raw documents fetched from the store, its tables sent back as bytes.

Imported by workers: neither prefect nor great_expectations may come in here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flows.checksums import appearing
from flows.document import Tables
from flows.errors import InputError
from flows.raw.listed import Listed
from flows.raw.store import RawStore, is_url
from flows.run.shard import Lost, Shard, clean_listed, clean_shard, outgrows_ceiling

Files = dict[str, bytes]
"""The files of a shard's folder, by name."""


def clean_away(shard: Shard, lost: Sequence[Lost] = ()) -> Files:
    """On the worker: the shard's folder as bytes, a few kilobytes a document.

    Raises:
        InputError: this machine does not see the raw folder.
        StoreError: the store does not give a document.
    """
    with _at_hand(shard, shard.documents) as here:
        clean_shard(here, lost)
        return {path.name: path.read_bytes() for path in sorted(Path(here.folder).iterdir())}


def clean_listed_away(shard: Shard, document: Listed) -> Tables:
    """On the worker: one document alone, to find out whether it can be cleaned at all."""
    with _at_hand(shard, [document]) as here:
        return clean_listed(here, document)


def outgrows_ceiling_away(shard: Shard, document: Listed) -> bool:
    """On the worker: whether a document takes more memory than it may."""
    with _at_hand(shard, [document]) as here:
        return outgrows_ceiling(here, document)


def keep(shard: Shard, files: Files) -> None:
    """In the flow: makes the shard's folder of what came back. It appears whole or not at all."""
    with appearing(Path(shard.folder)) as staging:
        for name, content in files.items():
            (staging / name).write_bytes(content)


@contextmanager
def _at_hand(shard: Shard, documents: Sequence[Listed]) -> Iterator[Shard]:
    """The shard with its documents and its results in folders of this machine."""
    with tempfile.TemporaryDirectory(prefix="shegong-") as scratch:
        raw = Path(shard.raw)
        if is_url(shard.raw):
            raw = Path(scratch) / "raw"
            names = {one.name if one.place is None else one.place.file for one in documents if one.reason is None}
            RawStore(shard.raw).fetch(names, raw)
        elif not raw.is_dir():
            remedy = "Mount it at the same place on every worker, or keep the raw documents on s3://."
            raise InputError("raw_unseen", "a worker does not see this folder.", remedy, raw)
        yield shard._replace(raw=str(raw), folder=str(Path(scratch) / Path(shard.folder).name))
