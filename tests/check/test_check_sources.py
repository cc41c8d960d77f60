"""`shegong collect --check`: whether sources still are what sources.yaml says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.cli import main
from flows.fetch.sources import read_sources
from flows.publishers.loading import publishers
from flows.state import PROJECT
from tests.fetch.local_site import Site, answer, redirect

STORY = (
    "<html><head><title>崇川区建成社工站</title></head><body><h1>崇川区建成社工站</h1><p>2024年5月6日 来源：某网</p>"
    "<p>2024年5月6日，崇川区举行社会工作服务站启动仪式，区民政局有关负责人出席仪式并讲话，各街道社工代表参加。</p>"
    "<p>全区已建成社会工作服务站12个，共有持证社工1200人，全年服务居民3.5万人次，得到了居民的好评。</p></body></html>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    site.pages |= {f"/art/{number}.html": answer(STORY) for number in range(5)}
    links = "".join(f'<a href="/art/{number}.html">{number}</a>' for number in range(5))
    site.pages["/list.html"] = answer(f"<html><body>{links}<a href='/about'>关于</a></body></html>")
    yield site
    site.close()


@pytest.fixture
def raw(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    folder = tmp_path / "raw"
    folder.mkdir()
    lines = ["contact: us@example.org", "sources:", "- name: here", "  kind: list", f"  url: {site.url('/list.html')}",
             r"  links: '/art/\d+\.html$'", "  publisher: 某网", "  language: zh-Hans", "  rights: unspecified",
             "  delay: 0", "  allow_private: 127.0.0.1/32"]  # fmt: skip
    (folder / "sources.yaml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def check(raw: Path, capsys: pytest.CaptureFixture[str], status: int) -> dict[str, object]:
    assert main(["collect", "--raw", str(raw), "--check", "--json"]) == status
    (found,) = json.loads(capsys.readouterr().out)
    return dict(found)


def test_a_source_that_fits_is_said_to_and_nothing_is_stored(
    site: Site, raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["collect", "--raw", str(raw), "--check"]) == 0
    first, *more = capsys.readouterr().out.splitlines()
    assert first == "here: fits; 5 pages listed, 3 read"
    assert any("article '崇川区建成社工站', 2024-05-06" in line for line in more)
    assert any("there is no profile of 127.0.0.1" in line for line in more)
    assert site.paths() == ["/list.html", "/art/0.html", "/art/1.html", "/art/2.html"]
    assert not list(raw.rglob("*.warc*"))


@pytest.mark.parametrize(
    ("path", "told", "said"),
    [
        ("/robots.txt", answer("User-agent: *\nDisallow: /art/\n", Content_Type="text/plain"), "robots.txt"),
        ("/list.html", answer("<a href='/about'>关于</a>"), "links"),
        ("/list.html", answer(status="404 Not Found"), "status 404"),
        ("/art/0.html", answer(status="410 Gone"), "status 410"),
        ("/art/1.html", redirect("http://elsewhere.example/1"), "none of the source's hosts"),
    ],
)
def test_what_does_not_fit_any_more_is_named(
    site: Site, raw: Path, capsys: pytest.CaptureFixture[str], path: str, told: bytes, said: str
) -> None:
    site.pages[path] = told
    assert any(said in str(fault) for fault in check(raw, capsys, 1)["faults"])  # type: ignore[attr-defined]


def test_pages_of_which_no_article_comes_do_not_fit(site: Site, raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.pages |= {f"/art/{number}.html": answer("<html><body><p>登录</p></body></html>") for number in range(5)}
    assert "no article came out" in str(check(raw, capsys, 1)["faults"])


def test_the_examples_can_be_read_and_say_that_nobody_checked_them() -> None:
    path = PROJECT / "raw" / "sources.example.yaml"
    sources = read_sources(path).sources
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(sources) >= 15
    assert all("not checked from here" in line for line in lines if "- name:" in line)
    for source in sources:
        profile = publishers().of_url(source.url[0])
        assert profile is None or profile.name == source.publisher, source.name
