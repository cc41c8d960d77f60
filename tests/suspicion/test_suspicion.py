"""How likely it is that a page was cleaned wrongly: the signs, their weights, and the gate."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.arrow_rows import to_arrow
from flows.clean import clean
from flows.corpus import Corpus
from flows.decisions import Acceptance, Decisions
from flows.document import Tables
from flows.publish.release import check
from flows.read import read
from flows.suspicion.against import with_suspicion
from flows.suspicion.score import Measured, flags, needs_a_look, signs, weighed, weighed_on
from flows.suspicion.signs import chinese, measure
from tests.synthetic import VERSION, documents_read, tables_of

STORY = (
    "青禾社工站服务独居老人\n\n3月2日，青禾社工站的社工走进白石社区，看望了三十位独居老人，为他们送去了生活用品。\n"
    "{middle}\n社工站负责人林小满表示，今后每个月都会安排社工上门，帮助老人解决生活中遇到的各种困难。\n"
)
MIDDLE = "老人们说，青禾社工站的社工每次来都会陪他们聊天，独居的日子因此多了许多温暖，大家都盼着下一次见面。"


def tables(folder: Path, text: str = STORY.format(middle=MIDDLE)) -> Tables:
    path = folder / "page.txt"
    path.write_text(text, encoding="utf-8")
    return clean(read(path, folder))


def without_middle(found: Tables) -> Tables:
    """The rows as they would be if a rule of place had taken the middle paragraph."""
    text = found["articles"][0]["text"]
    start = text.index(MIDDLE)
    run = next(row for row in found["lineage"] if row["field"] == "text" and row["start"] <= start < row["end"])
    raw = run["raw_start"] + start - run["start"]
    removal = {"raw_start": raw, "raw_end": raw + len(MIDDLE), "kind": "other", "rule": "between_bodies"}
    article = found["articles"][0] | {"text": text.replace(MIDDLE + "\n", "")}
    return found | {"articles": [article], "removals": [*found["removals"], removal | {"text": MIDDLE}]}


def test_a_story_that_came_out_whole_is_not_suspect(tmp_path: Path) -> None:
    document = tables(tmp_path)["documents"][0]
    assert document["status"] == "published"
    assert not needs_a_look(document["suspicion"])


def test_a_paragraph_taken_from_the_middle_is_a_reason(tmp_path: Path) -> None:
    whole = tables(tmp_path)
    suspicion, codes = weighed(measure(without_middle(whole)))
    assert needs_a_look(suspicion)
    assert suspicion > whole["documents"][0]["suspicion"]
    assert f"prose_removed:{chinese(MIDDLE)[0]}" in codes
    assert f"prose_removed:{chinese(MIDDLE)[0]}" in flags(measure(without_middle(whole)))
    assert not [flag for flag in whole["documents"][0]["flags"] if flag.startswith("prose_removed")]


def test_comments_below_a_story_are_no_story(tmp_path: Path) -> None:
    found = tables(tmp_path)
    end = max(row["raw_end"] for row in found["lineage"] if row["raw_end"])
    comment = "今天天气真好，我和同事一起去公园散步，还拍了许多照片，晚上回家做了一桌好菜。"
    removal = {"raw_start": end + 1, "raw_end": end + 1 + len(comment), "kind": "other", "rule": "after_body"}
    rows = found | {"removals": [*found["removals"], removal | {"text": comment}]}
    assert not [code for code in weighed(measure(rows))[1] if code.startswith("prose_removed")]


def test_what_was_not_cleaned_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert clean(read(tmp_path / "empty.txt", tmp_path))["documents"][0]["suspicion"] is None


@given(st.lists(st.tuples(st.sampled_from(sorted(signs())), st.floats(-1000, 1000)), max_size=6))
def test_a_further_sign_never_makes_a_page_less_suspect(found: list[tuple[str, float]]) -> None:
    measured = [Measured(name, value, 1) for name, value in found]
    scores = [weighed(measured[:end])[0] for end in range(len(measured) + 1)]
    assert scores == sorted(scores)
    assert all(0 <= score <= 1 for score in scores)
    assert weighed_on(scores[0], [], measured)[0] == pytest.approx(scores[-1], abs=0.02)


def with_documents(found: dict[str, pa.Table], **columns: object) -> dict[str, pa.Table]:
    """The tables, the first published document with other values."""
    rows = found["documents"].to_pylist()
    first = next(row for row in rows if row["status"] == "published")
    first |= columns
    return found | {"documents": to_arrow("documents", rows)}


def test_a_page_that_lost_more_of_its_story_than_it_kept_waits() -> None:
    found = with_documents(tables_of(3), suspicion=0.9, suspicions=["prose_removed:500"])
    report, kept, _ = check(found, VERSION, documents_read(3))
    assert [reason for _, reason in report.quarantined] == ["gate_failed: documents.prose_removed"]
    assert "quarantined" in kept["documents"]["status"].to_pylist()


@pytest.mark.parametrize("lost", [150, 0])
def test_a_page_that_lost_little_does_not(lost: int) -> None:
    found = with_documents(tables_of(3), suspicion=0.3, suspicions=[f"prose_removed:{lost}"])
    assert not check(found, VERSION, documents_read(3))[0].quarantined


def test_a_page_that_was_accepted_is_released() -> None:
    found = with_documents(tables_of(3), suspicion=0.9, suspicions=["prose_removed:500"])
    name = next(row["document_id"] for row in found["documents"].to_pylist() if row["suspicions"])
    entry = Acceptance("documents.prose_removed", "seen", "Li", "2026-11-22", name)
    report, _, _ = check(found, VERSION, documents_read(3), decisions=Decisions(exceptions=(entry,)))
    assert report.passed
    assert not report.quarantined


def test_a_page_unlike_the_others_of_its_publisher_is_told() -> None:
    rows = tables_of(9)
    documents = rows["documents"].to_pylist()
    published = [row for row in documents if row["status"] == "published"]
    for row in published:
        row |= {"suspicion": 0.1, "suspicions": []}
    published[0]["kept_chars"] = 9
    found = with_suspicion(Corpus.of(rows | {"documents": to_arrow("documents", documents)}), None)
    told = {row["document_id"]: row for row in found["documents"].to_pylist() if row["status"] == "published"}
    odd = told.pop(published[0]["document_id"])
    assert odd["suspicions"][0].startswith("unlike_publisher:")
    assert odd["suspicion"] > 0.1
    assert {row["suspicion"] for row in told.values()} == {0.1}


def test_a_page_that_keeps_less_than_before_is_told() -> None:
    before = with_documents(tables_of(3), suspicion=0.1, suspicions=[])
    after = with_documents(tables_of(3), suspicion=0.1, suspicions=[], kept_chars=20)
    found = with_suspicion(Corpus.of(after), Corpus.of(before))["documents"].to_pylist()
    assert [row["suspicions"][0].partition(":")[0] for row in found if row["suspicions"]] == ["unlike_before"]


def test_every_sign_has_a_slope() -> None:
    for sign in signs().values():
        assert (sign.strength(sign.start), sign.strength(sign.end)) == (0, 1)
        assert dataclasses.astuple(sign.words)
