"""Markup that was left in plain text: tags go, and what ended a paragraph ends a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.document import Page, Removal
from flows.text import Edit, Operation

_BLOCK = "p|div|li|tr|h[1-6]|hr|table|ul|ol|dl|dd|dt|section|article|blockquote|figure|figcaption|td|th"
_INLINE = "span|strong|b|em|i|u|s|a|img|font|center|sup|sub|video|audio|source|iframe|input|wbr|label|small|tbody|thead"
_TAG = re.compile(rf"</?(?:(?P<block>{_BLOCK})|(?P<line>br)|{_INLINE})(?:\s[^<>]{{0,4000}})?/?>", re.IGNORECASE)
_OPENS_HIDDEN = re.compile(r"<(script|style)\b|<!--", re.IGNORECASE)
_CLOSES_HIDDEN = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style")}
_CLOSES_HIDDEN["comment"] = re.compile("-->")


def remove_markup(page: Page) -> Page:
    """The page without HTML tags; scripts, styles and comments go with their content.

    Only names of HTML elements count as tags, so that `x<y` and 《》 stay. Removals: kind `other`, rules
    `markup_tag` and `markup_hidden`.
    """
    chars = page.text.chars
    if "<" not in chars:
        return page
    marks = list(_marks(chars))
    if not marks:
        return page
    edits = [Edit(start, end, newlines, Operation.JOIN) for start, end, _, newlines in marks]
    spans = page.text.each_raw_spans([(start, end) for start, end, _, _ in marks])
    gone = [Removal(*span, "other", rule) for (_, _, rule, _), own in zip(marks, spans, strict=True) for span in own]
    return replace(page, text=page.text.edit(edits), removals=(*page.removals, *gone))


def _marks(chars: str) -> Iterator[tuple[int, int, str, str]]:
    """Where markup stands, the rule that takes it, and the newlines that take its place: two where a paragraph ends. In
    order, none overlapping."""
    done = 0
    for start, end in [*_hidden(chars), (len(chars), len(chars))]:
        for tag in _TAG.finditer(chars, done, start):
            yield *tag.span(), "markup_tag", "\n\n" if tag["block"] else "\n" if tag["line"] else ""
        if end > start:
            yield start, end, "markup_hidden", "\n"
        done = end


def _hidden(chars: str) -> Iterator[tuple[int, int]]:
    """Scripts, styles and comments with their ends; linear however many are opened and never closed."""
    done, unclosed = 0, set()
    for opening in _OPENS_HIDDEN.finditer(chars):
        name = (opening[1] or "comment").lower()
        if opening.start() < done or name in unclosed:
            continue
        closing = _CLOSES_HIDDEN[name].search(chars, opening.end())
        if closing is None:
            unclosed.add(name)
        else:
            done = closing.end()
            yield opening.start(), done
