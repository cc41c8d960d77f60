"""Raw documents in a store: what cannot be a file is a rejected document, and what is at hand is what was fetched. The
store is a server of our own, since real ones do not take all of these keys."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

import tests.damage
from flows.checksums import digest_of
from flows.raw import marks, store
from flows.raw.documents import read_listed
from flows.raw.keys import fit, hidden
from flows.raw.listing import list_documents
from flows.raw.store import RawStore, forget_copies
from flows.run.shard import clean_shard, plan_shard, read_shard

GOOD = "某区社工站揭牌\n\n4月2日，某区首个社工站揭牌。三百名居民到场，社工现场解答了养老和托育的问题。\n"


class Bucket(ThreadingHTTPServer):
    """A bucket `b` that holds any key, and counts how often each was read."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.objects: dict[str, bytes] = {}
        self.read: list[str] = []
        self.lost: set[str] = set()
        """Listed, and not given."""


class Answer(BaseHTTPRequestHandler):
    server: Bucket

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if "list-type" in asked.query:
            return self._answer(200, self._listing(parse_qs(asked.query)["prefix"][0]))
        key = unquote(asked.path).removeprefix("/b/")
        self.server.read.append(key)
        if key in self.server.lost or key not in self.server.objects:
            return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        return self._answer(200, self.server.objects[key])

    def _listing(self, prefix: str) -> bytes:
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
            f"<ETag>&quot;{hashlib.md5(content).hexdigest()}&quot;</ETag><Size>{len(content)}</Size></Contents>"
            for key, content in sorted(self.server.objects.items())
            if key.startswith(prefix)
        )
        head = '<?xml version="1.0"?><ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>'
        return f"{head}{found}</ListBucketResult>".encode()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    with Bucket() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"):
            monkeypatch.setenv(name, "us-east-1")
        yield server
        server.shutdown()


UNFIT = {
    "//a.txt": "a part of it is empty", "x//y.txt": "a part of it is empty", "./x.txt": "is . or ..",
    "d/../x.txt": "is . or ..", "a\nb.txt": "a control character", "a\x7f.txt": "a control character",
    "长" * 100 + ".txt": "more than 255 bytes", "d/" + "x" * 256: "more than 255 bytes",
    "a": "stand below it", "a/b": "stand below it", "e/": "ends in",
}  # fmt: skip
FIT = ["a/b/c.txt", "a.txt", "中 文+%2F#?.txt", "x" * 255, "d/e\\f.txt", "…txt"]


def test_keys_that_cannot_be_files_have_a_reason_and_the_others_none() -> None:
    names, reasons = fit([*UNFIT, *FIT])
    assert sorted(names) == sorted(FIT)
    for key, reason in UNFIT.items():
        assert reasons[key].startswith("key: ")
        assert reason in reasons[key]


@pytest.mark.parametrize("key", [".git/config", "a/.DS_Store", ".x//y"])
def test_what_would_be_hidden_is_no_document(key: str) -> None:
    assert hidden(key)
    assert not any(map(hidden, [*UNFIT, *FIT]))


def test_a_key_that_cannot_be_a_file_is_a_rejected_document_and_stops_nothing(bucket: Bucket, tmp_path: Path) -> None:
    keys = [key for key in [*UNFIT, *FIT] if key != "e/"]
    bucket.objects = {f"raw/{key}": GOOD.encode() + key.encode() for key in [*keys, ".git/x", "lost.txt"]}
    bucket.lost = {"raw/lost.txt"}
    raw = RawStore("s3://b/raw").mirror()
    listed = list_documents(raw)
    assert {one.name: one.reason is None for one in listed} == {
        **{key: key in FIT for key in keys}, "lost.txt": False,
    }  # fmt: skip
    shard = plan_shard(raw, listed, tmp_path / "shards")
    clean_shard(shard)
    rows = read_shard(Path(shard.folder))["documents"].to_pylist()
    assert len(rows) == len(keys) + 1
    assert {row["reason"].partition(":")[0] for row in rows if row["status"] == "rejected"} == {"key", "unreadable"}
    assert sum(row["status"] == "published" for row in rows) == len(FIT)
    assert "a\\nb.txt" in {row["path"] for row in rows}
    assert read_listed(raw, next(one for one in listed if one.name == "lost.txt")).reason is not None


def test_only_what_is_new_changed_or_damaged_is_fetched(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bucket.objects = {f"raw/{name}.txt": f"{name}\n".encode() * 9 for name in "abcd"}
    raw = RawStore("s3://b/raw").mirror()
    bucket.read.clear()
    RawStore("s3://b/raw").mirror()
    assert bucket.read == []
    bucket.objects["raw/b.txt"] = b"new"
    del bucket.objects["raw/c.txt"]
    tests.damage.flip(raw / "d.txt", random.Random(1))
    monkeypatch.setattr("flows.checksums._compared", set())  # as in a new process
    RawStore("s3://b/raw").mirror()
    assert sorted(bucket.read) == ["raw/b.txt", "raw/d.txt"]
    assert {path.name: path.read_bytes() for path in raw.glob("*.txt")} == {
        name: bucket.objects[f"raw/{name}"] for name in ("a.txt", "b.txt", "d.txt")
    }
    assert "d.txt: it is not what was fetched; thrown away and made anew" in capsys.readouterr().err


def test_a_copy_is_compared_once_until_it_changes_or_all_is_to_be_read(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.objects = {f"raw/{name}.txt": f"{name}\n".encode() * 9 for name in "ab"}
    compared: list[str] = []

    def watched(path: Path, digest: str) -> bool:
        compared.append(path.name)
        return digest_of(path.read_bytes()) == digest

    def mirrored() -> list[str]:
        compared.clear()
        RawStore("s3://b/raw").mirror()
        return sorted(compared)

    monkeypatch.setattr(store, "is_whole", watched)
    raw = RawStore("s3://b/raw").mirror()
    assert mirrored() == ["a.txt", "b.txt"]  # what was written in this minute might be changed in the same instant
    monkeypatch.setattr(marks, "MARGIN", -(10**12))
    assert [mirrored(), mirrored()] == [["a.txt", "b.txt"], []]
    (raw / "a.txt").write_bytes(b"b\n" * 9)
    bucket.read.clear()
    assert mirrored() == ["a.txt"]
    assert bucket.read == ["raw/a.txt"]
    forget_copies()
    assert mirrored() == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    "change", [lambda objects: objects.pop("raw/a/b/c"), lambda objects: objects.update({"raw/a": b"file"})]
)
def test_a_folder_that_becomes_a_file_and_a_file_that_becomes_a_folder(
    bucket: Bucket, change: Callable[[dict[str, bytes]], object]
) -> None:
    bucket.objects = {"raw/a": b"file", "raw/z": b"z"}
    RawStore("s3://b/raw").mirror()
    bucket.objects = {"raw/a/b/c": b"below", "raw/z": b"z"}
    raw = RawStore("s3://b/raw").mirror()
    assert (raw / "a/b/c").read_bytes() == b"below"
    change(bucket.objects)
    names = {one.name for one in list_documents(RawStore("s3://b/raw").mirror())}
    assert names == {key.removeprefix("raw/") for key in bucket.objects}
