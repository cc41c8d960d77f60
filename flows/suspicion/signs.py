"""The signs of a wrong cleaning that a page's own rows hold, with what its layout left in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from flows.characters import code_points
from flows.document import Doubt, Row, Tables
from flows.flags import code_of
from flows.suspicion.score import Measured

OF_PLACE = frozenset(
    {"before_title", "below_title", "after_body", "between_bodies", "under_related_heading", "list_after_body",
     "not_an_article", "repeated_control", "link_in_story", "marked_furniture", "marked_caption", "related_dated",
     "nav_bar", "prose_outside"}
)  # fmt: skip
"""Rules that take a line for where it stands, whatever it says."""

QUIET = frozenset(
    {"whitespace", "annotation", "repair", "control", "page_break", "personal", "copyright", "site_summary"}
)
"""Kinds of removals that are no story, however they read."""

SENTENCE = 18
"""Chinese characters from which a line with marks may be a sentence of a story."""

LINE, SHORT, FEW = 15, 40, 6
"""Chinese characters of a line that can be about something; characters of one like a headline; of a fragment."""

SHARED = 0.4
"""Share of the title's pairs of characters that a line about the same thing has; `SENTENCE_SHARED` of a sentence."""

SENTENCE_SHARED = 0.3
PAIRS = 3
"""Pairs of characters that a title counts as having, at least."""

MARGIN = 30
"""Chinese characters that are added to those kept, so that a very short story is not all margin."""

_FIRST, _LAST = 0x3400, 0x9FFF
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_END = re.compile('[。！？!?；…][”"』」）)】]*')
_DAMAGE = frozenset({"lost_character", "unrepaired_damage"})
_FAR = {"region_basis": ("paragraph", "article"), "as_of_basis": ("inferred",)}


class Story(NamedTuple):
    """What was kept of a page, as far as the signs ask: paragraphs, the Chinese characters of each and of all, the
    title, its pairs of characters, the raw places of the first and the last character."""

    paragraphs: tuple[str, ...]
    sizes: tuple[int, ...]
    kept: int
    title: str
    pairs: frozenset[str]
    start: int
    end: int

    def shares(self, text: str) -> float:
        """The part of the title's pairs that a text has."""
        return sum(pair in text for pair in self.pairs) / max(PAIRS, len(self.pairs))


def story_of(tables: Tables) -> Story:
    """What was kept, by the rows of a document."""
    articles = tables.get("articles", [])
    paragraphs = tuple(line for row in articles for line in (row["text"] or "").split("\n"))
    title = " ".join(row["title"] or "" for row in articles).strip()
    pairs = frozenset(run[i : i + 2] for run in _HAN_RUN.findall(title) for i in range(len(run) - 1))
    kept = [row for row in tables.get("lineage", []) if row["field"] == "text" and row["raw_start"] is not None]
    start, end = min((row["raw_start"] for row in kept), default=0), max((row["raw_end"] for row in kept), default=0)
    sizes = chinese(*paragraphs)
    return Story(paragraphs, tuple(sizes), sum(sizes), title, pairs, start, end)


def chinese(*texts: str) -> list[int]:
    """Chinese characters of each of some texts, counted in one pass."""
    codes = code_points("".join(texts))
    before = np.append(0, np.cumsum((codes >= _FIRST) & (codes <= _LAST)))
    sizes: list[int] = np.diff(before[np.cumsum([0, *map(len, texts)])]).tolist()
    return sizes


def is_sentence(text: str, size: int) -> bool:
    """Whether a line of `size` Chinese characters reads as a sentence or several."""
    return ("，" in text or "。" in text or "," in text) and size >= SENTENCE and bool(_END.search(text))


def measure(tables: Tables, confidence: float | None = None, doubt: Doubt | None = None) -> list[Measured]:
    """The signs of one document, by its rows. `confidence` and `doubt` are the layout's own, if it has them."""
    document, story = tables["documents"][0], story_of(tables)
    removed = [row for row in tables.get("removals", []) if row["kind"] not in QUIET and row["text"]]
    if document["status"] != "published":
        return list(_of_rejected(document, removed, doubt))
    found = [*_of_removed(removed, story), *_of_kept(story)]
    damage = sum(code_of(flag) in _DAMAGE for flag in document["flags"])
    found.append(Measured("damage_left", damage, damage))
    found += _of_figures(tables.get("statistics", []))
    if confidence is not None:
        found.append(Measured("layout_unsure", -confidence, round(100 * confidence)))
    if doubt is not None:
        found.append(_in_percent("views_differ", doubt.view))
        found.append(_in_percent("lines_unsure", doubt.verdict))
    return found


def _in_percent(sign: str, part: float) -> Measured:
    return Measured(sign, part, round(100 * part))


def _sized(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """The rows with the Chinese characters of their texts."""
    return list(zip(rows, chinese(*(row["text"] for row in rows)), strict=True))


def _of_rejected(document: Row, removed: Sequence[Row], doubt: Doubt | None) -> Iterator[Measured]:
    if document["status"] == "rejected" and (document["reason"] or "").startswith("no_article"):
        size = sum(size for row, size in _sized(removed) if is_sentence(row["text"], size))
        yield Measured("rejected_prose", size, size)
        if doubt is not None:
            yield _in_percent("rejected_by_one", doubt.view)
            yield _in_percent("rejection_unsure", doubt.verdict)


def _of_removed(removed: Sequence[Row], story: Story) -> Iterator[Measured]:
    """Signs in what was taken out, beside what was kept."""
    beside = story.kept + MARGIN
    sizes = _sized(removed)
    placed = [(row, size) for row, size in sizes if row["rule"] in OF_PLACE]
    prose = [(row, size) for row, size in placed if is_sentence(row["text"], size)]
    inside = sum(size for row, size in placed if story.start < row["raw_start"] < story.end)
    lost = sum(size for row, size in prose if _is_of_story(row, story))
    about = sum(size for row, size in sizes if size >= LINE and row["kind"] not in ("repeated", "page_furniture")
                and story.shares(row["text"]) >= SHARED)  # fmt: skip
    captions = sum(size for row, size in sizes if row["kind"] == "caption" and size >= LINE)
    whole = sum(size for _, size in sizes)
    yield Measured("prose_removed", lost / (story.kept + 1), lost)
    yield Measured("gap_inside", inside / beside, inside)
    yield Measured("about_title", about / beside, about)
    yield Measured("captions_removed", captions / beside, captions)
    yield Measured("mostly_removed", (whole + MARGIN) / beside, whole)


def _is_of_story(row: Row, story: Story) -> bool:
    return story.start < row["raw_start"] < story.end or story.shares(row["text"]) >= SENTENCE_SHARED


def _of_kept(story: Story) -> Iterator[Measured]:
    """Signs in what was kept."""
    run = longest = fragments = 0
    for line, size in zip(story.paragraphs, story.sizes, strict=True):
        if not size:
            continue
        like_headline = len(line) <= SHORT and not _END.search(line[-3:]) and not line.endswith((":", "："))
        run = run + 1 if like_headline else 0
        longest = max(longest, run)
        fragments += size <= FEW
    yield Measured("headlines_in_a_row", longest, longest)
    yield Measured("fragments_kept", fragments, fragments)
    yield Measured("little_kept", -float(story.kept), story.kept)
    yield Measured("no_title", float(not story.title), int(not story.title))


def _of_figures(statistics: Sequence[Mapping[str, Any]]) -> Iterator[Measured]:
    """Figures whose region or time comes from afar."""
    weak = sum(any(row.get(name) in far for name, far in _FAR.items()) for row in statistics)
    if statistics:
        yield Measured("weak_basis", weak / len(statistics), weak)
