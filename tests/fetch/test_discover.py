"""Feeds, sitemaps and list pages, well-formed, odd and hostile."""

from __future__ import annotations

import datetime as dt
import gzip
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.apart import find_links_apart
from flows.fetch.client import FetchError, Response
from flows.fetch.discover import Found, find_links, in_encoding
from flows.fetch.outcome import SourceReport
from tests.fetch.local_run import Time, counted, source
from tests.fetch.local_site import Site, answer

Collect = Callable[..., SourceReport]

BASE = "http://127.0.0.1/dir/start.xml"
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


def found(kind: str, body: bytes | str, media_type: str = "text/xml", **given: str) -> Found:
    body = body.encode() if isinstance(body, str) else body
    response = Response(BASE, 200, "OK", (("Content-Type", media_type),), body, "127.0.0.1", NOW)
    return find_links(source(kind=kind, url=BASE, **given), response)


def paths(result: Found) -> list[str]:
    return [link.url.removeprefix("http://127.0.0.1") for link in result.pages]


def refused(kind: str, body: bytes | str) -> str:
    with pytest.raises(FetchError) as caught:
        found(kind, body)
    return caught.value.sentence


RSS = (
    "<rss version='2.0'><channel><item><link>/a?x=1&amp;y=2</link></item><item><link> b </link></item></channel></rss>"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="/a"/>
<updated>2026-11-20T08:00:00+08:00</updated></entry><entry><title>no link</title></entry></feed>"""


def test_rss_and_atom() -> None:
    assert paths(found("feed", RSS)) == ["/a?x=1&y=2", "/dir/b"]
    (link,) = found("feed", ATOM).pages
    assert (link.url, link.changed_at) == ("http://127.0.0.1/a", dt.datetime(2026, 11, 20, tzinfo=dt.UTC))


def test_a_day_of_publication_is_no_change() -> None:
    dated = RSS.replace("</item>", "<pubDate>Sun, 22 Nov 2026 08:00:00 +0800</pubDate></item>")
    assert [link.changed_at for link in found("feed", dated).pages] == [None, None]


def test_a_feed_in_gbk_and_a_damaged_one() -> None:
    gbk = f"<?xml version='1.0' encoding='gb2312'?>{RSS.replace('<item>', '<title>社工</title><item>', 1)}"
    assert len(paths(found("feed", gbk.encode("gb18030")))) == 2
    assert paths(found("feed", RSS.replace("</channel></rss>", "<item><link>/c</li")))[:2] == ["/a?x=1&y=2", "/dir/b"]


def test_a_feed_that_is_empty_is_none_the_less_a_feed() -> None:
    assert found("feed", "<rss version='2.0'><channel><title>t</title></channel></rss>").pages == ()


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_are_read(encoding: str) -> None:
    bomb = f"{LAUGHS}]><rss version='2.0'><channel><item><link>/&j;</link></item></channel></rss>"
    assert "entities" in refused("feed", bomb.encode(encoding))
    bomb = f"{LAUGHS}]>{URLSET.format('<url><loc>/&j;</loc></url>')}"
    assert "document type" in refused("sitemap", bomb.encode(encoding))
    outside = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>/&e;</loc></url></urlset>"
    assert "document type" in refused("sitemap", outside)


def test_a_sitemap_newest_first() -> None:
    urls = (
        "<url><loc>http://127.0.0.1/old</loc><lastmod>2020-01-01</lastmod></url>"
        "<url><loc><![CDATA[http://127.0.0.1/a&b]]></loc></url>"
        "<url><loc>\n http://127.0.0.1/new \n</loc><lastmod>2026-11-21T10:00:00+08:00</lastmod>"
        "<image:image xmlns:image='i'><image:loc>http://127.0.0.1/picture</image:loc></image:image></url>"
        "<url><lastmod>2026-01-01</lastmod></url><url><loc>http://127.0.0.1/odd</loc><lastmod>soon</lastmod></url>"
    )
    assert paths(found("sitemap", URLSET.format(urls))) == ["/new", "/old", "/a&b", "/odd"]


def test_a_sitemap_in_gzip_in_gbk_in_plain_text() -> None:
    one = URLSET.format("<url><loc>http://127.0.0.1/a</loc></url>")
    assert paths(found("sitemap", gzip.compress(one.encode()))) == ["/a"]
    gbk = f'<?xml version="1.0" encoding="GB2312"?><!-- 社工 -->{one}'.encode("gb18030")
    assert paths(found("sitemap", gbk)) == ["/a"]
    assert paths(found("sitemap", b"\xef\xbb\xbf" + one.encode())) == ["/a"]
    assert paths(found("sitemap", "http://127.0.0.1/a\r\nhttp://127.0.0.1/b\n", "text/plain")) == ["/a", "/b"]


def test_a_sitemap_that_breaks_off_gives_what_it_has() -> None:
    assert paths(found("sitemap", "<urlset><url><loc>http://127.0.0.1/a</loc></url><url><lo")) == ["/a"]
    assert "no sitemap" in refused("sitemap", "<urlset><ur")


def test_what_is_no_sitemap_is_refused() -> None:
    assert "<html>" in refused("sitemap", "<html><body/></html>")
    assert "first address" in refused("sitemap", "<urlset>" + "<a>" * 100)
    assert "encoding" in refused("sitemap", '<?xml version="1.0" encoding="nonsense-8"?><urlset/>')
    with pytest.raises(FetchError, match="unpacked"):
        found("sitemap", gzip.compress(bytes(60_000_000), 1))


@pytest.mark.parametrize(
    "fault",
    [
        *["&", "&nbsp;", "\x08", "<image:image>&x</image:image>", "<b>", "</b>", "<x y=1 y=1/>", "a < b", "&#5;"],
        *["<!-- & -- > -->", "<lastmod>2024-05-06", "</url></url>"],
    ],
)
def test_no_fault_of_a_sitemap_loses_an_address(fault: str) -> None:
    one = "<url><loc>http://127.0.0.1/{}</loc>{}</url>"
    body = URLSET.format("".join(one.format(n, fault if n == "b" else "") for n in "abc"))
    for ahead in ("", "\n \r\n", '\n<?xml version="1.0" encoding="UTF-8"?>\n'):
        assert paths(found("sitemap", ahead + body)) == (["/b", "/a", "/c"] if "2024" in fault else ["/a", "/b", "/c"])


def test_an_address_with_a_bare_ampersand_is_whole() -> None:
    listed = "<url><loc>/b?x=1&y=2&copy=3&amp;lt=4&#x26;z=5</loc></url><url><loc>/c\x0b</loc></url>"
    assert paths(found("sitemap", URLSET.format(listed))) == ["/b?x=1&y=2&copy=3&lt=4&z=5", "/c"]


def test_a_sitemap_whose_elements_have_a_prefix() -> None:
    listed = "<s:urlset><s:url><i:loc>/picture</i:loc><s:loc>/a</s:loc><i:loc>/other</i:loc></s:url></s:urlset>"
    assert paths(found("sitemap", listed)) == ["/a"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        *[("2024-5-6", (2024, 5, 6)), ("2024-05", (2024, 5, 1)), ("2024", (2024, 1, 1)), ("2024/05/06", (2024, 5, 6))],
        *[
            ("Mon, 06 May 2024 08:00:00 GMT", (2024, 5, 6)),
            ("2024-5-6 10:20", (2024, 5, 6)),
            ("20240506", (2024, 5, 6)),
        ],
        *[("2024-13-01", None), ("yesterday", None), ("", None)],
    ],
)
def test_when_a_sitemap_says_that_a_page_changed(said: str, day: tuple[int, int, int] | None) -> None:
    (link,) = found("sitemap", URLSET.format(f"<url><loc>/a</loc><lastmod> {said} </lastmod></url>")).pages
    assert (link.changed_at and (link.changed_at.year, link.changed_at.month, link.changed_at.day)) == day


def test_a_sitemap_that_breaks_off_says_so(site: Site, collect: Collect) -> None:
    site.pages |= {"/map": answer("<urlset><url><loc>/a</loc></url><url><lo"), "/a": answer("<p>x</p>")}
    report = collect(kind="sitemap", url=site.url("/map"))
    assert counted(report) == {"new": 1}
    assert "breaks off" in str(report.note)


FORMS = {
    "list": "<meta charset={1}><title>社工</title><a href='{0}'>三百名居民到社工站</a>",
    "sitemap": "<?xml version='1.0' encoding='{1}'?><urlset><url><loc>{0}</loc></url></urlset>",
    "feed": f"<?xml version='1.0' encoding='{{1}}'?>{RSS[: RSS.index('/a?')]}{{0}}</link></item></channel></rss>",
}


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize(
    ("encoding", "query"),
    [("gb2312", "%C9%E7%B9%A4"), ("gbk", "%C9%E7%B9%A4"), ("big5", "%AA%C0%A4u"), ("utf-8", "%E7%A4%BE%E5%B7%A5")],
)
def test_a_query_goes_out_in_the_encoding_of_its_page(kind: str, encoding: str, query: str) -> None:
    body = FORMS[kind].format("/社/a.asp?c=社工&amp;p=1#社", encoding).encode(encoding)
    assert paths(found(kind, body)) == [f"/%E7%A4%BE/a.asp?c={query}&p=1"]


def test_what_an_encoding_lacks_goes_out_as_browsers_write_it() -> None:
    assert in_encoding("/a?q=社\U0001f600é", "gb18030") == "/a?q=%C9%E7%26%23128512%3B%A8%A6"


def test_a_packed_sitemap_of_empty_members_is_refused() -> None:
    for bomb in (gzip.compress(b"") * 400_000, gzip.compress(b"<urlset>") + gzip.compress(b"") * 400_000):
        started = time.process_time()
        with pytest.raises(FetchError, match="more than 1,000 members"):
            found("sitemap", bomb)
        assert time.process_time() - started < 2
    assert paths(
        found("sitemap", gzip.compress(URLSET.format("<url><loc>/a</loc>").encode()) + gzip.compress(b""))
    ) == ["/a"]


@pytest.mark.parametrize(
    "body",
    [
        "<a href=/a>1</a>" + "<div>" * 80_000,
        "<a href=/a>1</a><p " + " ".join(f"a{n}" for n in range(60_000)) + ">",
        "<a href=/a>1</a>" + "<ul><li>" * 40_000,
    ],
)
def test_a_list_page_that_no_parser_can_bear_is_refused_at_once(body: str) -> None:
    started = time.process_time()
    assert "malformed" in refused("list", body)
    assert time.process_time() - started < 2


@pytest.mark.slow
def test_a_large_page_is_read_apart_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    one = source(kind="list", url=BASE, links="(a|a)*b$")  # takes for ever on /aaa…c
    bodies = [f"<a href='/{path}'>1</a><!--{'x' * 40_000}-->" for path in ("ab", "a" * 60 + "c")]
    responses = [Response(BASE, 200, "OK", (), body.encode(), "127.0.0.1", NOW) for body in bodies]
    assert len(find_links_apart(one, responses[0], 60).pages) == 1
    with pytest.raises(FetchError, match="more than 1 seconds"):
        find_links_apart(one, responses[1], 1)


def test_a_list_page_has_a_base_and_links_of_every_form() -> None:
    body = (
        "<base href='/other/'><a href='a'>1</a><a href='/b#x'>2</a><a href='//127.0.0.1/c'>3</a><a href=\" d \">4</a>"
        "<a href='/b'>5</a><a href=''>6</a><a>7</a><a href='javascript:x'>8</a><a href='http://[x'>9</a>"
        f"<a href='/{'x' * 3000}'>10</a><a href='/e\n\tf '>11</a>"
    )
    assert paths(found("list", body)) == ["/other/a", "/b", "/c", "/other/d", "/other/", "/ef"]
    assert paths(found("list", body, links="/[bc]$")) == ["/b", "/c"]


def test_a_list_page_in_gbk() -> None:
    body = "<meta charset=gb2312><title>社会工作</title><a href='/社工/1.html'>三百名居民到场</a>".encode("gbk")
    assert paths(found("list", body)) == ["/%E7%A4%BE%E5%B7%A5/1.html"]


@given(st.sampled_from(["feed", "sitemap", "list"]), st.binary(max_size=300))
def test_any_bytes_give_links_or_are_refused(kind: str, body: bytes) -> None:
    start = {"feed": RSS[:60], "sitemap": "<urlset><url>", "list": "<a href=x>"}[kind].encode()
    for whole in (body, start + body):
        with suppress(FetchError):
            found(kind, whole)


def index(site: Site, *lastmods: str) -> bytes:
    parts = [
        f"<sitemap><loc>{site.url(f'/map{n}.xml')}</loc><lastmod>{day}</lastmod></sitemap>"
        for n, day in enumerate(lastmods)
    ]
    return answer(f"<sitemapindex>{''.join(parts)}</sitemapindex>", Content_Type="text/xml")


def test_an_index_of_sitemaps_is_followed_and_old_ones_are_not_asked_for_again(
    site: Site, collect: Collect, time_of_tests: Time
) -> None:
    for n in range(2):
        site.pages[f"/map{n}.xml"] = answer(f"<urlset><url><loc>{site.url(f'/{n}')}</loc></url></urlset>")
        site.pages[f"/{n}"] = answer(f"<p>{n}</p>")
    site.pages["/map.xml"] = index(site, "2025-01-01", "2026-11-22")
    run = {"kind": "sitemap", "url": site.url("/map.xml")}
    assert counted(collect(**run)) == {"new": 2}
    time_of_tests.days(0.5)
    asked = len(site.paths())
    assert counted(collect(**run)) == {"known": 2}
    assert site.paths()[asked:] == ["/map.xml", "/map1.xml"]


def test_sitemaps_that_lead_in_a_circle_end(site: Site, collect: Collect) -> None:
    site.pages["/map0.xml"] = site.pages["/map1.xml"] = index(site, "2026-01-01", "2026-01-01")
    report = collect(kind="sitemap", url=site.url("/map0.xml"))
    assert counted(report) == {}
    assert sorted(site.paths()) == ["/map0.xml", "/map1.xml"]


def test_one_sitemap_of_several_may_fail(site: Site, collect: Collect) -> None:
    site.pages |= {"/map.xml": index(site, "2026-01-01", "2026-01-01"), "/0": answer("<p>x</p>")}
    site.pages["/map0.xml"] = answer(f"<urlset><url><loc>{site.url('/0')}</loc></url></urlset>")
    report = collect(kind="sitemap", url=site.url("/map.xml"))
    assert (counted(report), report.problem) == ({"new": 1}, None)
    assert "map1.xml: status 404" in str(report.note)
