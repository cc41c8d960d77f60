"""Fits the weights of schemas/gates/suspicion.yaml on pages of sites that the trees have not seen:
`python -m tests.layout.suspect FOLDER`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.clean import STEPS, to_rows
from flows.document import Page
from flows.schema import load_list
from flows.segment import split_articles
from flows.strip import strip_boilerplate
from flows.strip.model import Weighed
from flows.suspicion.score import signs
from flows.suspicion.signs import measure
from tests.layout.folded import best_likeness, fold, grams
from tests.layout.looks import FOLDS, Looks
from tests.layout.pages import Sheet, read_pages
from tests.layout.train import FORMS, train_form

WRONG, HEADLINES = 0.9, 0.8
"""The F1 of a body, and the share of headlines found and of those given that are right, below which a page is wrong."""

SET = {"damage_left": 0.25, "weak_basis": 0.3, "unlike_publisher": 1.0, "unlike_before": 1.5}
"""Weights that are set by hand: of signs that too few of the pages show, or none can."""

LEAST = {"prose_removed": 1.0, "layout_unsure": 0.5, "headlines_in_a_row": 0.3, "rejection_unsure": 2.5}
"""The least weights of those that must be told whatever the pages say."""

STEPS_TAKEN, RIDGE = 4000, 1.0

Floats = NDArray[np.float64]


class Shown(NamedTuple):
    """A page's signs, each from 0 to 1 in the order of the schema; whether it was cleaned wrongly; its site;
    and how much it counts."""

    strengths: Floats
    wrong: bool
    site: str
    weight: float


def shown(sheets: Sequence[Sheet], looks: Looks) -> list[Shown]:
    """The pages whose answer is known, as trees that have not seen their sites clean them."""
    found = []
    for sheet in sheets:
        page = cleaned_by(sheet, looks.unseen(sheet))
        wrong = is_wrong(sheet, page)
        if wrong is not None:
            found.append(Shown(_strengths(page), wrong, min(sheet.sites), 0.3 if sheet.group == "xwlb" else 1.0))
    return found


def cleaned_by(sheet: Sheet, weighed: Weighed) -> Page:
    """A page after all steps, whose lines are weighed so."""
    assert sheet.page is not None
    page = strip_boilerplate(sheet.page, weigh=lambda judged, form, stated: weighed)
    for step in STEPS[STEPS.index(split_articles) :]:
        page = step(page)
    return page


def is_wrong(sheet: Sheet, page: Page) -> bool | None:
    """Whether it was cleaned wrongly; None where its answer does not say."""
    articles = [(one.title.chars if one.title else "", one.subtitle.chars if one.subtitle else "", one.text.chars)
                for one in page.articles]  # fmt: skip
    if not sheet.story:
        return bool(articles)
    if sheet.reference:
        return best_likeness(articles, grams(sheet.reference))[2] < WRONG if sheet.weight.any() else None
    if len(sheet.titles) < 2:
        return None
    have, want = {fold(title) for title, _, _ in articles}, set(sheet.titles)
    return len(have & want) < HEADLINES * max(len(have), len(want))


def _strengths(page: Page) -> Floats:
    measured = {one.sign: one.value for one in measure(to_rows(page), page.confidence, page.doubt)}
    return np.array([sign.strength(measured[name]) if name in measured else 0.0 for name, sign in signs().items()])


def fit(pages: Sequence[Shown]) -> tuple[float, Floats]:
    """Bias and weights, none below nothing, that make what is wrong likeliest (logistic regression)."""
    names = list(signs())
    rows, wrong = np.array([one.strengths for one in pages]), np.array([float(one.wrong) for one in pages])
    counts = np.array([one.weight for one in pages])
    least = np.array([SET.get(name, LEAST.get(name, 0.0)) for name in names])
    most = np.array([SET.get(name, np.inf) for name in names])
    weights, bias = least.copy(), -3.0
    pace = 1 / (0.25 * float((counts * (1 + (rows**2).sum(axis=1))).sum()) + RIDGE)
    for _ in range(STEPS_TAKEN):
        off = counts * (1 / (1 + np.exp(-(bias + rows @ weights))) - wrong)
        bias -= pace * float(off.sum())
        weights = np.clip(weights - pace * (rows.T @ off + RIDGE * weights), least, most)
    return bias, weights


def suspicions(pages: Sequence[Shown]) -> Floats:
    """The suspicion of each page, by weights that were fitted without its site and others, a fifth of all."""
    fold_of = {site: n % FOLDS for n, (site, _) in enumerate(Counter(one.site for one in pages).most_common())}
    found = np.zeros(len(pages))
    for unseen in range(FOLDS):
        bias, weights = fit([one for one in pages if fold_of[one.site] != unseen])
        for i, one in enumerate(pages):
            if fold_of[one.site] == unseen:
                found[i] = 1 / (1 + np.exp(-(bias + one.strengths @ weights)))
    return found


def told(pages: Sequence[Shown], suspicion: Floats, bound: float) -> dict[str, float]:
    """How well suspicion tells the wrong pages: average precision, the share of wrong ones among the first twentieth
    and tenth, and precision and recall from `bound` on."""
    wrong = np.array([one.wrong for one in pages])
    ranked = wrong[np.argsort(-suspicion, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    called = suspicion >= bound
    hits = int((called & wrong).sum())
    return {
        "pages": len(pages),
        "wrong": int(wrong.sum()),
        "average_precision": round(float(precision[ranked].mean()), 3),
        "first_5_percent": round(float(ranked[: len(ranked) // 20].mean()), 3),
        "first_10_percent": round(float(ranked[: len(ranked) // 10].mean()), 3),
        "precision": round(hits / max(1, int(called.sum())), 3),
        "recall": round(hits / max(1, int(wrong.sum())), 3),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains the looks, without writing them, and prints the weights and what they come to on pages of other sites."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="truth.json and the pages that it names")
    options = parser.parse_args(arguments)
    found: dict[str, list[Shown]] = {}
    for form in FORMS:
        sheets = read_pages(options.folder, form)
        found[form] = shown(sheets, train_form(sheets, form)[0])
    report(found)


def report(found: Mapping[str, Sequence[Shown]]) -> None:
    """Prints both for pages by form; the weights are of all together."""
    pages = [page for of_form in found.values() for page in of_form]
    suspicion, start = suspicions(pages), 0
    for form, of_form in found.items():
        mine = suspicion[start : start + len(of_form)]
        print(form, told(of_form, mine, load_list("suspicion")["needs_a_look"]))
        start += len(of_form)
    bias, weights = fit(pages)
    print(f"bias {bias:.2f}")
    for name, weight in zip(signs(), weights, strict=True):
        print(f"  {name:20} {weight:.2f}")


if __name__ == "__main__":
    main()
