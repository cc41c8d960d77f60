"""Politeness: robots.txt, pace, tries, redirects."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest

from flows.fetch.outcome import SourceReport
from flows.fetch.pace import Hosts, NotNowError, StoppedError, real_clock, retry_after
from flows.fetch.robots import rules_of
from tests.fetch.local_run import Time, counted
from tests.fetch.local_site import Site, answer, redirect

Collect = Callable[..., SourceReport]

PAGE = answer("<p>x</p>")


def robots(text: str) -> bytes:
    return answer(text, Content_Type="text/plain")


def test_what_robots_txt_disallows_is_not_asked_for(site: Site, collect: Collect) -> None:
    site.pages |= {"/robots.txt": robots("User-agent: *\nDisallow: /closed/\n"), "/open": PAGE}
    report = collect(url=[site.url("/open"), site.url("/closed/a")])
    assert counted(report) == {"new": 1, "refused": 1}
    assert site.paths() == ["/open"]


def test_our_own_name_in_robots_txt_wins(site: Site, collect: Collect) -> None:
    site.pages |= {"/robots.txt": robots("User-agent: shegong\nAllow: /\n\nUser-agent: *\nDisallow: /\n"), "/a": PAGE}
    assert counted(collect(url=site.url("/a"))) == {"new": 1}


@pytest.mark.parametrize(("status", "may"), [(404, True), (401, True), (403, True), (429, False), (500, False)])
def test_a_robots_txt_that_is_not_there_allows_all_and_one_that_fails_nothing(
    site: Site, collect: Collect, status: int, may: bool
) -> None:
    site.pages |= {"/robots.txt": answer(status=f"{status} x"), "/a": PAGE}
    report = collect(url=site.url("/a"))
    assert counted(report) == ({"new": 1} if may else {"left": 1})
    assert (report.problem is None) is may
    site.pages["/robots.txt"] = robots("")
    assert collect(url=site.url("/a")).counts["left"] == 0  # a failure is not remembered


def test_a_robots_txt_that_breaks_off_allows_nothing(site: Site, collect: Collect) -> None:
    site.pages |= {"/robots.txt": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent", "/a": PAGE}
    assert counted(collect(url=site.url("/a"))) == {"left": 1}


def test_robots_txt_may_redirect_but_not_for_ever(site: Site, collect: Collect) -> None:
    site.pages |= {"/robots.txt": redirect("/r1"), "/r1": robots("User-agent: *\nDisallow: /a\n"), "/a": PAGE}
    assert counted(collect(url=site.url("/a"))) == {"refused": 1}


def test_robots_txt_in_a_circle_is_as_if_there_were_none(site: Site, collect: Collect) -> None:
    site.pages |= {"/robots.txt": redirect("/r1"), "/r1": redirect("/robots.txt"), "/a": PAGE}
    assert counted(collect(url=site.url("/a"))) == {"new": 1}


def test_robots_txt_is_asked_for_once_a_day(site: Site, collect: Collect, time_of_tests: Time) -> None:
    site.pages |= {"/robots.txt": robots("User-agent: *\nDisallow:\n")}
    asked = []
    for hours in (0, 1, 22, 2):
        time_of_tests.days(hours / 24)
        collect(url=site.url(f"/{hours}"))
        asked.append([one.path for one in site.asked].count("/robots.txt"))
    assert asked == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        *[("Shegong/1.0", True), ("SHEGONG", True), ("shegong (news)", True), ("Shegong/2 # us", True), ("*", True)],
        *[("* # all", True), ("she", False), ("Shegong-News", False), ("e", False), ("*bot", False), ("", False)],
    ],
)
def test_which_names_in_robots_txt_are_ours(name: str, ours: bool) -> None:
    rules = rules_of(200, f"User-agent: other\nUser-Agent : {name}\nDisallow: /a\n".encode())
    assert bool(rules.refuse("http://x.example/a")) is ours


def test_a_robots_txt_of_thousands_of_names_and_rules_takes_no_time() -> None:
    names = "".join(f"User-agent: n{number}\n" for number in range(8000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(16000))
    started = time.process_time()
    assert rules_of(200, f"{names}User-agent: shegong\n{rules}".encode()).refuse("http://x.example/77")
    assert time.process_time() - started < 3


def test_a_byte_order_mark_and_other_bytes_do_no_harm() -> None:
    rules = rules_of(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /a\n\xff\xfe\x00\n")
    assert rules.refuse("http://x.example/a")
    assert rules.refuse("http://x.example/b") is None


def test_the_longer_of_our_delay_and_that_of_robots_txt_passes_between_two_requests(
    site: Site, collect: Collect, time_of_tests: Time
) -> None:
    site.pages |= {"/robots.txt": robots("User-agent: *\nCrawl-delay: 7\n"), "/a": PAGE, "/b": answer("<p>y</p>")}
    collect(url=[site.url("/a"), site.url("/b")], delay=2)
    assert time_of_tests.waits == [2, 7]
    site.pages["/robots.txt"] = robots("User-agent: *\nRequest-rate: 1/20s\nCrawl-delay: 1\n")
    time_of_tests.days(2)
    time_of_tests.waits.clear()
    collect(url=[site.url("/c"), site.url("/d")], delay=2)
    assert time_of_tests.waits == [2, 20]


def test_a_passing_failure_is_tried_three_times_with_longer_pauses(
    site: Site, collect: Collect, time_of_tests: Time
) -> None:
    answers = [answer(status="500 Oh"), b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", PAGE]
    site.pages["/a"] = lambda _: answers.pop(0)
    assert counted(collect(url=site.url("/a"))) == {"new": 1}
    assert time_of_tests.waits == [2, 4]


@pytest.mark.parametrize("status", ["429 Too Many", "503 Busy"])
def test_a_busy_host_is_left_alone_as_long_as_it_asks_for_and_then_asked_more_slowly(
    site: Site, collect: Collect, time_of_tests: Time, status: str
) -> None:
    answers = [answer(status=status, Retry_After="120"), PAGE]
    site.pages |= {"/a": lambda _: answers.pop(0), "/b": answer("<p>y</p>")}
    assert counted(collect(url=[site.url("/a"), site.url("/b")], delay=3)) == {"new": 2}
    assert time_of_tests.waits == [3, 120, 6]


def test_a_host_that_asks_for_hours_is_left_for_the_run_after_that(
    site: Site, collect: Collect, time_of_tests: Time
) -> None:
    site.pages["/a"] = answer(status="503 Busy", Retry_After="7200")
    site.pages["/b"] = PAGE
    urls = [site.url("/a"), site.url("/b")]
    report = collect(url=urls)
    assert counted(report) == {"left": 2}
    assert "12:00 UTC" in str(report.problem)
    asked = len(site.asked)
    assert counted(collect(url=urls)) == {"left": 2}
    assert len(site.asked) == asked
    time_of_tests.days(0.1)
    site.pages["/a"] = answer("<p>z</p>")
    assert counted(collect(url=urls)) == {"new": 2}


def test_a_source_whose_feed_is_to_rest_could_not_be_asked(site: Site, collect: Collect) -> None:
    site.pages["/feed"] = answer(status="429 Too Many", Retry_After="86400")
    for _ in range(2):
        report = collect(kind="feed", url=site.url("/feed"))
        assert counted(report) == {}
        assert "127.0.0.1" in str(report.problem)
    assert site.paths() == ["/feed"]


@pytest.mark.parametrize("wanted", ["999999999", "Sat, 31 Dec 9999 23:59:59 GMT"])
def test_a_host_that_asks_for_years_is_asked_again_after_a_day(
    site: Site, collect: Collect, time_of_tests: Time, wanted: str
) -> None:
    site.pages["/a"] = answer(status="503 Busy", Retry_After=wanted)
    assert "days, and is until 2026-11-23 10:00 UTC" in str(collect(url=site.url("/a")).problem)
    time_of_tests.days(1.01)
    site.pages["/a"] = PAGE
    assert counted(collect(url=site.url("/a"))) == {"new": 1}


def test_a_host_that_rests_holds_up_its_own_pages_only(site: Site, collect: Collect) -> None:
    site.pages |= {"/a": answer(status="503 Busy", Retry_After="7200"), "/b": PAGE}
    urls = [site.url("/a"), site.url("/b"), site.url("/b", "news.example")]
    report = collect(url=urls, hosts=["127.0.0.1", "news.example"], look_up=lambda *_: ["127.0.0.1"])
    assert counted(report) == {"new": 1, "left": 2}
    assert report.problem is None
    assert "left alone" in str(report.note)


def test_a_delay_of_hours_is_cut_and_told(site: Site, collect: Collect, time_of_tests: Time) -> None:
    site.pages |= {"/robots.txt": robots("User-agent: *\nCrawl-delay: 86400\n"), "/a": PAGE, "/b": answer("<p>y</p>")}
    report = collect(url=[site.url("/a"), site.url("/b")], delay=2)
    assert counted(report) == {"new": 2}
    assert time_of_tests.waits == [2, 300]
    assert "wants 86,400 seconds between two requests, of which 300 are kept" in str(report.note)


def test_retry_after_is_seconds_or_a_date() -> None:
    now = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Sun, 22 Nov 2026 10:05:00 GMT", now) == 300
    assert retry_after("Sun, 22 Nov 2026 09:00:00 GMT", now) == 0
    assert [retry_after(text, now) for text in (None, "", "soon", "-5", "1e9", "٣")] == [None] * 6


def test_redirects_are_followed_and_remembered(site: Site, collect: Collect) -> None:
    site.pages |= {"/a": redirect("/b", "301 Moved"), "/b": redirect(site.url("/c#top")), "/c": PAGE}
    assert counted(collect(url=site.url("/a"))) == {"new": 1}
    assert counted(collect(url=[site.url("/a"), site.url("/b"), site.url("/c")])) == {"known": 3}
    site.pages["/d"] = redirect("/c")
    assert counted(collect(url=site.url("/d"))) == {"known": 1}
    assert site.paths() == ["/a", "/b", "/c", "/d"]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_redirect_to_a_chinese_path_goes_where_its_bytes_say(site: Site, collect: Collect, encoding: str) -> None:
    path = "/社工.html".encode(encoding)
    site.pages["/a"] = b"HTTP/1.1 302 Found\r\nLocation: " + path + b"\r\n\r\n"
    site.pages[quote(path)] = PAGE
    assert counted(collect(url=site.url("/a"))) == {"new": 1}


@pytest.mark.parametrize("text", ["Request-rate: 0/5", "Crawl-delay: -3", "Crawl-delay: nan", "Crawl-delay: x"])
def test_a_delay_that_is_none_leaves_ours(text: str) -> None:
    assert max(5.0, rules_of(200, f"User-agent: *\n{text}\n".encode()).delay) == 5


@pytest.mark.parametrize(
    ("start", "outcome", "why"),
    [
        ("/circle", "failed", "circle"),
        ("/long0", "failed", "more than 5 redirects"),
        ("/elsewhere", "refused", "elsewhere.example"),
        ("/file", "failed", "no http address"),
        ("/password", "failed", "no http address"),
        ("/endless", "failed", "an address of 10,"),
        ("/closed", "refused", "robots.txt"),
    ],
)
def test_redirects_that_lead_nowhere(site: Site, collect: Collect, start: str, outcome: str, why: str) -> None:
    site.pages |= {"/robots.txt": robots("User-agent: *\nDisallow: /secret\n"), "/secret": PAGE}
    site.pages |= {"/circle": redirect("/circle2"), "/circle2": redirect("/circle"), "/closed": redirect("/secret")}
    site.pages |= {f"/long{n}": redirect(f"/long{n + 1}") for n in range(9)}
    site.pages |= {"/elsewhere": redirect("http://elsewhere.example/"), "/file": redirect("file:///etc/passwd")}
    site.pages["/endless"] = redirect(f"/{'x' * 10_000}")
    site.pages["/password"] = redirect("http://user:secret@127.0.0.1/")
    report = collect(url=site.url(start))
    assert counted(report) == {outcome: 1}
    assert why in report.pages[0][2]
    assert len(site.paths()) <= 6
    if outcome == "refused":
        asked = len(site.asked)
        assert counted(collect(url=site.url(start))) == {"known": 1}
        assert len(site.asked) == asked


def test_a_stopped_run_waits_for_nothing() -> None:
    stop = threading.Event()
    stop.set()
    hosts = Hosts(real_clock(stop))
    with pytest.raises(StoppedError), hosts.turn("a.example", 5, until=1e12):
        pass


def test_a_turn_after_the_end_of_the_run_is_not_waited_for(time_of_tests: Time) -> None:
    hosts = Hosts(time_of_tests.clock)
    with hosts.turn("a.example", 100, until=50):
        pass
    with pytest.raises(NotNowError), hosts.turn("a.example", 100, until=50):
        pass
    with hosts.turn("b.example", 100, until=50):
        pass
    assert time_of_tests.waits == []
