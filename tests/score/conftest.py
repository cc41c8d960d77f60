"""What the tests of measuring share: the project's gold sets, measured once."""

from __future__ import annotations

import pytest

from flows.score.gold import GoldSet, project_sets
from flows.score.measure import measure
from flows.score.tally import Tally


@pytest.fixture(scope="session")
def gold() -> dict[str, GoldSet]:
    return {one.name: one for one in project_sets()}


@pytest.fixture(scope="session")
def tallies(gold: dict[str, GoldSet]) -> dict[str, Tally]:
    return {name: measure(one) for name, one in gold.items()}
