"""What changed: by primary key, by column, whatever the order of rows."""

import pyarrow as pa
import pytest

from flows.arrow_rows import to_arrow
from flows.compare.changes import Changes
from flows.compare.diff import diff_tables
from flows.compare.markdown import as_markdown
from flows.compare.told import as_json
from tests.synthetic import tables_of


def test_equal_tables_have_no_difference() -> None:
    for name, table in tables_of().items():
        backwards = table.take(pa.array(range(table.num_rows - 1, -1, -1), pa.int64()))
        assert diff_tables(name, table, backwards).empty


def test_one_changed_word_is_one_row_and_one_field() -> None:
    before = tables_of()["articles"]
    rows = before.to_pylist()
    rows[1]["title"] = rows[1]["title"].replace("启用", "停用")
    found = diff_tables("articles", before, to_arrow("articles", rows))
    assert (found.added, found.changed, found.removed) == (0, 1, 0)
    assert found.changed_columns == {"title": 1}
    assert found.changed_keys == ((rows[1]["article_id"],),)


def test_added_and_removed_rows_are_told_by_key() -> None:
    before, after = tables_of(2)["people"], tables_of(3)["people"]
    found = diff_tables("people", before, after)
    assert (found.added, found.changed, found.removed) == (1, 0, 0)
    assert diff_tables("people", after, before).removed_keys == found.added_keys


@pytest.mark.parametrize(("old", "new"), [(-1, -2), (1, 2)])
def test_numbers_that_python_hashes_alike_differ(old: int, new: int) -> None:
    before, after = (to_arrow("statistics", [{"article_id": "a", "value": value}]) for value in (old, new))
    assert diff_tables("statistics", before, after).changed == 1


def test_a_repeated_row_counts() -> None:
    table = tables_of(1)["themes"]
    assert not diff_tables("themes", table, pa.concat_tables([table, table])).removed


def test_schema_changes_are_additive_or_breaking() -> None:
    table = tables_of(1)["themes"]
    wider = table.append_column("weight", pa.array([1.0]))
    assert diff_tables("themes", table, wider).schema_change == "additive"
    assert diff_tables("themes", wider, table).schema_change == "breaking"


def test_the_first_release_says_so() -> None:
    table = tables_of(1)["themes"]
    found = [diff_tables("themes", table.slice(0, 0), table)]
    assert as_json(Changes(None, tuple(found)), "v2026.11.22")["first_release"]
    assert "First release" in as_markdown(Changes(None, tuple(found)), "v2026.11.22")
    assert "Nothing changed" in as_markdown(Changes("v1", (diff_tables("themes", table, table),)), "v2")
