"""The rows that a tree of the project makes of a raw folder: today's, or that of any commit."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from flows.depends import cleaning_version
from flows.document import Tables
from flows.errors import InputError
from flows.folder.tables import declared_tables, read_table
from flows.installed import checkout
from flows.raw.listing import fingerprint, list_documents
from flows.schema import OF_CORPUS
from flows.state import state_folder

SCRIPT = Path("flows", "trial", "clean_tree.py")
"""What cleans with the code of a tree, as every commit that can be asked has it."""


class Cleaned(NamedTuple):
    """One document's rows by table, dates as text."""

    path: str
    document_id: str
    tables: Tables


def rows_now(raw: Path, workers: int) -> Iterator[Cleaned]:
    """What the code as it stands makes of a raw folder, in the order of document ids."""
    return _kept(raw, cleaning_version(), lambda: _clean_with(checkout(), raw, workers))


def rows_at(commit: str, raw: Path, workers: int) -> Iterator[Cleaned]:
    """What the code of a commit makes of it.

    Raises:
        InputError: this is no checkout, the commit is not in it, or its code cannot be run.
    """

    def clean() -> Iterator[Cleaned]:
        with committed_tree(commit) as tree:
            yield from _clean_with(tree, raw, workers)

    return _kept(raw, _git("rev-parse", f"{commit}^{{commit}}", commit=commit).decode().strip(), clean)


def rows_in(release: Path) -> Iterator[Cleaned]:
    """What a release holds, in the order of document ids."""
    names = [name for name in declared_tables(release) if name not in OF_CORPUS]
    tables = {name: json.loads(json.dumps(read_table(release, name).to_pylist(), default=str)) for name in names}
    by_document: dict[str, Tables] = {}
    for name, rows in tables.items():
        for row in rows:
            owner = row.get("document_id") or row["article_id"][:16]
            by_document.setdefault(owner, {}).setdefault(name, []).append(row)
    for document_id, found in sorted(by_document.items()):
        yield Cleaned(found["documents"][0]["path"], document_id, found)


@contextmanager
def committed_tree(commit: str) -> Iterator[Path]:
    """A folder with the code and the schemas as they were committed."""
    archive = _git("archive", commit, "flows", "schemas", commit=commit)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            if hasattr(tarfile, "data_filter"):  # since Python 3.11.4; the archive is our own
                files.extraction_filter = tarfile.data_filter
            files.extractall(folder)
        yield Path(folder)


def _git(*arguments: str, commit: str) -> bytes:
    try:
        return subprocess.run(["git", "-C", str(checkout()), *arguments], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        problem, remedy = (
            "it is no release here, and no commit of this checkout.",
            "Name a release's folder or a commit.",
        )
        raise InputError("no_revision", problem, remedy, commit) from error


def _kept(raw: Path, made_by: str, clean: Callable[[], Iterator[Cleaned]]) -> Iterator[Cleaned]:
    """Rows that were made of the same documents by the same code before, else made now and kept in the state folder."""
    key = hashlib.sha256(f"{made_by} {fingerprint(list_documents(raw))}".encode()).hexdigest()[:32]
    kept = state_folder() / "trial" / f"{key}.jsonl.gz"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        making = kept.with_suffix(f".{os.getpid()}")
        with gzip.open(making, "wt", compresslevel=1, encoding="utf-8") as file:
            for entry in clean():
                file.write(json.dumps(entry) + "\n")
        making.replace(kept)
    with gzip.open(kept, "rt", encoding="utf-8") as file:
        yield from (Cleaned(*json.loads(line)) for line in file)


def _clean_with(tree: Path, raw: Path, workers: int) -> Iterator[Cleaned]:
    """Cleans with the code of a tree, by processes of its own; in the order of document ids."""
    environment = os.environ | {"PYTHONPATH": str(tree), "SHEGONG_STATE": str(state_folder())}
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder, str(number)) for number in range(workers)]
        running = [
            subprocess.Popen([sys.executable, "-P", str(tree / SCRIPT), str(raw.absolute()), str(number), str(workers)],
                             env=environment, stdout=output.open("wb"), stderr=subprocess.PIPE)
            for number, output in enumerate(outputs)
        ]  # fmt: skip
        for process in running:
            _, said = process.communicate()
            if process.returncode:
                last = said.decode(errors="replace").strip().splitlines()[-1:]
                problem = f"its code cannot be run on {raw}: {' '.join(last)}."
                raise InputError("trial", problem, "Name a newer commit.", tree)
        found = [Cleaned(**json.loads(line)) for output in outputs for line in _lines(output.open("rb"))]
    yield from sorted(found, key=lambda entry: (entry.document_id, entry.path))


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from file
