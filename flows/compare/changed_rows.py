"""The rows that differ between two releases, whole, as Parquet: changes/<table>.parquet."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa

from flows.arrow_files import read_arrow, write_arrow
from flows.compare.causes import Causes, Reasons
from flows.compare.changes import reasons_between, takedowns_of
from flows.compare.diff import differing, owner, row_hashes, unlike, unmatched
from flows.compare.making import Making, read_making
from flows.corpus import Corpus, Source
from flows.decisions.tombstones import beside_standing, left_standing
from flows.folder.files import ParquetFile
from flows.folder.tables import corpus_of_release
from flows.schema import TABLES, load

CHANGE = pa.field("change", pa.string(), nullable=False, metadata={"description": "added, removed, before or after"})
"""A changed row stands twice: as it was before and as it is after."""


CAUSE = pa.field("cause", pa.string(), metadata={"description": "page, correction, exception, rule, vocabulary, code"})
"""Why the row is not as it was (flows/compare/causes.py)."""


def changed_rows(name: str, before: pa.Table, after: pa.Table, causes: Causes | None = None) -> pa.Table:
    """The rows that are not in both, in the order of their keys, with the columns `change` and `cause` in front.

    Columns are those that both sides have; a row is told by its primary key.
    """
    shared = [column for column in load(name).names if column in before.schema.names and column in after.schema.names]
    key = [column for column in load(name).primary_key if column in shared]
    old, new = unmatched(*_alike(before.select(shared), after.select(shared)))
    both = set(row_hashes(old.select(key))) & set(row_hashes(new.select(key)))
    parts = [_told(old, key, both, "before", "removed"), _told(new, key, both, "after", "added")]
    order = [(column, "ascending") for column in key] + [("change", "descending")]
    rows = pa.concat_tables(parts, promote_options="permissive").sort_by(order).combine_chunks()
    return rows.add_column(1, CAUSE, pa.array(_causes(name, rows, causes), pa.string()))


def _causes(name: str, rows: pa.Table, causes: Causes | None) -> list[str | None]:
    """Of each row, given sorted: where it stands twice, the row before comes first."""
    if causes is None:
        return [None] * rows.num_rows
    found: list[str | None] = []
    plain = rows.to_pylist()
    for place, row in enumerate(plain):
        beside = {"before": place + 1, "after": place - 1}.get(row["change"])
        other = None if beside is None else plain[beside]
        names = [column for column in differing(row, other) if column != "change"] if other else []
        found.append(causes.of(owner(row), name, names).cause)
    return found


def _alike(before: pa.Table, after: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Both with a column that changed its type as text, so that its values can stand under each other."""
    for place, (was, now) in enumerate(zip(before.schema, after.schema, strict=True)):
        if was.type != now.type:
            as_text = pa.field(was.name, pa.string())
            before = before.set_column(place, as_text, _text(before[place]))
            after = after.set_column(place, as_text, _text(after[place]))
    return before, after


def _text(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())


def write_changed_rows(
    before: Path, after: Corpus, folder: Path, taken: Collection[str] = (), made: Making | None = None
) -> list[Path]:
    """One file for each table in which a row differs from the release `before`; gives their paths. Nothing is written
    when none does, nor of the documents that were `taken` down. `made` is what `after` was made with."""
    written: dict[str, Path] = {}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shegong-")))
        files: dict[str, ParquetFile] = {}
        earlier = beside_standing(before, after, taken)
        pairs, reasons = (
            [pair for pair in unlike(earlier, after) if pair],
            reasons_between(before, earlier, after, made),
        )
        places = [scratch / str(number) for number in range(len(pairs))]
        after.run(keep_changed_rows, [(*pair, reasons, place) for pair, place in zip(pairs, places, strict=True)])
        for name, file in ((name, place / name) for place in places for name in TABLES):
            if not file.exists():
                continue
            rows = read_arrow(file)
            if name not in files:
                folder.mkdir(parents=True, exist_ok=True)
                written[name] = folder / f"{name}.parquet"
                files[name] = stack.enter_context(ParquetFile(written[name], rows.schema))
            files[name].write(rows)
    return [written[name] for name in TABLES if name in written]


def keep_changed_rows(old: Source, new: Source, reasons: Reasons, folder: Path) -> None:
    """The changed rows of one part, an Arrow file for each table that has some."""
    before, after = old(), new()
    folder.mkdir()
    causes = Causes(before, after, reasons)
    for name in TABLES:
        rows = changed_rows(name, before[name], after[name], causes)
        if rows.num_rows:
            write_arrow(rows, folder / name)


def write_between(old: Path, new: Path, folder: Path) -> list[Path]:
    """The same for two releases.

    Raises:
        ReleaseError: one of them is no release.
    """
    taken = {row.document_id for row in takedowns_of(old, new)}
    return write_changed_rows(old, left_standing(corpus_of_release(new), taken), folder, taken, read_making(new))


def _told(rows: pa.Table, key: list[str], both: set[int], changed: str, single: str) -> pa.Table:
    words = [changed if value in both else single for value in row_hashes(rows.select(key))]
    return rows.add_column(0, CHANGE, pa.array(words, pa.string()))
