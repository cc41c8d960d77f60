"""Lines of a page that are no story: running heads, page numbers, captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from flows.chinese import opencc_dictionary, radicals, without_radicals
from flows.document import Stated
from flows.read.pdf.sheet import PrintedLine, Rect

HEAD, FOOT = 0.12, 0.06
"""Share of the page's height, from the top and from the bottom, in which running heads and feet stand."""

_NAME = r"[\u4e00-\u9fff]{2,4}(?!\s?[:：])"
_PAGE = re.compile(
    r"(?:第\s?(?:[A-H]?\d{1,3}|[一二三四五六七八九十]{1,3})\s?版|[A-H]?\d{1,3}\s?版|[A-H]\d{1,2}|\d{2})(?!\d)"
)
DATE = re.compile(r"(?:19|20)\d{2}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?|二[〇○零]\S{2}年\S{1,3}月\S{1,3}日")
_PAPER = re.compile(r"[\u4e00-\u9fff]{2,8}(?:日报|晚报|晨报|时报|商报|早报|快报|都市报|周刊|周报|社区报|新闻报|报)")
_TOKEN = re.compile(
    rf"(?:{DATE.pattern}|\d{{1,2}}月\d{{1,2}}日|[(（]?(?:星期|周)[一二三四五六日天][)）]?|农历\S{{4,10}}|今日\d{{1,3}}版"
    rf"|(?:责任编辑|责编|编辑|主编|值班(?:编委|主任|总编)?|版式|美编|美术编辑|校对|校检|组版|制图|设计|视觉|执行主编|电话|邮箱|热线|新闻热线|网址)"
    rf"\s?[:：]?\s?(?:{_NAME}(?:[\s、/]{{1,2}}{_NAME})*|[\w.@-]+)"
    rf"|(?:国内统一(?:连续出版物|刊)号|邮发代号|刊号|代号|CN)\s?[:：]?\s?[\w-]+|总?第\s?\d+\s?期|[\w.-]+@[\w.-]+"
    rf"|(?:https?://|www\.)[\w./-]+|[-—－·•]?\s?\d{{1,3}}\s?[-—－·•]|第\s?\d+\s?页(?:[,，]?\s?共\s?\d+\s?页)?"
    rf"|{_PAGE.pattern}|{_PAPER.pattern}|\d{{1,3}})"
)
_CAPTION = re.compile(r"图为|图[①-⑨一二三四\d]?[:：]|[上下左右]图|资料图|供图|摄影|摄[)）]?$|图片")
_BETWEEN = " \u3000|｜·/,，:：　"


class Furniture(NamedTuple):
    """Places in the sequence of lines."""

    heads: frozenset[int]
    feet: frozenset[int]


def find_furniture(lines: Sequence[PrintedLine], width: float, height: float) -> Furniture:
    """The lines of the running head and foot: rows of dates, page numbers, names of editors and of the paper, at the
    edge of the page. A short line beside one of them, such as a section's name, is one too."""
    return Furniture(
        frozenset(_in_band(lines, 0.0, HEAD * height)), frozenset(_in_band(lines, (1 - FOOT) * height, height + 1.0))
    )


def _in_band(lines: Sequence[PrintedLine], top: float, bottom: float) -> list[int]:
    band = [i for i, line in enumerate(lines) if top <= (line.rect.y0 + line.rect.y1) / 2 <= bottom]
    sure = [i for i in band if is_furniture(lines[i].chars)]
    beside = [
        i
        for i in band
        if i not in sure
        and len(lines[i].chars) <= 12
        and any(lines[i].rect.along(lines[j].rect) > 0.3 * min(lines[i].size, lines[j].size) for j in sure)
    ]
    return sure + beside


def is_furniture(chars: str) -> bool:
    """Is the line nothing but dates, numbers of pages and issues, editors and the paper's name?"""
    chars, place = chars.translate(_simplified()), 0
    while place < len(chars):
        if chars[place] in _BETWEEN:
            place += 1
            continue
        found = _TOKEN.match(chars, place)
        if found is None:
            return False
        place = found.end()
    return place > 0


@cache
def _simplified() -> dict[int, str]:
    """Each Traditional character's first Simplified form, and each radical's: good enough for the words of a running
    head."""
    forms = {key: values[0] for key, values in opencc_dictionary("TSCharacters").items() if len(key) == 1}
    return str.maketrans(forms | radicals())


def repeated_edges(pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]) -> set[str]:
    """What stands at the top or bottom of two pages or more, numbers aside: the running heads of documents."""
    seen: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({without_digits(line.chars) for line in lines if at_edge(line, height)})
    return {chars for chars, count in seen.items() if count >= 2}


def without_digits(chars: str) -> str:
    return re.sub(r"\d+", "0", chars)


def at_edge(line: PrintedLine, height: float) -> bool:
    return line.rect.y1 < 0.08 * height or line.rect.y0 > 0.92 * height


def find_captions(lines: Sequence[PrintedLine], pictures: Sequence[Rect], body: float, font: str) -> set[int]:
    """The places of lines that stand directly below a picture, no wider than it, and differ from the text in size or
    font, or in their words, or in the blank below them."""
    found: set[int] = set()
    for picture in pictures:
        taken = _below(lines, picture, body)
        if not taken:
            continue
        first, last = lines[taken[0]], lines[taken[-1]]
        differs = first.size < 0.95 * body or (first.font not in (font, "") and len(taken) <= 6)
        says = any(_CAPTION.search(without_radicals(lines[i].chars)) for i in taken)
        if differs or (len(taken) <= 3 and (says or _is_blank_below(lines, last, body))):
            found.update(taken)
    return found


def _below(lines: Sequence[PrintedLine], picture: Rect, body: float) -> list[int]:
    """The lines of one size and font under the picture, one below the other, as long as they stand close."""
    taken: list[int] = []
    bottom, reach = picture.y1, 1.8 * body
    for i in sorted(range(len(lines)), key=lambda i: (lines[i].rect.y0, lines[i].rect.x0)):
        line = lines[i]
        if not -0.4 * body <= line.rect.y0 - bottom <= reach or line.size > 1.25 * body:
            continue
        if line.rect.x0 < picture.x0 - body or line.rect.x1 > picture.x1 + body:
            continue
        if taken and (abs(line.size - lines[taken[0]].size) > 0.2 or line.font != lines[taken[0]].font):
            break
        taken.append(i)
        bottom, reach = line.rect.y1, 0.75 * line.size
    return taken


def _is_blank_below(lines: Sequence[PrintedLine], last: PrintedLine, body: float) -> bool:
    below = Rect(last.rect.x0, last.rect.y1, last.rect.x1, last.rect.y1 + 0.9 * body)
    return not any(line is not last and below.across(line.rect) > 0 and below.along(line.rect) > 0 for line in lines)


def stated_by(furniture: Sequence[str]) -> Stated:
    """The number of the page ("02", "A3"), its date and the paper's name, as the running head has them."""
    page = published = publisher = None
    for chars in map(without_radicals, furniture):
        page = page or _page_number(chars)
        published = published or (found.group() if (found := DATE.search(chars)) else None)
        publisher = publisher or (chars if _PAPER.fullmatch(chars) else None)
    return Stated(page=page, published=published, publisher=publisher)


def _page_number(chars: str) -> str | None:
    bare = DATE.sub(" ", chars)
    found = re.search(
        r"第\s?([A-H]?\d{1,3})\s?版|(?<![日\dA-Z])([A-H]?\d{1,3})\s?版|(?<![\dA-Z])([A-H]\d{1,2})(?!\d)", bare
    )
    if found and not bare[: found.start()].endswith("今日"):
        return next(group for group in found.groups() if group)
    return bare if re.fullmatch(r"0\d", bare) else None
