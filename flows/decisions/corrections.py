"""Corrections of single raw pages, applied before the first cleaning step and refused when the page has changed.

A correction changes the text that is cleaned, not the raw document: lineage leads from the corrected characters to the
raw ones (operation `repair`), and raw characters that have no counterpart are removed under the rule `correction`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows.decisions import Correction, DecisionError
from flows.document import Page
from flows.normalize.edits import Swap, swap
from flows.raw.documents import read_listed
from flows.raw.listed import Listed
from flows.text import Edit, Operation


def correct(page: Page, corrections: Sequence[Correction]) -> Page:
    """The page with its corrections, in any order; flagged `corrected`.

    Raises:
        DecisionError: the raw text is not what a correction was written for.
    """
    if not corrections:
        return page
    for correction in corrections:
        start = _place(page, correction)
        end, operation = start + len(correction.expect), Operation.REPAIR
        if len(correction.replace) <= len(correction.expect):
            page = swap(page, [Swap(start, end, correction.replace, operation, "repair", "correction")])
        else:
            page = replace(page, text=page.text.edit([Edit(start, end, correction.replace, operation)]))
    return page.flag(f"corrected:{len(corrections)}")


def check_corrections(raw: Path, documents: Sequence[Listed], corrections: Sequence[Correction]) -> None:
    """Tries every correction on its document, before any work is done.

    Raises:
        DecisionError: a document is not there, or its text is not what the correction was written for.
    """
    wanted = sorted({correction.document for correction in corrections})
    there = ((listed.key[:16], listed) for listed in documents) if wanted else ()
    originals = {document: listed for document, listed in there if document in wanted and listed.copy_of is None}
    for document in wanted:
        mine = [correction for correction in corrections if correction.document == document]
        if document not in originals:
            raise _outdated(mine[0], "there is no such document")
        text = read_listed(raw, originals[document]).text
        for correction in mine:
            find_expected(text, correction)


def _place(page: Page, correction: Correction) -> int:
    """Where the page's text, in which earlier corrections may have been made, holds what is expected."""
    raw_start = find_expected(page.raw.text, correction)
    place = int(page.text.start.searchsorted(raw_start))
    while place < len(page.text) and page.text.end[place] == raw_start:  # the surplus of a correction before it
        place += 1
    if page.text.chars[place : place + len(correction.expect)] != correction.expect:
        raise _outdated(correction, "another correction changes the same characters")
    return place


def find_expected(text: str, correction: Correction) -> int:
    """The offset of what is expected in a raw text. Raises DecisionError where it does not stand there once."""
    expect, at = correction.expect, correction.at
    if at is not None:
        if expect and text[at : at + len(expect)] == expect:
            return at
        raise _outdated(correction, f"{expect!r} does not stand at {at} any more")
    count = text.count(expect) if expect else 0
    if count != 1:
        raise _outdated(correction, f"{expect!r} stands {count} times in the raw text")
    return text.index(expect)


def _outdated(correction: Correction, why: str) -> DecisionError:
    problem = f"the correction of {correction.document} does not fit: {why}."
    return DecisionError("correction", problem, "Look at the raw page; mend or remove the entry.", "corrections.yaml")
