"""Does cost grow with a document's length and no faster, whatever it holds?

    python -m tests.benchmarks.growth [SORT ...]

prints the steps, from reading to rows, that took twelve times as long or more for four times the text, and ends with 1
if there are any.
"""

from __future__ import annotations

import sys

from tests.benchmarks.suite import run_once
from tests.benchmarks.workloads import Workload
from tests.pages import MENU, SOURCE, STORY, TITLE

SIZE, TIMES, MOST = 30_000, 4, 12
"""A document of four times the characters may take twelve times as long; a quadratic step takes sixteen. Steps under
`UNSEEN` seconds pass."""

UNSEEN = 0.4

FACTS = "2024年3月6日，青禾区民政局局长王某某在第二小学举办社工宣传周，服务居民3,200人次，同比增长12.5%"

SORTS = {
    "one line": "".join(STORY),
    "a line without a stop": "社工服务站",
    "short lines": "社工站某某\n",
    "lines that break off": STORY[0][:13] + "\n",
    "paragraphs": "\n".join(STORY) + "\n",
    "stories": "\n".join([TITLE, SOURCE, *STORY, "（完）", ""]),
    "marked headings": f"## {TITLE}\n{STORY[0]}\n",
    "menus": "\n".join(MENU) + "\n",
    "list entries": f"{TITLE} 2024-03-06\n",
    "blank lines": "\n",
    "blanks": " ",
    "wide blanks": "\u3000",
    "one character": "社",
    "one letter": "a",
    "one digit": "1",
    "numbers": "1,",
    "open brackets": "(",
    "open quotations": "“",
    "open titles": "《",
    "bars": "首页|",
    "dots": "·",
    "open tags": "<p ",
    "nested tags": "<div><b>社",
    "comments never closed": "<!--",
    "entities": "&amp;",
    "escaped escapes": "&",
    "lost text": "锟斤拷",
    "wrong decoding": "æˆ‘",
    "annotations": "導(dǎo)",
    "Traditional": "社會工作者發展",
    "addresses": "a@b.c ",
    "invisible characters": "\u200b社",
    "sentences of facts": f"{FACTS}。",
    "lines of facts": f"{FACTS}\n",
    "one line of facts": f"{FACTS}、",
    "dates": "2024年3月6日",
    "ranges": "3至5人",
    "quantities": "三百二十人次",
    "names": "局长王小明、",
    "appointments": "任命王小明为局长、",
    "signatures": "记者王小明 摄、",
    "groups": "“暖阳”志愿服务队",
    "offices": "青禾区民政局",
    "places": "浙江省杭州市",
    "hosts": "由民政局主办，",
    "works": "《社会工作条例》",
    "document numbers": "（民发〔2020〕3号）",
    "numbered sections": "一、社工\n",
    "cells": "单位\t3人\t5元\n",
    "spaced names": "王 某 某 ",
    "bylines": "（记者 王某某）\n",
    "telephone numbers": "13800138000 ",
}

PAGES = {
    "paragraphs": "<p>社工",
    "inline elements never closed": "<b>社",
    "blocks never closed": "<div>社",
    "spans of classes": "<span class=a>社</span>",
    "links": "<a href=x>社</a>",
    "tables in tables": "<table><tr><td>社",
    "rows of cells": "<table><tr><td>社</td><td>3人</td></tr></table>",
    "lists in lists": "<ul><li>社",
    "breaks": "社工站<br>",
    "attributes": "<p class=x id=y style=z>社</p>",
    "attributes never closed": "<p class='",
    "references": "&nbsp;&#31038;",
    "comments": "<!--",
    "scripts": "<script>社",
    "preformatted lines": "<pre>社\n",
    "ends of nothing": "</div>",
    "hidden": "<p hidden>社</p>",
}


def _seconds(form: str, piece: str, size: int) -> dict[str, float]:
    """CPU seconds of each step for a document of `size` characters of a sort."""
    filling = (piece * size)[:size]
    if form == "html":
        page = f"<!DOCTYPE html><meta charset=utf-8><title>{TITLE}</title><h1>{TITLE}</h1><p>{STORY[0]}</p>{filling}"
    else:
        page = f"{TITLE}\n{SOURCE}\n{filling}\n{STORY[0]}"
    return run_once(Workload("growth", f"text/{form}", (page.encode(),)))


def main(only: list[str]) -> int:
    """The number of sorts with a step that grows too fast."""
    found = 0
    for form, sorts in (("plain", SORTS), ("html", PAGES)):
        for sort, piece in sorts.items():
            if only and sort not in only:
                continue
            small, large = (_seconds(form, piece, size) for size in (SIZE, SIZE * TIMES))
            slow = {step: (small[step], large[step]) for step in small if large[step] > max(UNSEEN, MOST * small[step])}
            print(f"{form:6}{sort:32}", slow or "grows with the text", flush=True)
            found += bool(slow)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
