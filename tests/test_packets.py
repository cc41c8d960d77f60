"""Nothing is ever sent anywhere: every packet of a release and of schedules is looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.state import PROJECT
from tests.packets import PROXY, why_not

SHEGONG = str(Path(sys.executable).with_name("shegong"))

PAGE = "某县社工站揭牌\n\n　　4月2日，某县首个社工站揭牌。三百名居民到场，社工现场解答了养老和托育的问题。\n"

LEAK = "from urllib.request import urlopen; urlopen('http://203.0.113.9/', timeout=1)"


def watched(*command: str | Path) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_API_")}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.packets", *map(str, command)],
        env=kept, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


@pytest.mark.slow
def test_no_packet_of_a_release_or_of_schedules_leaves_this_machine_though_proxies_are_set(tmp_path: Path) -> None:
    if why := why_not():
        pytest.skip(f"no network namespace here: {why}")
    raw, released, served = (tmp_path / name for name in ("raw", "released", "served"))
    raw.mkdir()
    (raw / "page.txt").write_text(PAGE, encoding="utf-8")
    how = ("--workers", "1", "--raw", raw, "--releases")
    release = watched(SHEGONG, "release", *how, released)
    when = ("--release-at", "* * * * * */20", "--collect-at", "0 0 1 1 *")
    serve = watched("--until", served / "latest.json", SHEGONG, "serve", *when, *how, served)
    leak = watched(sys.executable, "-c", LEAK)
    for run in (release, serve):
        said = run.communicate(timeout=600)[0]
        assert (run.returncode, said.splitlines()[-1]) == (0, "0 packets left this machine"), said
    host, _, port = PROXY.removeprefix("http://").partition(":")
    assert f"to {host} port {port}" in leak.communicate(timeout=60)[0]  # what does leave is seen
