"""What tests share: the project's folder, one Prefect server, and one release of the five documents of raw/."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from flows.state import PROJECT, state_folder
from tests.real_release import make_release

settings.register_profile("shegong", deadline=None)  # a busy machine is no failure
settings.load_profile("shegong")

# Tests keep their state apart from real runs, and from one session to the next, so that Prefect's database is
# made once; those that run side by side have one each. Set before anything imports prefect. Nothing is written
# elsewhere in the project: it may be read-only.
os.environ["SHEGONG_STATE"] = str(state_folder() / f"tests{os.environ.get('PYTEST_XDIST_WORKER', '')}")
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(state_folder() / "hypothesis"))


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder that README.md stands in."""
    return PROJECT


@pytest.fixture
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of a test's own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("SHEGONG_STATE", str(folder))
    return folder


@pytest.fixture(scope="session")
def semaphores() -> None:
    """What Dask's workers need; a test that starts some is skipped where there are none, as without /dev/shm."""
    from flows.run.cluster import ClusterError, check_semaphores

    try:
        check_semaphores()
    except ClusterError as error:
        pytest.skip(error.problem)


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A Prefect server for every test that runs a flow."""
    from flows.run.server import PrefectServer

    with PrefectServer() as server:
        server.wait()
        yield


@pytest.fixture(scope="session")
def a_release(prefect_server: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the five documents of raw/, made by the real flow."""
    return make_release(PROJECT / "raw", tmp_path_factory.mktemp("releases"), workers=2)
