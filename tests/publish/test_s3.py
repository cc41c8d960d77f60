"""Publishing to a real S3 server (SeaweedFS), started here and stopped after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.decisions.tombstones import without
from flows.errors import ShegongError
from flows.publish import channel
from flows.publish.channel import publish
from flows.stores.s3 import S3Store
from flows.stores.store import MovedError, Store, StoreError
from tests.buckets import environment, files, s3_server
from tests.publish.releases import build
from tests.synthetic import tables_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server, with a bucket `shegong` in it."""
    with s3_server(tmp_path_factory.mktemp("seaweed")) as address:
        yield address


@pytest.fixture
def credentials(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in environment(server).items():
        monkeypatch.setenv(name, value)


def test_published_releases_are_read_back_with_duckdb_and_pyarrow(
    releases: list[Path], server: str, credentials: None
) -> None:
    from obstore.fsspec import FsspecStore

    found = publish(releases[0], "s3://shegong/read", "stable", "full")
    assert (found.moved, publish(releases[0], "s3://shegong/read", "stable", "full").copied) == (True, 0)
    published = publish(releases[2], "s3://shegong/read", "stable", "full")
    assert published.moved
    path = f"shegong/read/{releases[2].name}/data/articles.parquet"
    there = pq.read_table(path, filesystem=files(server))
    assert there.equals(pq.read_table(releases[2] / "data" / "articles.parquet"))
    connection = duckdb.connect()
    connection.register_filesystem(FsspecStore("s3", client_options={"allow_http": True}))
    rows = connection.sql(f"SELECT title FROM 's3://{path}' ORDER BY article_id").fetchall()
    assert [title for (title,) in rows] == there["title"].to_pylist()


def test_of_eight_publishers_one_wins(releases: list[Path], credentials: None, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(releases[0], "s3://shegong/race", tier="full")
    gate = threading.Barrier(8)
    move = channel._move

    def at_once(store: Store, *arguments: Any) -> None:
        gate.wait(120)
        move(store, *arguments)

    monkeypatch.setattr(channel, "_move", at_once)

    def attempt(release: Path) -> str | None:
        try:
            return publish(release, "s3://shegong/race", tier="full").version
        except MovedError:
            return None

    with ThreadPoolExecutor(8) as threads:
        won = [version for version in threads.map(attempt, releases[1:]) if version]
    stored = S3Store("s3://shegong/race").read("channels/nightly.json")
    assert stored is not None
    assert len(won) == 1
    assert f'"{won[0]}"'.encode() in stored.content


def test_a_publisher_killed_while_uploading_moves_nothing_and_is_simply_repeated(
    releases: list[Path], credentials: None
) -> None:
    code = "import sys; from pathlib import Path; from flows.publish.channel import publish\n"
    code += "publish(Path(sys.argv[1]), sys.argv[2], tier='full', tell=lambda *said: print(*said, flush=True))"
    run = subprocess.Popen(
        [sys.executable, "-c", code, str(releases[0]), "s3://shegong/killed"], stdout=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    for line in run.stdout:
        if int(line.split()[-2]) >= 5:
            break
    run.send_signal(signal.SIGKILL)
    run.wait()
    store = S3Store("s3://shegong/killed")
    assert store.read("channels/nightly.json") is None
    assert store.digest(f"{releases[0].name}/SHA256SUMS") is None
    whole = len((releases[0] / "SHA256SUMS").read_text().splitlines()) + 1
    assert 0 < publish(releases[0], "s3://shegong/killed", tier="full").copied < whole
    assert publish(releases[0], "s3://shegong/killed", tier="full").copied == 0


def test_refusals_are_one_clear_error(releases: list[Path], credentials: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="NoSuchBucket"):
        publish(releases[0], "s3://nowhere/x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(StoreError, match="SignatureDoesNotMatch"):
        publish(releases[0], "s3://shegong/x")


class Dying(BaseHTTPRequestHandler):
    """A server that keeps nothing: full for writes of files."""

    def do_GET(self) -> None:
        self.send_error(404)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_error(507)

    def log_message(self, *_: Any) -> None:
        pass


def test_a_server_that_is_full_or_away_is_one_clear_error(
    releases: list[Path], credentials: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.stores.s3.RETRIES", {"max_retries": 1})
    full = ThreadingHTTPServer(("127.0.0.1", 0), Dying)
    threading.Thread(target=full.serve_forever, daemon=True).start()
    try:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{full.server_port}")
        with pytest.raises(ShegongError, match="507"):
            publish(releases[0], "s3://shegong/x")
    finally:
        full.shutdown()
        full.server_close()
    with pytest.raises(StoreError, match="No pointer was moved"):  # nobody listens there any more
        publish(releases[0], "s3://shegong/x")


def test_what_is_left_of_a_takedown_is_found_in_a_bucket_and_removed(
    credentials: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    tables, url = tables_of(3), "s3://shegong/takedown"
    gone = next(row["document_id"] for row in tables["documents"].to_pylist() if row["path"] == "page2.txt")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "page.txt").write_text("社工站", encoding="utf-8")
    (tmp_path / "raw" / "tombstones.yaml").write_text(f"- {{document: {gone}, date: 2026-11-23}}")
    publish(build(tmp_path, 3, "v2026.11.22"), url, "stable", "full")
    left = {name: without(table, [gone], name) for name, table in tables.items()}
    publish(build(tmp_path, 2, "v2026.11.23", left), url, "stable", "full")
    command = ["takedown", url, "--raw", str(tmp_path / "raw"), "--releases", str(tmp_path / "none")]
    assert main([*command, "--check"]) == 1
    said = capsys.readouterr().out
    assert f"  {url}/v2026.11.22/data/articles.parquet: {gone}: its id, an article of it" in said
    assert f"{url}/v2026.11.23/data" not in said
    assert f"{url}/v2026.11.23/changes/articles.parquet" in said  # it was made without a list of takedowns
    assert main([*command, "--purge", "--remove-versions"]) == 1
    assert f"{url}/channels/stable.json leads to it" in capsys.readouterr().out
    store = S3Store(url)
    assert store.read("v2026.11.22/SHA256SUMS") is None
    assert store.read("v2026.11.23/SHA256SUMS") is not None
    assert store.read("versions/v2026.11.22.json") is not None  # a version is never used twice


def test_a_takedown_is_written_into_a_bucket_of_raw_pages(
    credentials: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    store, page = S3Store("s3://shegong/raw"), tmp_path / "page.txt"
    page.write_text("社工站昨日启用", encoding="utf-8")
    store.upload("2024/page.txt", page)
    store.swap("tombstones.yaml", b"# takedowns", None)
    said = ["--why", "x", "--who", "Li", "--raw", store.url, "--releases", str(tmp_path / "none")]
    assert main(["takedown", "2024/page.txt", *said]) == 0
    stored = store.read("tombstones.yaml")
    assert stored is not None
    assert stored.content.startswith(b"# takedowns\n- document: ")
    assert main(["takedown", "2024/page.txt", *said]) == 2
    command = ["takedown", "--purge", "--raw", store.url, "--releases", str(tmp_path / "none")]
    assert main(command) == 0  # also its copy in the state folder
    assert not list((tmp_path / "state" / "raw").rglob("page.txt"))
