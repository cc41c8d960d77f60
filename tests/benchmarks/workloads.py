"""Fixed workloads: pages of our own, recombined from a few clauses, the same on every machine.

A notice is a short page, a newspaper page a long one; each comes as text and as HTML, in Simplified and Traditional
characters, clean (the story alone) and dirty (menus, source line, links, footer, entities and invisible characters).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from flows.chinese import to_traditional
from tests.pages import FOOT, MENU, SOURCE, STORY, TAIL

CLAUSES = [clause for line in STORY for clause in line.rstrip("。").split("，")]
PLACES = ["青禾区", "白石县", "云溪镇", "临江街道", "南坪社区", "长亭乡", "松岭市", "河口新区"]
DEEDS = ["启动社工进校园行动", "召开社会工作座谈会", "举办社工宣传周", "建成社工服务站", "组织志愿者培训"]
PIECES = {"notice": 4, "newspaper": 40}
"""Paragraphs of a page."""

DIRT = ("&nbsp;", "\u200b", "\ufeff", "&amp;", "　　", "<br>")


class Workload(NamedTuple):
    """Pages of one sort, as bytes in UTF-8."""

    name: str
    media_type: str
    pages: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """Bytes of all pages."""
        return sum(map(len, self.pages))


def workloads(size: int = 500_000) -> Iterator[Workload]:
    """All workloads, each of about `size` bytes."""
    for sort, script, state, form in product(PIECES, ("Hans", "Hant"), ("clean", "dirty"), ("text", "html")):
        name = f"{sort} {script} {state} {form}"
        yield Workload(name, "text/html" if form == "html" else "text/plain", tuple(_pages(name, size)))


def page(sort: str, script: str, state: str, form: str, rng: random.Random) -> str:
    """One page."""
    title = f"{rng.choice(PLACES)}{rng.choice(DEEDS)}"
    story = [paragraph(rng) for _ in range(PIECES[sort])]
    above, below = ([], []) if state == "clean" else ([*MENU, *rng.choices(MENU, k=20)], [*_links(rng), *FOOT])
    lines = [f"{title}_青禾网", *above, title, SOURCE, *story, *TAIL[:2], *below] if above else [title, SOURCE, *story]
    if state == "dirty":
        lines = [line + rng.choice(DIRT) if rng.random() < 0.1 else line for line in lines]
    text = "\n".join(lines) if form == "text" else _html(title, lines, set(story))
    return to_traditional(text) if script == "Hant" else text


def paragraph(rng: random.Random) -> str:
    """One to four sentences of clauses, places and numbers."""
    sentences = [
        f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日，{rng.choice(PLACES)}{rng.choice(DEEDS)}，"
        f"{'，'.join(rng.choices(CLAUSES, k=rng.randint(1, 4)))}，服务居民{rng.randint(20, 9000)}人次。"
        for _ in range(rng.randint(1, 4))
    ]
    return "".join(sentences)


def text_of(size: int, script: str = "Hans", seed: int = 1) -> str:
    """Prose of about `size` bytes, a paragraph a line."""
    rng, lines, done = random.Random(seed), [], 0
    while done < size:
        lines.append(paragraph(rng))
        done += 3 * len(lines[-1])
    text = "\n".join(lines)
    return to_traditional(text) if script == "Hant" else text


def _pages(name: str, size: int) -> Iterator[bytes]:
    rng, done = random.Random(name), 0
    sort, script, state, form = name.split()
    while done < size:
        content = page(sort, script, state, form, rng).encode()
        done += len(content)
        yield content


def _links(rng: random.Random) -> list[str]:
    return ["相关新闻", *(f"{rng.choice(PLACES)}{rng.choice(DEEDS)} 2024-03-{rng.randint(10, 28)}" for _ in range(8))]


def _html(title: str, lines: list[str], story: set[str]) -> str:
    body = "".join(f"<p>　　{line}</p>" if line in story else f"<div><a href=/>{line}</a></div>" for line in lines)
    head = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}_青禾网</title></head>"
    return f"{head}<body>{body}</body></html>"
