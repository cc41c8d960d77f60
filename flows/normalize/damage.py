"""Damage done to a page's bytes on its way here, undone where the inverse is certain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flows.document import Page, Removal
from flows.normalize.mojibake import repair_mojibake
from flows.normalize.pinyin_damage import remove_annotations
from flows.text import Edit, Operation


def repair_damage(page: Page) -> Page:
    """The page as it was before a wrong decoding, or a mirror's byte replacements, damaged it.

    Run it before invisible and private-use characters are looked at: damage shows as such, too.
    """
    return _release_blanks(remove_annotations(repair_mojibake(page)))


def _release_blanks(page: Page) -> Page:
    """The page with white space that a repair made of other characters inserted, and these removed: later steps trim
    white space without a removal, so no other raw character may hang on it."""
    text = page.text
    repaired = np.flatnonzero(text.operation == Operation.REPAIR).tolist()
    blanks = [place for place in repaired if text.chars[place].isspace()]
    if not blanks:
        return page
    spans = text.each_raw_spans([(place, place + 1) for place in blanks])
    gone = [Removal(*span, "repair", "repaired_space") for own in spans for span in own]
    edits = [Edit(place, place + 1, text.chars[place], Operation.JOIN) for place in blanks]
    return replace(page, text=text.edit(edits), removals=(*page.removals, *gone))
