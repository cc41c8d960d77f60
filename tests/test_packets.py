"""Nothing is ever sent anywhere: every packet of a release is looked at; .ci/run does so for schedules."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.state import PROJECT, state_folder
from tests.packets import PROXY, why_not

SHEGONG = str(Path(sys.executable).with_name("shegong"))

PAGE = "某县社工站揭牌\n\n　　4月2日，某县首个社工站揭牌。三百名居民到场，社工现场解答了养老和托育的问题。\n"

LEAK = "from urllib.request import urlopen; urlopen('http://203.0.113.9/', timeout=1)"


@contextmanager
def watched(state: Path, *command: str | Path) -> Iterator[subprocess.Popen[str]]:
    """A command whose packets are recorded; it is stopped if the test ends before it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.packets", *map(str, command)],
        env=kept | {"SHEGONG_STATE": str(state)},
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield run
    finally:
        run.terminate()
        run.communicate(timeout=120)


@pytest.mark.slow
def test_no_packet_of_a_release_leaves_this_machine_though_proxies_are_set(tmp_path: Path) -> None:
    if why := why_not():
        pytest.skip(f"no network namespace here: {why}")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "page.txt").write_text(PAGE, encoding="utf-8")
    how = ("--workers", "1", "--raw", raw, "--releases", tmp_path / "released")
    with (
        watched(state_folder(), SHEGONG, "release", *how) as release,
        watched(tmp_path / "state", sys.executable, "-c", LEAK) as leak,
    ):
        said = release.communicate(timeout=600)[0]
        assert (release.returncode, said.splitlines()[-1]) == (0, "0 packets left this machine"), said
        host, _, port = PROXY.removeprefix("http://").partition(":")
        assert f"to {host} port {port}" in leak.communicate(timeout=60)[0]  # what does leave is seen
