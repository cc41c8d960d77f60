"""Archives and dumps: the same documents as loose files, and each damaged or hostile one a row with its reason."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import os
import struct
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import brotli
import fastwarc
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.warcwriter import WARCWriter

from flows.clean import clean
from flows.document import RawDocument
from flows.read import read
from flows.read.archives import limits, list_records, read_record
from flows.read.archives.limits import FREE, MAX_DEPTH
from flows.read.archives.unpacked import KEPT, prune, unpacked_path
from flows.read.reader import MAX_BYTES
from tests.read.fuzz_archives import fuzz
from tests.read.made_archives import CONTAINERS, FILES, PAGES, answer, json_lines, tarred, warc, zipped

pytestmark = pytest.mark.usefixtures("own_state")


def documents(raw: Path, name: str, content: bytes) -> dict[str, RawDocument | str]:
    """What stands in a container by name behind the "!": its documents as read again, or the reason why it is none."""
    (raw / name).write_bytes(content)
    found = list_records(raw, name).found
    made: dict[str, RawDocument | str] = {}
    for one in found:
        document = one.reason or read_record(raw, one.place, one.name)
        if isinstance(document, RawDocument):
            assert document.sha256 == one.sha256
        made[one.name.removeprefix(name).removeprefix("!")] = document
    return made


def texts(raw: Path, name: str, content: bytes) -> dict[str, str]:
    """The texts, and the codes of the reasons."""
    made = documents(raw, name, content)
    return {key: one.partition(":")[0] if isinstance(one, str) else one.text for key, one in made.items()}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_form_gives_the_documents_that_loose_files_give(tmp_path: Path, name: str) -> None:
    loose = []
    for number, content in enumerate(FILES.values()):
        (tmp_path / f"{number}.txt").write_bytes(content)
        loose.append(read(tmp_path / f"{number}.txt", tmp_path))
    held = [one for one in documents(tmp_path, name, CONTAINERS[name]).values() if isinstance(one, RawDocument)]
    assert [(one.document_id, one.text, one.byte_count) for one in held] == [
        (one.document_id, one.text, one.byte_count) for one in loose
    ]


names = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=20).filter(
    lambda name: not name.startswith(("._", "!")) and "." not in name
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(names, st.binary(max_size=300), min_size=1, max_size=6), st.sampled_from([".zip", ".tar.gz"]))
def test_any_files_come_out_of_an_archive_as_they_went_in(
    tmp_path: Path, files: Mapping[str, bytes], suffix: str
) -> None:
    content = zipped(files) if suffix == ".zip" else tarred(files, "w:gz")
    (tmp_path / f"a{suffix}").write_bytes(content)
    found = list_records(tmp_path, f"a{suffix}").found
    assert [one.sha256 for one in found] == [hashlib.sha256(content).hexdigest() for content in files.values()]
    again = [read_record(tmp_path, one.place, one.name).sha256 for one in found]
    assert again == [one.sha256 for one in found]


def test_a_record_knows_where_it_comes_from(tmp_path: Path) -> None:
    first = next(iter(documents(tmp_path, "a.warc.gz", warc()).values()))
    assert isinstance(first, RawDocument)
    assert first.path == "a.warc.gz!urn:uuid:00000000"
    fetched = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    assert first.origin == ("http://example.org/0", fetched, "<urn:uuid:00000000>", 0)
    line = {"url": "http://example.org/a\0", "text": "文", "title": " 题\n目\u200b", "date": 1466006400, "ID": 7}
    line |= {"crawl_time": "2016-06-16 08:00:00", "author": ["甲", "乙"]}
    (dump,) = documents(tmp_path, "a.jsonl", json.dumps(line).encode()).values()
    assert isinstance(dump, RawDocument)
    fetched = dt.datetime(2016, 6, 16, tzinfo=dt.UTC)
    assert dump.origin == ("http://example.org/a", fetched, "7", 0)
    assert dump.stated[:3] == ("题 目", "2016-06-16T00:00:00+08:00", "甲 乙")
    member = documents(tmp_path, "a.zip", zipped({"简报/1.txt": "文".encode()}))["简报/1.txt"]
    assert isinstance(member, RawDocument)
    assert member.origin[2:] == ("简报/1.txt", 0)


def test_sound_archives_are_read_as_fastwarc_reads_them() -> None:
    read = fastwarc.ArchiveIterator(io.BytesIO(CONTAINERS["a.warc.gz"]), parse_http=True)
    assert [record.reader.read().decode() for record in read] == list(PAGES)


# What is no document of a WARC, and how bodies are packed


def one_answer(**about: Any) -> bytes:
    target = io.BytesIO()
    answer(WARCWriter(target, gzip=True), 1, **about)
    return target.getvalue()


BODY = "<p>社工站为老人办了义诊</p>".encode() * 20
CHUNKED = b"5\r\n" + BODY[:5] + b"\r\n" + f"{len(BODY) - 5:x};x=y\r\n".encode() + BODY[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY)[2:-4]),
        ("br", brotli.compress(BODY)),
        ("gzip, br", brotli.compress(gzip.compress(BODY))),
        ("gzip", BODY),  # unpacked by the crawler, which left the header
        ("br", BODY),
    ],
    ids=["gzip", "zlib", "deflate", "br", "two", "not gzip", "not br"],
)
def test_a_packed_body_is_unpacked(tmp_path: Path, coding: str, body: bytes) -> None:
    made = texts(tmp_path, "a.warc.gz", one_answer(body=body, Content_Encoding=coding, Content_Type="text/html"))
    assert list(made) == ["urn:uuid:00000001"]
    found = list_records(tmp_path, "a.warc.gz").found
    assert found[0].sha256 == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize("body", [CHUNKED, BODY], ids=["chunks", "joined"])
def test_chunks_are_joined_unless_the_crawler_did(tmp_path: Path, body: bytes) -> None:
    documents(tmp_path, "a.warc.gz", one_answer(body=body, Transfer_Encoding="chunked"))
    (found,) = list_records(tmp_path, "a.warc.gz").found
    assert found.sha256 == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize(
    ("code", "headers", "body"),
    [
        ("truncated", {"Content_Encoding": "gzip"}, gzip.compress(BODY)[:-9]),
        ("malformed", {"Content_Encoding": "gzip"}, gzip.compress(BODY)[:10] + b"\xff" * 50),
        ("truncated", {"Content_Encoding": "br"}, brotli.compress(BODY)[:-9]),
        ("truncated", {"Transfer_Encoding": "chunked"}, CHUNKED[:-9]),
        ("unsupported", {"Content_Encoding": "magic"}, BODY),
        ("unsupported", {"Content_Encoding": ", ".join(["gzip"] * 9)}, BODY),
        ("too_large", {"Content_Encoding": "gzip"}, gzip.compress(bytes(MAX_BYTES + 1), 1)),
        ("too_large", {"Content_Encoding": "br"}, brotli.compress(bytes(MAX_BYTES + 1), quality=1)),
    ],
    ids=["gzip", "deflate", "br", "chunks", "unknown", "many", "gzip bomb", "br bomb"],
)
def test_a_body_that_cannot_be_unpacked_says_why(
    tmp_path: Path, code: str, headers: dict[str, str], body: bytes
) -> None:
    assert list(texts(tmp_path, "a.warc.gz", one_answer(body=body, **headers)).values()) == [code]


def test_other_records_are_counted_and_are_no_documents(tmp_path: Path) -> None:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    answer(writer, 1, BODY, status="404 Not Found")
    answer(writer, 2, BODY, Content_Type="image/png")
    writer.write_record(writer.create_revisit_record("http://example.org/", "sha1:X", "http://example.org/", "2024"))
    writer.write_record(
        writer.create_warc_record(
            "http://example.org/t", "conversion", io.BytesIO("文".encode()), warc_content_type="text/plain"
        )
    )
    (tmp_path / "a.warc.gz").write_bytes(target.getvalue())
    found, skipped = list_records(tmp_path, "a.warc.gz")
    assert skipped == {"warcinfo": 1, "status 404": 1, "image/png": 1, "revisit": 1}
    assert [read_record(tmp_path, one.place, one.name).text for one in found] == ["文"]


# Records that their crawler did not get whole


def flags(raw: Path, content: bytes, name: str = "a.warc.gz") -> list[tuple[str, ...]]:
    """Those of the documents of an archive."""
    return [one.flags for one in documents(raw, name, content).values() if isinstance(one, RawDocument)]


def with_header(content: bytes, name: str, value: str) -> bytes:
    """An archive that is not packed, with one more header in its first record."""
    end = content.index(b"\r\n") + 2
    return content[:end] + f"{name}: {value}\r\n".encode() + content[end:]


@pytest.mark.parametrize(
    ("value", "flag"),
    [("length", "length"), ("Disconnect", "disconnect"), ("time", "time"), ("因故 \x7f", "unspecified"), ("", None)],
)
@pytest.mark.parametrize("packed", [False, True])
def test_what_the_crawler_cut_short_is_flagged_with_its_reason(
    tmp_path: Path, value: str, flag: str | None, packed: bool
) -> None:
    content = with_header(warc([BODY], packed=False), "WARC-Truncated", value)
    content, name = (gzip.compress(content), "a.warc.gz") if packed else (content, "a.warc")
    assert flags(tmp_path, content, name) == [(f"truncated:{flag}",) if flag else ()]


SHORT = len(BODY) + 100


@pytest.mark.parametrize(
    ("headers", "body", "flag"),
    [
        ({"Content_Length": str(SHORT)}, BODY, f"truncated:length:{len(BODY)}:{SHORT}"),
        ({"Content_Length": str(len(BODY))}, BODY, None),
        ({"Content_Length": "7"}, BODY, None),
        ({"Content_Length": "many"}, BODY, None),
        ({"Content_Length": "9" * 30}, BODY, None),
        ({"Content_Length": str(SHORT), "Content_Encoding": "gzip"}, b"<p>" + BODY, None),  # the crawler unpacked it
        ({"Content_Length": str(SHORT), "Transfer_Encoding": "chunked"}, CHUNKED, None),
    ],
)
def test_a_body_shorter_than_the_answer_says_is_flagged(
    tmp_path: Path, headers: dict[str, str], body: bytes, flag: str | None
) -> None:
    assert flags(tmp_path, one_answer(body=body, **headers)) == [(flag,) if flag else ()]


@pytest.mark.parametrize("last", [True, False])
def test_a_packed_record_shorter_than_it_says_is_flagged_and_the_others_are_whole(tmp_path: Path, last: bool) -> None:
    target = io.BytesIO()
    WARCWriter(target, gzip=False).write_record(
        WARCWriter(io.BytesIO()).create_warc_record(
            "http://example.org/t", "resource", io.BytesIO(BODY), warc_content_type="text/plain"
        )
    )
    cut = gzip.compress(target.getvalue()[: -4 - len(BODY) // 2])
    content = warc() + cut if last else cut + warc()
    found = flags(tmp_path, content)
    half = len(BODY) - len(BODY) // 2
    assert found.pop(-1 if last else 0) == (f"truncated:length:{half}:{len(BODY)}",)
    assert found == [()] * len(PAGES)


def test_the_flag_stands_on_the_row_of_the_document(tmp_path: Path) -> None:
    content = with_header(warc([BODY], packed=False), "WARC-Truncated", "length")
    (document,) = documents(tmp_path, "a.warc", content).values()
    assert isinstance(document, RawDocument)
    assert {"code": "truncated", "details": "length"} in clean(document)["documents"][0]["flags"]


def test_an_answer_with_long_headers_is_read(tmp_path: Path) -> None:
    """FastWARC refuses them from about 32 KB on."""
    assert list(texts(tmp_path, "a.warc.gz", one_answer(body=BODY, Set_Cookie="a" * 50_000)).values()) == [
        BODY.decode()
    ]


# Damage: the records before and behind it are documents, and it is a row


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_record_that_is_cut_off_is_a_row_and_those_before_are_documents(tmp_path: Path, name: str) -> None:
    made = texts(tmp_path, name, CONTAINERS[name][:-20])
    assert [*made.values()] == [*PAGES[:4], "truncated"]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_record_that_is_damaged_is_a_row_and_those_behind_are_documents(tmp_path: Path, name: str) -> None:
    content = bytearray(CONTAINERS[name])
    second = content.index(b"\x1f\x8b\x08" if name.endswith("gz") else b"WARC/1.", 5)
    content[second] ^= 255
    made = texts(tmp_path, name, bytes(content))
    assert [*made.values()] == [PAGES[0], "malformed", *PAGES[2:]]


def test_a_record_with_a_wrong_length_does_not_swallow_the_next(tmp_path: Path) -> None:
    content = CONTAINERS["a.warc"]
    length = content.index(b"Content-Length: ") + 16
    wrong = content[:length] + b"1" + content[length:]
    assert [*texts(tmp_path, "a.warc", wrong).values()] == ["malformed", *PAGES[1:]]


@pytest.mark.parametrize(
    ("name", "bad", "code"),
    [
        ("a.jsonl", b"{", "malformed"),
        ("a.jsonl", b"[1]", "malformed"),
        ("a.jsonl", b"NaN", "malformed"),
        ("a.jsonl", b'{"text": 1, "title": NaN}', "no_text"),
        ("a.jsonl", b'{"text": null}', "no_text"),
        ("a.jsonl", b'{"n": ' + b"9" * 5000 + b"}", "malformed"),
        ("a.jsonl", b"[" * 100_000, "malformed"),
        ("a.jsonl", '{"text": "文'.encode()[:-1] + b'"}', "undecodable"),
        ("a.csv", b"1,2,3,4,5", "malformed"),
        ("a.csv", b'1,"2,3,4', "malformed"),
        ("a.csv", b"1,2", "malformed"),
        ("a.csv", b"\xff\xff,2,3,4", "undecodable"),
        ("a.csv", b",2,3,4", "no_text"),
    ],
)
def test_a_bad_row_is_rejected_and_the_next_is_read(tmp_path: Path, name: str, bad: bytes, code: str) -> None:
    lines = CONTAINERS[name].split(b"\r\n" if name == "a.csv" else b"\n")
    end = b"\r\n" if name == "a.csv" else b"\n"
    content = CONTAINERS[name][: -len(end)] + end + bad + end + lines[1] if name == "a.jsonl" else None
    if content is None:
        head, _, rest = CONTAINERS[name].partition(b"\r\n")
        content = head + end + bad + end + rest
    made = [*texts(tmp_path, name, content).values()]
    assert code in made
    assert sorted(one for one in made if one in PAGES) == sorted(PAGES + PAGES[1:2] * (name == "a.jsonl"))


def test_lines_may_be_blank_end_otherwise_and_begin_with_a_mark(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + json_lines().replace(b"\n", b"\r\n\r\n").rstrip()
    assert [*texts(tmp_path, "a.ndjson", content).values()] == list(PAGES)


def test_a_line_that_is_too_long_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.read.archives.lines.MAX_LINE", 10_000)
    content = json.dumps({"text": "x" * 50_000}).encode() + b"\n" + json_lines()
    assert [*texts(tmp_path, "a.jsonl", content).values()] == ["too_large", *PAGES]


def test_a_table_without_a_column_of_text_is_one_row(tmp_path: Path) -> None:
    made = documents(tmp_path, "a.csv", b"a,b\n1,2\n3,4\n")
    assert made == {"": "no_text: no column is known to hold text or HTML; its columns: a, b"}


def test_the_page_itself_is_taken_before_its_text(tmp_path: Path) -> None:
    content = json.dumps({"text": "文", "html": "<!doctype html><p>页"}).encode()
    (found,) = documents(tmp_path, "a.jsonl", content).values()
    assert isinstance(found, RawDocument)
    assert found.media_type == "text/html"


# Archives that somebody made to do harm, or by mistake


def test_members_that_are_no_files_are_rows_and_what_systems_add_is_not(tmp_path: Path) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for kind, name in (
            (tarfile.SYMTYPE, "link"),
            (tarfile.LNKTYPE, "hard"),
            (tarfile.CHRTYPE, "device"),
            (tarfile.DIRTYPE, "folder"),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        for name in ("../../up.txt", "/root.txt", "._up.txt", "x/.DS_Store", "__MACOSX/x.txt"):
            member = tarfile.TarInfo(name)
            member.size = 1
            archive.addfile(member, io.BytesIO(b"x"))
    made = texts(tmp_path, "a.tar", target.getvalue())
    assert made == {
        "link": "not_a_file",
        "hard": "not_a_file",
        "device": "not_a_file",
        "../../up.txt": "x",
        "/root.txt": "x",
    }
    assert sorted(os.listdir(tmp_path)) == ["a.tar"]


def test_members_of_one_name_are_two_documents(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "一")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "二")
    assert texts(tmp_path, "a.zip", target.getvalue()) == {"a.txt": "一", "a.txt#38": "二"}


def test_a_member_that_is_listed_often_has_a_name_for_each_time(tmp_path: Path) -> None:
    names = ["a.txt", "a.txt#0", "a.txt#0#2", "a.txt#0#3"]  # the same in all versions of Python
    assert texts(tmp_path, "a.zip", overlapping(4, b"one")) == dict.fromkeys(names, "one")
    (tmp_path / "many.zip").write_bytes(overlapping(40_000, b"one"))
    started = time.process_time()
    assert len(list_records(tmp_path, "many.zip").found) == 40_000
    assert time.process_time() - started < 20  # each name was looked for from the first: minutes


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("size", [0, 1, 2**16, 2**16 + 1, 3 * 2**20])
def test_each_method_gives_what_was_packed(tmp_path: Path, method: int, size: int) -> None:
    content, target = os.urandom(size // 2) + bytes(size - size // 2), io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("a.txt", content)
    (tmp_path / "a.zip").write_bytes(target.getvalue())
    (one,) = list_records(tmp_path, "a.zip").found
    assert (one.reason, one.sha256) == (None, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(("place", "code"), [(18, "truncated"), (22, "truncated")], ids=["packed", "unpacked"])
def test_a_member_that_is_shorter_than_its_list_says_is_a_row(tmp_path: Path, place: int, code: str) -> None:
    content = bytearray(zipped({"1.txt": b"one" * 50, "2.txt": b"two"}))
    entry = content.index(b"PK\1\2")
    (said,) = struct.unpack_from("<L", content, entry + place + 2)
    struct.pack_into("<L", content, entry + place + 2, said + (9 if place == 22 else -2))
    assert texts(tmp_path, "a.zip", bytes(content)) == {"1.txt": code, "2.txt": "two"}


def test_a_member_with_a_wrong_checksum_is_a_row(tmp_path: Path) -> None:
    content = bytearray(zipped({"1.txt": b"one", "2.txt": b"two"}))
    content[14] ^= 1  # of the local header
    content[content.index(b"PK\1\2") + 16] ^= 1  # of the list of members
    assert texts(tmp_path, "a.zip", bytes(content)) == {"1.txt": "malformed", "2.txt": "two"}


def test_an_encrypted_member_is_a_row(tmp_path: Path) -> None:
    content = bytearray(zipped({"1.txt": b"one", "2.txt": b"two"}))
    content[content.index(b"PK\1\2") + 8] |= 1
    content[6] |= 1
    assert texts(tmp_path, "a.zip", bytes(content)) == {"1.txt": "encrypted", "2.txt": "two"}


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_names_that_do_not_say_their_encoding_are_told(tmp_path: Path, encoding: str) -> None:
    name = "社區工作報告.txt" if encoding == "big5" else "社区工作报告.txt"
    content = zipped({"x" * len(name.encode(encoding)): b"one"})
    content = content.replace(b"x" * len(name.encode(encoding)), name.encode(encoding))
    assert texts(tmp_path, "a.zip", content) == {name: "one"}


def test_a_zip_of_the_64_bit_kind_is_read(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        member.write(b"one")
    assert texts(tmp_path, "a.zip", target.getvalue()) == {"a.txt": "one"}


def test_names_are_shown_escaped(tmp_path: Path) -> None:
    assert list(texts(tmp_path, "a.zip", zipped({"a\x1b[31m\u202e.txt": b"x"}))) == ["a\\x1b[31m\\u202e.txt"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.gz", "a.tar.gz", "a.warc", "a.parquet", "a.warc.gz"])
@pytest.mark.parametrize("content", ["社工".encode() * 400, b"\0" * 100, b"\xff" * 5], ids=["text", "zeros", "short"])
def test_what_is_not_what_its_name_says_is_one_row(tmp_path: Path, name: str, content: bytes) -> None:
    assert [*texts(tmp_path, name, content).values()] in (["malformed"], ["truncated"])


@pytest.mark.parametrize("name", CONTAINERS)
def test_an_empty_file_is_one_row(tmp_path: Path, name: str) -> None:
    (code,) = texts(tmp_path, name, b"").values()
    assert code in ("empty", "malformed", "truncated")


def test_a_tar_header_that_leads_backwards_ends_the_archive(tmp_path: Path) -> None:
    content = bytearray(tarred({"a.txt": b"one", "b.txt": b"two"}))
    header = bytearray(content[1024:1536])
    header[124:136] = b"\xff" * 8 + struct.pack(">i", -1024)  # a size below zero
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    content[1024:1536] = header
    started = time.monotonic()
    assert texts(tmp_path, "a.tar", bytes(content)) == {"a.txt": "one", "1024": "malformed"}
    assert time.monotonic() - started < 5


# Bombs


def bomb(levels: int) -> bytes:
    """A zip of sixteen zips of sixteen zips …, each some kilobytes."""
    content = zipped({f"{n}.txt": bytes(2**22) for n in range(16)})
    for _ in range(levels):
        content = zipped({f"{n}.zip": content for n in range(16)})
    return content


def overlapping(times: int = 10_000, member: bytes = bytes(2**20)) -> bytes:
    """A zip whose list names the same compressed bytes so many times."""
    content = zipped({"a.txt": member})
    start = content.index(b"PK\1\2")
    end = content.index(b"PK\5\6")
    entries = content[start:end] * times
    tail = bytearray(content[end:])
    struct.pack_into("<HHLL", tail, 8, times, times, len(entries), start)
    return content[:start] + entries + bytes(tail)


def one_page(value: bytes) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"html": [value]}), target, compression="zstd", use_dictionary=False)
    return target.getvalue()


def packed_bodies(body: bytes) -> bytes:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    for number in range(8):
        answer(writer, number, body, Content_Encoding="gzip")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", gzip.compress(bytes(FREE + 2**20), 9)),
        ("a.tar.gz", tarred({"a.txt": bytes(FREE + 2**20)}, "w:gz")),
        ("a.zip", bomb(1)),
        ("b.zip", overlapping()),
        ("a.parquet", one_page(bytes(FREE + 2**20))),
        ("a.warc.gz", warc([bytes(FREE + 2**20)])),
        ("b.warc.gz", packed_bodies(gzip.compress(bytes(15 * 2**20), 9))),
    ],
    ids=["dump", "tar", "zips in a zip", "one member many times", "page", "record", "bodies"],
)
def test_a_bomb_is_one_row_and_leaves_nothing(tmp_path: Path, own_state: Path, name: str, content: bytes) -> None:
    started = time.monotonic()
    made = documents(tmp_path, name, content)
    assert time.monotonic() - started < 10
    (reason,) = made.values()
    assert str(reason).startswith("bomb: it unpacks to more than")
    assert list(made) == [""]
    (folder,) = [*own_state.glob("unpacked")] or [own_state]
    assert not [path for path in folder.iterdir() if path.stat().st_size > FREE]


def test_containers_too_deep_in_each_other_are_not_opened(tmp_path: Path) -> None:
    content = zipped({"a.txt": b"x"})
    for _ in range(MAX_DEPTH):
        content = zipped({"a.zip": content, "b.txt": b"y"})
    made = texts(tmp_path, "a.zip", content)
    assert [*made.values()].count("y") == MAX_DEPTH
    assert [*made.values()].count("too_deep") == 1
    assert "x" not in made.values()


@pytest.mark.parametrize("piece", ["[],", "{},", '"a",', "1,", '{"a":[]},'])
def test_a_line_of_more_values_than_memory_bears_is_a_row_and_its_text_may_hold_as_many_marks(
    tmp_path: Path, piece: str
) -> None:
    bomb = '{"text":"x","more":[' + piece * limits.MAX_MARKS + "0]}\n"
    fine = json.dumps({"text": piece * limits.MAX_MARKS}) + "\n"
    made = texts(tmp_path, "a.jsonl", f"{bomb}{fine}".encode())
    assert made["1"] == "too_many"
    assert made["2"] in ("too_large", piece * limits.MAX_MARKS)


def test_too_many_members_are_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_RECORDS", 100)
    content = b"{}\n" * 101
    assert documents(tmp_path, "a.jsonl", content) == {"": "too_many: it holds more than 100 records"}


def test_a_document_that_is_too_large_is_a_row(tmp_path: Path) -> None:
    large = b"x" * (MAX_BYTES + 1)
    assert texts(tmp_path, "a.zip", zipped({"1.txt": large, "2.txt": b"x"})) == {"1.txt": "too_large", "2.txt": "x"}
    assert texts(tmp_path, "a.txt.gz", gzip.compress(large)) == {"a.txt": "too_large"}


def test_a_large_dump_is_listed_in_little_memory(tmp_path: Path) -> None:
    line = json.dumps({"text": "x" * 250_000, "n": os.urandom(3000).hex()}).encode() + b"\n"
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", 1) as target:
        for _ in range(400):
            target.write(line)
    tracemalloc.start()
    try:
        found = list_records(tmp_path, "a.jsonl.gz").found
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == 400
    assert peak < 10 * 2**20  # of 100 MB


# What was unpacked


def test_a_container_that_was_deleted_is_unpacked_again(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(CONTAINERS["archive_in.tar"])
    one = list_records(tmp_path, "a.tar").found[2]
    unpacked_path(one.place.steps[0].sha256 or "").unlink()
    assert read_record(tmp_path, one.place, one.name).text == PAGES[2]


def test_what_was_not_used_for_long_is_deleted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(CONTAINERS["a.jsonl.gz"])
    path = unpacked_path(list_records(tmp_path, "a.jsonl.gz").found[0].place.steps[0].sha256 or "")
    prune()
    assert path.exists()
    os.utime(path, (0, time.time() - KEPT - 60))
    prune()
    assert not path.exists()


def test_an_archive_that_changed_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b"one"}))
    (one,) = list_records(tmp_path, "a.zip").found
    (tmp_path / "a.zip").write_bytes(b"other")
    assert (read_record(tmp_path, one.place, one.name).reason or "").startswith(("changed: ", "malformed: "))


@pytest.mark.parametrize("name", CONTAINERS)
def test_damaged_containers_neither_crash_nor_hang_nor_vanish(tmp_path: Path, name: str) -> None:
    assert fuzz(tmp_path, name, 25, seed=1)


@pytest.mark.parametrize("packed", [True, False])
def test_what_an_archive_says_of_its_source_goes_with_every_page(tmp_path: Path, packed: bool) -> None:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a", {"publisher": "青禾日报", "rights": "reserved"}))
    for number, page in enumerate(PAGES):
        answer(writer, number, page.encode())
    found = documents(tmp_path, "a.warc.gz" if packed else "a.warc", target.getvalue())
    read = [document for document in found.values() if isinstance(document, RawDocument)]
    assert len(read) == len(found)
    assert {document.stated[4:] for document in read} == {("青禾日报", None, None, "reserved")}
    (row,) = clean(read[0])["documents"]
    assert (row["publisher"], row["rights"]) == ("青禾日报", "reserved")


def test_what_an_archive_said_is_forgotten_when_it_is_another(tmp_path: Path) -> None:
    for publisher in ("青禾日报", "松溪周报"):
        target = io.BytesIO()
        writer = WARCWriter(target, gzip=True)
        writer.write_record(writer.create_warcinfo_record("a", {"publisher": publisher}))
        answer(writer, 1, PAGES[0].encode())
        (document,) = documents(tmp_path, "a.warc.gz", target.getvalue()).values()
        assert isinstance(document, RawDocument)
        assert document.stated.publisher == publisher
