"""Gold: pages with the answers that people fixed for them, before any code was run on the page."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from flows.errors import InputError
from flows.installed import checkout
from flows.state import PROJECT

GOLD = PROJECT / "tests" / "gold"
"""The project's own sets."""

REMEDY = "See tests/gold/README.md for the form of an answer."
NEEDED = {
    "people": ("name",),
    "events": ("name",),
    "statistics": ("value", "indicator", "quote"),
    "citations": ("title",),
}
"""What an answer says of each row, since it is found by that."""

MARKUP = (".html", ".htm", ".pdf")
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "「": '"', "」": '"', "『": "'", "』": "'"})


class GoldPage(NamedTuple):
    """One page: the raw document, and what is right of it in the form of tests/gold/README.md."""

    name: str
    raw: Path
    answer: dict[str, Any]

    @property
    def complete(self) -> bool:
        """Whether all organizations of the page are listed, and not its principal ones alone."""
        return "organizations" in self.answer.get("complete", ())


class GoldSet(NamedTuple):
    """Pages that are measured together."""

    name: str
    pages: tuple[GoldPage, ...]


def project_sets() -> list[GoldSet]:
    """The sets of this project: the five seeds, the twins of real pages, and the project's own pages."""
    checkout()
    sets = [gold_set(path, name=path.parent.name) for path in GOLD.glob("*/answers") if any(path.iterdir())]
    return sorted(sets, key=lambda one: ("seeds", "twins", "own").index(one.name))


def gold_set(answers: Path, raw: Path | None = None, name: str | None = None) -> GoldSet:
    """The pages of a folder of answers, NAME.json each. Their raw documents stand in `raw`, else in the folder raw/
    beside `answers`, else beside the answers, else in the project's raw/.

    Raises:
        InputError: no answers, or one that cannot be used.
    """
    found = sorted(answers.glob("*.json"))
    if not found:
        raise InputError("gold", "there are no answers (NAME.json) in it.", REMEDY, answers)
    places = [raw] if raw else [answers.parent / "raw", answers, PROJECT / "raw"]
    return GoldSet(name or answers.name, tuple(_page(path, places) for path in found))


def _page(path: Path, places: Sequence[Path]) -> GoldPage:
    try:
        answer = json.loads(path.read_text("utf-8"))
        document = str(answer["document"])
        for article in answer["articles"]:
            _ = article["text"], article["title"]
            for table, keys in NEEDED.items():
                _ = [[row[key] for key in keys] for row in article.get(table) or ()]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("gold", f"it cannot be used as an answer: {error!r}.", REMEDY, path) from error
    for place in places:
        if (place / document).is_file():
            return GoldPage(path.stem, place / document, answer)
    raise InputError("gold", f"its raw document {document} is not there.", "Name its folder with --raw.", path)


def fold(text: object) -> str:
    """The text with width (NFKC), white space and the style of quotes folded away: in these an answer is free."""
    return "" if text is None else "".join(unicodedata.normalize("NFKC", str(text)).translate(QUOTES).split())


def removed_spans(page: GoldPage, raw: str) -> Iterator[tuple[int, int]]:
    """Where the text that must go stands in the raw text: the answers for plain text name the line (from 1).

    Raises:
        InputError: it does not stand there.
    """
    starts, place = [0], 0
    for line in raw.split("\n"):
        place += len(line) + 1
        starts.append(place)
    for entry in page.answer["removed"]:
        start = raw.find(entry["text"], starts[entry["line"] - 1])
        if start < 0:
            problem = f"line {entry['line']} does not hold {entry['text'][:40]!r}."
            raise InputError("gold", problem, REMEDY, page.raw)
        yield start, start + len(entry["text"])
