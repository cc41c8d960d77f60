"""Pages whose elements nest without end. At every tag the parser asks all open elements whether they close, so its time
grows with the square of the depth: 0.3 s for 10,000 levels, 10 s for 50,000."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

MOST_OPEN = 10_000
"""Elements open at once in a page that is parsed; browsers keep 512, and no page of 311 in a corpus of news has more
than 100."""

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
    if np.count_nonzero(np.frombuffer(content, np.uint8) == ord("<")) <= MOST_OPEN:
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
