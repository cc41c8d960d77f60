"""Does cost grow with a document's length and no faster, whatever it holds?

    python -m tests.benchmarks.growth [SORT ...] [--shapes 100] [--seed N]

prints the steps, from reading to rows, that took eight times as long or more for four times the text, and three times
as long for twice that, and ends with 1 if there are any. After the sorts listed here come random shapes, by a seed that
is printed, so that what they find can be looked at again. Each has a process and LIMIT seconds of its own, so that all
of it takes minutes; one that is not done by then is among those that grow too fast.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import signal
import sys
import time
from collections.abc import Callable

from tests.benchmarks.shapes import Shape, shapes
from tests.benchmarks.suite import run_once
from tests.benchmarks.workloads import Workload
from tests.pages import MENU, SOURCE, STORY, TITLE

SIZE, TIMES = 20_000, 4
MOST, MOST_OF_TWICE = 8, 3
"""A document of four times the characters may take eight times as long, and one of twice that three times; a quadratic
step takes sixteen and four. Both are asked, as some steps begin to work from some size on."""

UNSEEN = 0.2
"""Seconds for the larger document under which a step passes."""

LIMIT = 60
"""Seconds of a core for one shape in all its sizes; the slowest of those that pass take six."""

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
    "open quotations of words": "「word社《",
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
    "marks that touch": "社" + "?" * 2_000,
    "pairs that touch": "社" + "(a)" * 700,
    "participants": "共有35人参加，",
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
    "tags of many attributes": f"<p {' '.join(f'a{number}' for number in range(3_000))}>社</p>",
    "one tag": "<p " + " ".join(f"a{number}" for number in range(30_000)),
    "options": "<select><option>社</option>",
    "base elements misnested": "<b><div></b>",
}


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _seconds(shape: Shape, size: int) -> dict[str, float]:
    """CPU seconds of each step for a document of about `size` characters."""
    filling = shape.build(size)
    if shape.form == "html":
        page = f"<!DOCTYPE html><meta charset=utf-8><title>{TITLE}</title><h1>{TITLE}</h1><p>{STORY[0]}</p>{filling}"
    else:
        page = f"{TITLE}\n{SOURCE}\n{filling}\n{STORY[0]}"
    return run_once(Workload("growth", f"text/{shape.form}", (page.encode("utf-8", "replace"),)))


def slow_steps(shape: Shape) -> dict[str, tuple[float, ...]]:
    """The steps that grow too fast, and the seconds that they took for three sizes."""
    small, large = (_seconds(shape, size) for size in (SIZE, SIZE * TIMES))
    fast = {step for step in small if large[step] > max(UNSEEN, MOST * small[step])}
    if not fast:
        return {}
    larger = _seconds(shape, SIZE * TIMES * 2)
    return {
        step: (round(small[step], 3), round(large[step], 3), round(larger[step], 3))
        for step in sorted(fast)
        if larger[step] > MOST_OF_TWICE * large[step]
    }


def slow_in_time(shape: Shape) -> dict[str, tuple[float, ...]] | str:
    """The same in a process that the system ends after LIMIT seconds, whatever it is at; or what became of it."""
    context = multiprocessing.get_context("fork")  # the shapes are closures, and everything is imported
    ours, theirs = context.Pipe()

    def look() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        theirs.send(slow_steps(shape))

    process = context.Process(target=look)
    process.start()
    theirs.close()
    try:
        found: dict[str, tuple[float, ...]] = ours.recv()
        return found
    except EOFError:
        process.join()
        return f"not done in {LIMIT} s of a core" if process.exitcode == -signal.SIGKILL else "its process ended"
    finally:
        process.join()


def main() -> int:
    """The number of sorts and shapes with a step that grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sorts", nargs="*", metavar="SORT", help="these only, and no random shapes")
    parser.add_argument("--shapes", type=int, default=100, help="random shapes (100)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="of the random shapes")
    options = parser.parse_args()
    wanted = [
        Shape(form, sort, _repeated(piece))
        for form, sorts in (("plain", SORTS), ("html", PAGES))
        for sort, piece in sorts.items()
        if sort in options.sorts or not options.sorts
    ]
    if not options.sorts:
        print(f"random shapes by --seed {options.seed}", flush=True)
        wanted += shapes(options.seed, options.shapes)
    found, began = 0, time.monotonic()
    for number, shape in enumerate(wanted):
        if number and number % 20 == 0:
            print(f"  looked at {number} in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        if slow := slow_in_time(shape):
            print(f"{shape.form:6}{shape.name[:200]}: {slow}", flush=True)
        found += bool(slow)
    print(f"{found} of {len(wanted)} grow faster than the text; looked at in {time.monotonic() - began:.0f} s")
    return found


if __name__ == "__main__":
    sys.exit(main() > 0)
