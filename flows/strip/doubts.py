"""What a page's layout leaves doubtful: a body that the trees are not sure of, and prose that was left out."""

from __future__ import annotations

from collections.abc import Sequence

from flows.strip.judge import Judged
from flows.strip.layout import UNSURE, Layout
from flows.strip.shape import CLOSED

LEFT_OUT = 0.5
"""Characters of sentences left out, to those kept, from which a page is flagged `prose_removed`."""


def doubts(judged: Sequence[Judged], layout: Layout) -> tuple[str, ...]:
    """The flags of a page whose lines are settled."""
    left = [one for one in judged if one.rule == "prose_outside" and one.form[-1] in CLOSED]
    kept = sum(len(one.form) for one in judged if one.kind is None)
    flags = []
    if layout.likeness is not None and layout.likeness < UNSURE:
        flags.append("layout_unsure")
    if left and sum(len(one.form) for one in left) >= LEFT_OUT * kept:
        flags.append(f"prose_removed:{len(left)}")
    return tuple(flags)
