"""What sites put around their stories, invented: menus, tools, source lines, lists of links, comments, notices."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.layout.words import (
    COMMENT_FORM,
    COMMENTERS,
    DIALOGS,
    FEET,
    MENU,
    NOTICES,
    PLACES,
    PLAYER,
    POST_TOOLS,
    PROMPTS,
    RELATED,
    SITES,
    STORY_FOOT,
    TOOLS,
)

Lines = list[str]
Pieces = Callable[[int], Lines]
"""Gives so many short pieces of other pages: headlines for lists."""


def surroundings(rng: random.Random, title: str, pieces: Pieces, talk: Pieces) -> tuple[Lines, Lines]:
    """What stands before and behind a story of that title; `talk` gives sentences for comments and blurbs."""
    place = rng.choice(PLACES)
    site = place + rng.choice(SITES)

    def filled(forms: Sequence[str]) -> Lines:
        return [form.format(site=site, place=place, n=rng.randint(10, 9999)) for form in forms]

    account = rng.random() < 0.25
    before = _account_head(rng, title, site) if account else _head(rng, title, site, filled)
    behind: Lines = []
    if account:
        behind += filled(rng.sample(PROMPTS, rng.randint(0, 5)))
    elif rng.random() < 0.6:
        behind += filled(rng.sample(TOOLS, rng.randint(0, 3)))
    if rng.random() < 0.25:  # what the page is worked with: forms for comments, dialogs, a player
        controls = rng.choice([COMMENT_FORM, DIALOGS, POST_TOOLS, STORY_FOOT, (*COMMENT_FORM, *DIALOGS)])
        behind += filled(rng.sample(controls, rng.randint(2, min(10, len(controls)))))
    if rng.random() < 0.08:
        before += filled(rng.sample(PLAYER, rng.randint(3, 12)))
    if rng.random() < 0.35:
        behind += _pages(rng, pieces)
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        behind += _list(rng, pieces, talk)
    if rng.random() < (0.4 if account else 0.15):
        behind += _comments(rng, talk)
    notices = filled(rng.sample(NOTICES, rng.choice([0, 1, 1, 2])))
    feet = filled(rng.sample(FEET, rng.randint(0, 8)))
    if rng.random() < 0.3:
        rng.shuffle(feet := [*notices, *feet])
        notices = []
    if rng.random() < 0.25:  # a page cut out of its frame: only what stands at its foot
        before, behind = before[-rng.randint(0, 2) :] if rng.random() < 0.5 else [], []
    return before, [*behind, *notices, *feet]


def _head(rng: random.Random, title: str, site: str, filled: Callable[[Sequence[str]], Lines]) -> Lines:
    out: Lines = []
    if rng.random() < 0.7:
        out.append(title + rng.choice(["_", "-", " - ", "|", "——"]) + site)
    menu = rng.sample(MENU, rng.randint(0, 24))
    if menu:
        out += [" | ".join(menu)] if rng.random() < 0.3 else menu
    if rng.random() < 0.5:
        out.append(
            rng.choice(["当前位置：", "您的位置：", "您现在的位置：", ""])
            + " > ".join(["首页", *rng.sample(MENU, 2), "正文"])
        )
    if rng.random() < 0.9:
        out.append(title)
    out += rng.sample(_stated(rng, site), rng.randint(0, 2)) + filled(rng.sample(TOOLS, rng.randint(0, 2)))
    return out


def _account_head(rng: random.Random, title: str, site: str) -> Lines:
    out = [
        title,
        rng.choice([f"原创 {site}", site, f"{site} {site}"]),
        day_of(rng),
        "收录于合集",
        *rng.sample(PROMPTS, 1),
    ]
    return [line for i, line in enumerate(out) if i == 0 or rng.random() < 0.6]


def _stated(rng: random.Random, site: str) -> Lines:
    """Forms of the line that states time and source."""
    day = day_of(rng)
    return [
        f"{day} 来源：{site} 作者：林某某",
        f"发布时间：{day} {rng.randint(8, 20)}:{rng.randint(10, 59)} 来源：{site} 浏览次数：{rng.randint(3, 9000)}",
        f"来源：{site}",
        f"{day} {rng.randint(8, 20)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}",
        f"【信息时间：{day} 阅读次数：{rng.randint(3, 900)}】",
        "本报记者 林某某 通讯员 周某",
    ]


def day_of(rng: random.Random) -> str:
    form = rng.choice(["{}-{:02d}-{:02d}", "{}年{}月{}日", "{}/{:02d}/{:02d}", "{}.{}.{}"])
    return form.format(rng.randint(2008, 2025), rng.randint(1, 12), rng.randint(1, 28))


def _pages(rng: random.Random, pieces: Pieces) -> Lines:
    above, below = pieces(2)
    words = rng.choice([("上一篇：", "下一篇："), ("上一条：", "下一条："), ("上一篇 ", "下一篇 ")])
    return [words[0] + above, words[1] + rng.choice([below, "没有了"])]


def _list(rng: random.Random, pieces: Pieces, talk: Pieces) -> Lines:
    """Links to other stories under a heading, or without one; with days, or blurbs."""
    head = [rng.choice(RELATED)] if rng.random() < 0.75 else []
    dated, blurbs, mark = rng.random() < 0.35, rng.random() < 0.15, rng.choice(["", "", "· ", "{}. "])
    out: Lines = []
    for i, piece in enumerate(pieces(rng.randint(3, 12)), 1):
        out.append(mark.format(i) + piece + (f" {day_of(rng)}" if dated else ""))
        if blurbs:
            out.append(talk(1)[0][: rng.randint(40, 120)] + rng.choice(["...", "", "[详细]"]))
    return head + out


def _comments(rng: random.Random, talk: Pieces) -> Lines:
    out = [rng.choice(["精选留言", "网友评论", "全部评论", "留言 {}", "最新评论"]).format(rng.randint(2, 99))]
    for line in talk(rng.randint(2, 8)):
        name, line = rng.choice(COMMENTERS), line[: rng.randint(8, 90)]
        out += (
            [f"{name}：{line}"]
            if rng.random() < 0.5
            else [name, line, f"{rng.randint(1, 23)}小时前 回复 {rng.randint(0, 99)}"]
        )
    return out
