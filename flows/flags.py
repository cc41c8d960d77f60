"""Flags: what of a page or an article deserves a look, as a code and its details.

The steps write a flag as a short text, the code first and behind the first ":" or "@" what it counts or where
(`invalid_bytes:12`, `lost_character@120`); the tables hold both apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_FLAG = re.compile(r"(?P<code>[^:@]*)(?:[:@](?P<details>.+))?", re.DOTALL)
Flag = dict[str, str | None]
"""`code`, a row of the table `codes`, and `details`, None where the code says all."""


def flags_of(texts: Iterable[str]) -> list[Flag]:
    """The flags that some texts say, as the tables hold them; what is no text stays a code that no table takes."""
    found = [(text, _FLAG.match(text) if isinstance(text, str) else None) for text in texts]
    return [{"code": match["code"] if match else text, "details": match and match["details"]} for text, match in found]


def code_of(flag: Mapping[str, Any] | str) -> str:
    """The code of a flag; of one in a release made before flags had details, a text too."""
    return flag.partition(":")[0].partition("@")[0] if isinstance(flag, str) else str(flag["code"])


def details_of(flag: Mapping[str, Any] | str) -> str | None:
    """The details of a flag, of an earlier release's too."""
    return flags_of([flag])[0]["details"] if isinstance(flag, str) else flag["details"]


def told(flag: Mapping[str, Any] | str) -> str:
    """A flag for people: its code, and behind a colon its details."""
    if isinstance(flag, str) or flag["details"] is None:
        return code_of(flag) if not isinstance(flag, str) else flag
    return f"{flag['code']}: {flag['details']}"
