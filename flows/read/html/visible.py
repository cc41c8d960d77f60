"""A parsed page to the lines that a browser would show, with what the markup knows of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from flows.document import Block

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

LANDMARKS = {name: name for name in ("nav", "header", "footer", "aside", "article", "main")}
ROLES = {
    **dict.fromkeys(("navigation", "search", "menu", "menubar"), "nav"),
    **dict.fromkeys(("complementary", "dialog"), "aside"),
    "banner": "header",
    "contentinfo": "footer",
    "main": "main",
    "article": "article",
}
LEAVES = frozenset(
    {
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "figcaption", "caption", "summary"),
        *("option", "button", "legend", "address", "title"),
    }
)
"""Block elements that hold one line or paragraph; any other holds several."""

CELLS = frozenset({"td", "th"})
DEEPEST = 512
"""Levels of elements; browsers stop there too. All that lies deeper in an element is one line."""

ABOVE = 3
"""How many containers around a line lend it their names."""

MOST_CELLS, LONGEST_CELL = 30, 40
"""Cells in a row of data, and characters in each, at most; set by hand."""

PARTS = "table, ul, ol, dl, h1, h2, h3, h4, form, script, style, input, br + br"
"""What no row of data holds."""

SEAM, LONGEST_LABELS = "\0", 120
"""What stands for the place between two inline elements that the page's style may hold apart (no page's text has it:
the parser makes U+FFFD of it), and the characters up to which a line can be one of labels."""

_SENTENCE = re.compile("[。！？；]")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r" +")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


class BlankError(Exception):
    """There is no document element."""


class Visible(NamedTuple):
    """The text of a page and its blocks."""

    text: str
    blocks: tuple[Block, ...]


class Frame(NamedTuple):
    """An element that holds lines: what it lends to them."""

    tag: str
    within: str
    words: str
    inside: tuple[int, ...]


@dataclass(slots=True)
class _Lines:
    """The lines read so far, and the one being read; in a `row` of data its cells make one line."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0
    line: list[str] = field(default_factory=list)
    links: int = 0
    row: bool = False

    def add(self, chars: str, link: bool) -> None:
        """More characters for the line, white space collapsed."""
        if not self.line:
            chars = chars.lstrip(" \t\r\n\f")
        if chars:
            chars = _SPACE.sub(" ", chars)
            self.line.append(chars)
            self.links += len(chars) * link

    def end(self, frame: Frame, space: str) -> None:
        """Ends the line; `space` is what stands behind it."""
        if self.row:
            self.line.append(" ")
            return
        if not self.line:
            return
        chars = _joined("".join(self.line)).strip(" \t")
        links, self.line, self.links = self.links, [], 0
        if not chars or chars.isspace():
            return
        start = self.length
        self.parts += (chars, space)
        self.length += len(chars) + len(space)
        self.blocks.append(
            Block(start, start + len(chars), frame.tag, min(links, len(chars)), frame.within, frame.words, frame.inside)
        )

    def end_row(self, frame: Frame) -> None:
        """Ends a row of data: its cells with one tab between them."""
        self.row = False
        cells = [cell.strip(" ") for cell in _BLANKS.sub(" ", "".join(self.line)).split("\t")]
        self.line = ["\t".join(cells)]
        self.end(frame, "\n")


def visible_text(root: LexborNode | None) -> Visible:
    """The lines of a page: one a block element or `<br>`, blank lines between blocks, the cells of a row of data with
    tabs between them. The page's title is the first line.

    Left out is what a browser does not show: scripts, styles, comments, elements that are hidden by their own
    attributes. White space is collapsed as HTML says; ideographic spaces stay.

    Raises:
        BlankError: the page has no document element.
    """
    if root is None:
        raise BlankError("there is no element in it")
    lines = _Lines()
    page = Frame("body", "", "", ())
    title = root.css_first("title")
    if title is not None:
        lines.add(title.text(), False)
        lines.end(page._replace(tag="title"), "\n\n")
    _walk(root, lines, page)
    return Visible("".join(lines.parts), tuple(lines.blocks))


def _walk(root: LexborNode, lines: _Lines, page: Frame) -> None:
    """Reads everything below `root`, depth first, without recursion: pages nest as deep as they like."""
    frame, link, number = page, False, 0
    above: list[tuple[LexborNode, Frame, bool]] = []
    node = root.child
    while node is not None or above:
        if node is None:
            node, outer, link = above.pop()
            if frame is not outer:
                _leave(node.tag or "", frame, lines)
                frame = outer
            node = node.next
            continue
        tag, down = node.tag or "", False
        if tag == "-text":
            _read(node.text_content or "", frame, link, lines)
        elif tag == "br":
            lines.end(frame, "\n")
        elif tag not in UNSEEN and not _hides(attributes := node.attributes):
            down = len(above) < DEEPEST
            if not down:
                lines.end(frame, "\n")
                _read(node.text(), frame, link, lines)
                node = node.next
                continue
            above.append((node, frame, link))
            link = link or tag == "a"
            if tag not in INLINE:
                lines.end(frame, "\n\n")
                number += 1
                frame = _frame(tag, attributes, frame, number)
                lines.row = lines.row or (tag == "tr" and _is_data(node))
            elif lines.line and (attributes.get("class") or attributes.get("id")):
                lines.line.append(SEAM)
        node = node.child if down else node.next


def _joined(chars: str) -> str:
    """A line with its seams closed, or with white space in them if it is one of labels and names, not of sentences."""
    if SEAM not in chars:
        return chars
    labels = len(chars) <= LONGEST_LABELS and not _SENTENCE.search(chars)
    return _BLANKS.sub(" ", chars.replace(SEAM, " " if labels else ""))


def _leave(tag: str, frame: Frame, lines: _Lines) -> None:
    """At the end of an element that holds lines."""
    if lines.row and tag in CELLS:
        lines.line.append("\t")
    elif lines.row and tag == "tr":
        lines.end_row(frame)
    else:
        lines.end(frame, "\n\n")


def _read(chars: str, frame: Frame, link: bool, lines: _Lines) -> None:
    """Adds the characters of a text node, as lines of their own where white space counts."""
    if frame.tag == "pre" and "\n" in chars:
        *full, chars = chars.split("\n")
        for line in full:
            lines.add(line, link)
            lines.end(frame, "\n")
    lines.add(chars, link)


def _is_data(row: LexborNode) -> bool:
    """Are the cells of a table's row values, and not parts of a page's layout: at least two, all short, none a list?"""
    cells = [node for node in row.iter() if node.tag in CELLS]
    if not 2 <= len(cells) <= MOST_CELLS:
        return False
    return all(len(_SPACE.sub("", cell.text())) <= LONGEST_CELL for cell in cells) and row.css_first(PARTS) is None


def _frame(tag: str, attributes: Mapping[str, str | None], above: Frame, number: int) -> Frame:
    own_role = LANDMARKS.get(tag) or ROLES.get((attributes.get("role") or "").lower(), "")
    of_story = own_role in {"header", "footer"} and above.within in {"article", "main"}
    within = above.within if of_story or not own_role else own_role
    own = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip().lower()
    if tag in LEAVES:
        return Frame(tag, within, f"{own[:80]} {above.words}" if own else above.words, above.inside)
    words = f"{own[:80]}>{above.words.partition('>')[0]}" if own else above.words
    return Frame(tag, within, words, (*above.inside, number))


def _hides(attributes: Mapping[str, str | None]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "") is not None
