"""Indexes of invented sites, as markup: portals, lists, searches, boards; pages that hold no story."""

from __future__ import annotations

import random

from tests.layout.boards import board
from tests.layout.elements import line, link, page_of
from tests.layout.sites import Maker
from tests.layout.words import BOARDS


def _board(make: Maker, rng: random.Random) -> list[str]:
    """A board's entries (`tests.layout.boards`), so many lines each, the first of each mostly a link."""
    entries = board(rng, lambda n: [make.heads() for _ in range(n)], lambda n: [make.told() for _ in range(n)])
    size, tag = rng.randint(1, 4), rng.choice(["p", "div", "li", "td"])
    linked, flat = make.chance(0.6), make.chance(0.3)
    rows: list[str] = []
    for first, *others in (entries[i : i + size] for i in range(0, len(entries), size)):
        parts = [link(first, tag) if linked else line(first, tag), *(line(text, tag) for text in others)]
        rows += parts if flat and tag != "td" else [make.site.box("item", parts, "tr" if tag == "td" else "div")]
    return ["<table>", *rows, "</table>"] if tag == "td" else rows


def index_page(make: Maker, rng: random.Random) -> str:
    """A page of entries: no story."""
    head = rng.choice(
        ["新闻中心", "工作动态", "通知公告", "搜索结果", "专题", "首页", rng.choice(BOARDS), make.heads()[:6]]
    )
    way = rng.random()
    rows: list[str] = []
    for _ in range(rng.randint(6, 24) if way < 0.15 else rng.randint(1, 3)):
        if way < 0.15 or (way < 0.55 and make.chance(0.4)):
            rows.append(make.links("item"))
        elif way < 0.55:
            blurb = make.chance(0.6)
            rows += [make.entry(blurb) for _ in range(rng.randint(4, 20))]
        else:
            rows += _board(make, rng)
    intro = [line(make.told(), "p")] if make.chance(0.15) else []
    title = [line(head, rng.choice(["h1", "h2", "div"]))] if make.chance(0.7) else []
    pager = [line("上一页 1 2 3 4 5 下一页 尾页", "div")] if make.chance(0.5) else []
    main = make.site.nested([*title, *intro, *rows, *pager])
    top = [make.top()] if make.chance(0.85) else []
    side = [make.side()] if make.chance(0.4) else []
    return page_of(f"{head}_{make.site.name}", [*top, main, *side, *([make.foot()] if make.chance(0.85) else [])])
