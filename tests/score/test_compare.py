"""How a page's rows are compared with its answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.document import Row, Tables
from flows.errors import InputError
from flows.score.compare import compare_page
from flows.score.gold import GoldPage, gold_set
from flows.score.table import as_json
from flows.score.tally import Count, Tally
from flows.state import PROJECT
from tests.real_release import make_release

RAW = "首页 新闻\n某县社工站揭牌\n全县有社工站12个。\n"
TEXT = "全县有社工站12个。"
FIGURE = {"indicator": "social_work_stations", "value": 12, "qualifier": "exact", "unit": "个", "region": "320623",
          "as_of": None, "quote": TEXT}  # fmt: skip


def answer(**changed: Any) -> dict[str, Any]:
    article = {"title": "某县社工站揭牌", "subtitle": None, "published_date": None, "source": None, "authors": [],
               "editors": [], "region": "320623", "people": [], "organizations": [], "events": [],
               "statistics": [FIGURE], "citations": [], "text": TEXT}  # fmt: skip
    removed = [{"line": 1, "kind": "navigation", "text": "首页 新闻"}]
    return {"document": "a.txt", "script": "Hans", "publisher": None, "rights": "unspecified", "removed": removed,
            "articles": [article | changed], "related": []}  # fmt: skip


def rows(figure: Row | None = None, **changed: Any) -> Tables:
    article: Row = {"article_id": "a-01", "title": "某县社工站揭牌", "subtitle": None, "published_date": None,
                    "source": None, "authors": [], "editors": [], "region": "320623", "text": TEXT}  # fmt: skip
    found = {"article_id": "a-01", **FIGURE, "start": 0, "end": len(TEXT)}
    return {
        "documents": [{"script": "Hans", "publisher": None, "rights": "unspecified"}],
        "articles": [article | changed],
        "removals": [{"raw_start": 0, "raw_end": 5, "kind": "navigation"}],
        "lineage": [{"article_id": "a-01", "raw_start": 6, "raw_end": len(RAW)}],
        "statistics": [found | (figure or {})],
    }


def tally_of(tables: Tables, gold: dict[str, Any] | None = None) -> Tally:
    tally = Tally()
    compare_page(GoldPage("a", Path("a.txt"), gold or answer()), RAW, tables, tally)
    return tally


def test_a_page_that_is_right_has_no_misses() -> None:
    tally = tally_of(rows())
    assert tally.misses == []
    assert tally.counts["statistic row"] == Count(right=1)
    assert tally.counts["strip"] == Count(right=4)


@pytest.mark.parametrize(("region", "outcome"), [("320623", "right"), ("320600", "wrong"), (None, "missing")])
def test_an_abstention_is_told_from_an_error(region: str | None, outcome: str) -> None:
    count = tally_of(rows(region=region)).counts["region"]
    assert getattr(count, outcome) == 1 == count.n


def test_an_answer_where_there_was_none_is_extra() -> None:
    count = tally_of(rows(source="某报")).counts["source"]
    assert count == Count(extra=1)
    assert (count.precision, count.recall, count.agreement) == (0, None, 0)


@pytest.mark.parametrize(
    ("figure", "right"),
    [({}, True), ({"unit": "家"}, False), ({"region": None}, False), ({"as_of": "2021"}, False),
     ({"indicator": "other"}, False), ({"qualifier": "over"}, True)],
)  # fmt: skip
def test_a_figure_counts_only_when_all_that_is_summed_by_is_right(figure: Row, right: bool) -> None:
    assert tally_of(rows(figure)).counts["statistic row"] == (Count(right=1) if right else Count(wrong=1))


def test_another_value_is_both_missing_and_made_up() -> None:
    count = tally_of(rows({"value": 13})).counts["statistic value"]
    assert count == Count(missing=1, extra=1)


def test_what_an_answer_leaves_out_is_not_asked() -> None:
    left_out = {"source", "region", "editors", "published_date", "people", "events"}
    fixed = answer()
    gold = {"articles": [{key: value for key, value in fixed["articles"][0].items() if key not in left_out}]}
    gold = {key: value for key, value in fixed.items() if key not in ("publisher", "related")} | gold
    asked = tally_of(rows(source="某报"), gold).counts
    assert not {*left_out - {"people", "events"}, "document publisher", "related"} & set(asked)
    assert tally_of(rows(source="某报")).counts["source"] == Count(extra=1)


def test_a_page_that_is_no_article_must_have_none() -> None:
    refusal = answer() | {"articles": []}
    assert tally_of({"documents": [{}]}, refusal).counts["refusal"] == Count(right=1)
    assert tally_of(rows(), refusal).counts["refusal"] == Count(extra=1)


def test_surplus_organizations_are_wrong_only_where_the_gold_lists_all() -> None:
    body = {"article_id": "a-01", "name": "某县社工站", "start": 0, "end": 4}
    tables = rows() | {"organizations": [body]}
    assert "organization" not in tally_of(tables).counts
    assert tally_of(tables, answer() | {"complete": ["organizations"]}).counts["organization"] == Count(extra=1)


def test_figures_and_shares_are_there_for_programs() -> None:
    found = as_json({"title": Count(right=2, wrong=1, missing=1, empty=4)})["title"]
    assert (found["n"], found["precision"], found["recall"], found["f1"], found["agreement"]) == (
        *(8, 0.6667, 0.5, 0.5714), 0.75,
    )  # fmt: skip


NAMELESS = '{"document": "a.txt", "articles": [{"title": "", "text": "", "events": [{"attendance": 180}]}]}'


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"document": "a.txt"}', '{"document": "a.txt", "articles": [{}]}', NAMELESS]
)
def test_an_answer_that_cannot_be_used_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match="cannot be used as an answer"):
        gold_set(tmp_path)


def test_an_answer_whose_text_is_not_in_its_line_is_told() -> None:
    gold = answer() | {"removed": [{"line": 2, "kind": "navigation", "text": "首页 新闻"}]}
    with pytest.raises(InputError, match="line 2"):
        tally_of(rows(), gold)


SHARED = PROJECT.parent / "shared"
REFEREE = SHARED / "score.py"
SAME = (
    *("title", "subtitle", "source", "region", "authors", "published_date", "editors"),
    *("document publisher", "document rights", "event attendance", "event roles", "event date", "event region"),
    *("statistic indicator", "citation kind"),
)
"""Figures of the referee that count agreement, and are called as ours are."""


@pytest.mark.slow
@pytest.mark.skipif(not REFEREE.is_file(), reason="the referee stands outside of the project")
def test_the_referee_finds_the_same(a_release_of_gold: Path) -> None:
    ours = json.loads(_run("-m", "flows", "score", "--json", "--gold", "tests/gold/twins/answers",
                           "--release", str(a_release_of_gold)))["answers"]["fields"]  # fmt: skip
    twins = PROJECT / "tests" / "gold" / "twins"
    theirs = json.loads(_run(str(REFEREE), str(a_release_of_gold), "--json", "--gold", str(twins / "answers"),
                             "--raw", str(twins / "raw")))["figures"]  # fmt: skip
    assert {name: ours[name]["agreement"] for name in SAME} == {name: theirs[name][2] for name in SAME}
    for name in ("strip", "text", "people"):
        shares = [theirs[f"{name} {share}"][2] for share in ("precision", "recall")]
        assert [ours[name]["precision"], ours[name]["recall"]] == shares
    assert ours["statistic value"]["recall"] == theirs["statistic value recall"][2]
    assert ours["event"]["recall"] == theirs["event recall"][2]


@pytest.fixture(scope="session")
def a_release_of_gold(prefect_server: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_release(PROJECT / "tests" / "gold" / "twins" / "raw", tmp_path_factory.mktemp("gold"), workers=1)


def _run(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, cwd=PROJECT).stdout
