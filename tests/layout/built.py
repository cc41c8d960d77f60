"""Training pages of invented sites: stories, threads and indexes with the sentences of others, in both forms."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

import numpy as np

from flows.read.reader import read_bytes
from flows.strip.foreign import take_foreign
from flows.strip.judge import judge_lines
from flows.strip.lines import rule_form, split_lines
from flows.strip.rules import rule_book
from tests.layout.drafts import Parts
from tests.layout.elements import line, link, page_of
from tests.layout.folded import fold
from tests.layout.indexes import index_page
from tests.layout.pages import THREADS, Sheet, until_strip
from tests.layout.shapes import UNSPOKEN, shaped
from tests.layout.sites import Maker
from tests.layout.words import BOARDS, COMMENTERS, POST_TOOLS, RANKS, REPLIES, SIGNATURES

SHARE = 0.35
"""What a page made so counts beside a real one."""

_CLAUSE = re.compile(r"[，。！？；：、“”,\s]+")
Told = list[str]
Built = tuple[str, Told]
"""A page's markup, and the lines of it that are story."""


def built(
    parts: Sequence[Parts], count: int, seed: int, fold_of: Callable[[str], int], form: str, ways: Sequence[str]
) -> list[Sheet]:
    """So many pages in a form, of two folds of sites at most; `ways` are stories, threads or indexes."""
    rng = random.Random(seed)
    framed = [one for one in parts if one.told and not one.group.endswith(THREADS)]
    out: list[Sheet] = []
    while len(out) < count:
        mine = rng.choice(framed)
        folds = {fold_of(site) for site in mine.sites} | {fold_of(min(rng.choice(framed).sites))}
        near = [one for one in framed if one is not mine and {fold_of(site) for site in one.sites} <= folds]
        near = rng.sample(near, min(40, len(near)))
        if len(folds) > 2 or len(near) < 3:
            continue
        way = rng.choice(ways)
        markup, told = _MAKES[way](maker_of(rng, near), rng, mine)
        sites = mine.sites | {site for one in near for site in one.sites}
        sheet = sheet_of(f"built-{way}", sites, markup, told, form, rng, way != "index")
        if sheet is not None:
            out.append(sheet)
    return out


def maker_of(rng: random.Random, others: Sequence[Parts]) -> Maker:
    """What makes the parts of a page with the words of others."""
    titles = [one.title.chars for one in others if one.title is not None]
    told = [line.chars for one in others for line in one.told[:6] if len(line.chars) >= 12] or [
        others[0].story[0].chars
    ]
    clauses = [piece for text in told for piece in _CLAUSE.split(text) if 3 < len(piece) < 24] or [told[0][:16]]

    def head() -> str:
        if titles and rng.random() < 0.3:
            return rng.choice(titles)
        first, more = rng.choice(clauses), rng.choice(clauses)
        return (
            first + rng.choice([" ", "：", "，", "？", "！"]) + more if len(first) < 10 or rng.random() < 0.3 else first
        )

    def story() -> tuple[str, list[str]]:
        return head(), [line.chars for line in rng.choice(others).told]

    return Maker(rng, head, lambda: rng.choice(told), story)


def sheet_of(
    name: str, sites: frozenset[str], markup: str, told: Told, form: str, rng: random.Random, story: bool
) -> Sheet | None:
    """The page as it is read in a form; None if nothing on it counts."""
    page = until_strip(read_bytes(markup.encode(), "page.html"))
    if form == "text":
        gap = rng.choice(["\n", "\n", "\n\n"])
        lines = [text for text in page.text.chars.split("\n") if text.strip()]
        page = until_strip(read_bytes(gap.join(lines).encode(), "page.txt"))
    judged = judge_lines(split_lines(page.text, page.raw.blocks), rule_form(page.text.chars), rule_book())
    if not judged:
        return None
    take_foreign(judged, page.text.chars)
    known = {fold(text) for text in told}
    shares = np.array([float(fold(one.chars) in known) for one in judged])
    weight = np.array([len(one.form) ** 0.5 if one.kind is None else 0.0 for one in judged])
    if not weight.any() or (story and not (shares * weight).any()):
        return None
    weight *= SHARE / weight.sum()
    stated = page.raw.stated.title
    return Sheet(name, sites, page.text.chars, judged, shares, weight, story, "built", stated, origin=name)


def _title(rng: random.Random, mine: Parts) -> str:
    return mine.title.chars if mine.title is not None else mine.told[0].chars[: rng.randint(8, 22)]


def _story(make: Maker, rng: random.Random, mine: Parts) -> Built:
    """A page with a story, short more often than not, and what a site puts around it."""
    title = _title(rng, mine)
    told = [one.chars for one in mine.told]
    way = rng.random()
    if way < 0.5:
        told = told[: rng.choice([1, 1, 2, 2, 3, 4])]
    elif way < 0.85:
        told = shaped(rng, told, "verse" if way > 0.79 else UNSPOKEN if way > 0.68 else "")[1]
    head, body = make.head(title), _body(make, rng, told)
    if make.chance(0.12):
        head += make.player()
    elif make.chance(0.08):
        head = rng.choice([make.links("item") + head, head + make.links("item")])
    if make.chance(0.12):  # nothing but the story
        return page_of(title, [head if make.chance(0.8) else line(title, "h1"), body]), told
    column = [head, body, make.below()]
    behind = make.behind()
    if make.chance(0.5):
        column, behind = [*column, *behind], []
    main = make.site.nested(column)
    columns = [make.side(), main] if make.chance(0.15) else [main, *([make.side()] if make.chance(0.55) else [])]
    page = [make.top(), *columns, *behind, make.foot()]
    if make.chance(0.1):
        page = [page[0], make.dialogs(), *page[1:]]
    suffix = rng.choice(["", f"_{make.site.name}", f" - {make.site.name}", f"_新闻中心_{make.site.name}"])
    return page_of(title + suffix, page), told


def _body(make: Maker, rng: random.Random, told: Sequence[str]) -> str:
    """The story's lines in their element, with a caption or a link of the site between them now and then."""
    way = rng.choice(["p", "p", "p", "p", "div", "br", "span", "mixed"])
    if way == "br":
        rows = ["<br>".join(line(text, "span") for text in told)]
    elif way == "span":
        rows = [f"<section>{line(text, 'span')}</section>" for text in told]
    else:
        rows = [line(text, "p" if way == "p" or (way == "mixed" and len(text) > 20) else "div") for text in told]
    if way != "br" and make.chance(0.12):
        rows = _with_controls(make, rng, rows)
    elif way != "br" and make.chance(0.15):
        rows.insert(rng.randint(1, len(rows)), make.site.box("related", [link(make.heads(), "p")], sub=True))
    return make.site.landmark("story", rows)


def _with_controls(make: Maker, rng: random.Random, rows: Sequence[str]) -> list[str]:
    """The lines, with the same buttons again and again between them, as between sections and below pictures."""
    tag, linked = rng.choice(["div", "span", "p"]), make.chance(0.4)
    words = rng.choice(
        [["点击查看大图"], ["播放", "编辑"], ["[编辑]"], ["展开"], ["复制代码"], ["收起", "分享"], ["▲放大图片"]]
    )
    controls = "".join(link(word, tag) if linked else line(word, tag) for word in words)
    alone = make.chance(0.4)
    out: list[str] = []
    for row in rows:
        if make.chance(0.6):
            out.append(make.site.box("tool", [controls], sub=True) if alone else controls)
        out.append(make.site.box("item", [row], sub=True) if alone else row)
    return out


def _post(make: Maker, rng: random.Random, number: int, rows: Sequence[str], around: Sequence[str]) -> str:
    """A post of a thread with who wrote it when, his sign and the buttons."""
    name, when = rng.choice(COMMENTERS), make.ago()
    user = [line(name, "div"), *(line(text, "p") for text in around)]
    floor = rng.choice([f"{number}#", f"#{number}", f"{number}楼", ("楼主", "沙发", "板凳")[min(number, 3) - 1], ""])
    head = rng.choice([f"发表于 {when}", when, f"发布于 {when} | 只看该作者", f"{name} {when} 发布"])
    top = make.site.box("meta", [line(head, "span"), *([line(floor, "em")] if floor else [])])
    tag = rng.choice(["p", "div"])
    body = make.site.box(
        "post", ["<br>".join(line(row, "span") for row in rows) if tag == "div" else "".join(map(line, rows))]
    )
    tools = [line(text, "span") for text in make.some(POST_TOOLS, 1, 4)]
    sign = [line(make.filled(rng.choice(SIGNATURES)), "div")] if make.chance(0.2) else []
    return make.site.box("item", [make.site.box("user", user), top, body, *sign, make.site.box("tool", tools)])


def _thread(make: Maker, rng: random.Random, mine: Parts) -> Built:
    """A forum's thread, or an account's post with what others said of it: the first post is the story."""
    title = _title(rng, mine)
    told = [one.chars for one in mine.told][: rng.choice([1, 1, 2, 3, 5, 12])]
    if make.chance(0.3):
        told = shaped(rng, told)[1][:20]
    around = make.some(RANKS, 0, 2) + make.some(
        ["主题 {n}", "帖子 {n}", "积分 {n}", "声望 {n}", "注册时间 2012-3-4"], 0, 3
    )
    posts = [_post(make, rng, 1, told, around)]
    for number in range(2, 2 + rng.choice([0, 1, 3, 6, 12, 25])):
        text = rng.choice(REPLIES) if make.chance(0.55) else make.told()[: rng.randint(10, 200)]
        posts.append(_post(make, rng, number, [text] if make.chance(0.8) else [text, rng.choice(REPLIES)], around))
    ends = [
        line("上一页 1 2 3 下一页", "div"),
        make.comments() if make.chance(0.3) else "",
        line("快速回复", "h3"),
        make.links(),
    ]
    head = [line(title, rng.choice(["h1", "h1", "h2", "div"]), make.site.words("title"))] if make.chance(0.85) else []
    counts = [line(make.filled("查看: {n} | 回复: {n}"), "div")] if make.chance(0.5) else []
    main = make.site.nested([*head, *counts, *posts, *(end for end in ends if make.chance(0.4))])
    side = [make.side()] if make.chance(0.4) else []
    suffix = f" - {rng.choice(BOARDS)} - {make.site.name}" if make.chance(0.8) else ""
    return page_of(title + suffix, [make.top(), main, *side, make.foot()]), told


def _index(make: Maker, rng: random.Random, mine: Parts) -> Built:
    return index_page(make, rng), []


_MAKES: dict[str, Callable[[Maker, random.Random, Parts], Built]] = {
    "story": _story,
    "thread": _thread,
    "index": _index,
}

STORIES, INDEXES = ("story", "story", "thread"), ("index",)
"""Ways of pages with a story, and of those without."""
