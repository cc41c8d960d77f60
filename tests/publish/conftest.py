"""Puts tests/ on the path, for `synthetic`; and a row of releases for the tests of publishing."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Nine releases, each with one document more than the one before. Not to be changed."""
    from releases import build

    folder = tmp_path_factory.mktemp("built")
    return [build(folder, n, f"v2026.11.{n + 10}") for n in range(1, 10)]
