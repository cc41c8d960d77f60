"""Pages and laws that the tests of normalising share."""

from __future__ import annotations

from flows.document import Page, RawDocument
from flows.text import Text


def page_of(text: str) -> Page:
    """A page whose raw text is `text`."""
    raw = RawDocument("0" * 16, "page.txt", "0" * 64, len(text), "text/plain", "utf-8", text)
    return Page(raw, Text.of(text))


def assert_conserved(page: Page) -> None:
    """Each raw character that is not white space is kept or removed, exactly once."""
    raw = page.raw.text
    counts = [0] * len(raw)
    spans = [*page.text.raw_spans(), *[(removal.raw_start, removal.raw_end) for removal in page.removals]]
    for start, end in spans:
        for place in range(start, end):
            counts[place] += 1
    wrong = {place: counts[place] for place, char in enumerate(raw) if counts[place] != 1 and not char.isspace()}
    assert not wrong, {place: (raw[place], count) for place, count in wrong.items()}
    assert max(counts, default=1) <= 1
