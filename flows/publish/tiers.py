"""The open tier of a release: texts whose rights are reserved are withheld; facts, offsets and hashes stay.

Who holds the raw page rebuilds the text with `shegong rebuild`, and text_sha256 proves it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.changes import read_changes
from flows.compare.told import withheld
from flows.corpus import owners
from flows.folder.files import read_json
from flows.folder.sums import copy_build
from flows.folder.tables import corpus_of_release
from flows.publish.contents import write_contents
from flows.schema import TABLES
from flows.validate.report import read_report

EXCERPT = 40
"""Characters of a quote that may stand in the open tier; a longer one is cut and ends with an ellipsis."""

WITHHELD = {"articles": "text", "removals": "text"}
"""Columns that are null in the open tier for documents whose rights are reserved, by table."""


def write_open_tier(release: Path, folder: Path) -> Path:
    """Derives the open tier of a full release into `folder`, with metadata and sums of its own; gives the folder.

    The same release gives the same bytes. changes/, whole rows of two releases, is left out.

    Raises:
        ReleaseError: a table cannot be read.
    """
    tables = corpus_of_release(release).edit(lambda part, name: withhold(part, [name])[name])
    report = read_report(read_json(release, "report/validation.json"))
    folder.mkdir(parents=True)
    write_contents(folder, tables, report, withheld(read_changes(release), EXCERPT), tier="open")
    copy_build(release, folder)
    return folder


def withhold(tables: Mapping[str, pa.Table], names: Collection[str] = TABLES) -> dict[str, pa.Table]:
    """The tables without the texts of documents whose notice reserves rights, and with their quotes cut short."""
    documents = tables["documents"]
    reserved = documents["document_id"].filter(pc.equal(documents["rights"], "reserved"))
    found = {name: tables[name] for name in names}
    for name, column in WITHHELD.items():
        if name not in names:
            continue
        mine = pc.is_in(found[name]["document_id"], value_set=reserved)
        found[name] = _replace(found[name], column, pc.if_else(mine, pa.scalar(None, pa.string()), found[name][column]))
    if "statistics" not in names:
        return found
    statistics = found["statistics"]
    mine = pc.is_in(owners(statistics), value_set=reserved)
    long = pc.and_(mine, pc.greater(pc.utf8_length(statistics["quote"]), EXCERPT))
    cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(statistics["quote"], 0, EXCERPT), "…", "")
    found["statistics"] = _replace(statistics, "quote", pc.if_else(long, cut, statistics["quote"]))
    return found


def _replace(table: pa.Table, column: str, values: pa.ChunkedArray) -> pa.Table:
    place = table.schema.get_field_index(column)
    return table.set_column(place, table.schema.field(place), values).combine_chunks()
