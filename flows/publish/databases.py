"""`shegong export --sqlite` and `--duckdb`: a release as one file of a database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import TargetError
from flows.folder.tables import read_table
from flows.publish.sqlite import fill
from flows.schema import schemas


def export_sqlite(release: Path, path: Path) -> list[Path]:
    """A SQLite database of all tables, and what datasette wants to know of it (see `flows.publish.sqlite`), in a file
    beside it; gives both.

    Raises:
        ReleaseError: no release.
        TargetError: the file is there already, or cannot be written.
    """
    about = path.with_name(f"{path.name}.metadata.json")
    with _appearing(path) as made, _appearing(about) as described:
        fill(release, made, described, path.stem)
    return [path, about]


def export_duckdb(release: Path, path: Path) -> list[Path]:
    """A DuckDB database of all tables, with the descriptions of tables and columns as comments.

    Raises:
        ReleaseError: no release.
        TargetError: the file is there already, or cannot be written.
        ModuleNotFoundError: DuckDB is not installed.
    """
    import duckdb

    with _appearing(path) as made, duckdb.connect(str(made)) as database:
        database.execute("SET TimeZone = 'Asia/Shanghai'")
        for name, table in schemas().items():
            database.register("rows", read_table(release, name))
            database.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows')
            database.unregister("rows")
            database.execute(f"""COMMENT ON TABLE "{name}" IS {_quoted(table.description.en)}""")
            for column in table.columns:
                said = _quoted(f"{column.title.zh}: {column.description.en}")
                database.execute(f"""COMMENT ON COLUMN "{name}"."{column.name}" IS {said}""")
    return [path]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    """Where a file is written so that it appears whole or not at all.

    Raises:
        TargetError: it is there already, or cannot be written.
    """
    if os.path.lexists(path):
        raise TargetError("exists", "there is a file of that name.", "Remove it, or name another.", path)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield made
        os.replace(made, path)
    except OSError as error:
        problem = f"the file cannot be written: {error.strerror or error}."
        raise TargetError("target", problem, "Name one that you may write.", path) from error
    finally:
        made.unlink(missing_ok=True)
