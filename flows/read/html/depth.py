"""Pages that the parser cannot bear.

At every tag it asks all open elements whether they close, so its time grows with the square of the depth: 0.3 s for
10,000 levels, 10 s for 50,000. And what formats text, and is not closed in its paragraph, it opens again in every block
that follows: 1,500 paragraphs with a `<font>` each, never closed, become a million elements of 400 MB.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

MOST_OPEN = 10_000
"""Elements open at once in a page that is parsed; browsers keep 512, and no page of 311 in a corpus of news has more
than 100."""

MOST_COPIES = 4_000_000
"""Tags times formatting elements never closed, in a page that is parsed as it is: up to 200 MB of elements. None of 311
news pages has more than 31,000."""

_FORMATTING = re.compile(r"<(/?)(?:b|i|u|s|em|tt|big|code|font|small|strike|strong)(?=[\s/>])[^<>]*>", re.I)
"""The tags that are opened again (HTML standard, the list of active formatting elements), but `<a>` and `<nobr>`, which
their next ones close."""

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
    if _tags(content) <= MOST_OPEN:
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
