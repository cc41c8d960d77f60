"""One page's rows beside its answer: what was stripped, the articles, what they state of themselves, related links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

from flows.document import Row, Tables
from flows.score.facts import compare_facts
from flows.score.gold import MARKUP, GoldPage, fold, removed_spans
from flows.score.look import compare_look
from flows.score.tally import Count, Tally

INLINE = frozenset({"annotation", "repair", "whitespace", "page_break", "control", "personal"})
"""Kinds of removals inside kept lines: no boilerplate."""

OF_DOCUMENT = ("script", "publisher", "rights")
OF_ARTICLE = ("title", "subtitle", "source", "region")
TELLING = 8
"""Characters from which on a removed text cannot be mistaken for words of the story (大, 镇街)."""

LIKE_ENOUGH = 0.4
"""Of the letters of two beginnings: below that, two texts are not the same article."""


def compare_page(page: GoldPage, raw: str, tables: Tables, tally: Tally) -> None:
    """Adds one page's answers to the tally. `raw` is the text that raw offsets count in."""
    tally.page = page.name
    answer, articles = page.answer, tables.get("articles", [])
    compare_look(answer, tables["documents"][0], articles, tally)
    if not answer["articles"]:
        refused = Count(right=1) if not articles else Count(extra=1)
        tally.add("refusal", refused, f"an article was made: {[row['title'] for row in articles]}")
        return
    _compare_stripping(page, raw, tables, tally)
    document = tables["documents"][0]
    for key in (key for key in OF_DOCUMENT if key in answer):
        want = answer[key]
        tally.value(f"document {key}", document.get(key), want, fold(document.get(key)) == fold(want))
    if "page" in answer:
        tally.value("document page", document.get("page"), answer["page"], document.get("page") == answer["page"])
    pairs, extra = match_articles(answer["articles"], articles)
    for surplus in extra:
        tally.add("article", Count(extra=1), f"no article of the page: {surplus['title']}")
    for gold, row in pairs:
        tally.add("article", Count(right=1) if row else Count(missing=1), f"not found: {gold['title']}")
        if row is None:
            tally.add("title", Count(missing=1) if gold["title"] else Count(wrong=1), f"no article for {gold['title']}")
            tally.add("text", Count(missing=len(fold(gold["text"]))), f"no article for {gold['title']}")
            continue
        _compare_article(gold, row, tally)
        compare_facts(gold, row, tables, page.complete, tally)
    if "related" in answer:
        _compare_related(answer["related"], tables.get("related", []), tally)


def match_articles(
    gold: Sequence[dict[str, Any]], rows: Iterable[Row]
) -> tuple[list[tuple[Any, Row | None]], list[Row]]:
    """Each article of the gold with the row that is most like it, or None; and the rows that are left over."""
    pairs: list[tuple[Any, Row | None]] = []
    left = list(rows)
    for want in gold:
        beginning = fold(want["text"])[:600]
        likeness = [
            SequenceMatcher(None, beginning, fold(row["text"])[:600], autojunk=False).quick_ratio()
            + (fold(row["title"]) == fold(want["title"]))
            for row in left
        ]
        best = max(range(len(left)), key=likeness.__getitem__, default=None)
        found = best is not None and likeness[best] > LIKE_ENOUGH
        pairs.append((want, left.pop(best) if found and best is not None else None))
    return pairs, left


def _compare_article(gold: dict[str, Any], row: Row, tally: Tally) -> None:
    want, got = fold(gold["text"]), fold(row["text"])
    same = sum(block.size for block in SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks())
    tally.add("text", Count(right=same, missing=len(want) - same, extra=len(got) - same), str(row["title"]))
    for key in (key for key in OF_ARTICLE if key in gold):
        tally.value(key, row.get(key), gold[key], fold(row.get(key)) == fold(gold[key]))
        if row.get(f"{key}_basis"):
            tally.value(f"{key} by {row[f'{key}_basis']}", row[key], gold[key], fold(row[key]) == fold(gold[key]))
    if "published_date" in gold:
        day = None if row.get("published_date") is None else str(row["published_date"])[:10]
        tally.value("published_date", day, gold["published_date"], day == gold["published_date"])
    for key in (key for key in ("authors", "editors") if key in gold):
        got_names, want_names = [{fold(name) for name in names.get(key) or ()} for names in (row, gold)]
        tally.value(key, sorted(got_names) or None, sorted(want_names) or None, got_names == want_names)


def _compare_stripping(page: GoldPage, raw: str, tables: Tables, tally: Tally) -> None:
    """What was stripped, in characters; and whether each character of the page is kept or removed, once."""
    removals = tables.get("removals", [])
    kept = _inked(raw, [_raw_span(row) for row in tables.get("lineage", []) if row["raw_start"] is not None])
    gone = _inked(raw, map(_raw_span, removals))
    accounted, twice = len(gone | kept), len(gone & kept)
    of_all = len(_inked(raw, [(0, len(raw))]))
    lost = Count(right=accounted - twice, missing=of_all - accounted, wrong=twice)
    tally.add("conservation", lost, f"{of_all - accounted} characters unaccounted, {twice} counted twice")
    if page.raw.suffix in MARKUP:  # raw offsets depend on the reader: the texts themselves are compared
        _compare_removed_texts([fold(entry["text"]) for entry in page.answer["removed"]], tables, tally)
        return
    boilerplate = _inked(raw, [_raw_span(row) for row in removals if row["kind"] not in INLINE])
    want = _inked(raw, removed_spans(page, raw))
    tally.add("strip", Count(right=len(boilerplate & want)))
    left, lost_text = sorted(want - boilerplate), sorted(boilerplate - want)
    tally.add("strip", Count(missing=len(left)), "boilerplate left: " + "".join(raw[n] for n in left)[:120])
    tally.add("strip", Count(extra=len(lost_text)), "text stripped: " + "".join(raw[n] for n in lost_text)[:120])


def _compare_removed_texts(removed: Sequence[str], tables: Tables, tally: Tally) -> None:
    """Which of the folded texts stand in an article: anywhere in it, if they are long enough to be told from its words,
    else as a paragraph of their own."""
    texts = [row["text"] or "" for row in tables.get("articles", [])]
    whole, paragraphs = "\n".join(map(fold, texts)), {fold(line) for text in texts for line in text.split("\n")}
    for text in removed:
        stays = text in (whole if len(text) >= TELLING else paragraphs)
        tally.add(
            "strip", Count(missing=len(text)) if stays else Count(right=len(text)), f"boilerplate left: {text[:120]}"
        )


def _raw_span(row: Row) -> tuple[int, int]:
    return row["raw_start"], row["raw_end"]


def _inked(raw: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The places of all characters of the spans that are no white space."""
    return {n for start, end in spans for n in range(start, min(end, len(raw))) if not raw[n].isspace()}


def _compare_related(gold: Sequence[dict[str, Any]], rows: Sequence[Row], tally: Tally) -> None:
    got = {(fold(row["title"]), row["date"] and str(row["date"])[:10]): row for row in rows}
    want = {(fold(entry["title"]), entry["date"]): entry for entry in gold}
    tally.add("related", Count(right=len(got.keys() & want.keys())))
    for key in want.keys() - got.keys():
        tally.add("related", Count(missing=1), str(key))
    for key in got.keys() - want.keys():
        tally.add("related", Count(extra=1), str(key))
    for key in got.keys() & want.keys():
        for column in ("region", "amount"):
            if want[key].get(column) is not None:
                same = got[key].get(column) == want[key][column]
                tally.value(f"related {column}", got[key].get(column), want[key][column], same, key[0])
