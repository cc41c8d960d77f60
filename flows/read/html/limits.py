"""Pages that the parser cannot bear.

At every tag it asks all open elements whether they close, at every attribute all before it in the tag whether they are
the same, at every `<option>` all before it in its `<select>`; so its time grows with the square of each: 0.1 s for
5,000 levels, 12 s for 60,000. And what formats text, and is not closed in its paragraph, it opens again in every block
that follows: 1,500 paragraphs with a `<font>` each, never closed, become a million elements of 400 MB.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

MOST_OPEN = 5000
"""Elements open at once in a page that is parsed; browsers keep 512, and no page of 311 in a corpus of news has more
than 100."""

MOST_ATTRIBUTES = 1000
"""Attributes of one tag in a page that is parsed; none of the 311 has one with more than 30. A megabyte of tags with
1,000 takes the parser half a second, of tags with 5,000 more than two."""

MOST_OPTIONS = 2000
"""Options in a page that is parsed as it is."""

MOST_COPIES = 4_000_000
"""Tags times formatting elements never closed, in a page that is parsed as it is: up to 200 MB of elements. None of 311
news pages has more than 31,000."""

_FORMATTING = re.compile(r"<(/?)(?:b|i|u|s|em|tt|big|code|font|small|strike|strong)(?=[\s/>])[^<>]*>", re.I)
"""The tags that are opened again (HTML standard, the list of active formatting elements), but `<a>` and `<nobr>`, which
their next ones close."""

_OPTION = re.compile(r"</?(?:option|optgroup)(?=[\s/>])[^<>]*>", re.I)
_WHOLE_TAG = re.compile(
    r"<(?:!--[^-]*+(?:-(?!->)[^-]*+)*+|script(?=[\s/>])[^<]*+(?:<(?!/script[\s/>])[^<]*+)*+"
    r"|style(?=[\s/>])[^<]*+(?:<(?!/style[\s/>])[^<]*+)*+"
    r"|([a-z][^>=]*+(?:=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?[^>=]*+)*+))",
    re.I,
)
"""A tag from its name to its end, with values that hold a ">"; scripts, styles and comments, in which there is none,
are taken as one, up to their ends. No `.*?`: `re` asks at each character what follows it."""

_ATTRIBUTE = re.compile(r"[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?")
_TAG = re.compile(r"<(/?)([a-z][^\s<>/]*)[^<>]*>", re.I)
_CLOSED = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "option", "optgroup"),
    }
)
"""Elements that are closed by what follows them: without content, or closed by the next of their kind."""


def nests_without_end(content: bytes, text: str) -> bool:
    """Whether more than MOST_OPEN elements are open at once in a page, `content` decoded to `text`, by its tags."""
    tags = _tags(content)
    if tags <= MOST_OPEN or tags - content.count(b"</") <= MOST_OPEN:
        return False
    open_elements: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name in _CLOSED or tag[0].endswith("/>"):
            continue
        if not tag[1]:
            open_elements[name] += 1
            depth += 1
        elif open_elements[name]:
            open_elements[name] -= 1
            depth -= 1
        if depth > MOST_OPEN:
            return True
    return False


def crowds_a_tag(text: str) -> bool:
    """Whether a tag has more than MOST_ATTRIBUTES attributes. Each takes two characters at least, so that only long
    tags need a closer look; to find these takes 6 ms for each megabyte, a fiftieth of cleaning it."""
    least = 2 * MOST_ATTRIBUTES
    if len(text) <= least:
        return False
    tags = _WHOLE_TAG.findall(text)
    return max(map(len, tags), default=0) > least and any(
        len(tag) > least and len(_ATTRIBUTE.findall(tag)) > MOST_ATTRIBUTES for tag in tags
    )


def bearable(content: bytes, text: str) -> str | None:
    """The page, `content` decoded to `text`, without the tags that would cost the parser too much and show nothing;
    None if it can be parsed as it is."""
    bare = without_copies(content, text)
    if _tags(content) > MOST_OPTIONS and len(_OPTION.findall(text)) > MOST_OPTIONS:
        bare = _OPTION.sub("<br>", bare or text)  # outside of a list to choose from, an option is a line
    return bare


def without_copies(content: bytes, text: str) -> str | None:
    """The page, `content` decoded to `text`, without the tags that format it, if too many are never closed; they show
    no text and hold nothing that is read. None if it can be parsed as it is."""
    tags = _tags(content)
    if tags * tags <= MOST_COPIES or (tags - 2 * content.count(b"</")) * tags <= MOST_COPIES:
        return None  # elements without an end tag are among those counted
    closed = sum(1 if tag[1] else -1 for tag in _FORMATTING.finditer(text))
    return _FORMATTING.sub("", text) if -closed * tags > MOST_COPIES else None


def _tags(content: bytes) -> int:
    """How many "<" a page has; `bytes.count` takes five times as long."""
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == ord("<")))
