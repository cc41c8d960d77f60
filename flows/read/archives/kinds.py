"""Which files are containers: told by their names, since a dump in CSV begins like any text."""

from __future__ import annotations

KINDS = {
    ".warc.gz": "warc.gz",
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "gz",
    ".gz": "gz",
}
"""Suffix, in lower case, to the format."""


def kind_of(name: str) -> str | None:
    """The format of a container by its name; None for a document."""
    name = name.rpartition("/")[2].lower()
    return next((kind for suffix, kind in KINDS.items() if name.endswith(suffix)), None)


def unpacked_name(name: str) -> str:
    """The name of what a gzip file holds."""
    return name[:-4] + ".tar" if name.lower().endswith(".tgz") else name[:-3]
