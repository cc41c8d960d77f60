"""Themes of an article, from the vocabulary in schemas/vocabularies/themes.yaml, with the spans that earn them."""

from __future__ import annotations

from collections import defaultdict

from flows.document import Row
from flows.extract.words.reading import Reading
from flows.extract.words.scan import Scan, title_words, words_of
from flows.extract.words.themes import vocabulary

Span = tuple[int, int]


def find_themes(reading: Reading) -> list[Row]:
    """Rows of `themes` without `article_id`: theme, start, end, sorted; the spans count in `text`.

    A theme is earned by any of its terms in the title, by a strong one in the first paragraph, or by enough
    mentions in the text (see themes.yaml). One that only the title mentions has no row: the evidence of every row
    stands in the text.
    """
    table = vocabulary()
    text = reading.text
    in_title = _mentions(title_words(reading))
    lead = text.find("\n") if "\n" in text else len(text)
    rows: list[Row] = []
    for theme, spans in sorted(_mentions(words_of(reading)).items()):
        strong = [start for (start, _), is_strong in spans.items() if is_strong]
        if (
            theme in in_title
            or len(spans) >= table.mentions
            or len(strong) >= table.strong_mentions
            or (strong and min(strong) < lead)
        ):
            rows += [{"theme": theme, "start": start, "end": end} for start, end in spans]
    return rows


def themes_of(rows: list[Row]) -> list[str]:
    """The ids for `articles.themes`, sorted."""
    return sorted({row["theme"] for row in rows})


def _mentions(words: Scan) -> dict[str, dict[Span, bool]]:
    """For each theme the spans of its terms, the longest where several overlap, and whether each is strong."""
    table = vocabulary()
    found: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
    for number, start, end in words.themes:
        for theme, strong in table.meanings[number]:
            found[theme].append((start, -end, strong))
    out: dict[str, dict[Span, bool]] = {}
    for theme, spans in found.items():
        kept: dict[Span, bool] = {}
        last = 0
        for start, minus_end, strong in sorted(spans):
            if start >= last:
                last = -minus_end
                kept[start, last] = strong
        out[theme] = kept
    return out
