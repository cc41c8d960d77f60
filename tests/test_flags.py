"""Flags: a code and its details, apart in tables, together for people."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.arrow_rows import to_arrow
from flows.errors import RowError
from flows.flags import code_of, details_of, flags_of, told
from flows.state import PROJECT
from flows.vocabulary import load_vocabulary
from tests.synthetic import tables_of


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        ("copying_forbidden", "copying_forbidden", None),
        ("invalid_bytes:12", "invalid_bytes", "12"),
        ("lost_character@120", "lost_character", "120"),
        ("rows_quarantined:statistics:1", "rows_quarantined", "statistics:1"),
        ("publisher_mismatch:新闻网@北", "publisher_mismatch", "新闻网@北"),
    ],
)
def test_a_text_is_a_code_and_its_details(text: str, code: str, details: str | None) -> None:
    (flag,) = flags_of([text])
    assert flag == {"code": code, "details": details}
    assert (code_of(flag), details_of(flag)) == (code_of(text), details_of(text)) == (code, details)
    assert told(flag) == (code if details is None else f"{code}: {details}")


def test_tables_hold_them_as_structs_and_lose_nothing(tmp_path: Path) -> None:
    row = tables_of(1)["documents"].to_pylist()[0] | {"flags": flags_of(["invalid_bytes:12", "truncated"])}
    table = to_arrow("documents", [row])
    pq.write_table(table, tmp_path / "one.parquet")
    read = pq.read_table(tmp_path / "one.parquet")
    assert read.schema.field("flags").type == table.schema.field("flags").type
    assert read["flags"].to_pylist() == [
        [{"code": "invalid_bytes", "details": "12"}, {"code": "truncated", "details": None}]
    ]
    assert pa.types.is_struct(table.schema.field("flags").type.value_type)
    assert json.loads(json.dumps(read["flags"].to_pylist()[0]))[1]["details"] is None


@pytest.mark.parametrize(
    "flags", [["damage:1"], [{"code": "x"}], [{"code": 1, "details": None}], [{"code": "x", "details": 5}]]
)
def test_anything_else_is_refused(flags: list[object]) -> None:
    row = tables_of(1)["documents"].to_pylist()[0] | {"flags": flags}
    with pytest.raises(RowError, match="codes and details"):
        to_arrow("documents", [row])


def test_nul_in_details_is_refused() -> None:
    row = tables_of(1)["documents"].to_pylist()[0] | {"flags": [{"code": "x", "details": "a\x00"}]}
    with pytest.raises(RowError, match="NUL"):
        to_arrow("documents", [row])


WRITTEN = re.compile(
    r'(?:flag_damage|mark_damage)\(page, "([a-z_]+)"|\.flag\(f?"([a-z_]+)|flags \+?= \[f?"([a-z_]+)'
    r'|flags(?:\.append\(|=\()f?"([a-z_]+)|\(f"([a-z_]+):\{[^}]*\}",\)|else \(\)\), \(\(?"([a-z_]+)",'
    r'|\(\("([a-z_]+)",\) if|return \("([a-z_]+)",\) if [a-z.]+likeness'
)
"""How the code writes a flag."""


def test_every_flag_that_the_code_writes_has_its_words() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (PROJECT / "flows").rglob("*.py"))
    written = {code for text in sources for groups in WRITTEN.findall(text) for code in groups if code}
    assert {"lost_character", "layout_unsure", "publisher_ambiguous", "mixed_encoding", "corrected"} <= written
    assert written <= set(load_vocabulary("code_names")["flags"])
