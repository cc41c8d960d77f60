"""schemas/: every file loads, and says what everything derived from it needs."""

import re
from pathlib import Path

import pyarrow as pa
import pytest

from flows.errors import SchemaError
from flows.schema import SCHEMAS, TABLES, load, load_list, schemas
from flows.validate.contents import CHECKS
from flows.validate.suites import suite_of


def test_every_file_is_a_table_and_every_table_has_a_file() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.yaml")} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_each_example_fits_its_column(name: str) -> None:
    for column in load(name).columns:
        value = column.example
        assert isinstance(value, list) == (column.type in ("array", "flags"))
        if column.pattern:
            assert re.search(column.pattern, str(value)), column.name
        if column.enum:
            assert value in column.enum
        if column.minimum is not None:
            assert value >= column.minimum


@pytest.mark.parametrize("name", TABLES)
def test_each_column_is_told_in_chinese_and_in_english(name: str) -> None:
    for column in load(name).columns:
        for words in (column.title, column.description, column.made):
            assert re.search(r"[\u4e00-\u9fff]|SHA-256|URL", words.zh), column.name
            assert re.search(r"[A-Za-z]", words.en), column.name


@pytest.mark.parametrize("name", TABLES)
def test_each_foreign_key_names_columns_of_the_same_type(name: str) -> None:
    for key in load(name).foreign_keys:
        for mine, theirs in zip(key.columns, key.parent_columns, strict=True):
            assert load(name).column(mine).arrow.type == load(key.parent).column(theirs).arrow.type


@pytest.mark.parametrize("name", TABLES)
def test_each_check_is_a_function_and_becomes_one_gate(name: str) -> None:
    assert {check.kind for check in load(name).checks} <= CHECKS.keys()
    names = [gate.name for gate in suite_of(load(name)).gates]
    assert len(names) == len(set(names))
    assert {check.id for check in load(name).checks} <= set(names)


def test_every_registered_check_is_asked() -> None:
    asked = {check.kind for table in schemas().values() for check in table.checks}
    assert CHECKS.keys() - asked == {"foreign_key", "no_empty_text", "in_vocabulary"}  # made from columns and keys


def test_arrow_fields_carry_their_description() -> None:
    field = load("articles").arrow.field("text")
    assert field.type == pa.string()
    assert "正文" in field.metadata[b"description_zh"].decode()


@pytest.mark.parametrize("name", ["leftover", "damage", "personal"])
def test_patterns_find_and_leave_their_examples(name: str) -> None:
    for entry in load_list(name):
        pattern = re.compile(entry["pattern"])
        assert [text for text in entry["finds"] if not pattern.search(text)] == []
        assert [text for text in entry["leaves"] if pattern.search(text)] == []
        assert entry["finds"]
        assert entry["leaves"]


def test_a_misspelt_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (SCHEMAS / "themes.yaml").read_text(encoding="utf-8").replace("constraints:", "constraint:", 1)
    (tmp_path / "themes.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("flows.schema.SCHEMAS", tmp_path)
    load.cache_clear()
    try:
        with pytest.raises(SchemaError, match="constraint"):
            load("themes")
    finally:
        load.cache_clear()
