"""The card of a release: what it covers, rows, charts, codes; nothing that a page says becomes markup."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows.publish.coverage import coverage_of_part, province_names
from flows.publish.markdown import cell
from flows.publish.pictures import bars
from flows.schema import schemas
from flows.validate.suites import vocabulary
from tests.publish.releases import build, with_row
from tests.synthetic import tables_of

HOSTILE = "|a</td><script>x</script>[点](javascript:x)\n\u202e`*_"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = with_row(tables_of(7), "articles", 0, title=HOSTILE, region=None, published_date=None)
    return build(tmp_path_factory.mktemp("built"), tables=tables)


@pytest.fixture(scope="module")
def card(release: Path) -> str:
    return (release / "README.md").read_text(encoding="utf-8")


def section(card: str, title: str) -> str:
    return re.split(r"^## ", card, flags=re.MULTILINE)[[*re.findall(r"^## (.*)$", card, re.MULTILINE)].index(title) + 1]


def test_it_says_what_it_covers(card: str) -> None:
    said = section(card, "覆盖 Coverage")
    assert "| 文章 articles | 7 |" in said
    assert "1 未载 not stated" in said
    assert re.search(r"\| articles \| .*`published_date` 14 %", said)
    assert "`article_id`" not in said  # never null


def test_it_says_what_the_dataset_is_not(card: str) -> None:
    said = section(card, "局限 Known limits")
    assert "no official statistics" in said
    assert len(re.findall(r"^- ", said, re.MULTILINE)) >= 4


def test_nulls_are_counted_by_column_and_lists_by_what_they_hold() -> None:
    tables = with_row(tables_of(3), "articles", 1, authors=[], source=None, region="320613")
    found = coverage_of_part(tables)
    assert found["nulls"]["articles.source"] == 1
    assert found["nulls"]["articles.authors"] >= 1
    assert found["nulls"]["articles.article_id"] == 0
    assert found["provinces"]["32"] >= 1
    assert province_names()["32"] == "江苏"


def test_it_shows_five_rows_of_each_table_without_markup_of_strangers(card: str) -> None:
    rows = section(card, "样例 Rows")
    articles = rows.split("articles:\n")[1].split("\n\n")[0].strip().splitlines()
    assert len(articles) == 2 + 5
    assert all(line.count("|") == articles[0].count("|") for line in articles)
    assert "<script>" not in card
    assert "\u202e" not in card
    assert "](javascript:" not in card


def test_charts_are_pictures_of_their_own(release: Path, card: str) -> None:
    named = re.findall(r"!\[.*?\]\((.*?)\)", card)
    assert named == ["charts/articles.svg", "charts/provinces.svg"]
    for name in named:
        picture = ElementTree.parse(release / name).getroot()
        assert picture.tag == "{http://www.w3.org/2000/svg}svg"
        assert picture.get("aria-label")
        assert name in (release / "SHA256SUMS").read_text(encoding="utf-8")


def test_a_picture_escapes_its_labels() -> None:
    root = ElementTree.fromstring(bars('<"&>', [("<b>&", 3), ("二", 0)]))
    assert [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")] == ['<"&>', "<b>&", "3", "二", "0"]
    assert ElementTree.fromstring(bars("没有", [])) is not None


def test_links_lead_somewhere(release: Path, card: str) -> None:
    dictionary = (release / "DICTIONARY.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", dictionary, re.MULTILINE)
    anchors = {heading.replace(" ", "-").replace(".", "") for heading in headings}
    assert len(anchors) == len(headings)
    for text in (card, dictionary):
        for link in re.findall(r"\]\(([^)\s]*)\)", text):
            file, _, anchor = link.partition("#")
            assert not file or (release / file).exists(), link
            assert not anchor or anchor in anchors, link


def test_the_dictionary_lists_every_code_that_a_gate_knows(release: Path) -> None:
    dictionary = (release / "DICTIONARY.md").read_text(encoding="utf-8")
    sections = {text.partition("\n")[0]: text for text in dictionary.split("\n## ")}
    columns = [(table.name, column) for table in schemas().values() for column in table.columns]
    used = {column.vocabulary for _, column in columns} - {None, "regions"}
    assert used >= {"indicators", "themes", "organization_kinds", "related_kinds"}
    for name in used:
        listed = set(re.findall(r"^\| `(\w+)` \| ", sections[f"codes {name}"], re.MULTILINE))
        assert vocabulary(str(name)) - {"other"} <= listed <= vocabulary(str(name))
    for table, column in columns:
        for code in column.enum or ():
            assert f"| `{code}` | " in sections[f"codes {table}.{column.name}"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), ([], "–"), (["甲", "乙"], "甲、乙"), (38000.0, "38000"), (0.5, "0.5"), ("字" * 70, "字" * 59 + "…"),
     ("a|b<i>_c_d_", "a&#124;b&lt;i&gt;&#95;c_d&#95;"), ("一\n二\x1b", "一 二&#92;x1b")],
)  # fmt: skip
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown
