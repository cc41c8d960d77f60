"""A maintainer's walk in a real browser, on a desk and on a telephone: from the first screen to a saved decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from flows.decisions import read_decisions
from flows.review.server import EditServer
from flows.yaml_files import read_yaml
from tests.browsers import chromium
from tests.review.desks import desk_of

pytestmark = pytest.mark.slow

WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=WIDTHS)
def walk(request: pytest.FixtureRequest, browser: Any, tmp_path: Path) -> Iterator[tuple[Any, EditServer]]:
    """A page of the edit server of a second release, which ends without an error."""
    with EditServer(desk_of(tmp_path, again=True)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context(locale="zh-CN", viewport={"width": request.param, "height": 800})
        page, wrong = context.new_page(), []
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request", lambda asked: None if asked.url.startswith(f"http://{server.host}/") else wrong.append(asked.url)
        )
        page.goto(server.address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        yield page, server
        assert [one for one in wrong if "422" not in one] == []
        context.close()
        server.shutdown()


def decide(page: Any, act: Any, **fields: str) -> str:
    """Opens the form of a button, fills it, looks at the difference, saves it; gives the difference."""
    act.click()
    dialog = page.locator("dialog.edit")
    for name, value in fields.items():
        dialog.locator(f"[name={name}]").fill(value)
    dialog.locator("button[type=submit]").click()
    dialog.locator("pre").wait_for(state="visible")
    shown: str = dialog.locator("pre").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dialog.get_by_role("button", name="保存").click()
    dialog.get_by_text("已写入").wait_for()
    dialog.get_by_role("button", name="关闭").click()
    return shown


def test_a_drift_is_accepted(walk: tuple[Any, EditServer]) -> None:
    page, server = walk
    drift = page.locator("#decisions [data-decision=drift]").first
    assert "people" in drift.inner_text()
    shown = decide(page, drift.locator("[data-act=accept]"), why="a source came", who="Li")
    assert "+  subject: people" in shown
    entry = read_decisions(server.desk.raw).exceptions[0]
    assert (entry.gate, entry.subject, entry.since) == ("drift.rows_rose", "people", "v2026.11.23")


def test_a_misprint_is_corrected(walk: tuple[Any, EditServer]) -> None:
    page, server = walk
    page.locator(".pages a", has_text="青禾社工站启用").click()
    select = """([side]) => {
      const walker = document.createTreeWalker(side, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.data.indexOf("林小满");
        if (start >= 0) { getSelection().setBaseAndExtent(node, start, node, start + 3); return; }
      }
    }"""
    page.locator("[data-side=raw]").first.wait_for()  # of the page that the click leads to
    page.locator("[data-side=raw]").evaluate_all(select)
    act = page.locator(".acting [data-act=correct]")
    assert decide(page, act, replace="林小曼", why="misprint", who="Li").count("林小满") == 1
    entry = read_decisions(server.desk.raw).corrections[0]
    assert (entry.expect, entry.replace) == ("林小满", "林小曼")


def test_a_page_is_taken_down(walk: tuple[Any, EditServer]) -> None:
    page, server = walk
    page.locator(".pages a").first.click()
    decide(page, page.locator(".acting [data-act=take_down]"), why="asked by the person named", who="Li")
    assert read_decisions(server.desk.raw).tombstones[0].document == page.url.rsplit("/", 1)[1].removesuffix(".html")


def test_a_rule_gets_an_example_of_the_line_that_it_took(walk: tuple[Any, EditServer]) -> None:
    page, server = walk
    page.locator(".pages a", has_text="青禾社工站启用").click()
    page.locator(".acting [data-act=example]").wait_for()
    page.locator("del[data-kind=share]").focus()
    shown = decide(page, page.locator(".acting [data-act=example]"))
    assert "分享到" in shown
    rules = {entry["id"]: entry for entry in read_yaml(server.desk.rules / "share.yaml")}
    assert any("分享到：微信 微博" in entry.get("leave", []) for entry in rules.values())


def test_two_releases_are_compared_from_the_first_screen(walk: tuple[Any, EditServer]) -> None:
    page, _ = walk
    first = page.locator("#new")
    assert "苏州市 licensed_social_workers 2018: 9200 → 9250" in first.inner_text()
    assert first.locator("del").first.inner_text() != first.locator("ins").first.inner_text()
    first.locator("small a").first.click()
    assert "9200 → 9250" in page.locator("main").inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda address: address.endswith(".html"))
    assert page.locator("h1").inner_text()


def test_what_cannot_be_done_is_said(walk: tuple[Any, EditServer]) -> None:
    page, server = walk
    page.locator(".pages a").first.click()
    page.locator(".acting [data-act=correct]").click()
    dialog = page.locator("dialog.edit")
    for name, value in {"expect": "不在页面上", "replace": "x", "why": "y", "who": "z"}.items():
        dialog.locator(f"[name={name}]").fill(value)
    dialog.locator("button[type=submit]").click()
    dialog.get_by_text("stands 0 times").wait_for()
    assert not dialog.get_by_role("button", name="保存").is_visible()
    assert not (server.desk.raw / "corrections.yaml").exists()


def test_nothing_serious_stands_in_the_way_of_anyone(walk: tuple[Any, EditServer], browser: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, server = walk
    context = browser.new_context(viewport=page.viewport_size, bypass_csp=True)
    own = context.new_page()
    own.goto(server.address)
    own.locator("[data-act]").first.click()
    found = Axe().run(own).response["violations"]
    serious = [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in ("serious", "critical")]
    assert serious == []
    context.close()
