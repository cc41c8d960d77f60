"""Trains the page layout: `python -m tests.layout.train FOLDER`."""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm

from flows.strip.model.stored import LineModel
from tests.layout.built import INDEXES, STORIES, built
from tests.layout.drafts import parts_of
from tests.layout.evaluate import Figures, figures
from tests.layout.listings import listings, thinned
from tests.layout.looks import Looks, mark_sheet, share_out, train_looks, train_pages
from tests.layout.pages import Sheet, read_pages, sources_of
from tests.layout.recombine import recombined

FORMS = ("text", "html")
MADE, BUILT, LISTS, THINNED, SEED = 500, 500, 400, 80, 11
"""Pages made of the lines of others, those of invented sites, those without a story of either sort, parts
of pages without one, and what their choice begins with."""

WEIGHT = {"xwlb": 0.3, False: 0.25}
"""What a page counts: one of a group of many alike, and one without a story."""

SCHEMAS = Path(__file__).parents[2] / "schemas" / "layout"


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes schemas/layout/<form>.json and record.json, and prints what pages of unseen sites come to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="truth.json and the pages that it names")
    parser.add_argument("--form", choices=FORMS, action="append", help="only this form")
    parser.add_argument("--to", type=Path, default=SCHEMAS, help="where the trees are written")
    options = parser.parse_args(arguments)
    for form in options.form or FORMS:
        began = time.monotonic()
        _, _, found = train_and_record(options.folder, form, options.to)
        print(f"{form}: {time.monotonic() - began:.0f} s")
        for group, values in found.items():
            print(f"  {group:20}", values)


def train_and_record(folder: Path, form: str, to: Path) -> tuple[list[Sheet], Looks, Figures]:
    """Trains a form, writes its trees, and what they were trained on and come to into record.json."""
    sheets = read_pages(folder, form)
    looks, counts = train_form(sheets, form)
    write_trees(to / f"{form}.json", looks)
    found = figures(sheets, looks)
    file = to / "record.json"
    record = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    record[form] = {"sources_sha256": sources_of(folder, form), **counts, "unseen_sites": found}
    record["lightgbm"] = lightgbm.__version__
    file.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return sheets, looks, found


def train_form(sheets: Sequence[Sheet], form: str) -> tuple[Looks, dict[str, Any]]:
    """The looks trained on pages and on others made of their lines, with counts for the record."""
    for sheet in sheets:
        sheet.weight *= WEIGHT.get(sheet.group, 1.0) * (1.0 if sheet.story else WEIGHT[False])
    parts = [part for sheet in sheets if sheet.story and (part := parts_of(sheet)) is not None]
    folds = share_out(sheets)
    fold_of = folds.__getitem__
    made = [*recombined(parts, MADE, SEED, fold_of), *built(parts, BUILT, SEED, fold_of, form, STORIES)]
    every = [*sheets, *made]
    looks = train_looks(every, [mark_sheet(sheet) for sheet in every], folds)
    lists = [
        *thinned(sheets, THINNED, SEED),
        *listings(parts, LISTS, SEED, fold_of),
        *built(parts, LISTS, SEED, fold_of, form, INDEXES),
    ]
    train_pages(looks, every, lists)
    return looks, {
        "pages": len(sheets),
        "made": len(every) - len(sheets),
        "lists": len(lists),
        "lines": sum(len(sheet.judged) for sheet in every),
        "sites": len(folds),
        "pages_by_fold": dict(sorted(Counter(str(looks.of(sheet)[0]) for sheet in sheets).items())),
    }


def write_trees(file: Path, looks: Looks) -> None:
    """The trees that saw every site, a tree a line."""
    parts = []
    for name in LineModel._fields:
        entry = getattr(looks, name)[None]
        trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in entry["trees"])
        features = json.dumps(entry["features"])
        parts.append(f'"{name}": {{"base": {entry["base"]}, "features": {features}, "trees": [\n{trees}\n]}}')
    file.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
