"""Does cost grow with a document's length and no faster, whatever it holds?

    python -m tests.benchmarks.growth

prints the steps that took twelve times as long or more for four times the text, and ends with 1 if there are any.
"""

from __future__ import annotations

import sys
import time

from flows.clean import STEPS
from flows.document import Page
from flows.rows import document_rows
from flows.text import Text
from tests.pages import MENU, SOURCE, STORY, TITLE, document

SIZE, TIMES, MOST = 30_000, 4, 12
"""A document of four times the characters may take twelve times as long; a quadratic step takes sixteen. Steps under
`UNSEEN` seconds pass."""

UNSEEN = 0.4

SORTS = {
    "one line": "".join(STORY),
    "a line without a stop": "社工服务站",
    "short lines": "社工站某某\n",
    "lines that break off": STORY[0][:13] + "\n",
    "paragraphs": "\n".join(STORY) + "\n",
    "stories": "\n".join([TITLE, SOURCE, *STORY, "（完）", ""]),
    "marked headings": f"## {TITLE}\n{STORY[0]}\n",
    "menus": "\n".join(MENU) + "\n",
    "list entries": f"{TITLE} 2024-03-06\n",
    "blank lines": "\n",
    "blanks": " ",
    "wide blanks": "\u3000",
    "one character": "社",
    "one letter": "a",
    "one digit": "1",
    "numbers": "1,",
    "open brackets": "(",
    "open quotations": "“",
    "open titles": "《",
    "bars": "首页|",
    "dots": "·",
    "open tags": "<p ",
    "nested tags": "<div><b>社",
    "comments never closed": "<!--",
    "entities": "&amp;",
    "escaped escapes": "&",
    "lost text": "锟斤拷",
    "wrong decoding": "æˆ‘",
    "annotations": "導(dǎo)",
    "Traditional": "社會工作者發展",
    "addresses": "a@b.c ",
    "invisible characters": "\u200b社",
}


def _steps(text: str) -> dict[str, float]:
    """CPU seconds of each step."""
    raw = document(text)
    page, took = Page(raw, Text.of(raw.text)), {}
    for step in STEPS:
        started = time.process_time()
        page = step(page)
        took[step.__name__] = time.process_time() - started
    if not page.articles:
        started = time.process_time()
        document_rows(page, [])
        took["rows"] = time.process_time() - started
    return took


def main() -> int:
    """The number of sorts of text with a step that grows too fast."""
    found = 0
    for sort, piece in SORTS.items():
        small, large = (_steps(f"{TITLE}\n{(piece * n)[:n]}\n{STORY[0]}") for n in (SIZE, SIZE * TIMES))
        slow = {step: (small[step], large[step]) for step in small if large[step] > max(UNSEEN, MOST * small[step])}
        print(f"{sort:24}", slow or "grows with the text")
        found += bool(slow)
    return found


if __name__ == "__main__":
    sys.exit(main() > 0)
