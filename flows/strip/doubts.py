"""What a page's layout leaves doubtful: a body that the trees are unsure of, and how far two views of it are apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flows.document import Doubt
from flows.strip.judge import Judged
from flows.strip.layout import UNSURE, Layout
from flows.strip.model import Weighed
from flows.strip.model.odds import shares
from flows.strip.plain import unlike


def flags_of(layout: Layout) -> tuple[str, ...]:
    """The flags of a page that is laid out so."""
    return ("layout_unsure",) if layout.likeness is not None and layout.likeness < UNSURE else ()


def doubt_of(judged: Sequence[Judged], layout: Layout | None, weighed: Weighed, held: Sequence[bool]) -> Doubt:
    """The doubts about a page whose lines are settled. `held` is the second view of it, of the time before."""
    likely, length = shares(weighed.lines), np.array([len(one.form) for one in judged])
    if layout is None:
        return Doubt(float(any(held)), int(shares(np.array([weighed.story]))[0]) / 10_000)
    kept = np.array([one.kind is None for one in judged])
    wrong, chars = int(((10_000 - likely) * length)[kept].sum()), int(length[kept].sum())
    return Doubt(round(unlike(judged, held, layout.title), 4), round(wrong / max(1, 10_000 * chars), 4))
