"""Training pages made of the lines of others: nearly all story, other surroundings, other line lengths, no headline."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from flows.document import Block
from tests.layout.drafts import APART, DraftLine, Parts, draft
from tests.layout.pages import Sheet
from tests.layout.shapes import shaped
from tests.layout.surroundings import surroundings

_SENTENCE = re.compile(r"[^。！？!?；]*[。！？!?；][”’」』\"）)]*|[^。！？!?；]+$")
SHARE = 0.35
"""What a page made so counts beside a real one."""


def recombined(parts: Sequence[Parts], count: int, seed: int, fold_of: Callable[[str], int]) -> list[Sheet]:
    """So many pages made of the parts of others, of two folds of sites at most."""
    rng = random.Random(seed)
    transcripts = [one for one in parts if not one.before and not one.behind]
    framed = [one for one in parts if one.before or one.behind]
    out: list[Sheet] = []
    while len(out) < count:
        mine = rng.choice(transcripts if transcripts and rng.random() < 0.1 else framed)
        folds = {fold_of(site) for site in mine.sites}
        near = [one for one in framed if {fold_of(site) for site in one.sites} <= folds and one is not mine]
        kind, lines = _page(rng, mine, rng.choice(framed), rng.sample(near, min(14, len(near))))
        if len({fold_of(line.site) for line in lines}) > 2 or len(lines) < 2:
            continue
        if not any(line.told >= 0.5 for line in lines):
            continue
        sheet = draft(kind, lines, SHARE)
        if sheet is not None:
            out.append(sheet)
    return out


_WAYS = (
    *("frame", "frame", "frame", "feed", "whole", "half", "short", "list", "sentences", "merged", "untitled"),
    *("shaped",) * 3,
)


def _page(rng: random.Random, mine: Parts, other: Parts, others: Sequence[Parts]) -> tuple[str, list[DraftLine]]:
    """A page of one's story, in a way of its own, mostly with another's surroundings."""
    way = rng.choice(_WAYS)
    before, behind, heads = list(mine.before), list(mine.behind), mine.heads
    story = _told_in(way, rng, mine)
    if way not in ("whole", "half") and rng.random() < 0.75 and other.before:
        before, behind, heads = _surroundings(rng, mine, other), list(other.behind), other.heads
    if way == "whole":
        before, behind = ([mine.title] if mine.title is not None and rng.random() < 0.7 else []), []
    elif way == "feed":
        behind = [*_feed(rng, story, others), *behind] if rng.random() < 0.8 else _feed(rng, story, others)
    elif way == "half":
        if rng.random() < 0.5:
            before = before[-rng.randint(0, 6) :] if rng.random() < 0.8 else []
        else:
            behind = behind[: rng.randint(0, 6)]
    elif way == "untitled":
        before = [line for i, line in enumerate(before) if i not in heads or rng.random() < 0.2]
    elif way in ("shaped", "list") and rng.random() < 0.5:
        before, behind = before[-rng.randint(1, 6) :], behind[: rng.choice([0, 0, 2, 5])]
    if (way == "shaped" and rng.random() < 0.6) or (way != "whole" and rng.random() < 0.2):
        before, behind = _invented(rng, mine, story, others)
    if rng.random() < 0.3 and len(behind) > 12:
        place = rng.randint(4, len(behind) - 4)
        before, behind = before[:1] + behind[place:] + before[1:], behind[:place]
    lines = [*before, *story, *behind]
    if rng.random() < 0.35:
        lines = [replace(line, indent=0) for line in lines]
    if rng.random() < 0.3:
        lines = [replace(line, blank=1) for line in lines]
    return way, [line for line in lines if line.chars.strip()]


def _feed(rng: random.Random, story: Sequence[DraftLine], others: Sequence[Parts]) -> list[DraftLine]:
    """Beginnings of other stories, or most of one, that stand behind a story on its page; none of it told."""
    like = story[-1]
    pause = rng.choice([[], ["推荐阅读"], ["猜你喜欢", "换一换"], ["阅读整篇文章"], ["热门评论", "暂无评论"], ["广告"]])
    out = [like.beside(chars) for chars in pause]
    day = f"{rng.randint(2012, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    dated, most = rng.random() < 0.6, rng.choice([1, 1, 2, 30])
    for number, one in enumerate(others[: 1 if most > 2 else rng.randint(2, 14)], 1):
        told = one.told or one.story
        title = one.title.chars if one.title is not None else told[0].chars[: rng.randint(10, 24)]
        stamp = rng.choice([day, f"新华社·{rng.randint(1, 23)}小时前", f"{day} 10:2{rng.randint(0, 9)}"])
        lines = [title, *([stamp] if dated else []), *(line.chars for line in told[:most])]
        out += [like.beside(chars, number) for chars in lines]
    return out


def _invented(
    rng: random.Random, mine: Parts, story: Sequence[DraftLine], others: Sequence[Parts]
) -> tuple[list[DraftLine], list[DraftLine]]:
    """Invented surroundings, with the headlines and sentences of others in their lists and comments."""
    like = story[0]
    heads = [one.title.chars for one in others if one.title is not None] or [mine.story[0].chars[:20]]
    told = [line.chars for one in others for line in one.told[:4]] or [mine.story[-1].chars]
    title = mine.title.chars if mine.title is not None else like.chars[: rng.randint(8, 24)]

    def some(lines: Sequence[str]) -> Callable[[int], list[str]]:
        return lambda count: [rng.choice(lines) for _ in range(count)]

    made = surroundings(rng, title, some(heads), some(told))
    before, behind = ([like.beside(chars, number) for chars in lines] for number, lines in enumerate(made))
    return before, behind


def _surroundings(rng: random.Random, mine: Parts, other: Parts) -> list[DraftLine]:
    """What stands before another's story, with one's own headline in it."""
    before = list(other.before)
    first = mine.story[0]
    title = mine.title or (first if len(first.chars) < 50 else None)
    if title is None:
        return before
    old = before[other.heads[1]].chars if len(other.heads) > 1 else None
    page_title = before[0].chars
    suffix = page_title[len(old) :] if old and page_title.startswith(old) else rng.choice(["", "_新闻", " - 某某网"])
    before[0] = before[0].saying(title.chars + suffix)
    for i in other.heads[1:]:
        before[i] = replace(title, block=before[i].block, blank=before[i].blank, indent=before[i].indent)
    return before


def _told_in(way: str, rng: random.Random, mine: Parts) -> list[DraftLine]:
    told = mine.told
    match way:
        case "whole":
            story = told
        case "short" | "feed":
            story = told[: rng.randint(1, 4)]
        case "shaped":
            story = _shaped(rng, told)
        case "list":
            story = _as_list(rng, told)
        case "sentences":
            story = [part for line in mine.story for part in (_sentences(line) if line.told >= 0.5 else [line])]
        case "merged":
            story = _merged(rng, mine.story)
        case _:
            story = list(mine.story)
    return [line if line.block is None else replace(line, block=_apart(line.block)) for line in (story or mine.story)]


def _shaped(rng: random.Random, told: Sequence[DraftLine]) -> list[DraftLine]:
    """A story of another shape; a line that is none of the page's is like the one before it."""
    known = {line.chars: line for line in told}
    like, out = told[0], []
    for chars in shaped(rng, [line.chars for line in told])[1]:
        like = known.get(chars, like)
        out.append(like if like.chars == chars else like.saying(chars))
    return out


def _apart(block: Block) -> Block:
    return block._replace(inside=tuple(number + APART for number in block.inside))


def _sentences(line: DraftLine) -> list[DraftLine]:
    return [line.saying(part) for part in _SENTENCE.findall(line.chars) if part.strip()]


def _as_list(rng: random.Random, told: Sequence[DraftLine]) -> list[DraftLine]:
    """The end of a story as rows, numbered in one of many ways."""
    style = rng.choice(["{}、", "{}.", "（{}）", "", "·", "第{}、"])
    cut, number, story = rng.randint(0, max(0, len(told) - 1)), 1, []
    for place, line in enumerate(told):
        if place < cut and rng.random() < 0.8:
            story.append(line)
            continue
        for part in _sentences(line)[:6]:
            row = part.chars.rstrip("。；;")
            row = row.split("，")[0] if rng.random() < 0.5 else row
            if len(row.strip()) > 1:
                story.append(line.saying(style.format(number) + row.strip()))
                number += 1
    return story


def _merged(rng: random.Random, lines: Sequence[DraftLine]) -> list[DraftLine]:
    story: list[DraftLine] = []
    for line in lines:
        if story and line.told >= 0.5 and story[-1].told >= 0.5 and rng.random() < 0.5:
            story[-1] = story[-1].saying(story[-1].chars + line.chars)
        else:
            story.append(line)
    return story
