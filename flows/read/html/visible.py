"""A parsed page to the lines that a browser would show, with what the markup knows of each."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborNode

from flows.document import Block
from flows.read.html.elements import BLOCKS, INLINE, UNSEEN, Frame, display_of, frame_of, is_data
from flows.read.html.lines import SEAM, Lines

DEEPEST = 512
"""Levels of elements; browsers stop there too. All that lies deeper in an element is one line."""


class BlankError(Exception):
    """There is no document element."""


class Visible(NamedTuple):
    """The text of a page and its blocks."""

    text: str
    blocks: tuple[Block, ...]


def visible_text(root: LexborNode | None) -> Visible:
    """The lines of a page: one a block element or `<br>`, blank lines between blocks and at a second `<br>`, the cells
    of a row of data with tabs between them. The page's title is the first line.

    Left out is what a browser does not show: scripts, styles, comments, elements that are hidden by their own
    attributes. White space is collapsed as HTML says; ideographic spaces stay.

    Raises:
        BlankError: the page has no document element.
    """
    if root is None:
        raise BlankError("there is no element in it")
    lines = Lines()
    title = root.css_first("title")
    if title is not None:
        frame: Frame = ("title", "", "", ())
        lines.add(title.text(), frame, False)
        lines.end(frame, "\n\n")
    _walk(root, lines)
    return Visible("".join(lines.parts), tuple(lines.blocks))


def _walk(root: LexborNode, lines: Lines) -> None:
    """Reads everything below `root`, depth first, without recursion: pages nest as deep as they like."""
    frame: Frame = ("body", "", "", ())
    link, number, line = False, 0, lines.line
    above: list[tuple[LexborNode | None, Frame, bool]] = []
    node = root.first_child
    while True:
        if node is None:
            if not above:
                return
            node, outer, link = above.pop()
            if frame is not outer:
                if lines.row:
                    lines.leave(frame)
                elif line or lines.soft:
                    lines.end(frame, "\n\n")
                frame = outer
            continue
        if node.is_text_node:
            if not node.is_empty_text_node:
                lines.add(node.text_content or "", frame, link)
            elif line:
                lines.add(" " if frame[0] != "pre" else node.text_content or "", frame, link)
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "br":
            lines.end(frame, "\n")
        elif tag not in UNSEEN:
            attributes = node.attributes
            shown = display_of(attributes) if "style" in attributes or "hidden" in attributes else ""
            if shown == "none":
                pass
            elif len(above) < DEEPEST:
                above.append((node.next, frame, link))
                if tag not in INLINE or shown in BLOCKS:
                    if line or lines.soft or lines.row:
                        lines.end(frame, "\n\n")
                    number += 1
                    frame = frame_of(tag, attributes, frame, number)
                    if tag == "tr" and not lines.row:
                        lines.row = is_data(node)
                else:
                    if line and (attributes.get("class") or attributes.get("id")):
                        line.append(SEAM)
                    if tag == "a":
                        link = True
                node = node.first_child
                continue
            else:
                lines.end(frame, "\n")
                lines.add(node.text(), frame, link)
        node = node.next
