"""A row of releases for the tests of publishing."""

from pathlib import Path

import pytest

from tests.publish.releases import build


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Nine releases, each with one document more than the one before. Not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    return [build(folder, n, f"v2026.11.{n + 10}") for n in range(1, 10)]
