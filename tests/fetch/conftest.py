"""A site, a clock on which waiting takes no time, and a collector that uses both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.fetch.asking import Run
from flows.fetch.begin import begin_run
from flows.fetch.collecting import collect_source
from flows.fetch.outcome import SourceReport
from tests.fetch.local_run import Time, source
from tests.fetch.local_site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that ends with the test."""
    site = Site()
    yield site
    site.close()


@pytest.fixture
def time_of_tests() -> Time:
    """That clock."""
    return Time()


Collect = Callable[..., SourceReport]


@pytest.fixture
def begin(time_of_tests: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Begins runs into tmp_path/raw."""
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))

    def start(**options: Any) -> Any:
        options.setdefault("clock", time_of_tests.clock)
        return begin_run(tmp_path / "raw", "us@example.org", threading.Event(), **options)

    return start


@pytest.fixture
def collect(begin: Callable[..., Any]) -> Collect:
    """Runs one source, each time as a run of its own."""

    def run(*, look_up: Any = None, dry: bool = False, **given: Any) -> SourceReport:
        opened: Run
        with begin(dry=dry) as opened:
            if look_up:
                opened.web.look_up = look_up
            return collect_source(opened, source(**given))

    return run
