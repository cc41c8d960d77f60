"""Tables in Arrow files: how processes hand them to each other."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa


def write_arrow(table: pa.Table, path: Path) -> None:
    """One table as an Arrow file."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def read_arrow(path: Path) -> pa.Table:
    """The table of such a file, mapped into memory, not copied."""
    return table_in(pa.memory_map(str(path)).read_buffer())


def table_in(content: pa.Buffer) -> pa.Table:
    """The table of such a file whose bytes are in memory, or mapped there; it is not copied."""
    return pa.ipc.open_file(content).read_all()
