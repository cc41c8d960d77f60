"""Names of bodies and persons told apart: pairs of mentions over articles that were labelled by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.yaml_files import read_yaml
from tests.entities.pairs import compare

LABELLED = sorted(Path(__file__).parent.glob("pairs*.yaml"))
LEAST = 0.95


def test_sixty_articles_and_more_are_labelled() -> None:
    assert sum(len(read_yaml(path)) for path in LABELLED) >= 60


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_pairs_of_names_are_told_apart(path: Path) -> None:
    found = compare(read_yaml(path))
    assert found.f1 >= LEAST, (found.precision, found.recall, found.wrong)
    assert found.precision >= LEAST


def test_a_wrong_label_is_told() -> None:
    text = "苏州市民政局召开会议，研究社工站建设，全市各区参加。"
    pages = [{"title": title, "text": text, "means": {"苏州市民政局": title}} for title in ("苏州市开会", "苏州市培训")]
    found = compare(pages)
    assert (found.right, found.said, found.meant, len(found.wrong)) == (0, 1, 0, 1)
