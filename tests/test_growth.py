"""Cost grows with a document's length and no faster, whatever it holds."""

from __future__ import annotations

import time

import pytest

from flows.clean import STEPS
from flows.document import Page
from flows.rows import document_rows
from flows.strip.find import find_rules
from flows.strip.rules import Rule, RuleBook
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


@pytest.mark.parametrize("sort", SORTS)
def test_four_times_the_text_is_not_sixteen_times_the_work(sort: str) -> None:
    small, large = (_steps(f"{TITLE}\n{(SORTS[sort] * n)[:n]}\n{STORY[0]}") for n in (SIZE, SIZE * TIMES))
    slow = {step: (small[step], large[step]) for step in small if large[step] > max(UNSEEN, MOST * small[step])}
    assert not slow


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


def test_only_rules_with_a_cue_in_the_line_are_tried() -> None:
    rules = [
        Rule(f"r{n}", "other", "made up", line=f"{chr(0x4E00 + n)}.*", cues=(chr(0x4E00 + n),)) for n in range(5_000)
    ]
    book = RuleBook(rules)
    forms = [f"{chr(0x4E00 + n)}一行" for n in range(50)]
    chosen = list(book.candidates(forms))
    assert sum(map(len, chosen)) <= 2 * len(forms)
    assert [finding.rule for finding in find_rules(forms, book)] == [rules[n] if n else rules[0] for n in range(50)]
