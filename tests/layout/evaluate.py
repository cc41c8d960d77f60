"""What stripping and segmenting come to on pages of sites that the trees have not seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from flows.segment import split_articles
from flows.strip import strip_boilerplate
from flows.strip.model import Weighed
from tests.layout.folded import best_likeness, fold, grams
from tests.layout.looks import Looks
from tests.layout.pages import Sheet

Figures = dict[str, dict[str, float]]


def figures(sheets: Sequence[Sheet], looks: Looks) -> Figures:
    """By group: body F1 and its precision and recall over runs of four characters, pages that lose their story (recall
    below .5) or are padded (precision below .9), headlines found; of pages without a story, those refused."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for sheet in sheets:
        articles = articles_of(sheet, looks.unseen(sheet))
        group = found[sheet.group]
        if not sheet.story:
            group["refused"].append(float(not articles))
            continue
        if sheet.reference and sheet.weight.any():
            precision, recall, score = best_likeness(articles, grams(sheet.reference))
            group["f1"].append(score)
            group["precision"].append(precision)
            group["recall"].append(recall)
            group["lost"].append(float(recall < 0.5))
            group["padded"].append(float(precision < 0.9))
        if sheet.titles:
            have = {fold(title) for title, _, _ in articles}
            group["titles"].append(len(have & set(sheet.titles)) / len(sheet.titles))
    return {
        group: {name: round(float(np.mean(values)), 4) for name, values in one.items()}
        | {"pages": len(max(one.values(), key=len))}
        for group, one in sorted(found.items())
    }


def articles_of(sheet: Sheet, weighed: Weighed) -> list[tuple[str, str, str]]:
    """Title, subtitle and text of the articles of a page that is weighed so."""
    assert sheet.page is not None
    page = split_articles(strip_boilerplate(sheet.page, weigh=lambda judged, form, stated: weighed))
    return [
        (
            one.title.chars if one.title is not None else "",
            one.subtitle.chars if one.subtitle is not None else "",
            one.text.chars,
        )
        for one in page.articles
    ]
