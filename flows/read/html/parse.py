"""The bytes of a page to its elements, unless there is more of them than a parser can bear."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from flows.read.html.limits import MOST_ATTRIBUTES, MOST_OPEN, bearable, crowds_a_tag, nests_without_end
from flows.read.reading import Read, Unread


def parse_page(content: bytes, decoded: Read) -> LexborHTMLParser | Unread:
    """The elements of a page, `content` decoded already. Reason: `malformed`, no parser or browser takes it."""
    text = bearable(content, decoded.text)
    if nests_without_end(content, text or decoded.text):
        return Unread(f"malformed: more than {MOST_OPEN} elements stand in each other; no browser shows such a page")
    if crowds_a_tag(decoded.text):
        return Unread(f"malformed: a tag has more than {MOST_ATTRIBUTES} attributes; no browser makes such a page")
    source = content if decoded.encoding == "utf-8" and not decoded.flags else decoded.text
    try:
        return LexborHTMLParser(text or source)
    except (RuntimeError, ValueError) as error:
        return Unread(f"malformed: the page cannot be parsed: {error}")
