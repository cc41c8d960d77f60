"""The tables of a release as Parquet and CSV: one file each, or past a size one for each part of the corpus, of which
those that are as they were are those of the release before (flows/folder/layout.py)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path

import pyarrow as pa

from flows.bounds import between
from flows.compare.diff import unlike
from flows.corpus import Arrow, Corpus, Source, documents_between
from flows.errors import ReleaseError
from flows.folder.files import open_parquet, sha256
from flows.folder.layout import LOWEST_PART, Kind, folder_of, is_of_part, is_parted, parts_of
from flows.folder.stage import given, read_build
from flows.folder.sums import NAME as SUMS
from flows.folder.sums import read_sums
from flows.folder.tables import corpus_of_release
from flows.publish.csv_files import append_csv
from flows.schema import TABLES
from flows.state import code_version

KINDS: tuple[Kind, ...] = ("parquet", "csv")

LARGEST_FIRST = sorted(TABLES, key=lambda name: name not in ("removals", "articles", "lineage", "statistics"))


def write_tables(corpus: Corpus, folder: Path, documents: int, before: Path | None = None) -> None:
    """All tables into folder/data. `documents` are how many rows that table has; `before` is the release before."""
    data = folder / "data"
    data.mkdir()
    loose = frozenset(name for names in corpus.each(holding_nulls) for name in names)
    parted = [name for name in LARGEST_FIRST if is_parted(name, documents)]
    for kind, name in ((kind, name) for kind in KINDS for name in parted):
        folder_of(data, name, kind).mkdir(parents=True)
    whole = [name for name in LARGEST_FIRST if name not in parted]
    corpus.run(write_table, [(name, name in loose, corpus.sources(), data) for name in whole])
    if parted:
        parts = parts_to_write(corpus)
        kept = {} if loose or before is None else _as_before(corpus, [name for name, _ in parts], before)
        new = [(part, source) for part, source in parts if not before or not _keep(kept.get(part, {}), before, folder)]
        corpus.run(write_part, [(source, part, tuple(parted), loose, data) for part, source in new])


def parts_to_write(corpus: Corpus) -> list[tuple[str, Source]]:
    """The parts that hold documents, with their names, in order."""
    found, last = list[tuple[str, Source]](), ""
    for source, span in zip(corpus.sources(), corpus.each(documents_between), strict=True):
        if span is not None:
            found.append((between(last, span[0]) if last else LOWEST_PART, source))
            last = span[1]
    return found


def _as_before(corpus: Corpus, parts: Sequence[str], before: Path) -> dict[str, dict[str, str]]:
    """Of the parts that are as they were, the files of the release before with their checksums: what would be written
    now, since the same code wrote them from the same rows, between the same bounds."""
    if corpus.work is None or len(parts) != len(corpus.sources()) or not _by_this_code(before):
        return {}
    bounds, earlier = (set(pairwise([*names, ""])) for names in (parts, parts_of(before)))
    same = unlike(corpus_of_release(before, parts[1:]).at_work(corpus.work), corpus)
    alike = {part for part, pair in zip(parts, same, strict=True) if pair is None}
    sums = read_sums(before)
    return {
        part: {name: digest for name, digest in sums.items() if is_of_part(name, part)}
        for part, _ in bounds & earlier
        if part in alike
    }


def _by_this_code(release: Path) -> bool:
    """Whether a release is as it was given, and was written by this very code."""
    try:
        build = read_build(release)
        mine = build["code_version"] == code_version() and build["packages"]["pyarrow"] == pa.__version__
        return mine and given(release.parent).get(release.name) == sha256(release / SUMS)
    except (OSError, ReleaseError, KeyError, TypeError):
        return False


def _keep(files: Mapping[str, str], before: Path, folder: Path) -> bool:
    """Puts files of the release before into the folder of this one, if all are what they were: by hard links, since no
    file of a release is ever written to again, or as copies where these cannot be made."""
    if not files or any(not _is_whole(before / name, digest) for name, digest in files.items()):
        return False
    for name in files:
        try:
            os.link(before / name, folder / name)
        except OSError:
            shutil.copyfile(before / name, folder / name)
    return True


def _is_whole(path: Path, digest: str) -> bool:
    return path.is_file() and sha256(path) == digest


def holding_nulls(part: Arrow) -> list[str]:
    """Tables of a part with a null where none may be; a gate will have refused it anyway."""
    return [
        name
        for name in TABLES
        if any(
            column.null_count and not field.nullable
            for column, field in zip(part[name].columns, part[name].schema, strict=True)
        )
    ]


def nullable(table: pa.Table) -> pa.Table:
    """The table with every column nullable: how rows that a gate refused can be written all the same."""
    return table.cast(pa.schema([field.with_nullable(True) for field in table.schema], table.schema.metadata))


def write_table(name: str, loose: bool, sources: Sequence[Source], folder: Path) -> None:
    """One table of all parts as Parquet and CSV; with all columns nullable if it is `loose`."""
    tables = (nullable(source()[name]) if loose else source()[name] for source in sources)
    _write(tables, name, *(folder / f"{name}.{kind}" for kind in KINDS))


def _write(tables: Iterable[pa.Table], name: str, parquet_path: Path, csv_path: Path) -> None:
    tables = iter(tables)
    first = next(tables)
    with open_parquet(name, first.schema, parquet_path) as parquet, csv_path.open("wb") as text:
        for number, table in enumerate(chain([first], tables)):
            parquet.write(table)
            append_csv(table, text, head=number == 0)


def write_part(source: Source, part: str, names: Sequence[str], loose: frozenset[str], data: Path) -> None:
    """The files of one part."""
    tables = source()
    for name in names:
        rows = nullable(tables[name]) if name in loose else tables[name]
        _write([rows], name, *(folder_of(data, name, kind) / f"{part}.{kind}" for kind in KINDS))
