"""Damage done to a page's bytes on its way here, undone where the inverse is certain."""

from __future__ import annotations

from flows.document import Page
from flows.normalize.pinyin_damage import remove_annotations


def repair_damage(page: Page) -> Page:
    """The page as it was before a mirror's byte replacements, or a wrong decoding, damaged it."""
    return remove_annotations(page)
