"""`shegong collect` end to end: with Prefect, and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.cli import main
from flows.state import PROJECT
from tests.fetch.local_site import Asked, Site, answer

HEAD = "contact: us@example.org\nsources:\n"
SOURCE = """- name: {name}
  kind: {kind}
  url: [{urls}]
  publisher: 某网
  language: zh-Hans
  rights: unspecified
  delay: {delay}
  allow_private: 127.0.0.1/32
"""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT interrupts, also where a shell started the tests in the background, which makes it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def entry(name: str, *urls: str, kind: str = "urls", delay: float = 0) -> str:
    return SOURCE.format(name=name, kind=kind, urls=", ".join(urls), delay=delay)


def stored(raw: Path) -> Counter[str]:
    """How often each address stands in the visible archives."""
    return Counter(
        record.headers["WARC-Target-URI"]
        for path in (raw / "collected").glob("*/*.warc.gz")
        for record in ArchiveIterator(path.open("rb"), record_types=WarcRecordType.response)
    )


def test_a_list_without_sources_is_told_in_a_sentence(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (raw / "sources.yaml").write_text("sources: []\n")
    for options in ([], ["--dry-run"]):
        assert main(["collect", "--raw", str(raw), *options]) == 0
        assert "lists no source: nothing to collect" in capsys.readouterr().err
    assert [path.name for path in raw.iterdir()] == ["sources.yaml"]


def test_a_bad_list_ends_with_2_and_names_the_line(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["collect", "--raw", str(raw)]) == 2
    assert f"{raw / 'sources.yaml'}: it is not there" in capsys.readouterr().err
    (raw / "sources.yaml").write_text(HEAD + entry("a", "gopher://example.org"))
    assert main(["collect", "--raw", str(raw)]) == 2
    assert "sources.yaml:5: `url` cannot be used." in capsys.readouterr().err
    (raw / "sources.yaml").write_text(HEAD + entry("a", "http://example.org"))
    assert main(["collect", "--raw", str(raw), "--only", "b"]) == 2
    assert "'b'" in capsys.readouterr().err


def test_a_dry_run_lists_what_is_due_and_needs_no_server(
    site: Site, raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw / "sources.yaml").write_text(HEAD + entry("a", site.url("/1"), site.url("/2")))
    assert main(["collect", "--raw", str(raw), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "a: 2 pages due, 0 held",
        f"  {site.url('/1')}",
        f"  {site.url('/2')}",
    ]
    assert site.asked == []


@pytest.mark.slow
def test_a_run_is_a_flow_with_a_table_an_artifact_and_a_report(
    prefect_server: None, site: Site, raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from prefect.artifacts import Artifact
    from prefect.client.schemas.objects import Artifact as Stored

    site.pages |= {f"/{n}": answer(f"<p>{n}</p>") for n in range(4)}
    both = HEAD + entry("first", site.url("/0"), site.url("/1")) + entry("second", site.url("/2"), site.url("/9"))
    (raw / "sources.yaml").write_text(both)
    assert main(["collect", "--raw", str(raw)]) == 0
    header, first, second = capsys.readouterr().out.splitlines()
    assert header.split()[:2] == ["source", "new"]
    assert (first.split()[:2], second.split()[:2]) == (["first", "2"], ["second", "1"])
    assert stored(raw) == {site.url(f"/{n}"): 1 for n in range(3)}
    report = json.loads((tmp_path / "state" / "collect" / "latest.json").read_text())
    assert [source["counts"]["gone"] for source in report["sources"]] == [0, 1]
    assert report["sources"][1]["pages"][1] == ["gone", site.url("/9"), "status 404"]
    shown = Artifact.get("collected")
    assert isinstance(shown, Stored)
    assert isinstance(shown.data, str)
    assert [row["new"] for row in json.loads(shown.data)] == [2, 1]

    before = {path: path.stat().st_mtime_ns for path in raw.rglob("*.gz")}
    assert main(["collect", "--raw", str(raw)]) == 0
    assert {path: path.stat().st_mtime_ns for path in raw.rglob("*.gz")} == before
    capsys.readouterr()

    (raw / "sources.yaml").write_text(both + entry("third", site.url("/nothing"), kind="feed"))
    assert main(["collect", "--raw", str(raw)]) == 1
    told = capsys.readouterr()
    assert "nothing could be fetched from 1 of 3 sources: third:" in told.err
    assert "status 404" in told.out


@pytest.mark.slow
def test_an_interrupted_run_keeps_what_it_fetched(
    prefect_server: None, site: Site, raw: Path, capsys: pytest.CaptureFixture[str], interruptible: None
) -> None:
    site.pages |= {f"/{n}": answer(f"<p>{n}</p>") for n in range(9)}
    (raw / "sources.yaml").write_text(HEAD + entry("a", *(site.url(f"/{n}") for n in range(9)), delay=1))

    def interrupt() -> None:
        wait_for(lambda: "/1" in site.paths())
        os.kill(os.getpid(), signal.SIGINT)

    waiting = threading.Thread(target=interrupt)
    waiting.start()
    assert main(["collect", "--raw", str(raw)]) == 130
    waiting.join()
    assert "interrupted" in capsys.readouterr().err
    assert 1 <= len(stored(raw)) <= 3
    assert not list((raw / ".collect" / "open").iterdir())


DRIVER = """
import os, sys, threading
from pathlib import Path
from flows.fetch.begin import begin_run
from flows.fetch.collecting import collect_source
from flows.fetch.sources import read_sources

for line in sys.stdin:  # a run in a process of its own, without importing everything anew
    child = os.fork()
    if not child:
        raw, os.environ["SHEGONG_STATE"] = line.rstrip().split("|")
        listed = read_sources(Path(raw, "sources.yaml"))
        with begin_run(Path(raw), listed.contact, threading.Event()) as run:
            new = collect_source(run, listed.sources[0]).counts["new"]
        print(f"new {new}", flush=True)
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


class Runs:
    """Starts collecting in processes that can be killed."""

    def __init__(self, driver: subprocess.Popen[str]) -> None:
        self._driver = driver

    def start(self, raw: Path) -> int:
        """The number of the process."""
        assert self._driver.stdin
        self._driver.stdin.write(f"{raw}|{os.environ['SHEGONG_STATE']}\n")
        self._driver.stdin.flush()
        return int(self._line())

    def kill(self, process: int) -> None:
        """Ends it at once."""
        os.kill(process, signal.SIGKILL)
        assert self._line() == "ended"

    def result(self) -> str:
        """What it printed, once it has ended by itself."""
        told = self._line()
        assert self._line() == "ended"
        return told

    def _line(self) -> str:
        assert self._driver.stdout
        return self._driver.stdout.readline().strip()


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as driver:
        yield Runs(driver)
        assert driver.stdin
        driver.stdin.close()


@pytest.mark.slow
def test_a_killed_run_loses_nothing_and_the_next_asks_for_nothing_twice_but_the_page_in_flight(
    site: Site, raw: Path, runs: Runs
) -> None:
    pages = [f"/{n}" for n in range(60)]
    reached, go_on = threading.Semaphore(0), threading.Event()
    stops = iter(["/17", "/38"])
    stop_at = [next(stops)]

    def page(asked: Asked) -> Iterator[bytes]:
        whole = answer(f"<p>{asked.path} {'x' * 5000}</p>")
        yield whole[:2000]
        if asked.path == stop_at[0]:
            reached.release()
            go_on.wait(30)
        yield whole[2000:]

    site.pages |= dict.fromkeys(pages, page)
    (raw / "sources.yaml").write_text(HEAD + entry("a", *map(site.url, pages)))
    for _ in range(2):
        process = runs.start(raw)
        assert reached.acquire(timeout=60)
        runs.kill(process)
        stop_at[0] = next(stops, "")
    go_on.set()
    runs.start(raw)
    assert runs.result() == "new 22"
    assert stored(raw) == {site.url(path): 1 for path in pages}
    assert Counter(site.paths()) == Counter(pages) + Counter(["/17", "/38"])


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_moment_is_completed_by_the_next(site: Site, raw: Path, runs: Runs) -> None:
    pages = [f"/{n}" for n in range(150)]
    site.pages |= {path: answer(f"<p>{path} {'x' * 3000}</p>") for path in pages}
    (raw / "sources.yaml").write_text(HEAD + entry("a", *map(site.url, pages)))
    moments = (0, 1, 30, 31, 32, 70, 110)
    for killed_after in moments:
        process = runs.start(raw)
        wait_for(partial(has_given, site, killed_after))
        runs.kill(process)
        assert max(stored(raw).values(), default=1) == 1
    runs.start(raw)
    runs.result()
    assert stored(raw) == {site.url(path): 1 for path in pages}
    assert len(site.paths()) <= len(pages) + len(moments)


def has_given(site: Site, pages: int) -> bool:
    return len(set(site.paths())) >= pages


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it is true; a minute at the most."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)
