"""The only way from a text to HTML: everything that is not `Markup` is escaped, and what hides is spelled out."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from flows.schema import Words

VOID = frozenset({"meta", "link", "br", "input", "rect", "col"})
"""Elements without an end tag; `rect` is SVG's, where the solidus closes it."""

UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that reorder text, steer or show nothing."""


class Markup(str):
    """A text that is HTML already. Only the functions of this module make it."""

    __slots__ = ()


def visible(text: str) -> str:
    """The text with direction overrides, control and other invisible characters as escapes (\\u202e), so that a page
    cannot disguise what is shown of it. Newlines stay."""
    if text.isprintable():
        return text
    return "".join(char if char == "\n" or char.isprintable() else _spelled(char) for char in text)


@cache
def _spelled(char: str) -> str:
    return char if unicodedata.category(char) not in UNSAFE else char.encode("unicode_escape").decode("ascii")


def html(text: object) -> Markup:
    """A text as HTML: Markup as it is, anything else escaped."""
    return text if isinstance(text, Markup) else Markup(escape(visible(str(text))))


def element(name: str, /, *children: object, **attributes: object) -> Markup:
    """<name attributes>children</name>. Children are escaped unless they are Markup; None is left out.

    Attribute names: a trailing underscore falls away and others become hyphens (class_, data_rule). False and None
    leave an attribute out, True writes it bare. There is no way to write an event handler.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{written}{'/' if name == 'rect' else ''}>")
    return Markup(f"<{name}{written}>{join(children)}</{name}>")


def join(children: Iterable[object], separator: str = "") -> Markup:
    """Children one after the other."""
    return Markup(separator.join(html(child) for child in children if child is not None))


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    if name.lower().startswith("on") or name.lower() in ("style", "srcdoc"):
        raise ValueError(f"the report has no attribute {name}")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{html(value)}"'


def words(zh: str, en: str) -> Markup:
    """A text in both languages, of which the switch shows one; without script both show."""
    first = element("span", zh, class_="word", lang="zh-Hans")
    return Markup(f"{first} {element('span', en, class_='word', lang='en')}")


def both(text: Words) -> Markup:
    """`words` of a text of schemas/."""
    return words(text.zh, text.en)


def number(value: float | None) -> str:
    """A number with its thousands marked; "–" for none."""
    return "–" if value is None else f"{value:,}"


def share(value: float) -> str:
    """A share in per cent; a small one is not rounded to nothing."""
    return f"{value:.0%}" if value in (0, 1) or 0.095 <= value <= 0.905 else f"{value:.1%}"


def data_script(function: str, value: Any) -> str:
    """A line of JavaScript that calls report.<function>(value). ASCII, without "<", so that no text in it can end a
    script or a line of one."""
    return f"report.{function}({data_text(value)});\n"


def data_text(value: Any) -> str:
    """A value as JavaScript has it: ASCII, without "<"."""
    return json.dumps(value, separators=(",", ":")).replace("<", chr(92) + "u003c")
