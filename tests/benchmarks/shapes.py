"""Pages of random shapes, for looking where cost grows faster than text: what the code knows, repeated and nested.

A shape is made of tokens of a few sorts that rules, vocabularies and patterns look for, put together in a form that is
as long as asked: repeated, counted, nested, never closed, in one line or in many. A seed gives the same shapes again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from flows.strip.rules import rule_book
from flows.vocabulary import FOLDER
from flows.yaml_files import read_yaml

PAIRS = ("()", "（）", "【】", "《》", "“”", "‘’", "[]", "<>", "「」", "〔〕", "{}", "''", '""')

TOKENS: dict[str, tuple[str, ...]] = {
    "mark": (*"，。！？；：、·…—", *",.!?;:|/-_~*#=+&@", "......", "——", "ＡＢ", "％"),
    "digits": ("3", "35", "2024", "1,234", "12.5%", "３", "三百二十", "一九九八", "0.", "1/2", "二〇二四"),
    "date": ("2024年3月6日", "3月6日", "2024-03-06", "昨天", "近日", "10:20", "五月六日", "去年", "1至3月", "2024"),
    "name": ("王小明", "张某某", "李 丽", "欧阳明华", "王某", "记者", "通讯员", "局长王小明", "志愿者"),
    "phrase": (
        "共有35人参加",
        "来源：",
        "责任编辑：",
        "社工站",
        "由民政局主办",
        "同比增长",
        "其中",
        "分别为",
        "记者从",
    ),
    "link": ("http://a.example/1", "www.a.cn", "a@b.c", "?q=社", "13800138000", "320106199001011234"),
    "space": (" ", "\u3000", "\t", "\n", "\n\n", "\r\n", "\f", "\u00a0", "  "),
    "control": ("\u200b", "\ufeff", "\u00ad", "\x01", "\ue011", "\ufffd", "\u202e"),
    "damage": ("锟斤拷", "æˆ‘", "導(dǎo)", "當(dāng)?shù)攸h", "?", "ä½", "????", "&amp;", "&nbsp;", "銆", "锛"),
    "script": ("社會工作者", "發展", "乾", "后", "著", "裡", "台"),
    "letters": ("a", "Abc", "word ", "COVID-19", "社A", "e\u0301"),
    "bracket": tuple(char for pair in PAIRS for char in dict.fromkeys(pair)),
}

ELEMENTS = (
    *("div", "p", "span", "a href=x", "li", "ul", "td", "tr", "table", "b", "font color=red", "h1", "h2", "em"),
    *("br", "img src=x", "strong", "script", "style", "select", "option", "pre", "section", "article", "nav", "dl"),
    *("dd", "i class=x", "div class='a b' id=c", "p style='text-indent:2em'", "meta name=x content=y", "svg", "form"),
    *(
        "div hidden",
        "button",
        "textarea",
        "iframe",
        "center",
        "sup",
        "ruby",
        "rt",
        "footer",
        "time datetime=2024-03-06",
    ),
)


class Shape(NamedTuple):
    """`form` is plain or html; `build` gives so many characters of it."""

    form: str
    name: str
    build: Callable[[int], str]


def shapes(seed: int, count: int) -> Iterator[Shape]:
    """So many shapes, half of them of text and half of pages."""
    choose = random.Random(seed)
    for number in range(count):
        yield _page(choose) if number % 2 else _text(choose)


def _text(choose: random.Random) -> Shape:
    parts = [_token(choose) for _ in range(choose.choice((1, 1, 2, 2, 3, 4, 6)))]
    piece = "".join(parts)
    form = choose.choice(("repeated", "repeated", "counted", "nested", "never closed", "one behind", "lines", "blocks"))
    if form == "nested":
        pair = choose.choice(PAIRS)
        return Shape("plain", f"{form} {pair!r} {piece!r}", lambda size: _nested(pair[0] + piece, pair[-1], size))
    if form == "never closed":
        piece = choose.choice(PAIRS)[0] + piece
    if form == "counted":
        return Shape("plain", f"{form} {parts!r}", lambda size: _counted(parts, size))
    if form == "one behind":
        last = _token(choose)
        return Shape("plain", f"{form} {piece!r} {last!r}", lambda size: last + _repeated(piece, size) + last)
    if form == "lines":
        piece = f"{piece}\n"
    if form == "blocks":  # long runs of each, in turns
        return Shape(
            "plain", f"{form} {parts!r}", lambda size: "".join(_repeated(part, size // len(parts)) for part in parts)
        )
    return Shape("plain", f"{form} {piece!r}", lambda size: _repeated(piece, size))


def _page(choose: random.Random) -> Shape:
    tags = [choose.choice(ELEMENTS) for _ in range(choose.choice((1, 1, 2, 2, 3)))]
    text = choose.choice(("", "社", _token(choose)))
    opened = "".join(f"<{tag}>{choose.choice(('', text))}" for tag in tags) + text
    closed = "".join(f"</{tag.split()[0]}>" for tag in reversed(tags))
    form = choose.choice(
        ("closed", "closed", "never closed", "ends", "nested", "attributes", "attribute", "counted", "crossed")
    )
    name = f"{form} {opened!r}"
    if form == "nested":
        return Shape("html", name, lambda size: _nested(opened, closed, size))
    if form == "attributes":
        tag, mark = tags[0].split()[0], choose.choice(("", "=1", "='社'", '="a > b"'))
        return Shape(
            "html",
            f"{form} {tag} {mark}",
            lambda size: f"<{tag} {_counted([' data-', '#', mark], size)}>{text}</{tag}>",
        )
    if form == "attribute":
        tag, token = tags[0].split()[0], _token(choose)
        return Shape(
            "html", f"{form} {tag} {token!r}", lambda size: f'<{tag} class="{_repeated(token, size)}">{text}</{tag}>'
        )
    if form == "counted":
        return Shape("html", name, lambda size: _counted([opened, "#", closed], size))
    if form == "crossed":
        crossed = opened + "".join(f"</{tag.split()[0]}>" for tag in tags)
        return Shape("html", f"{form} {crossed!r}", lambda size: _repeated(crossed, size))
    piece = {"closed": opened + closed, "never closed": opened, "ends": closed + text}[form]
    return Shape("html", f"{form} {piece!r}", lambda size: _repeated(piece, size))


def _token(choose: random.Random) -> str:
    """A token: one of those above, a word of a vocabulary, or a line that a rule takes or leaves."""
    sort = choose.choice((*TOKENS, "word", "word", "line", "run"))
    if sort == "word":
        return choose.choice(_words())
    if sort == "line":
        return choose.choice(_lines())
    if sort == "run":
        return choose.choice(TOKENS[choose.choice(tuple(TOKENS))]) * choose.choice((2, 3, 7, 40, 1000))
    return choose.choice(TOKENS[sort])


def _repeated(piece: str, size: int) -> str:
    return (piece * (size // max(len(piece), 1) + 1))[:size]


def _nested(opens: str, closes: str, size: int) -> str:
    times = max(1, size // (len(opens) + len(closes)))
    return opens * times + "社" + closes * times


def _counted(parts: list[str], size: int) -> str:
    """The parts again and again, each time with another number: behind them, or where one is "#"."""
    made, length, number = [], 0, 0
    while length < size:
        number += 1
        piece = "".join(str(number) if part == "#" else part for part in parts)
        made.append(piece if "#" in parts else f"{piece}{number}")
        length += len(made[-1])
    return "".join(made)[:size]


@cache
def _words() -> tuple[str, ...]:
    """All words of the vocabularies."""
    found = (word for path in sorted(FOLDER.glob("*.yaml")) for word in _strings(read_yaml(path)))
    return tuple(dict.fromkeys(word for word in found if 0 < len(word) <= 12))


@cache
def _lines() -> tuple[str, ...]:
    """The examples of the rules."""
    rules = rule_book().rules.values()
    return tuple(dict.fromkeys(line for rule in rules for line in (*rule.take, *rule.leave)))


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        yield from (text for pair in held.items() for one in pair for text in _strings(one))
    elif isinstance(held, list):
        yield from (text for one in held for text in _strings(one))
