"""Sources into archives, from a site on this machine."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as OtherIterator

from flows.fetch.begin import ledger_path
from flows.fetch.collecting import collect_source
from flows.fetch.outcome import SourceReport
from flows.fetch.pace import real_clock
from flows.raw.documents import read_listed
from flows.raw.listing import list_documents
from flows.turn import BusyError
from tests.fetch.local_run import Time, counted, source
from tests.fetch.local_site import Asked, Site, answer, changing, packed, redirect

Collect = Callable[..., SourceReport]

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>/</link><description/>
{}</channel></rss>"""


def feed(*paths: str) -> bytes:
    return answer(FEED.format("".join(f"<item><link>{path}</link></item>" for path in paths)), Content_Type="text/xml")


def page(text: str = "三百名居民到场。") -> bytes:
    return answer(f"<html><body><p>{text}</p></body></html>")


def stored(raw: Path) -> list[tuple[str, bytes]]:
    """Address and payload of every page of the archives, by the reader of the release."""
    pages = []
    for path in sorted((raw / "collected").glob("*/*")):
        for record in ArchiveIterator(path.open("rb"), record_types=WarcRecordType.response):
            pages.append((record.headers["WARC-Target-URI"], record.reader.read()))
    return pages


def files(raw: Path) -> dict[str, bytes]:
    return {path.relative_to(raw).as_posix(): path.read_bytes() for path in sorted(raw.rglob("*.gz"))}


def test_a_feed_is_fetched_once_and_a_second_run_changes_no_file(site: Site, collect: Collect, tmp_path: Path) -> None:
    site.pages |= {"/feed": feed("/a", "/b"), "/a": page("一"), "/b": page("二")}
    first = collect(kind="feed", url=site.url("/feed"))
    assert counted(first) == {"new": 2}
    assert [name for name, _ in stored(tmp_path / "raw")] == [site.url("/a"), site.url("/b")]
    listed = list_documents(tmp_path / "raw")
    assert {document.name.partition("!")[0] for document in listed} == set(first.archives)
    read = [read_listed(tmp_path / "raw", document) for document in listed]
    assert {document.origin.url for document in read} == {site.url("/a"), site.url("/b")}
    before, asked = files(tmp_path / "raw"), len(site.asked)
    assert counted(collect(kind="feed", url=site.url("/feed"))) == {"known": 2}
    assert files(tmp_path / "raw") == before
    assert [one.path for one in site.asked[asked:]] == ["/feed"]


def test_the_archives_alone_tell_what_was_fetched(site: Site, collect: Collect, tmp_path: Path) -> None:
    site.pages |= {"/feed": changing(lambda: FEED.format("<item><link>/a</link></item>").encode()), "/a": page()}
    site.pages |= {"/old": redirect("/a", "301 Moved Permanently")}
    collect(kind="feed", url=site.url("/feed"))
    collect(url=site.url("/old"))
    shutil.rmtree(tmp_path / "state")
    asked = len(site.asked)
    assert counted(collect(kind="feed", url=site.url("/feed"))) == {"known": 1}  # read from the archive, after a 304
    assert counted(collect(url=site.url("/old"))) == {"known": 1}
    assert "/a" not in [one.path for one in site.asked[asked:]]


def test_a_damaged_ledger_is_made_anew(site: Site, collect: Collect, tmp_path: Path) -> None:
    site.pages["/a"] = page()
    collect(url=site.url("/a"))
    ledger_path(tmp_path / "raw").write_bytes(b"no database" * 1000)
    assert counted(collect(url=site.url("/a"))) == {"known": 1}


def test_a_record_says_all_that_a_reader_needs(site: Site, collect: Collect, tmp_path: Path) -> None:
    body = "<p>社工</p>".encode()
    site.pages["/a"] = packed(body, Content_Type="text/html", X_Strange="\xe9")
    (archive,) = collect(url=site.url("/a"), rights="reserved", rights_statement="未经授权不得转载").archives
    path = tmp_path / "raw" / archive
    records = iter(ArchiveIterator(path.open("rb")))
    about = next(records)
    fields = dict(line.split(": ", 1) for line in about.reader.read().decode().splitlines())
    warcinfo = about.record_id
    record = next(records)
    assert {
        "source": "here",
        "publisher": "某网",
        "language": "zh-Hans",
        "rights": "reserved",
    }.items() <= fields.items()
    assert fields["rights-statement"] == "未经授权不得转载"
    assert "us@example.org" in fields["http-header-user-agent"]
    assert record.headers["WARC-Target-URI"] == site.url("/a")
    assert record.headers["WARC-IP-Address"] == "127.0.0.1"
    assert record.headers["WARC-Warcinfo-ID"] == warcinfo
    assert record.record_date == dt.datetime.fromisoformat(record.headers["WARC-Date"])
    assert record.verify_payload_digest(consume=False)
    assert record.http_headers.get("Content-Length") == str(len(body))
    assert record.http_headers.get("X-Archive-Orig-Content-Encoding") == "gzip"
    assert record.reader.read() == body
    for other in OtherIterator(path.open("rb"), check_digests="raise"):
        other.content_stream().read()


def test_the_same_bytes_are_stored_once(site: Site, collect: Collect, tmp_path: Path) -> None:
    site.pages |= {"/a": page(), "/b": page()}
    assert counted(collect(url=[site.url("/a"), site.url("/b")])) == {"new": 1, "copy": 1}
    assert len(stored(tmp_path / "raw")) == 1
    shutil.rmtree(tmp_path / "state")
    assert counted(collect(url=[site.url("/a"), site.url("/b")])) == {"known": 2}


@pytest.mark.parametrize(("with_etag", "with_date"), [(True, False), (False, True), (False, False)])
def test_a_page_is_checked_again_when_its_time_has_come(
    site: Site, collect: Collect, time_of_tests: Time, tmp_path: Path, with_etag: bool, with_date: bool
) -> None:
    text = ["<p>旧</p>"]
    site.pages["/a"] = changing(lambda: text[0].encode(), with_etag, with_date)
    run = {"url": site.url("/a"), "recheck_days": 7}
    assert counted(collect(**run)) == {"new": 1}
    time_of_tests.days(6)
    assert counted(collect(**run)) == {"known": 1}
    time_of_tests.days(2)
    before = files(tmp_path / "raw")
    assert counted(collect(**run)) == {"unchanged": 1}
    assert files(tmp_path / "raw") == before
    time_of_tests.days(8)
    text[0] = "<p>新的</p>"
    assert counted(collect(**run)) == {"changed": 1}
    assert [body.decode() for _, body in stored(tmp_path / "raw")] == ["<p>旧</p>", "<p>新的</p>"]
    time_of_tests.days(8)
    del site.pages["/a"]
    assert counted(collect(**run)) == {"gone": 1}
    assert len(stored(tmp_path / "raw")) == 2


def test_a_page_that_its_sitemap_calls_changed_is_asked_for_again(
    site: Site, collect: Collect, time_of_tests: Time
) -> None:
    day = ["2026-11-20"]
    site.pages["/map"] = lambda _: answer(
        f"<urlset><url><loc>{site.url('/a')}</loc><lastmod>{day[0]}</lastmod></url></urlset>"
    )
    site.pages["/a"] = page("一")
    run = {"kind": "sitemap", "url": site.url("/map")}
    assert counted(collect(**run)) == {"new": 1}
    time_of_tests.days(3)
    assert counted(collect(**run)) == {"known": 1}
    day[0], site.pages["/a"] = "2026-11-24", page("二")
    assert counted(collect(**run)) == {"changed": 1}
    assert counted(collect(**run)) == {"known": 1}


def test_a_change_that_is_still_to_come_is_none(site: Site, collect: Collect) -> None:
    listed = f"<urlset><url><loc>{site.url('/a')}</loc><lastmod>2031-01-01</lastmod></url></urlset>"
    site.pages |= {"/map": answer(listed), "/a": page()}
    run = {"kind": "sitemap", "url": site.url("/map")}
    assert [counted(collect(**run)) for _ in range(2)] == [{"new": 1}, {"known": 1}]


def test_what_is_gone_is_not_asked_for_for_ever(site: Site, collect: Collect) -> None:
    site.pages["/b"] = answer(status="410 Gone")
    results = [counted(collect(url=[site.url("/a"), site.url("/b")])) for _ in range(5)]
    assert results == [{"gone": 2}, {"gone": 1, "known": 1}, {"gone": 1, "known": 1}, {"known": 2}, {"known": 2}]


def test_what_fails_is_tried_in_five_runs_even_when_nothing_lists_it_any_more(site: Site, collect: Collect) -> None:
    site.pages |= {"/feed": feed("/a", "/b"), "/a": page(), "/b": answer(status="403 Forbidden")}
    assert counted(collect(kind="feed", url=site.url("/feed"))) == {"new": 1, "failed": 1}
    site.pages["/feed"] = feed("/a")
    for _ in range(4):
        assert counted(collect(kind="feed", url=site.url("/feed"))) == {"known": 1, "failed": 1}
    assert counted(collect(kind="feed", url=site.url("/feed"))) == {"known": 2}


def test_a_run_ends_at_its_limit_and_the_next_goes_on(site: Site, collect: Collect) -> None:
    paths = [f"/{n}" for n in range(5)]
    site.pages |= {"/feed": feed(*paths)} | {path: page(path) for path in paths}
    run = {"kind": "feed", "url": site.url("/feed"), "pages_a_run": 2}
    assert [counted(collect(**run)) for _ in range(3)] == [
        {"new": 2, "left": 3},
        {"new": 2, "known": 2, "left": 1},
        {"new": 1, "known": 4},
    ]
    assert sorted(site.paths()) == sorted([*paths, *["/feed"] * 3])


def test_a_run_ends_when_its_minutes_are_over(site: Site, collect: Collect) -> None:
    paths = [f"/{n}" for n in range(5)]
    site.pages |= {path: page(path) for path in paths}
    report = collect(url=[site.url(path) for path in paths], delay=30, minutes_a_run=1.2)
    assert counted(report) == {"new": 2, "left": 3}  # robots.txt, and two pages: 0, 30, 60 seconds
    assert report.note
    assert report.problem is None


def test_a_source_that_is_down_is_left_after_five_failures(site: Site, collect: Collect) -> None:
    site.pages |= {f"/{n}": answer(status="500 Oh") for n in range(9)}
    report = collect(url=[site.url(f"/{n}") for n in range(9)])
    assert counted(report) == {"failed": 5, "left": 4}
    assert "500" in str(report.problem)


def test_a_list_page_gives_the_links_that_fit(site: Site, collect: Collect, tmp_path: Path) -> None:
    site.pages["/news/list.html"] = answer(
        '<a href="/art/1.html#top">一</a><a href="art/2.html">二<a href="../art/1.html">又</a>'
        '<a href="about.html">关于</a><a href="javascript:void(0)">x</a><a href="http://[broken">y</a>'
        '<a href="http://elsewhere.example/art/3.html">三</a><a href="mailto:a@b">m</a>'
    )
    site.pages |= {"/art/1.html": page("一"), "/news/art/2.html": page("二")}
    report = collect(kind="list", url=site.url("/news/list.html"), links=r"/art/\d+\.html$")
    assert counted(report) == {"new": 2}
    assert [url for url, _ in stored(tmp_path / "raw")] == [site.url("/art/1.html"), site.url("/news/art/2.html")]


@pytest.mark.parametrize(
    ("kind", "told", "why"),
    [
        ("feed", answer("<html>moved</html>"), "neither RSS nor Atom"),
        ("list", answer("<p>nothing</p>"), "no link"),
        ("list", answer('<a href="/other/1">1</a>'), "fits `links`"),
        ("sitemap", answer("<html><body/></html>"), "begins with <html>"),
        ("feed", answer(status="404 Not Found"), "status 404"),
        ("feed", answer(status="503 Busy"), "status 503"),
    ],
)
def test_a_source_of_which_nothing_can_be_read_has_a_problem(
    site: Site, collect: Collect, kind: str, told: bytes, why: str
) -> None:
    site.pages["/start"] = told
    report = collect(kind=kind, url=site.url("/start"), links="/art/")
    assert why in str(report.problem)
    assert site.url("/start") in str(report.problem)


def test_a_list_whose_pattern_changed_is_read_again_from_the_archive(site: Site, collect: Collect) -> None:
    site.pages["/list"] = changing(lambda: b'<a href="/a/1">1</a><a href="/b/1">2</a>')
    site.pages |= {"/a/1": page("一"), "/b/1": page("二")}
    assert counted(collect(kind="list", url=site.url("/list"), links="/a/")) == {"new": 1}
    assert counted(collect(kind="list", url=site.url("/list"), links="/[ab]/")) == {"new": 1, "known": 1}


def test_a_dry_run_stores_nothing(site: Site, collect: Collect, tmp_path: Path) -> None:
    site.pages |= {"/feed": feed("/a", "/b"), "/a": page()}
    report = collect(kind="feed", url=site.url("/feed"), dry=True)
    assert report.pages == (("left", site.url("/a"), ""), ("left", site.url("/b"), ""))
    assert site.paths() == ["/feed"]
    assert not files(tmp_path / "raw")
    assert counted(collect(kind="feed", url=site.url("/feed"))) == {"new": 1, "gone": 1}


def test_what_was_taken_down_is_neither_asked_for_nor_stored(site: Site, collect: Collect, tmp_path: Path) -> None:
    site.pages |= {"/a": page("一"), "/b": page("二"), "/to-a": redirect("/a")}
    assert counted(collect(url=site.url("/b"))) == {"new": 1}
    sha256 = stored(tmp_path / "raw")
    shutil.rmtree(tmp_path / "raw" / "collected")
    stones = [
        {"url": site.url("/a/#top").replace("http:", "HTTPS:"), "date": "2026-11-22", "why": "asked", "who": "Li"},
        {"sha256": hashlib.sha256(sha256[0][1]).hexdigest().upper(), "date": "2026-11-22", "why": "x", "who": "Li"},
    ]
    (tmp_path / "raw" / "tombstones.yaml").write_text(json.dumps(stones))
    urls = [site.url(path) for path in ("/a", "/b", "/to-a")]
    assert counted(collect(url=urls)) == {"refused": 3}
    assert not stored(tmp_path / "raw")
    assert "/a" not in site.paths()
    collect(url=urls)
    assert site.paths().count("/b") == 2  # in the first run, and to know what it is


def test_one_run_at_a_time_in_a_raw_folder(begin: Callable[..., Any]) -> None:
    with begin(), pytest.raises(BusyError, match="collecting"), begin():
        pass


def test_what_a_killed_run_had_fetched_is_kept_and_the_half_record_is_not(
    site: Site, collect: Collect, begin: Callable[..., Any], tmp_path: Path
) -> None:
    site.pages |= {"/a": page("一"), "/b": page("二")}
    (archive,) = collect(url=[site.url("/a"), site.url("/b")]).archives
    whole = tmp_path / "raw" / archive
    hidden = tmp_path / "raw" / ".collect" / "open" / "collected.here.warc.gz"
    content = whole.read_bytes()
    for cut in (len(content) - 1, len(content) - 300):
        whole.unlink()
        hidden.write_bytes(content[:cut])
        with begin():
            pass
        (whole,) = (tmp_path / "raw" / "collected" / "here").iterdir()
        assert [url for url, _ in stored(tmp_path / "raw")] == [site.url("/a")]
        assert not hidden.exists()
    assert counted(collect(url=[site.url("/a"), site.url("/b")])) == {"known": 1, "new": 1}


@pytest.mark.parametrize("name", ["collected.there", "trail.there", "notes", "odd.there.else"])
def test_a_file_that_cannot_be_read_is_set_aside_and_all_goes_on(
    site: Site, collect: Collect, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    site.pages["/a"] = page()
    open_files = tmp_path / "raw" / ".collect" / "open"
    open_files.mkdir(parents=True)
    headers = b"WARC-Type: response\r\nX: " + b"x" * 40_000 if name.startswith("trail") else b"Content-Length: no"
    (open_files / f"{name}.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\n" + headers + b"\r\n\r\n"))
    told = collect(url=site.url("/a"), name="there")
    assert counted(told) == {"new": 1}
    assert f"{name}.warc.gz cannot be read and was set aside as .collect/aside/{name}." in capsys.readouterr().err
    assert "set aside" in str(told.note) or name == "notes" or name.endswith("else")
    assert not list(open_files.iterdir())
    assert len(list((tmp_path / "raw" / ".collect" / "aside").iterdir())) == 1


def test_a_damaged_archive_stops_its_own_source_only(site: Site, collect: Collect, tmp_path: Path) -> None:
    site.pages |= {"/a": page("一"), "/b": page("二")}
    (archive,) = collect(url=site.url("/a"), name="here").archives
    shutil.rmtree(tmp_path / "state")
    (tmp_path / "raw" / archive).write_bytes(b"\x1f\x8b no archive")
    report = collect(url=site.url("/a"), name="here")
    assert counted(report) == {}
    assert archive in str(report.problem)
    assert counted(collect(url=site.url("/b"), name="there")) == {"new": 1}


@pytest.mark.parametrize("size", [15_000, 17_000, 40_000, 90_000])
def test_headers_that_could_not_be_read_back_are_refused(site: Site, collect: Collect, size: int) -> None:
    site.pages["/a"] = answer("<p>x</p>", X_Long="x" * size)
    site.pages["/b"] = page()
    assert counted(collect(url=[site.url("/a"), site.url("/b")])) == (
        {"new": 2} if size < 16_000 else {"failed": 1, "new": 1}
    )
    assert collect(url=site.url("/b")).counts["known"] == 1


def test_headers_about_how_a_page_travelled_are_refused_for_what_they_are_stored_as(
    site: Site, collect: Collect, tmp_path: Path
) -> None:
    many = "".join("Content-Encoding: identity\r\n" for _ in range(580))
    site.pages["/a"] = f"HTTP/1.1 200 OK\r\n{many}Content-Length: 8\r\n\r\n<p>x</p>".encode()
    assert counted(collect(url=site.url("/a"))) == {"new": 1}
    assert [body for _, body in stored(tmp_path / "raw")] == [b"<p>x</p>"]


def test_304_for_a_page_never_held_is_an_error(site: Site, collect: Collect) -> None:
    site.pages["/a"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    report = collect(url=site.url("/a"))
    assert counted(report) == {"failed": 1}
    assert "never held" in str(report.problem)
    site.pages["/a"] = page()
    assert counted(collect(url=site.url("/a"))) == {"new": 1}


def test_304_for_a_page_that_was_gone_is_an_error_too(site: Site, collect: Collect) -> None:
    assert counted(collect(url=site.url("/a"))) == {"gone": 1}
    site.pages["/a"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert counted(collect(url=site.url("/a"))) == {"failed": 1}


def test_a_page_that_drips_ends_with_the_minutes_of_its_source(site: Site, begin: Callable[..., Any]) -> None:
    def drip(asked: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        for _ in range(100):
            time.sleep(0.05)
            yield b"x"

    site.pages["/a"] = drip
    started = time.monotonic()
    with begin(clock=real_clock(threading.Event())) as run:
        report = collect_source(run, source(url=site.url("/a"), minutes_a_run=0.4 / 60, seconds_a_page=60.0))
    assert time.monotonic() - started < 3
    assert report.counts["new"] == 0
    assert report.problem


def test_a_full_disk_leaves_whole_records(
    site: Site, collect: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages |= {"/a": page("一"), "/b": page("二")}
    sync, synced = os.fsync, []

    def fail_later(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 6:
            raise OSError(28, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", fail_later)
    with pytest.raises(OSError, match="No space"):
        collect(url=[site.url("/a"), site.url("/b")])
    monkeypatch.undo()
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    assert len(stored(tmp_path / "raw")) < 2
    collect(url=[site.url("/a"), site.url("/b")])
    assert sorted(url for url, _ in stored(tmp_path / "raw")) == [site.url("/a"), site.url("/b")]


def test_requests_say_who_asks(site: Site, collect: Collect) -> None:
    site.pages["/a"] = page()
    collect(url=site.url("/a"))
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert len(agents) == 1
    assert agents.pop().endswith(" (+us@example.org)")


def test_one_connection_at_a_time_to_a_host_whatever_the_number_of_sources(
    site: Site, begin: Callable[..., Any]
) -> None:

    def slow(asked: Asked) -> bytes:
        time.sleep(0.02)
        return answer(f"<p>{asked.path}</p>")

    site.pages |= {f"/{name}/{n}": slow for name in "abc" for n in range(4)}
    sources = [source(name=name, url=[site.url(f"/{name}/{n}") for n in range(4)]) for name in "abc"]
    with begin() as run, ThreadPoolExecutor(3) as threads:
        reports = list(threads.map(lambda one: collect_source(run, one), sources))
    assert [counted(report) for report in reports] == [{"new": 4}] * 3
    assert site.most_at_once == 1
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
