"""Persons told apart: one name is one person within a county, a body, or the whole country.

A person is told by name and by where they are at work: the county or city of their body, else of the article. Whoever
is of a body of the whole country, or holds an office of state, is one person everywhere. A name of two characters is
borne by many, and is one person only within one body or one county. What stays uncertain has no identity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.entities.bodies import Body
from flows.entities.ids import make_id
from flows.entities.places import is_county

_OF_STATE = re.compile("总书记|国家主席|国务院|总理|中央政治局|全国人大常委会委员长|全国政协主席")
_SHORT = 2  # characters of a name that many bear
_PUBLIC = frozenset(["government", "party", "association", "university", "foundation", "media", "other"])


def person_anchor(name: str, titles: Sequence[str], body: Body | None, place: str | None) -> str | None:
    """What tells a person of a name from others of the same: a region's code, a body's id, "" for one of the whole
    country; None where that is not certain."""
    long = len(name) > _SHORT
    if any(_OF_STATE.search(title) for title in titles):
        return ""
    if body is not None and not long:
        return body.entity_id
    if body is not None and body.region is None and body.kind in _PUBLIC:
        return ""
    anchor = (body.region if body is not None else None) or place
    if anchor is None:
        return "" if long else None
    return anchor if long or is_county(anchor) else None


def person_id(name: str, anchor: str | None) -> str | None:
    """The id of a person, None without an anchor."""
    return None if anchor is None else make_id("person", name, anchor)
