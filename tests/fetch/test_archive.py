"""Archives grow a whole record at a time, whatever cuts them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.errors import InputError
from flows.fetch.archive import OpenArchive, commit, cut_to_whole_records
from flows.fetch.archived import entries, response_at
from flows.fetch.client import Response

BEGAN = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)


def response(n: int, body: bytes) -> Response:
    headers = (("Content-Type", "text/html"), ("ETag", f'"{n}"'), ("Transfer-Encoding", "chunked"))
    return Response(f"http://a.example/{n}", 200, "OK", headers, body, "8.8.8.8", BEGAN + dt.timedelta(seconds=n))


def archive(path: Path, bodies: list[bytes]) -> list[int]:
    """Writes an archive; gives where it ends after each record."""
    made = OpenArchive(path, {"source": "a"})
    ends = []
    for n, body in enumerate(bodies):
        made.add(response(n, body))
        ends.append(made.size)
    made.close()
    return ends


def test_an_archive_tells_what_was_stored(tmp_path: Path) -> None:
    made = OpenArchive(tmp_path / "a.warc.gz", {"source": "a"})
    told = [made.add(response(n, bytes([n]) * n)) for n in range(3)]
    made.close()
    assert list(entries(made.path)) == told
    for n, entry in enumerate(told):
        again = response_at(made.path, entry)
        assert (again.body, again.fetched_at) == (bytes([n]) * n, response(n, b"").fetched_at)
        assert again.header("x-archive-orig-transfer-encoding") == "chunked"
        assert again.header("transfer-encoding") is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.data())
def test_wherever_it_is_cut_the_whole_records_before_are_kept(
    tmp_path: Path, bodies: list[bytes], data: st.DataObject
) -> None:
    path = tmp_path / "a.warc.gz"
    path.unlink(missing_ok=True)
    ends = archive(path, bodies)
    cut = data.draw(st.integers(0, ends[-1]))
    rest = data.draw(st.sampled_from([b"", bytes(50), b"not gzip"]))
    path.write_bytes(path.read_bytes()[:cut] + (rest if cut in ends else b""))
    cut_to_whole_records(path)
    assert [entry.url for entry in entries(path)] == [
        f"http://a.example/{n}" for n, end in enumerate(ends) if end <= cut
    ]


def test_the_same_responses_give_the_same_archive_under_the_same_name(tmp_path: Path) -> None:
    made = []
    for folder in (tmp_path / "1", tmp_path / "2"):
        archive(folder / "open" / "a.warc.gz", [b"one", b"two"])
        made.append(commit(folder / "open" / "a.warc.gz", folder))
    first, second = made
    assert first
    assert second
    assert first.name == second.name
    assert first.name.startswith("2026-11-22-")
    assert first.read_bytes() == second.read_bytes()


def test_an_archive_without_responses_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"\x1f\x8b")
    assert commit(tmp_path / "a.warc.gz", tmp_path / "made") is None
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", [b"x" * 1000] * 3)
    content = bytearray((tmp_path / "a.warc.gz").read_bytes())
    content[len(content) // 2] ^= 255
    (tmp_path / "a.warc.gz").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.warc\.gz"):
        list(entries(tmp_path / "a.warc.gz"))
