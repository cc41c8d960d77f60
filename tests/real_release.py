"""A release made by the real flow, for tests that need all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def make_release(raw: Path, releases: Path, workers: int = 1, runner: Literal["local", "dask"] = "local") -> Path:
    """The folder of a release of the documents in `raw`, made on this machine."""
    from flows.release import release  # only now: Prefect reads its settings from the environment when imported

    made = release(raw, releases, workers=workers, runner=runner)
    assert isinstance(made, Path)
    return made
