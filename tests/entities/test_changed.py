"""Ids outlive releases: of the entities of a corpus in which 5 % of the pages change, and what is told of the rest."""

from __future__ import annotations

import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from flows.document import Row
from flows.entities.changes import entity_changes
from tests.entities.labelled import pages_of, tables_of

pytestmark = pytest.mark.slow

CHANGED, LEAST = 0.05, 0.995
"""How many of the pages change, and how many of the ids of what is named still are to be there."""

FURTHER = "该项目由星沙县民政局指导，星沙县麦田社会工作服务中心承办，理事长郝佳音出席。"
TITLES = "会上，主任袁清和、副主任骆安宁分别发言。"


def dropped(text: str) -> str:
    """The text without its last sentence."""
    first = text.rstrip("。").rpartition("。")[0]
    return f"{first}。" if first else text


CHANGES: dict[str, Callable[[str], str]] = {
    "a sentence less": dropped,
    "a sentence more": lambda text: f"{text}{FURTHER}",
    "bodies and people more in front": lambda text: f"{TITLES}{text}",
    "other words": lambda text: text.replace("表示", "说").replace("举行", "举办").replace("日前", "近日"),
}


@pytest.fixture(scope="module")
def pages() -> list[Row]:
    return [page for name in ("labelled", "further", "pairs") for page in pages_of(name)]


@pytest.fixture(scope="module")
def before(pages: list[Row]) -> pa.Table:
    return tables_of(pages)["entities"]


@pytest.mark.parametrize(("seed", "kind"), list(enumerate(CHANGES)))
def test_ids_outlive_a_change_of_pages(seed: int, kind: str, pages: list[Row], before: pa.Table) -> None:
    rng = random.Random(seed)
    chosen = set(rng.sample(range(len(pages)), round(CHANGED * len(pages))))
    changed = [
        page | {"text": CHANGES[kind](page["text"])} if number in chosen else page for number, page in enumerate(pages)
    ]
    after = tables_of(changed)["entities"]
    old, new = set(before["entity_id"].to_pylist()), set(after["entity_id"].to_pylist())
    assert old - new == {row["old_id"] for row in entity_changes(before, after)}
    texts = "\n".join(f"{page['title']}\n{page['text']}" for page in changed)
    named = {
        row["entity_id"] for row in before.to_pylist() if any(name in texts for name in (row["name"], *row["aliases"]))
    }
    assert len(named & new) >= LEAST * len(named), sorted(named - new)
