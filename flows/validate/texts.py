"""Checks of the texts themselves: true to their length and hash, clean of what must have been stripped."""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter
from importlib import resources
from typing import Any

import numpy as np
import pyarrow.compute as pc

from flows.schema import Check, TableSchema, load_list
from flows.validate.contents import UNKNOWN, Contents, Passes, check, each, truth


@check
def text_length(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` counts the code points of `text`; a withheld text passes."""
    pairs = zip(contents.values(table.name, "text"), contents.values(table.name, check.options["column"]), strict=True)
    return np.fromiter((text is None or len(text) == count for text, count in pairs), bool, contents.rows(table.name))


@check
def text_hash(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` is the SHA-256 of `text` in UTF-8; a withheld text passes."""
    pairs = zip(contents.values(table.name, "text"), contents.values(table.name, check.options["column"]), strict=True)
    right = (text is None or hashlib.sha256(text.encode()).hexdigest() == digest for text, digest in pairs)
    return np.fromiter(right, bool, contents.rows(table.name))


@check
def trimmed(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """No paragraph of a column of `each` begins or ends with white space or is empty."""
    passes = np.ones(contents.rows(table.name), bool)
    for name in check.options["each"]:
        passes &= each(contents.values(table.name, name), lambda text: not _LOOSE.search(text))
    return passes


_LOOSE = re.compile(r"\A\s|\s\Z|\n\s|\s\n")


@check
def absent(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """No pattern of schemas/gates/<list>.yaml is found in `column`, or in any column of `each`."""
    pattern = compiled(check.options["list"])
    passes = np.ones(contents.rows(table.name), bool)
    for name in check.options.get("each") or [check.options["column"]]:
        passes &= each(contents.values(table.name, name), lambda text: not pattern.search(text))
    return passes


@functools.cache
def compiled(name: str) -> re.Pattern[str]:
    """All patterns of a list as one."""
    entries: list[dict[str, Any]] = load_list(name)
    flags = "(?m)"
    return re.compile(flags + "|".join(f"(?:{entry['pattern'].removeprefix(flags)})" for entry in entries))


@check
def simplified(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """The columns of `each` hold no Traditional character (see schemas/gates/traditional.yaml)."""
    only_traditional = traditional()
    passes = np.ones(contents.rows(table.name), bool)
    for name in check.options["each"]:
        passes &= each(contents.values(table.name, name), only_traditional.isdisjoint)
    return passes


@functools.cache
def traditional() -> frozenset[str]:
    """Characters that Simplified text does not hold.

    From OpenCC's table (Apache 2.0): keys whose Simplified forms do not include themselves, without those that
    GB 2312 can write and those that the allow-list names.
    """
    table = resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    allowed = set("".join(load_list("traditional")["allowed"].values()))
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return frozenset(
        key for key, forms in pairs if key not in forms.split() and key not in allowed and not _in_gb2312(key)
    )


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


@check
def text_fills_span(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """The text of a removal is as long as its raw span; null passes."""
    removals = contents.tables[table.name]
    length = pc.subtract(removals["raw_end"], removals["raw_start"])
    return truth(pc.fill_null(pc.equal(pc.utf8_length(removals["text"]), length), True))


@check
def themes_agree(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`themes` of an article lists, once each, the themes that the table themes holds for it."""
    found: dict[int, set[str]] = {}
    for place, theme in zip(contents.article("themes").tolist(), contents.values("themes", "theme"), strict=True):
        if place != UNKNOWN:
            found.setdefault(place, set()).add(theme)
    listed = contents.values(table.name, "themes")
    right = (sorted(row or ()) == sorted(found.get(n, ())) for n, row in enumerate(listed))
    return np.fromiter(right, bool, len(listed))


@check
def topic_agrees(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """An article for which the table themes holds rows of `theme`, that of the topic, is `on_topic`."""
    themes = zip(contents.article("themes").tolist(), contents.values("themes", "theme"), strict=True)
    told = {place for place, theme in themes if theme == check.options["theme"]}
    on_topic = contents.values(table.name, "on_topic")
    return np.fromiter((row or n not in told for n, row in enumerate(on_topic)), bool, len(on_topic))


@check
def duplicates_marked(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """Of articles with the same text all but one say whose duplicate they are."""
    hashes, originals = (contents.values(table.name, name) for name in ("text_sha256", "duplicate_of"))
    first = Counter(digest for digest, original in zip(hashes, originals, strict=True) if original is None)
    first.update(contents.across.repeated)
    pairs = zip(hashes, originals, strict=True)
    return np.fromiter((original is not None or first[digest] == 1 for digest, original in pairs), bool, len(hashes))
