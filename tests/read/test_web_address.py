"""documents.url: http and https, whatever says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.clean import clean
from flows.document import Origin
from flows.read import read
from flows.read.addresses import web_address
from flows.read.archives import list_records, read_record
from flows.read.archives.walk import _shown

WEB = [
    "https://example.org/a.html",
    "HTTP://Example.org",
    "https://例子.example/社工?id=1#top",
    "https://[::1]:8080/@li",
]
OTHER = [
    *("javascript:alert(1)", "data:text/html,x", "file:///home/li/a.html", "blob:https://example.org/x", "/a.html"),
    *("//example.org/a.html", "example.org", "dns:example.org", "urn:uuid:1", "https:///a", "http://["),
    *("https:\\\\a.b", "https://li:secret@example.org/", "https://example.org:port/", "https://example.org/a b"),
    *("https://example.org/\u200b", "mailto:li@example.org", "view-source:https://example.org", "", "about:blank"),
]


@pytest.mark.parametrize("url", [*WEB, *OTHER])
def test_only_the_address_of_a_web_page_is_one(url: str) -> None:
    expected = url if url in WEB else None
    assert web_address(url) == expected
    assert _shown(Origin(url)).url == expected  # of any archive and dump


@pytest.mark.parametrize("tag", ['<meta property="og:url" content="{}">', '<link rel="canonical" href="{}">'])
@pytest.mark.parametrize("url", [WEB[0], "javascript:alert(1)", "file:///home/li/a.html", "/a.html"])
def test_markup_states_no_other(tmp_path: Path, tag: str, url: str) -> None:
    page = f"<html><head>{tag.format(url)}</head><body><p>社工站昨日启用。</p></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (row,) = clean(read(tmp_path / "page.html", tmp_path))["documents"]
    assert row["url"] == (url if url in WEB else None)


def test_where_one_statement_is_no_address_the_next_is_asked(tmp_path: Path) -> None:
    head = f'<meta property="og:url" content="/a"><link rel="canonical" href="{WEB[0]}">'
    (tmp_path / "page.html").write_text(f"<html><head>{head}</head><body>社工</body></html>", encoding="utf-8")
    assert read(tmp_path / "page.html", tmp_path).stated.url == WEB[0]


def test_a_dump_states_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    rows = [
        {"text": f"第{number}页", "url": url} for number, url in enumerate([WEB[0], "ftp://example.org/a", OTHER[0]])
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = list_records(tmp_path, "a.jsonl").found
    assert [read_record(tmp_path, one.place, one.name).origin.url for one in found] == [WEB[0], None, None]
