"""The elements of a page: which are seen, which end a line, and what they lend to the lines in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

UNSEEN = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "math", "head", "frameset", "noframes", "-comment"),
        *("iframe", "object", "embed", "applet", "audio", "video", "canvas", "map", "datalist", "select", "textarea"),
    }
)
"""Elements that show no text of the page."""

INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
"""Elements inside a line. Every other one begins and ends a line."""

LANDMARKS = frozenset({"nav", "header", "footer", "aside", "article", "main"})
ROLES = {
    **dict.fromkeys(("navigation", "search", "menu", "menubar"), "nav"),
    **dict.fromkeys(("complementary", "dialog"), "aside"),
    "banner": "header",
    "contentinfo": "footer",
    "main": "main",
    "article": "article",
}
OF_STORY, STORY = frozenset({"header", "footer"}), frozenset({"article", "main"})
"""Landmarks that are none inside of those."""

LEAVES = frozenset(
    {
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "figcaption", "caption", "summary"),
        *("option", "button", "legend", "address", "title"),
    }
)
"""Block elements that hold one line or paragraph; any other holds several."""

CELLS = frozenset({"td", "th"})
MOST_CELLS, LONGEST_CELL = 30, 40
"""Cells in a row of data, and characters in each, at most; set by hand."""

PARTS = "table, ul, ol, dl, h1, h2, h3, h4, form, script, style, input, br + br"
"""What no row of data holds."""

NAMES = 80
"""Characters of an element's class and id names that are kept."""

SPACE = re.compile(r"[ \t\r\n\f]+")
_DISPLAY = re.compile(r"display\s*:\s*([a-z-]+)", re.I)
BLOCKS = frozenset({"block", "flow-root", "flex", "grid", "list-item", "table", "table-row"})
"""Values of `display` that make an element begin and end a line."""


Attributes = Mapping[str, str | None]
Frame = tuple[str, str, str, tuple[int, ...]]
"""What an element lends to its lines: the `tag`, `within`, `words` and `inside` of their blocks. A plain tuple: one is
made for every other element."""


def display_of(attributes: Attributes) -> str:
    """How an element is shown by its own attributes (CSS `display`): "none" if it is hidden, "" if they do not say."""
    if "hidden" in attributes:
        return "none"
    shown = _DISPLAY.findall(attributes.get("style") or "")
    return str(shown[-1]).lower() if shown else ""


def frame_of(tag: str, attributes: Attributes, above: Frame, number: int) -> Frame:
    """The frame of an element that is not inside a line; `number` is its own."""
    _, within, words, inside = above
    if tag in LANDMARKS or "role" in attributes:
        within = _landmark(tag, attributes.get("role"), within)
    if "class" in attributes or "id" in attributes:
        own = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip().lower()[:NAMES]
        if own:
            words = f"{own} {words}" if tag in LEAVES else f"{own}>{words.partition('>')[0]}"
    if tag not in LEAVES:
        inside += (number,)
    return tag, within, words, inside


def _landmark(tag: str, role: str | None, within: str) -> str:
    own = tag if tag in LANDMARKS else ROLES.get((role or "").lower(), "")
    return within if not own or (own in OF_STORY and within in STORY) else own


def is_data(row: LexborNode) -> bool:
    """Are the cells of a table's row values, and not parts of a page's layout: at least two, all short, none a list?"""
    cells = [node for node in row.iter() if node.tag in CELLS]
    if not 2 <= len(cells) <= MOST_CELLS or row.css_first(PARTS) is not None:
        return False
    return all(len(SPACE.sub("", cell.text())) <= LONGEST_CELL for cell in cells)
