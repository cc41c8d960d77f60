"""Files to documents: encodings, and files that are no document."""

from __future__ import annotations

import codecs
import hashlib
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.chinese import common_characters, to_traditional
from flows.read import read
from flows.read.encoding import CONTROL, LEGACY, decode, plausibility
from flows.read.formats import PDF, TEXT, media_type_of
from flows.read.reader import MAX_BYTES, printable
from flows.read.reading import Read

HANS = """社会工作者走进社区
近日，县民政局在文化活动中心举办社工节活动，各街道、镇的社工代表和居民四百余人参加。
活动现场，志愿者为老人提供义诊、理发等服务，受到大家欢迎。
据介绍，全县已有持证社工1200人，社会组织86家，去年开展项目45个。
下一步，将加强队伍建设，完善购买服务机制，让更多困难群众得到帮助。
"""
HANT = to_traditional(HANS).translate(str.maketrans("爲羣衆", "為群眾"))  # what Big5 has, where OpenCC prefers others
SENTENCES = [line for text in (HANS, HANT) for line in text.splitlines()]


def write(folder: Path, content: bytes, name: str = "page.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (HANS, "utf-8", "utf-8"),
        (HANS, "gbk", "gb18030"),
        (HANS + "㐂𠮷", "gb18030", "gb18030"),
        (HANT, "gbk", "gb18030"),
        (HANT, "big5", "big5"),
        (HANT + "碁銹恒", "cp950", "cp950"),
        (HANT + "嘅咗喺𨋢", "big5hkscs", "big5hkscs"),
        (HANS, "utf-16-le", "utf-16-le"),
        (HANT, "utf-16-be", "utf-16-be"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, text: str, encoding: str, named: str) -> None:
    document = read(write(tmp_path, text.encode(encoding)), tmp_path)
    assert (document.text, document.encoding, document.flags, document.reason) == (text, named, (), None)


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_sentence_is_enough(sentence: str, encoding: str) -> None:
    try:
        content = sentence.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the encoding has no such characters")
    decoded = decode(content)
    assert isinstance(decoded, Read)
    assert decoded.text == sentence


@given(st.one_of(st.binary(), st.text().map(str.encode)), st.sampled_from(["utf-8", *LEGACY]))
def test_an_encoding_is_as_plausible_as_its_characters_are_common(content: bytes, encoding: str) -> None:
    text = content.decode(encoding, "replace")
    foreign = [char for char in text if not char.isascii()]
    worth = sum(char in common_characters() for char in foreign) - foreign.count("\ufffd") - len(CONTROL.findall(text))
    halved = encoding.startswith("utf-16") and len(content) % 2
    assert plausibility(content, encoding) == (worth / len(foreign) if foreign and not halved else 0.0)


def test_one_control_character_in_a_page_is_kept() -> None:
    assert decode(f"{HANS}\x01".encode()) == Read(f"{HANS}\x01", "utf-8")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides_and_stays(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + HANS.encode(encoding))
    assert isinstance(decoded, Read)
    assert (decoded.text, decoded.encoding) == ("\ufeff" + HANS, encoding)


def test_line_ends_stay_in_the_raw_text() -> None:
    decoded = decode("甲\r\n乙\r".encode())
    assert isinstance(decoded, Read)
    assert decoded.text == "甲\r\n乙\r"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_invalid_bytes_are_flagged_and_shown(encoding: str) -> None:
    content = HANT.encode(encoding)
    place = content.index(b"\n") + 1
    decoded = decode(content[:place] + b"\xff\xff" + content[place:])
    assert isinstance(decoded, Read)
    assert decoded.text.replace("\ufffd", "")[:20] == HANT[:20]
    assert [flag.partition(":")[0] for flag in decoded.flags] == ["invalid_bytes"]


def test_lines_in_another_encoding_are_read_and_flagged() -> None:
    first, second, *rest = HANS.splitlines(keepends=True)
    content = first.encode() + second.encode("gbk") + "".join(rest).encode()
    decoded = decode(content)
    assert isinstance(decoded, Read)
    assert (decoded.text, decoded.flags) == (HANS, ("mixed_encoding:gb18030:1",))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "binary"),
        (bytes(4000), "binary"),
    ],
)
def test_what_is_no_text_is_rejected(tmp_path: Path, content: bytes, code: str) -> None:
    document = read(write(tmp_path, content), tmp_path)
    assert document.reason is not None
    assert document.reason.startswith(f"{code}: ")
    assert document.text == ""
    assert document.document_id == hashlib.sha256(content).hexdigest()[:16]


def test_a_huge_line_is_rejected_quickly(tmp_path: Path) -> None:
    path = write(tmp_path, "社".encode() * (50 * 2**20 // 3))
    begun = time.monotonic()
    document = read(path, tmp_path)
    assert document.reason is not None
    assert document.reason.startswith("too_large: ")
    assert document.byte_count == path.stat().st_size > MAX_BYTES
    assert time.monotonic() - begun < 10


def test_files_that_are_no_documents(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    reasons = {
        name: read(tmp_path / name, tmp_path).reason for name in ("pipe", "folder", "dangling", "loop", "missing")
    }
    codes = {name: (reason or "").partition(":")[0] for name, reason in reasons.items()}
    assert codes == {
        "pipe": "not_a_file",
        "folder": "not_a_file",
        "dangling": "unreadable",
        "loop": "unreadable",
        "missing": "unreadable",
    }


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, HANS.encode())

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("flows.read.raw_files.os.open", refuse)
    document = read(path, tmp_path)
    assert document.reason == "unreadable: Permission denied"
    assert document.document_id == hashlib.sha256(b"page.txt").hexdigest()[:16]
    assert document.sha256 is None


def test_odd_names_are_stored_printable(tmp_path: Path) -> None:
    name = os.fsdecode("社工\n".encode() + b"\xff.txt")
    document = read(write(tmp_path, HANS.encode(), name), tmp_path)
    assert document.path == "社工\\n\\udcff.txt"
    assert document.text == HANS


@given(st.text(max_size=20))
def test_printable_names_can_be_encoded(name: str) -> None:
    assert printable(name).encode("utf-8").decode() == printable(name)


@given(st.binary(max_size=300))
def test_decode_never_raises(content: bytes) -> None:
    decode(content)


@given(
    st.lists(st.sampled_from(SENTENCES[:5]), min_size=1, max_size=4).map("\n".join),
    st.integers(0, 400),
    st.binary(max_size=3),
)
def test_utf8_with_a_few_wrong_bytes_never_becomes_another_text(text: str, place: int, noise: bytes) -> None:
    content = text.encode()
    place = min(place, len(content))
    decoded = decode(content[:place] + noise + content[place:])
    assert isinstance(decoded, Read)
    assert decoded.encoding == "utf-8" or len(text) < 30


@pytest.mark.parametrize(("before", "media_type"), [(0, PDF), (1000, PDF), (1001, TEXT)])
def test_the_mark_of_a_pdf_may_stand_behind_a_thousand_bytes(before: int, media_type: str) -> None:
    assert media_type_of(b"\n" * before + b"%PDF-1.7", "a.txt") == media_type
