"""The code books: each code that a table can hold stands in them, in both languages."""

import re

import pytest

from flows.books import code_rows, region_rows
from flows.books.regions import pinyin_of
from flows.schema import schemas
from flows.state import PROJECT
from flows.validate.suites import vocabulary

CODES = {(row["vocabulary"], row["id"]): row for row in code_rows()}
REGIONS = {row["code"]: row for row in region_rows()}


def test_each_code_stands_once() -> None:
    assert len(CODES) == len(list(code_rows()))
    assert len(REGIONS) == len(list(region_rows()))


def test_each_code_of_a_column_is_told() -> None:
    for table in schemas().values():
        for column in table.columns:
            for code in column.enum or ():
                assert (f"{table.name}.{column.name}", code) in CODES
            if column.vocabulary and column.vocabulary != "regions":
                ids = vocabulary(column.vocabulary) - {"other"}
                assert [one for one in ids if (column.vocabulary, one) not in CODES] == []


def test_each_code_is_told_in_chinese_and_in_english() -> None:
    for key, row in CODES.items():
        assert re.search(r"[\u4e00-\u9fff]", row["zh"]), key
        assert re.search(r"[A-Za-z]", row["en"]), key


def test_each_flag_and_reason_that_the_code_gives_is_told() -> None:
    given = re.compile(r'\bf?"([a-z]+(?:_[a-z]+)+)[:@][{a-z]')
    sources = [
        path for path in (PROJECT / "flows").rglob("*.py") if "cli" not in path.parts and "fetch" not in path.parts
    ]
    found = {code for path in sources for code in given.findall(path.read_text(encoding="utf-8"))}
    told = {code for vocabulary, code in CODES if vocabulary in ("flags", "reasons")}
    assert {"implausible", "truncated"} <= told
    assert found - told == set()


def test_each_region_names_its_parent_and_its_successor() -> None:
    for row in REGIONS.values():
        assert row.get("parent") is None or row["parent"] in REGIONS, row
        assert row.get("successor") is None or "successor" not in REGIONS[row["successor"]], row
    assert REGIONS["320613"]["full_name"] == "江苏省南通市崇川区"
    assert REGIONS["100000"]["level"] == "country"


@pytest.mark.parametrize(
    ("name", "short", "expected"),
    [
        ("崇川区", "崇川", "chongchuan qu"),
        ("长治市", "长治", "changzhi shi"),
        ("长子县", "长子", "zhangzi xian"),
        ("成都市", "成都", "chengdu shi"),
        ("什邡市", "什邡", "shifang shi"),
        ("西藏自治区", "西藏", "xizang zizhiqu"),
        ("单县", "单县", "shan xian"),
        ("亳州市", "亳州", "bozhou shi"),
        ("乐清市", "乐清", "yueqing shi"),
    ],
)
def test_pinyin(name: str, short: str, expected: str) -> None:
    assert pinyin_of(name, short) == expected


def test_years_of_regions_are_those_of_the_tables() -> None:
    rows = {(row["code"], row["name"]): row for row in region_rows()}
    assert rows["420600", "襄阳市"]["valid_from"] == "2011"
    assert rows["110103", "崇文区"]["valid_to"] == "2010"
    assert rows["320612", "通州区"]["valid_from"] == "2009"
    assert rows["110000", "北京市"].get("valid_from") is None
    dated = [row for row in rows.values() if row.get("valid_to")]
    assert len(dated) > 150
    assert all(row["successor"] for row in dated)
    assert all(row["valid_from"] < row["valid_to"] for row in dated if row.get("valid_from"))
