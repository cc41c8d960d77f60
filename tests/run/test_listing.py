"""The raw folder as a list, and the list in shards."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.run.listing import InputError, Listed, cut, fingerprint, list_documents


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


def test_a_link_to_a_folder_is_followed_but_not_in_circles(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", a=b"1")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "circle").symlink_to(raw)
    assert [document.name for document in list_documents(raw)] == ["linked/a"]


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
