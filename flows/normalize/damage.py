"""Damage done to a page's bytes on its way here, undone where the inverse is certain."""

from __future__ import annotations

from flows.document import Page
from flows.normalize.mojibake import repair_mojibake
from flows.normalize.pinyin_damage import remove_annotations


def repair_damage(page: Page) -> Page:
    """The page as it was before a wrong decoding, or a mirror's byte replacements, damaged it.

    Run it before invisible and private-use characters are looked at: damage shows as such, too.
    """
    return remove_annotations(repair_mojibake(page))
