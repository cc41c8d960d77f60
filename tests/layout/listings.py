"""Training pages that hold no story: what is left of pages without theirs, and indexes, search results and teasers made
of the beginnings of many stories."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.layout.boards import board
from tests.layout.drafts import DraftLine, Parts, draft, drafts_of
from tests.layout.pages import Sheet
from tests.layout.surroundings import surroundings

SHARE = 0.25
"""What the lines of such a page count beside those of a real one."""

_FIRST = re.compile(r"[^。！？]*[。！？]")
_MORE = ("[详细]", "查看全文", "阅读全文>>", "更多", "[阅读全文]", "详情")
_HEADS = ("搜索结果", "最新消息", "新闻中心", "工作动态", "通知公告", "全部文章", "往期回顾", "图片新闻", "专题报道")
_COUNTS = ("浏览：{}", "阅读 {}", "{}人阅读", "评论({})", "点击：{}次")


def listings(parts: Sequence[Parts], count: int, seed: int, fold_of: Callable[[str], int]) -> list[Sheet]:
    """So many pages without a story, of two folds of sites at most."""
    rng = random.Random(seed)
    framed = [one for one in parts if one.before or one.behind]
    out: list[Sheet] = []
    while len(out) < count:
        frame = rng.choice(framed)
        folds = {fold_of(site) for site in frame.sites}
        other = rng.choice([fold_of(site) for one in framed for site in one.sites])
        folds.add(other)
        tellers = [one for one in framed if {fold_of(site) for site in one.sites} <= folds]
        kind, lines = _page(rng, frame, tellers)
        lines = [replace(line, told=0.0, counts=True) for line in lines if line.chars.strip()]
        sheet = draft(kind, lines, SHARE, story=False) if len(lines) >= 3 else None
        if sheet is not None:
            out.append(sheet)
    return out


_WAYS = ("emptied", "headlines", "blurbs", "cut", "search", "teasers", "cards", *("board",) * 6)


def thinned(sheets: Sequence[Sheet], count: int, seed: int) -> list[Sheet]:
    """So many parts of the pages that hold no story."""
    rng = random.Random(seed)
    empty = [drafts_of(sheet) for sheet in sheets if not sheet.story]
    out: list[Sheet] = []
    while empty and len(out) < count:
        lines = rng.choice(empty)
        size = rng.randint(min(8, len(lines)), len(lines))
        start = rng.randint(0, len(lines) - size)
        kept = [line for line in lines[start : start + size] if rng.random() < 0.9]
        sheet = draft("thinned", kept, SHARE, story=False) if len(kept) >= 3 else None
        if sheet is not None:
            out.append(sheet)
    return out


def _page(rng: random.Random, frame: Parts, tellers: Sequence[Parts]) -> tuple[str, list[DraftLine]]:
    way = rng.choice(_WAYS)
    before = [line for i, line in enumerate(frame.before) if i not in frame.heads[1:]]
    if before and way != "emptied":
        before[0] = before[0].saying(rng.choice(_HEADS) + rng.choice(["", "_某某网", " - 某某在线"]))
    behind = list(frame.behind)
    if rng.random() < 0.4:
        before, behind = before[-rng.randint(1, 12) :], behind[: rng.randint(0, 12)]
    if rng.random() < 0.15:
        before, behind = before[:1], []
    if way == "emptied":
        return way, [*before, *behind]
    if way == "board":
        return way, _board(rng, before, behind, tellers)
    chosen = [rng.choice(tellers) for _ in range(rng.randint(5, 25))]
    dated, counted, more = (rng.random() < chance for chance in (0.7, 0.3, 0.4))
    style, word = (
        rng.choice(["{}-{:02d}-{:02d}", "{}年{}月{}日", "{}/{:02d}/{:02d}", "[{}-{:02d}-{:02d}]"]),
        rng.choice(_MORE),
    )
    inline, headless = rng.random() < 0.4, rng.random() < 0.15
    form = rng.choice(_COUNTS)
    entries: list[DraftLine] = []
    for one in chosen:
        like = one.told[0] if one.told else one.story[0]
        title = one.title.chars if one.title is not None else like.chars[: rng.randint(10, 24)]
        day = style.format(rng.randint(2012, 2025), rng.randint(1, 12), rng.randint(1, 28))
        tail = f" {day}" if dated and inline else ""
        head = [like.saying(rng.choice(["", "", "·"]) + title + tail)]
        below = [like.saying(day)] if dated and not inline else []
        if counted:
            below.append(like.saying(form.format(rng.randint(3, 9000))))
        blurb = [like.saying(bit) for bit in _blurb(rng, way, one)]
        if more:
            below.append(like.saying(word))
        if blurb and headless:
            head = []
        entries += [*head, *below, *blurb] if rng.random() < 0.15 else [*head, *blurb, *below]
    if more and rng.random() < 0.4:
        entries = _glued(entries, word)
    if way == "search":
        entries.insert(0, entries[0].saying(f"找到相关结果约{rng.randint(10, 99999)}个"))
    if rng.random() < 0.5:
        entries.append(entries[0].saying("上一页 1 2 3 4 5 下一页 尾页"))
    blank = rng.choice([1, 1, 2, 3])
    return way, [*before, *(replace(line, blank=blank, indent=0, block=line.block) for line in entries), *behind]


def _glued(entries: Sequence[DraftLine], word: str) -> list[DraftLine]:
    """The lines, with the word that leads to a whole story run into the line below it."""
    out: list[DraftLine] = []
    for entry in entries:
        if out and out[-1].chars == word:
            out[-1] = entry.saying(word + entry.chars)
        else:
            out.append(entry)
    return out


def _board(
    rng: random.Random, before: list[DraftLine], behind: list[DraftLine], tellers: Sequence[Parts]
) -> list[DraftLine]:
    """A page of invented entries, with the headlines and sentences of others."""
    like = rng.choice(tellers).story[0]
    heads = [one.title.chars for one in tellers if one.title is not None] or [like.chars[:20]]
    told = [line.chars for one in tellers for line in one.told[:5] if len(line.chars) >= 20] or [like.chars]

    def some(lines: Sequence[str]) -> Callable[[int], list[str]]:
        return lambda count: [rng.choice(lines) for _ in range(count)]

    entries = board(rng, some(heads), some(told))
    if rng.random() < 0.6:
        title = rng.choice([*_HEADS, heads[0][:6], rng.choice(heads)])
        above, below = surroundings(rng, title, some(heads), some(told))
        before, behind = (
            [like.beside(chars, number) for chars in lines] for number, lines in enumerate((above, below))
        )
    parts = [like.beside(chars, 2 + (place // 3 if rng.random() < 0.9 else 0)) for place, chars in enumerate(entries)]
    return [*before, *parts, *behind]


def _blurb(rng: random.Random, way: str, one: Parts) -> list[str]:
    """The text below a headline of a list: none, the first sentences, or a cut-off beginning."""
    told = [line.chars for line in one.told if len(line.chars) >= 30] or [one.story[0].chars]
    text = told[0] if rng.random() < 0.8 else rng.choice(told)
    match way:
        case "headlines":
            return []
        case "blurbs":
            return ["".join(_FIRST.findall(text)[: rng.randint(1, 2)]) or text]
        case "teasers":
            return ["".join(_FIRST.findall(text)[: rng.randint(1, 3)]) or text] if rng.random() < 0.8 else []
        case "cards":
            return [text[: rng.randint(20, 60)]]
        case _:
            return [text[: rng.randint(40, 140)] + rng.choice(["...", "……", "…"])]
