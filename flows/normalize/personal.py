"""Personal numbers and addresses: each is removed (kind `personal`) and a mark that says what stood there is inserted.

What counts as one, and what does not, says `flows.normalize.personal_sorts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.characters import any_of
from flows.document import Page
from flows.normalize.edits import Swap, swap
from flows.normalize.personal_sorts import BY_CUE, WINDOW, Sort, plain_form
from flows.text import Operation

CUE = re.compile(
    any_of(
        "[0-9](?=[0-9]{2}(?:[0-9]{4}|[0-9]?[) -]{1,2}[0-9]{3}|[0-9]{3} ?[(]))",
        *("@(?=[A-Za-z0-9])", "[微威薇](?=信)", "Q(?=Q)", "q(?=q)", "[Ww](?=e[Cc]hat|[Xx]|hats)", "扣(?=扣)"),
        *("[Vv](?=[Xx信])", "L(?=INE|ine)"),
    )
)
"""The first character of what every personal value has; most pages have none."""


def mask_personal(page: Page) -> Page:
    """The page with each personal value of its articles removed and its mark in its place: [电话] [证件号] [卡号]
    [邮箱] [账号]. What was stripped is not touched: see `hide_personal`."""
    articles = list(page.articles)
    for n, article in enumerate(page.articles):
        swaps = [
            Swap(start, end, sort.mark, Operation.JOIN, "personal", sort.rule)
            for start, end, sort in _values(article.text.chars)
        ]
        if swaps:
            masked = swap(replace(page, text=article.text), swaps)
            articles[n] = replace(article, text=masked.text)
            page = replace(masked, text=page.text, articles=tuple(articles))
    return page


def hide_personal(chars: str) -> str:
    """The characters with those of personal values written as *, as long as before."""
    pieces, done = [], 0
    for start, end, _ in _values(chars):
        pieces += [chars[done:start], "*" * (end - start)]
        done = end
    return "".join([*pieces, chars[done:]]) if pieces else chars


def personal_cues(chars: str) -> list[int]:
    """The places of a text at which a personal value, or what announces one, can stand, in order: a part of the text
    with none of them holds no such value."""
    return [cue.start() for cue in CUE.finditer(plain_form(chars))]


def _values(chars: str) -> Iterator[tuple[int, int, Sort]]:
    """The personal values in a text, in order, none overlapping."""
    chars = plain_form(chars)
    found: dict[int, tuple[int, Sort]] = {}
    done = -1
    for cue in CUE.finditer(chars):
        if cue.start() <= done:
            continue
        first, done = chars.rfind("\n", 0, cue.start()) + 1, chars.find("\n", cue.start())
        done = len(chars) if done < 0 else done
        for start, end, sort in _find(chars[first:done]):
            found.setdefault(first + start, (first + end, sort))
    done = 0
    for start in sorted(found):
        end, sort = found[start]
        if start >= done:
            done = end
            yield start, end, sort


def _find(line: str) -> Iterator[tuple[int, int, Sort]]:
    for cue, sorts in BY_CUE.items():
        for sort in sorts if cue.search(line) else ():
            for match in sort.pattern.finditer(line):
                start, end = match.span(match.lastindex or 0)
                if sort.holds(line[start:end], line[max(0, start - WINDOW) : start], line[end : end + WINDOW]):
                    yield start, end, sort
