"""Damage done to a page's bytes on its way, undone where the inverse is certain."""

from __future__ import annotations

from flows.document import Page


def repair_damage(page: Page) -> Page:
    """The page as it was before a mirror site's byte replacements, or a wrong decoding, damaged it."""
    return page
