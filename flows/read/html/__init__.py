"""HTML to text: what a reader of the page sees, line by line, with what the markup knows of each line."""

from __future__ import annotations

from flows.read.html.charset import decode_html
from flows.read.html.parse import parse_page
from flows.read.html.stated import read_stated
from flows.read.html.visible import BlankError, visible_text
from flows.read.reading import Read, Unread


def read_html(content: bytes, charset: str | None = None) -> Read | Unread:
    """The visible text of a page in reading order, with its blocks, and what its meta tags and JSON-LD state.

    `charset` is what the transport said. Reasons: those of `flows.read.encoding`, `malformed` (no parser takes it),
    `no_text` (scripts or pictures only).
    """
    decoded = decode_html(content, charset)
    if isinstance(decoded, Unread):
        return decoded
    tree = parse_page(content, decoded)
    if isinstance(tree, Unread):
        return tree
    try:
        seen = visible_text(tree.root)
    except (RuntimeError, ValueError, BlankError) as error:
        return Unread(f"malformed: the page cannot be parsed: {error}")
    if not seen.text.strip():
        return Unread("no_text: the page shows no text, only scripts, pictures or frames")
    return Read(seen.text, decoded.encoding, decoded.flags, seen.blocks, read_stated(tree))
