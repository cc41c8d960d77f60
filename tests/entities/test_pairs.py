"""Names of bodies and persons told apart: pairs of mentions over articles that were labelled by hand."""

from __future__ import annotations

import pytest

from tests.entities.labelled import agreement, mentions_of, pages_of

LEAST = 0.95
"""What pairwise F1 and precision are to be."""

MARGIN = 0.01

REACHED = {"pairs": 1.0, "labelled": 0.950, "further": 0.994}
"""Pairwise F1 of each set, as measured. `labelled` counts each name that an article does not have as not joined; of the
names that its articles have it is .985."""


@pytest.mark.parametrize("name", REACHED)
def test_pairs_of_names_are_told_apart(name: str) -> None:
    found = mentions_of(name)
    precision, recall = agreement(found)
    assert precision >= LEAST
    assert 2 * precision * recall / (precision + recall) >= REACHED[name] - MARGIN, (precision, recall)
    precision, recall = agreement([one for one in found if one.found])
    assert 2 * precision * recall / (precision + recall) >= LEAST, (precision, recall)


def test_enough_articles_are_labelled() -> None:
    assert [len(pages_of(name)) >= least for name, least in (("pairs", 60), ("labelled", 70), ("further", 30))] == [
        True
    ] * 3
