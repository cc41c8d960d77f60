"""The report in a real browser, from disk: it works, and nothing that a raw page says is obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.compare.changes import Changes
from flows.report.site import write_report
from flows.validate import ValidationReport
from tests.benchmarks.opened import large

pytestmark = pytest.mark.slow


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that must end without an error, a dialog, or a request for anything but a file."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    yield page
    assert "owned" not in page.title()
    assert wrong == []
    context.close()


def document(report: Path, name: str) -> str:
    """The address of the page of a document."""
    for path in sorted((report / "documents").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        if f"<h1>{name}" in text or f'<p class="path"><code>{name}' in text:
            return path.as_uri()
    raise AssertionError(name)


def test_every_page_opens_from_disk_without_an_error_or_a_request(page: Any, report: Path) -> None:
    pages = sorted(report.rglob("*.html"))
    assert len(pages) == 9
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.dataset.language") == "zh"
        assert page.locator("h1").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_a_page_opens(browser: Any, report: Path, width: int) -> None:
    watch = "window.moved = 0; new PerformanceObserver(list => { for (const shift of list.getEntries()) "
    watch += "window.moved += shift.value }).observe({type: 'layout-shift', buffered: true})"
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(watch)
    page = context.new_page()
    for address in ((report / "index.html").as_uri(), (report / "documents.html").as_uri(), document(report, "001_")):
        page.goto(address)
        page.wait_for_timeout(300)
        assert page.evaluate("moved") < 0.05, address
    context.close()


def test_the_first_page_is_small(report: Path) -> None:
    files = ("index.html", "report.css", "report.js", "language.js")
    assert sum((report / name).stat().st_size for name in files) < 300_000


@pytest.fixture(scope="module")
def large_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of 900 documents, of which few have a page of their own."""
    folder = tmp_path_factory.mktemp("large") / "report"
    write_report(folder, ValidationReport("v2026.11.22", 900, ()), large(3, 300), Changes(None, ()))
    return folder


def test_the_first_page_of_a_large_release_is_small(large_report: Path) -> None:
    files = ("index.html", "report.css", "report.js", "language.js")
    assert sum((large_report / name).stat().st_size for name in files) < 300_000
    assert (large_report / "index.html").read_text(encoding="utf-8").count('data-decision="suspect"') == 60


def test_every_document_has_a_card_in_the_language_chosen(page: Any, large_report: Path) -> None:
    page.goto((large_report / "documents.html").as_uri())
    page.locator("#search").fill("empty")
    link = page.locator("#results a", has_text="empty").first.get_attribute("href") or ""
    name = link.rpartition("/")[2].removesuffix(".html").removeprefix("#document=")
    page.evaluate("name => { location.hash = `document=${name}`; }", name)
    card = page.locator("#card")
    card.wait_for()
    assert "拒绝" in card.inner_text()
    assert "空文件" in card.inner_text()
    page.locator("[data-language=en]").click()
    assert "the file holds no bytes" in card.inner_text()
    assert "空文件" not in card.inner_text()


def test_nothing_of_a_hostile_page_becomes_markup(page: Any, report: Path) -> None:
    page.goto(document(report, "hostile.txt"))
    assert page.locator("main script, main iframe, main img, main style, main [src]").count() == 0
    handlers = (
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on'))"
    )
    assert page.evaluate(f"{handlers}.length") == 0
    raw = page.locator("[data-side=raw]").inner_text()
    assert "<script>document.title='owned'</script>" in raw
    assert "\\u202e" in raw
    assert "\\u2028" in raw
    assert "\u202e" not in raw
    assert "另有" in raw  # what is not shown of the long line is counted
    assert len(raw) < 100_000
    page.locator("[data-fact]").first.click()
    assert page.locator(".on").count() >= 2


def test_the_overview_shows_a_hostile_value_as_text(page: Any, report: Path) -> None:
    page.goto((report / "index.html").as_uri())
    failed = page.locator("#failed").inner_text()
    assert "<img src=x onerror=alert(1)>" in failed
    assert "\\u202e" in failed
    assert page.locator("main img, main script").count() == 0
    assert page.locator("svg.bar").count() > 20
    assert page.locator("svg[role=img]").get_attribute("aria-label")


def test_a_removal_tells_its_rule_and_reason_on_hover_and_on_focus(page: Any, report: Path) -> None:
    page.goto(document(report, "002_"))
    gone, inspector = page.locator("del[data-kind=navigation]"), page.locator(".inspector")
    assert not inspector.is_visible()
    page.locator("[data-language=en]").click()
    gone.first.hover()
    assert "navigation · nav_bar: Three or more" in inspector.inner_text()
    page.locator("[data-language=zh]").click()
    gone.first.hover()
    assert inspector.inner_text() == "导航 · nav_bar: 由分隔符隔开的三个以上短名称，是菜单。"
    page.locator("h1").hover()
    assert not inspector.is_visible()
    page.locator("del[data-kind=navigation]").nth(1).focus()
    assert "epaper_page" in inspector.inner_text()
    page.locator("[data-pick=annotation]").click()
    assert page.locator(".picked").count() == page.locator("del[data-kind=annotation]").count() > 100


def test_a_click_on_a_value_shows_its_evidence_on_both_sides(page: Any, report: Path) -> None:
    page.goto(document(report, "002_"))
    value = page.locator("button[data-fact].t-citations").first
    value.click()
    number = value.get_attribute("data-fact")
    title = value.inner_text()
    clean = "".join(page.locator(f"[data-side=clean] [data-f~='{number}']").all_inner_texts())
    assert title in clean
    assert page.locator("[data-side=raw] .on").count() >= 1
    assert page.locator("[data-side=clean] .on").first.is_visible()
    seen = "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
    assert page.locator("[data-side=raw] .on").first.evaluate(seen)


def test_the_list_is_searched_and_filtered(page: Any, report: Path) -> None:
    from playwright.sync_api import expect

    page.goto((report / "documents.html").as_uri())
    results = page.locator("#results > li")
    results.nth(5).wait_for()
    assert results.count() == 6
    page.fill("#search", "闵行 社工节")
    expect(results).to_have_count(1)
    page.fill("#search", "")
    page.select_option("#by-flag", label="pinyin_damage")
    expect(results).to_have_count(1)
    results.locator("a").click()
    assert page.locator(".path").inner_text().startswith("002_")
    page.goto((report / "documents.html").as_uri() + "#rule=copyright_section")
    expect(results).to_have_count(1)


def test_the_language_switch_is_kept_from_page_to_page(page: Any, report: Path) -> None:
    page.goto((report / "index.html").as_uri())
    assert page.locator("#failed h2").inner_text().strip() == "未通过的检查"
    page.get_by_role("button", name="English").click()
    assert page.locator("#failed h2").inner_text().strip() == "Gates that failed"
    page.goto((report / "documents.html").as_uri())
    assert page.locator("h1").inner_text().strip() == "Documents"


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_serious_stands_in_the_way_of_anyone(browser: Any, report: Path, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page, axe = context.new_page(), Axe()
    for address in ((report / "index.html").as_uri(), (report / "documents.html").as_uri(), document(report, "001_")):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        found = axe.run(page).response["violations"]
        serious = [
            (rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")
        ]
        assert serious == []
    context.close()
