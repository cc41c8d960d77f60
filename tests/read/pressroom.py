"""Newspaper pages of our own: running heads, stories in columns, frames, pictures, vertical text, at random."""

from __future__ import annotations

import random
from typing import NamedTuple

from flows.chinese import to_traditional
from tests.read.press import Column, Press, wrap
from tests.segment.columns import DID, HEADS, PLACES, WHO, WHY

TITLES = ["送服务进家门", "搭建邻里互助平台", "守护一老一小", "点亮社区微心愿", "让老街坊有了新客厅", "织密关爱网"]
LABELS = ["基层故事", "社工在身边", "服务一线"]
NAMES = ["林某", "陈某某", "周某"]


class Story(NamedTuple):
    title: str
    paragraphs: list[str]
    printed: str
    """All its characters as they are read, without white space."""


class Printed(NamedTuple):
    pdf: bytes
    stories: list[Story]
    chars: str
    """All characters of the page, in no order."""


class Area(NamedTuple):
    """Columns `first` to `last` of the page, between two heights."""

    first: int
    last: int
    top: float
    bottom: float


class Page:
    """One page being made."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        self.traditional = rng.random() < 0.25
        body = rng.choice([8.5, 9.0, 9.5, 10.0])
        self.columns = rng.randint(2, 5)
        per_line = rng.randint(13, 20) if self.columns > 2 else rng.randint(18, 26)
        self.gutter = rng.choice([0.9, 1.0, 1.2, 1.5, 2.0]) * body
        self.width = per_line * body
        width = 2 * 40 + self.columns * self.width + (self.columns - 1) * self.gutter
        height = rng.choice([780.0, 1000.0, 1200.0])
        pitch = rng.choice([1.35, 1.45, 1.6]) * body
        self.press = Press(width, height, "MSung-Light" if self.traditional else "STSong-Light", body, pitch)
        self.stories: list[Story] = []
        self.chars: list[str] = []
        self.titles: set[str] = set()

    def script(self, chars: str) -> str:
        return to_traditional(chars) if self.traditional else chars

    def x(self, column: int) -> float:
        return 40 + column * (self.width + self.gutter)

    def make(self) -> Printed:
        top = self.head()
        bottom = self.press.height - 50
        bands = self.rng.randint(1, 3) if self.press.height > 900 else self.rng.randint(1, 2)
        edges = [top + (bottom - top) * n / bands for n in range(bands + 1)]
        for n in range(bands):
            self.band(Area(0, self.columns - 1, edges[n], edges[n + 1] - 1.5 * self.press.pitch))
        return Printed(self.press.pdf(), self.stories, "".join(self.chars))

    def put(self, chars: str) -> str:
        """Characters in the page's script, counted."""
        chars = self.script(chars)
        self.chars.append(chars)
        return chars

    def head(self) -> float:
        """The running head; gives where the page's text may begin."""
        press, rng = self.press, self.rng
        right = self.x(self.columns - 1) + self.width
        number = f"{rng.randint(1, 16):02d}"
        if rng.random() < 0.5:
            press.line(self.put(f"第{number}版"), 40, 28, 12)
            press.line(self.put("要闻"), 110, 28, 12)
        else:
            press.line(self.put(f"A{number[1]}"), 40, 24, 18)
        date = self.put(f"2024年{rng.randint(1, 12)}月{rng.randint(1, 28)}日 星期三")
        press.line(date, right - 9 * len(date), 30, 9)
        if rng.random() < 0.6:
            press.rule(40, 48, right, 48)
        if rng.random() < 0.4:
            foot = self.put("责任编辑：林某 版式：周某")
            press.line(foot, 40, press.height - 30, 8)
        return 62.0

    def band(self, area: Area) -> None:
        """Stories side by side."""
        first = area.first
        while first <= area.last:
            last = min(area.last, first + self.rng.choice([0, 1, 1, 2, 4]))
            part = Area(first, last, area.top, area.bottom)
            if last > first and area.bottom - area.top > 500 and self.rng.random() < 0.3:
                middle = (area.top + area.bottom) / 2 + self.rng.uniform(-60, 60)
                self.story(Area(first, last, area.top, middle - 1.5 * self.press.pitch))
                part = Area(first, last, middle, area.bottom)
            kind = self.rng.random()
            if kind < 0.12:
                self.vertical(part)
            elif kind < 0.24:
                self.framed(part)
            else:
                self.story(part)
            first = last + 1

    def new_title(self) -> tuple[str, str]:
        while True:
            place = self.rng.choice(PLACES)
            title = f"{place}{self.rng.choice(WHO)}{self.rng.choice(TITLES)}"
            if title not in self.titles:
                self.titles.add(title)
                return title, place

    def paragraphs(self, title: str, place: str, chars: int) -> list[tuple[str, bool]]:
        """Paragraphs of about so many characters, and headings (True) between them."""
        rng = self.rng
        out = [
            (f"近日，{place}{rng.choice(WHO)}{rng.choice(DID)}，{rng.choice(WHY)}。{title[3:]}的做法受到关注。", False)
        ]
        while sum(len(paragraph) for paragraph, _ in out) < chars:
            if len(out) > 2 and not out[-1][1] and rng.random() < 0.12:
                out.append((rng.choice(HEADS), True))
            sentences = [
                f"{rng.choice(['据介绍', '目前', '今年以来', '活动中'])}，{place}{rng.choice(WHO)}{rng.choice(DID)}"
                f"{rng.randint(2, 9000)}次，服务{rng.randint(20, 90000)}人，{rng.choice(WHY)}。"
                for _ in range(rng.randint(1, 4))
            ]
            out.append(("".join(sentences), False))
        return out

    def told(self, title: str, head: str, paragraphs: list[tuple[str, bool]]) -> None:
        texts = [chars for chars, _ in paragraphs]
        printed = self.script("".join([head, *texts])).replace(" ", "")
        self.stories.append(Story(title, texts, printed))
        self.chars.append(self.script("".join([title, *texts])))

    def headline(self, title: str, x: float, width: float, top: float, spanned: int) -> tuple[float, str]:
        """Kicker, headline, subtitle and byline; gives where the text may begin, and what was printed."""
        press, rng, body = self.press, self.rng, self.press.body
        size = round(min(rng.uniform(1.6, 2.2) * body + 4 * (spanned - 1), 40))
        printed = ""
        if rng.random() < 0.25:
            kicker = rng.choice(LABELS)
            printed += kicker
            press.centred(self.put(kicker), x, width, top, 1.4 * body)
            top += 1.4 * body + 0.4 * body
        lines = list(wrap(title, int(width / size)))
        left = rng.random() < 0.3
        for line in lines:
            at = x if left else x + (width - size * len(line)) / 2
            press.line(self.script(line), at, top, size)
            top += 1.2 * size
        printed += title
        if spanned > 1 and rng.random() < 0.25:
            subtitle = f"——记{rng.choice(PLACES)}的{rng.randint(3, 90)}名社工"
            printed += subtitle
            press.centred(self.put(subtitle), x, width, top, 1.4 * body)
            top += 1.8 * body
        top += 0.3 * body
        if rng.random() < 0.4:
            byline = f"本报记者 {rng.choice(NAMES)}"
            printed += byline
            press.centred(self.put(byline), x, width, top, body)
            top += press.pitch + 0.4 * body
        return top + 0.3 * body, printed

    def story(self, area: Area, frame: float = 0.0) -> None:
        press, rng = self.press, self.rng
        spanned = area.last - area.first + 1
        x, width = self.x(area.first), self.x(area.last) + self.width - self.x(area.first)
        title, place = self.new_title()
        if frame == 0.0 and spanned > 1 and area.bottom - area.top > 2 * press.body * len(title) and rng.random() < 0.1:
            size = 2 * press.body
            if area.first:
                press.rule(x - self.gutter / 2, area.top, x - self.gutter / 2, area.bottom)
            press.down(self.script(title), x, area.top, size, rng.random() < 0.5)
            columns = [
                Column(self.x(n), area.top, area.bottom, self.width) for n in range(area.first + 1, area.last + 1)
            ]
            head = title
        else:
            top, head = self.headline(title, x + frame, width - 2 * frame, area.top + frame, spanned)
            # a frame narrows each column by whole characters
            columns = [
                Column(self.x(n) + (press.body if frame else 0), top, area.bottom - frame,
                       self.width - (2 * press.body if frame else 0))
                for n in range(area.first, area.last + 1)
            ]  # fmt: skip
        pictured = self.pictured(columns) if rng.random() < 0.35 and frame == 0.0 else columns
        capacity = sum((c.bottom - c.top) / press.pitch * c.width / press.body for c in pictured)
        paragraphs = self.paragraphs(title, place, int(capacity * rng.uniform(0.8, 1.1)))
        whole = press.text([(self.script(chars), heading) for chars, heading in paragraphs], pictured, rng)
        self.told(title, head, paragraphs[:whole])

    def pictured(self, columns: list[Column]) -> list[Column]:
        """The columns around a picture with its caption, which stands in one or two of them."""
        press, rng = self.press, self.rng
        first = rng.randrange(len(columns))
        last = min(len(columns) - 1, first + rng.randint(0, 1))
        top, bottom = columns[first].top, columns[first].bottom
        height = 0.35 * (bottom - top)
        if bottom - top < 150:
            return columns
        at = rng.choice([top, top + press.pitch * int(0.3 * (bottom - top) / press.pitch)])
        x, width = columns[first].x, columns[last].x + columns[last].width - columns[first].x
        press.picture(x, at, width, height)
        size = 0.85 * press.body
        caption = self.put("图为活动现场。" + rng.choice(["林某 摄", "本报记者 陈某某 摄", "资料图"]))
        press.line(caption, x, at + height + 0.4 * press.body, size)
        below = at + press.pitch * (int((height + 0.4 * press.body + size) / press.pitch) + 2)
        out = columns[:first]
        for column in columns[first : last + 1]:
            if at - column.top > 3 * press.pitch:
                out.append(column._replace(bottom=at - 0.5 * press.body))
            out.append(column._replace(top=below))
        return out + columns[last + 1 :]

    def framed(self, area: Area) -> None:
        """A story in a frame or on a tint."""
        x = self.x(area.first)
        width = self.x(area.last) + self.width - x
        self.press.box(x, area.top, width, area.bottom - area.top, self.rng.random() < 0.5)
        self.story(area, self.press.body)

    def vertical(self, area: Area) -> None:
        """A story that runs down the page, with its headline at the right."""
        press, rng, body = self.press, self.rng, self.press.body
        x, right = self.x(area.first), self.x(area.last) + self.width
        title, place = self.new_title()
        size, one_by_one = 2 * body, rng.random() < 0.5
        per_line = int((area.bottom - area.top) / body)
        lines = list(wrap(title, int((area.bottom - area.top) / size)))
        for line in lines:
            right -= size
            press.down(self.script(line), right, area.top, size, one_by_one)
            right -= 0.3 * size
        right -= body
        room = int((right - x) / press.pitch)
        paragraphs = self.paragraphs(title, place, int(room * per_line * 0.8))
        told = []
        for chars, heading in paragraphs:
            chunks = list(wrap(self.script(chars), per_line, 2))
            if len(chunks) > room or heading:
                continue
            for n, chunk in enumerate(chunks):
                right -= press.pitch
                press.down(chunk, right, area.top + (0 if n else 2 * body), body, one_by_one)
            room -= len(chunks)
            told.append((chars, False))
        self.told(title, title, told)


def make_page(seed: int) -> Printed:
    """One page, the same for the same seed."""
    return Page(seed).make()
