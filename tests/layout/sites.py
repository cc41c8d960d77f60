"""What invented sites put around their stories, as markup: menus, tools, lists, feeds, comments, dialogs."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.layout.elements import Site, line, link, listed
from tests.layout.surroundings import day_of
from tests.layout.words import (
    COMMENT_FORM,
    COMMENTERS,
    DIALOGS,
    ENTRY_TOOLS,
    FEET,
    MENU,
    NOTICES,
    PLACES,
    PLAYER,
    POST_TOOLS,
    PROMPTS,
    RELATED,
    REPLIES,
    SITES,
    SLOGANS,
    STORY_FOOT,
    TOOLS,
)

Pieces = Callable[[], str]


@dataclass
class Maker:
    """Makes the parts of one site's pages. `heads` and `told` give headlines and paragraphs of other pages, `stories`
    whole stories (headline, paragraphs)."""

    rng: random.Random
    heads: Pieces
    told: Pieces
    stories: Callable[[], tuple[str, Sequence[str]]]

    def __post_init__(self) -> None:
        self.place = self.rng.choice(PLACES)
        self.site = Site(self.rng, self.place + self.rng.choice(SITES))

    def some(self, forms: Sequence[str], least: int, most: int) -> list[str]:
        """So many of the forms, filled in."""
        return [self.filled(form) for form in self.rng.sample(forms, min(len(forms), self.rng.randint(least, most)))]

    def filled(self, form: str) -> str:
        """A form with names and a number."""
        return form.format(site=self.site.name, place=self.place, n=self.rng.randint(2, 9999))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def ago(self) -> str:
        """A time as sites of all sorts tell it."""
        day, clock = day_of(self.rng), f"{self.rng.randint(0, 23):02d}:{self.rng.randint(0, 59):02d}"
        return self.rng.choice(
            [day, f"{day} {clock}", clock, f"{self.rng.randint(2, 59)}分钟前", "2天前", "昨天 " + clock]
        )

    def top(self) -> str:
        """Login, menu, its slogans, and where on the site the page stands."""
        rng = self.rng
        parts: list[str] = []
        if self.chance(0.5):
            parts.append(
                self.site.box("tool", [link(text) for text in ("登录", "注册", "客户端")[: rng.randint(1, 3)]])
            )
        menu = self.some(MENU, 4, 26)
        if self.chance(0.2):
            menu = [text for word in menu for text in (word, rng.choice(SLOGANS))]
        linked = rng.choice([1.0, 1.0, 0.0])
        parts.append(listed(rng, menu, linked) if self.chance(0.8) else line(" | ".join(menu), "div"))
        top = self.site.landmark("nav", parts)
        if self.chance(0.5):
            crumbs = " > ".join(["首页", *self.some(MENU, 1, 2), rng.choice(["正文", "详情", "列表"])])
            top += self.site.box("tool", [line("您现在的位置：" + crumbs, "span")], sub=True)
        return top

    def head(self, title: str) -> str:
        """Headline, and what states time and source."""
        rng, site = self.rng, self.site
        parts = [line(title, rng.choice(["h1", "h1", "h1", "h2", "div", "p"]), site.words("title"))]
        stated = [
            day_of(rng),
            f"来源：{site.name}",
            f"作者：{rng.choice(COMMENTERS)}",
            f"阅读 {rng.randint(3, 9999)}",
            site.name,
        ]
        chosen = [text for text in stated if self.chance(0.55)]
        if self.chance(0.12):  # an account's post
            posted = f"{day_of(rng)} {rng.randint(6, 22)}:{rng.randint(10, 59)}"
            chosen = [
                f"原创 {rng.choice(COMMENTERS)} {site.name}",
                posted,
                f"发表于{self.place}",
                *self.some(PROMPTS, 0, 2),
            ]
        if self.chance(0.5):
            parts.append(line(" ".join(chosen) or day_of(rng), "div", site.words("meta")))
        else:
            tag = rng.choice(["span", "div", "p", "li"])
            parts.append(site.box("meta", [line(text, tag) for text in chosen]))
        if self.chance(0.3):
            parts.append(site.box("tool", [line(text, "span") for text in self.some(TOOLS, 1, 3)]))
        return "".join(parts)

    def player(self) -> str:
        return self.site.box("dialog", [line(text, "div") for text in self.some(PLAYER, 3, 14)], sub=True)

    def dialogs(self) -> str:
        tag = self.rng.choice(["div", "p", "span", "button"])
        return self.site.box("dialog", [f"<div>{line(text, tag)}</div>" for text in self.some(DIALOGS, 2, 10)])

    def below(self) -> str:
        """What stands directly behind a story: who edited it, tools, rights, prompts."""
        rng = self.rng
        parts = [line(text, rng.choice(["p", "div"])) for text in self.some(STORY_FOOT, 0, 5)]
        if self.chance(0.35):
            parts.append(line(self.filled(rng.choice(NOTICES)), "p"))
        if self.chance(0.25):
            parts += [line(text, "p") for text in self.some(PROMPTS, 1, 4)]
        if self.chance(0.2):
            parts.append(
                self.site.box("user", [line(rng.choice(COMMENTERS), "div"), line(self.told()[:40], "p")], sub=True)
            )
        if self.chance(0.3):
            parts.append(line("上一篇：" + self.heads(), "p") + line("下一篇：" + self.heads(), "p"))
        return self.site.box("tool", parts)

    def links(self, role: str = "related") -> str:
        """A list of links under a heading or without one."""
        rng = self.rng
        rows = [self.heads() for _ in range(self.rng.randint(3, 14))]
        if self.chance(0.35):
            rows = [f"{row} {day_of(rng)}" for row in rows]
        if self.chance(0.2):
            count = self.chance(0.4)
            rows = [f"{n} {row}" + (f" {rng.randint(100, 99999)}" if count else "") for n, row in enumerate(rows, 1)]
        head = (
            [line(rng.choice([*RELATED, *self.some(MENU, 3, 3)]), rng.choice(["h3", "div", "p"]))]
            if self.chance(0.75)
            else []
        )
        return self.site.box(role, [*head, listed(rng, rows)])

    def entry(self, blurb: bool, linked: float = 1.0) -> str:
        """A headline of another story with its beginning, source and time."""
        rng, head, text = self.rng, self.heads(), self.told()
        text = text[: rng.randint(30, 120)] + rng.choice(["...", "……", "", "。"]) if self.chance(0.6) else text
        title = link(head, rng.choice(["h3", "h4", "div", "p"])) if self.chance(linked) else line(head, "h4")
        about = line(
            f"{self.site.name} · {self.ago()}" if self.chance(0.5) else self.ago(), rng.choice(["span", "div"])
        )
        parts = [
            title,
            *([line(text, rng.choice(["p", "p", "div"]))] if blurb else []),
            *([about] if self.chance(0.7) else []),
        ]
        if self.chance(0.15):
            parts.append(link(rng.choice(["[详细]", "查看全文", "阅读更多"])))
        if self.chance(0.15):
            parts += [line(text, "span") for text in self.some(ENTRY_TOOLS, 1, 5)]
        return self.site.box("item", parts, rng.choice(["div", "li"]))

    def feed(self) -> str:
        """Other stories with their beginnings."""
        head = [line(self.rng.choice([*RELATED, "其他人也在看", "为你推荐"]), "h3")] if self.chance(0.6) else []
        return self.site.box(
            "related", [*head, *(self.entry(self.chance(0.8)) for _ in range(self.rng.randint(3, 16)))], sub=True
        )

    def another(self) -> str:
        """Another whole story on the page, that the reader is to go on with."""
        rng = self.rng
        title, told = self.stories()
        head = [line(rng.choice(["阅读下一篇", "继续阅读", "精彩推荐", "热门文章"]), "div")] if self.chance(0.4) else []
        above = [line(title, rng.choice(["h2", "h3", "h1", "div"])), line(f"{self.site.name} {self.ago()}", "div")]
        story = self.site.box(
            rng.choice(["related", "story"]), [line(text) for text in told[: rng.randint(2, 25)]], sub=True
        )
        return self.site.box("related", [*head, *above, story])

    def comments(self) -> str:
        """A form, and what readers wrote."""
        rng = self.rng
        parts = [line(text, rng.choice(["div", "p"])) for text in self.some(COMMENT_FORM, 1, 4)]
        for _ in range(rng.choice([0, 0, 1, 3, 8, 20])):
            text = rng.choice(REPLIES) if self.chance(0.5) else self.told()[: rng.randint(8, 150)]
            said = [line(rng.choice(COMMENTERS), "div"), line(self.ago(), "span"), line(text, rng.choice(["p", "div"]))]
            if self.chance(0.3):
                said[0], said[2] = said[2], said[0]
            said += [line(word, "span") for word in self.some(POST_TOOLS, 0, 2)]
            parts.append(self.site.box("item", said, sub=True))
        return self.site.box("comments", parts)

    def side(self) -> str:
        return self.site.landmark("side", [self.links("item") for _ in range(self.rng.randint(1, 4))])

    def foot(self) -> str:
        rows = self.some(FEET, 1, 7)
        return self.site.landmark(
            "foot", [*([self.links()] if self.chance(0.1) else []), *(line(row, "p") for row in rows)]
        )

    def behind(self) -> list[str]:
        """What stands below a story and its tools, in some order."""
        makes = [(self.links, 0.6), (self.feed, 0.3), (self.another, 0.2), (self.comments, 0.4), (self.dialogs, 0.25)]
        parts = [make() for make, share in makes if self.chance(share)]
        self.rng.shuffle(parts)
        return parts
