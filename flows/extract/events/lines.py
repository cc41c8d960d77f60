"""Lines of posts that break their sentences without a mark: where a line only goes on with the one before."""

from __future__ import annotations

import re

_RUN = re.compile("^(?:[^\n]{2,36}(?<![。！？；：!?;:…])\n){2,}[^\n]{2,60}", re.MULTILINE)
_OPENING = re.compile("(?:[0-9０-９]{1,2}[\\s.．、]|[一二三四五六七八九十]+、|[【（(▲◆●■·▪])")
_FEWEST = 3  # lines that a run of broken sentences has at least


def broken_ends(text: str) -> frozenset[int]:
    """Where the ends of lines stand that end no sentence (7月31日 / 在县妇联的支持下 / “向阳夏令营” / 同时开营)."""
    if text.count("\n") < _FEWEST - 1:
        return frozenset()
    found = set[int]()
    for run in _RUN.finditer(text):
        ends = [m.start() for m in re.finditer("\n", text[run.start() : run.end()])]
        found.update(run.start() + end for end in ends if not _OPENING.match(text, run.start() + end + 1))
    return frozenset(found)
