"""Lines that only a column's width ended, made whole, so that every later step sees paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from flows.document import Page
from flows.normalize.edits import Swap, swap
from flows.read.formats import PDF
from flows.text import Operation

NARROWEST, WIDEST = 9, 60
"""Chinese characters in a line of a column; verse is narrower."""

SLACK, LOOSE = 1, 6
"""Characters that a full line may be short of its column's width: a mark that must not begin the next line; and, in a
paragraph that an indent begins, a number or word that is not divided."""

CUT = 3
"""Lines that end in the midst of a sentence without a mark, from which on they show a column."""

_CLOSED = frozenset("。！？!?…；;：:”』」）)】]》")
_MARKED = re.compile("[，。、；,;]")
_APART = frozenset("（([【〔■□●◆▲△▼※*")
"""What begins a line of its own, behind one that closes."""


def join_columns(page: Page) -> Page:
    """The page without the line ends that a column's width made (removals of kind `whitespace`).

    A column is known by lines of one width, as characters or as the space they take (a letter or digit takes half),
    that break off within sentences: one below the other, full of marks, with full stops. A line goes on in the next if
    it is full and that one is not indented; on a page that indents no paragraph, if it does not close a sentence
    either. Between Latin letters a space takes the place of the line end. Lines with blank ones between them stay as
    they are: headlines look the same.
    """
    if page.raw.media_type == PDF:
        return page
    lines = page.text.chars.split("\n")
    bodies = [line.rstrip() for line in lines]
    broken = [one for one, below in pairwise(bodies) if below > "!" and one[-1:].isalnum() and _MARKED.search(one)]
    for measure, unit in MEASURES:
        widths = _widths(broken, measure, unit)
        if widths and (joined := _joined([*bodies, ""], widths, measure, unit)):
            starts = [0, *accumulate(len(line) + 1 for line in lines)]
            return swap(page, [_end(bodies, starts, i) for i in sorted(joined)])
    return page


def _end(bodies: Sequence[str], starts: Sequence[int], i: int) -> Swap:
    """What becomes of the end of line i; `starts` are the places where lines begin, `bodies` end before white space."""
    latin = all(char.isascii() and char.isalpha() for char in (bodies[i][-1], bodies[i + 1][0]))
    between = " " if latin else ""
    return Swap(starts[i] + len(bodies[i]), starts[i + 1], between, Operation.WIDTH, "whitespace", "column_end")


def _space(line: str) -> int:
    """How much space a line takes, in half widths."""
    return 2 * len(line) - sum(map(str.isascii, line))


Measure = Callable[[str], int]
MEASURES: tuple[tuple[Measure, int], ...] = ((len, 1), (_space, 2))
"""How wide a line is, and a Chinese character."""


def _widths(broken: Sequence[str], measure: Measure, unit: int) -> list[int]:
    """The widths that columns may have, by lines that break off within a sentence; that of most lines first."""
    count = Counter(width for one in broken if NARROWEST * unit <= (width := measure(one)) <= WIDEST * unit)
    slack = range(SLACK * unit + 1)
    return [width for width, _ in count.most_common() if sum(count[width - short] for short in slack) >= CUT]


def _joined(bodies: Sequence[str], columns: Sequence[int], measure: Measure, unit: int) -> set[int]:
    """The lines that go on in the next one, in columns of these widths; a blank line is the last."""
    widths, joined = [measure(body) for body in bodies], set[int]()
    for column in columns:
        chains = list(_chains(bodies, widths, column, unit))
        sure = {i for chain in chains if "。" in "".join(bodies[chain[0] : chain[-1] + 2]) for i in chain}
        if sum(bodies[i][-1].isalnum() for i in sure - joined) >= CUT:
            joined.update(*chains)
    return joined


def _chains(bodies: Sequence[str], widths: Sequence[int], width: int, unit: int) -> Iterator[list[int]]:
    """Runs of lines of a column each of which goes on in the next; the last line of the paragraph is not among them."""
    full, most = range(width - SLACK * unit, width + 1), width + SLACK * unit
    indents = sum(body[:1].isspace() for body in bodies) * 10 >= sum(one in full for one in widths)
    chain: list[int] = []
    for i, (body, below) in enumerate(pairwise(bodies)):
        begun = indents and (body[:1].isspace() or (chain and bodies[chain[0]][0].isspace()))
        least = width - LOOSE * unit if begun else full.start
        if body and least <= widths[i] <= most >= widths[i + 1] and _goes_on(body, below, indents):
            chain.append(i)
            continue
        if chain and _is_prose(bodies[chain[0] : i + 1]):
            yield chain
        chain = []


def _goes_on(body: str, below: str, indents: bool) -> bool:
    """May a full line go on in the one below it?"""
    if not below or below[0].isspace():
        return False
    return body[-1] not in _CLOSED or (indents and below[0] not in _APART)


def _is_prose(paragraph: Sequence[str]) -> bool:
    """Has every other line a mark, and is one in three cut within a phrase?"""
    marks = sum(_MARKED.search(line) is not None for line in paragraph)
    return marks * 2 >= len(paragraph) and 3 * sum(line[-1].isalnum() for line in paragraph[:-1]) >= len(paragraph) - 1
