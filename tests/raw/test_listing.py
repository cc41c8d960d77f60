"""The raw folder as a list, and the list in shards."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import InputError
from flows.raw import listing
from flows.raw.documents import read_listed
from flows.raw.listed import Listed
from flows.raw.listing import cut, fingerprint, list_documents
from flows.read import read


def write(folder: Path, **files: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def test_every_file_of_every_folder_is_listed_in_the_order_of_its_hash(tmp_path: Path) -> None:
    write(tmp_path, a=b"1", b=b"2")
    write(tmp_path / "2016" / "05", c=b"3")
    listed = list_documents(tmp_path)
    assert {document.name for document in listed} == {"a", "b", "2016/05/c"}
    assert [document.key for document in listed] == sorted(document.key for document in listed)


@given(st.lists(st.lists(st.sampled_from(["a", "b", "a.b", "a-b", "a b", "社"]), min_size=1, max_size=3), max_size=12))
def test_files_are_found_in_the_order_of_their_names(paths: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        for *inside, name in paths:
            place = Path(folder, *(f"{one}." if one == "b" else one for one in inside))
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{name}.txt").touch()
        every = [path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()]
        assert list(listing._in_order(Path(folder))) == sorted(every)


def test_what_is_known_of_documents_is_no_document(tmp_path: Path) -> None:
    write(tmp_path, **{"sources.yaml": b"", "corrections.yaml": b"", "tombstones.yaml": b"", "page.txt": b"x"})
    write(tmp_path / "more", **{"sources.yaml": b"y"})
    assert {document.name for document in list_documents(tmp_path)} == {"page.txt", "more/sources.yaml"}


def test_what_is_hidden_is_no_document(tmp_path: Path) -> None:
    write(tmp_path, **{".DS_Store": b"", "page.txt": b"x"})
    write(tmp_path / ".collect" / "open", **{"collected.a.warc.gz": b"y"})
    assert [document.name for document in list_documents(tmp_path)] == ["page.txt"]


def test_a_copy_names_the_first_file_of_the_same_bytes_and_follows_it(tmp_path: Path) -> None:
    write(tmp_path, b=b"same", a=b"same", c=b"same", d=b"other")
    same = [document for document in list_documents(tmp_path) if document.name != "d"]
    assert [(document.name, document.copy_of) for document in same] == [("a", None), ("b", "a"), ("c", "a")]


def test_what_cannot_be_read_is_listed_without_a_hash(tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")  # opening it would wait for ever
    listed = list_documents(tmp_path)
    assert {(document.name, document.sha256) for document in listed} == {("dangling.txt", None), ("pipe.txt", None)}


def test_a_name_that_is_not_utf8_is_listed(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb9\xab\xd2\xe6.txt")).write_bytes(b"x")
    (only,) = list_documents(tmp_path)
    assert os.fsencode(only.name) == b"\xb9\xab\xd2\xe6.txt"
    assert fingerprint([only])


SETTINGS = "follow_links: true\nlink_roots: [../elsewhere]\n"


def linked(tmp_path: Path, settings: str = "") -> Path:
    """A raw folder from which links lead out, and one leads about in it."""
    write(tmp_path / "elsewhere", a=b"1")
    write(tmp_path / "private", b=b"2")
    raw = tmp_path / "raw"
    write(raw / "own", page=b"3", **{".hidden": b"4"})
    write(raw, **{"tombstones.yaml": b""})
    leaving = {"folder": "../elsewhere", "file.txt": "../private/b", "deep": "../private", "twice": "folder/a"}
    staying = {"about": "own", "copy.txt": "own/page", "hidden.txt": "own/.hidden", "stones.txt": "tombstones.yaml"}
    for name, target in [*leaving.items(), *staying.items(), ("round", "round")]:
        (raw / name).symlink_to(target)
    if settings:
        write(raw, **{"settings.yaml": settings.encode()})
    return raw


def told(raw: Path) -> dict[str, str | None]:
    """The reason of each document, None where it is read."""
    documents = {one.name: read_listed(raw, one) for one in list_documents(raw)}
    return {name: document.reason and document.reason.partition(":")[0] for name, document in documents.items()}


def test_links_that_lead_out_of_the_raw_folder_are_rejected(tmp_path: Path) -> None:
    inside = {"own/page": None, "copy.txt": None, "hidden.txt": "link", "stones.txt": "link", "round": "unreadable"}
    out = {"folder": "link", "file.txt": "link", "deep": "link", "twice": "link"}
    assert told(linked(tmp_path)) == inside | out
    shutil.rmtree(tmp_path / "raw")
    allowed = {"folder/a": None, "file.txt": "link", "deep": "link", "twice": None}
    assert told(linked(tmp_path, SETTINGS)) == inside | allowed


def test_a_link_to_a_folder_is_followed_but_not_in_circles(tmp_path: Path) -> None:
    raw = linked(tmp_path, SETTINGS)
    (tmp_path / "elsewhere" / "circle").symlink_to(raw)
    assert {name for name in told(raw) if "/" in name} == {"folder/a", "own/page"}


@pytest.mark.parametrize(
    "settings", ["follow_links: yes please\n", "follow_links: true\n", "follow: true\n", "link_roots: a\n", "- a\n"]
)
def test_settings_that_cannot_be_used_are_told_with_their_line(tmp_path: Path, settings: str) -> None:
    with pytest.raises(InputError, match=r"settings\.yaml:1: "):
        list_documents(linked(tmp_path, settings))


def test_no_special_file_is_waited_for(tmp_path: Path) -> None:
    write(tmp_path, **{"page.txt": b"x"})
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe.zip")
    (tmp_path / "to.txt").symlink_to("pipe.txt")
    (tmp_path / "kernel.txt").symlink_to("/proc/kmsg")
    (tmp_path / "zero.warc").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.txt"))
        found = told(tmp_path)
    special = dict.fromkeys(["pipe.txt", "pipe.zip", "to.txt", "socket.txt"], "not_a_file")
    assert found == {"page.txt": None, "kernel.txt": "link", "zero.warc": "link", **special}


def test_a_file_that_becomes_a_link_or_a_pipe_after_the_look_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "raw" / "sub", page=b"x")
    write(tmp_path / "out", page=b"secret")
    look = os.stat
    for folder, swap in (("sub/page", "link"), ("sub", "link"), ("sub/page", "pipe")):
        swapped = tmp_path / "raw" / folder

        def stat(path: Any, *rest: Any, now: tuple[Path, str] = (swapped, swap), **options: Any) -> os.stat_result:
            found = look(path, *rest, **options)
            if path == "page" and not now[0].with_suffix(".old").exists():
                now[0].rename(now[0].with_suffix(".old"))
                os.mkfifo(now[0]) if now[1] == "pipe" else now[0].symlink_to(tmp_path / "out" / now[0].name)
            return found

        (tmp_path / "out" / "sub").mkdir(exist_ok=True)
        write(tmp_path / "out" / "sub", page=b"secret")
        monkeypatch.setattr("flows.read.raw_files.os.stat", stat)
        document = read(tmp_path / "raw" / "sub" / "page", tmp_path / "raw")
        assert document.sha256 in (None, hashlib.sha256(b"x").hexdigest())
        monkeypatch.undo()
        swapped.unlink()
        swapped.with_suffix(".old").rename(swapped)


@pytest.mark.parametrize("kind", ["missing", "empty", "a file"])
def test_a_folder_without_documents_is_refused_with_its_name(tmp_path: Path, kind: str) -> None:
    raw = tmp_path / "raw"
    if kind == "empty":
        raw.mkdir()
    elif kind == "a file":
        raw.touch()
    with pytest.raises(InputError, match=str(raw)) as caught:
        list_documents(raw)
    assert caught.value.exit_status == 2


hashes = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")


sizes = st.integers(0, 6).map(lambda power: 2**power)


@given(st.lists(hashes, unique_by=lambda key: key[:16], max_size=300), sizes)
def test_shards_hold_every_document_once_in_order(keys: list[str], largest: int) -> None:
    documents = [Listed(key[:8], key) for key in sorted(keys)]
    shards = cut(documents, largest)
    assert [document for shard in shards for document in shard] == documents
    assert all(0 < len(shard) <= largest for shard in shards)


@given(st.lists(hashes, unique=True, min_size=1, max_size=100), hashes, sizes)
def test_one_more_document_changes_its_own_shard_only(keys: list[str], another: str, largest: int) -> None:
    before = {tuple(shard) for shard in cut([Listed(key, key) for key in sorted({*keys} - {another})], largest)}
    after = {tuple(shard) for shard in cut([Listed(key, key) for key in sorted({*keys, another})], largest)}
    assert len(before - after) <= 1


@given(st.lists(hashes, unique=True, max_size=300), sizes, sizes)
def test_parts_are_made_of_whole_shards(keys: list[str], one: int, other: int) -> None:
    documents = [Listed(key[:8], key) for key in sorted(keys)]
    parts = [cut(part, min(one, other)) for part in cut(documents, max(one, other))]
    assert [shard for part in parts for shard in part] == cut(documents, min(one, other))


def test_copies_stay_in_the_shard_of_their_original() -> None:
    documents = [Listed("a", "0" * 64), Listed("b", "0" * 64, "a"), Listed("c", "1" * 64)]
    assert [len(shard) for shard in cut(documents, 1)] == [2, 1]


def test_the_fingerprint_knows_names_and_bytes() -> None:
    one = fingerprint([Listed("a", "0" * 64)])
    assert one != fingerprint([Listed("b", "0" * 64)])
    assert one != fingerprint([Listed("a", "1" * 64)])
