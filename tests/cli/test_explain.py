"""What `shegong explain` shows of a small release made by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from flows.errors import ShegongError
from flows.folder.files import write_parquet
from flows.publish import in_order, to_arrow
from flows.report.explain import explain
from flows.schema import TABLES
from flows.terminal.safe import Paint, safe

DOCUMENT = "0123456789abcdef"
OTHER = "01ffffffffffffff"
RAW = "首页 > 新闻\n某区设站\n4月2日(èr)，某区建成\n十二个社工站。\n"
#      0       8     9    14                     28
TEXT = "4月2日，某区建成十二个社工站。"


def row_of(document_id: str, path: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "path": path,
        "media_type": "text/plain",
        "rights": "unspecified",
        "article_count": 1,
        "kept_chars": 20,
        "removed_chars": 15,
        "status": "published",
        "flags": [],
    }


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    article = f"{DOCUMENT}-01"
    kept = [("title", 0, 4, 8, 12), ("text", 0, 4, 13, 17), ("text", 4, 9, 21, 26), ("text", 9, 17, 27, 35)]
    gone = [(0, 7, "navigation", "nav_path"), (17, 21, "annotation", "pinyin"), (26, 27, "whitespace", "hard_wrap")]
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [row_of(DOCUMENT, "a\x1b[2J.txt"), row_of(OTHER, "b.txt")],
        "articles": [
            {
                "article_id": article,
                "document_id": DOCUMENT,
                "position": 1,
                "title": "某区设站",
                "text": TEXT,
                "char_count": len(TEXT),
                "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
                "authors": [],
                "editors": [],
                "on_topic": True,
                "themes": [],
                "flags": [],
            }
        ],
        "lineage": [
            {
                "article_id": article,
                "field": f,
                "start": a,
                "end": b,
                "raw_start": ra,
                "raw_end": rb,
                "operation": "keep",
            }
            for f, a, b, ra, rb in kept
        ],
        "removals": [
            {"document_id": DOCUMENT, "raw_start": a, "raw_end": b, "kind": kind, "rule": rule, "text": RAW[a:b]}
            for a, b, kind, rule in gone
        ],
        "events": [
            {
                "article_id": article,
                "name": "建成",
                "guided_by": ["某区民政局"],
                "hosted_by": ["某区社工协会", "某区工会"],
                "organized_by": [],
                "co_organized_by": ["某镇政府"],
                "start": 7,
                "end": 9,
            }
        ],
        "statistics": [
            {
                "article_id": article,
                "indicator": "stations",
                "indicator_text": "社工站",
                "value": 12.0,
                "unit": "个",
                "qualifier": "exact",
                "subject": "region",
                "quote": "十二个社工站",
                "start": 9,
                "end": 15,
            }
        ],
    }
    folder = tmp_path_factory.mktemp("release")
    (folder / "data").mkdir()
    for name in TABLES:
        write_parquet(name, in_order(name, to_arrow(name, rows.get(name, []))), folder / "data" / f"{name}.parquet")
    return folder


def shown(release: Path, wanted: str) -> str:
    return "\n".join(explain(release, wanted, Paint(on=False)))


def test_a_removed_line_stands_with_its_kind_its_rule_and_the_reason(release: Path) -> None:
    (line,) = [line for line in shown(release, DOCUMENT).splitlines() if "nav_path" in line]
    assert line.startswith("raw 0–7 ")
    assert "navigation · nav_path: The path from the home page to this one." in line


def test_a_kept_passage_runs_on_over_what_was_removed_inside_it(release: Path) -> None:
    assert "4月2日⟦(èr)⟧，某区建成⟦⏎⟧十二个社工站" in shown(release, DOCUMENT)


def test_passages_and_removals_stand_in_raw_order(release: Path) -> None:
    text = shown(release, DOCUMENT)
    walk = text[text.index("raw document") :]
    assert walk.index("nav_path") < walk.index("某区设站") < walk.index("4月2日")


def test_a_fact_stands_beside_its_evidence_and_its_raw_place(release: Path) -> None:
    text = shown(release, DOCUMENT)
    assert "indicator=stations  indicator_text=社工站  value=12  unit=个  qualifier=exact" in text
    assert "…4月2日，某区建成十二个社工站。…  text 9–15, raw 27–33" in text


def test_an_event_shows_who_had_which_part_in_it(release: Path) -> None:
    roles = "guided_by=某区民政局  hosted_by=某区社工协会、某区工会  co_organized_by=某镇政府"
    assert f"name=建成  {roles}" in shown(release, DOCUMENT)


def test_a_document_without_an_article_shows_what_became_of_it(release: Path) -> None:
    assert "b.txt" in shown(release, OTHER)


def test_the_start_of_an_id_is_enough_when_no_other_shares_it(release: Path) -> None:
    assert shown(release, DOCUMENT[:6]) == shown(release, DOCUMENT)
    assert f"article {DOCUMENT}-01" in shown(release, f"{DOCUMENT}-0")


@pytest.mark.parametrize(("wanted", "problem"), [("01", "2 ids start with 01"), ("f", "has the id f"), ("\x1b", "x1b")])
def test_an_id_that_is_unknown_or_shared_is_refused(release: Path, wanted: str, problem: str) -> None:
    with pytest.raises(ShegongError, match=problem) as caught:
        shown(release, wanted)
    assert "\x1b" not in str(caught.value)


def test_a_folder_that_is_no_release_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ShegongError, match=str(tmp_path)):
        shown(tmp_path, DOCUMENT)


def test_what_strangers_wrote_cannot_steer_the_terminal(release: Path) -> None:
    text = shown(release, DOCUMENT)
    assert "\x1b" not in text
    assert "a\\x1b[2J.txt" in text
    assert safe("a\u202eb\u200bc\r\n社工") == "a\\u202eb\\u200bc\\r⏎社工"


def test_colours_come_only_where_asked(release: Path) -> None:
    assert "\x1b[31m" in "\n".join(explain(release, DOCUMENT, Paint(on=True)))
