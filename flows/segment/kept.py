"""What is kept of a page's lines, and the text that they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.document import Line
from flows.text import Text

_NEWLINE = Text.inserted("\n")


class Kept(NamedTuple):
    """A line without its cuts: `chars`, and the spans of the page's text that they stand in."""

    line: Line
    chars: str
    spans: tuple[tuple[int, int], ...]


def keep(line: Line, text: str) -> Kept:
    """What is kept of a line of a text, without white space at its ends."""
    if not line.cuts:
        return Kept(line, line.chars, ((line.start, line.end),))
    starts, ends = [line.start, *(cut.end for cut in line.cuts)], [*(cut.start for cut in line.cuts), line.end]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    first = next((n for n, part in enumerate(parts) if part and not part.isspace()), None)
    if first is None:
        return Kept(line, "", ())
    last = next(n for n in range(len(parts) - 1, -1, -1) if parts[n] and not parts[n].isspace())
    starts[first] = ends[first] - len(parts[first].lstrip())
    ends[last] = starts[last] + len(text[starts[last] : ends[last]].rstrip())
    spans = tuple(zip(starts[first : last + 1], ends[first : last + 1], strict=True))
    return Kept(line, "".join(text[start:end] for start, end in spans), spans)


def join_paragraphs(text: Text, paragraphs: Sequence[Sequence[Kept]]) -> Text:
    """The lines of each of the paragraphs, none of them empty, one after the other, and inserted newlines between the
    paragraphs: what `Text.join` gives, without a `Text` for each line."""
    spans = [[slice(*span) for kept in lines for span in kept.spans] for lines in paragraphs]
    chars = "\n".join(["".join([kept.chars for kept in lines]) for lines in paragraphs])
    return Text(
        chars,
        np.concatenate(_with_newlines(text.start, spans, _NEWLINE.start)),
        np.concatenate(_with_newlines(text.end, spans, _NEWLINE.end)),
        np.concatenate(_with_newlines(text.operation, spans, _NEWLINE.operation)),
    )


def _with_newlines(values: NDArray[Any], spans: Sequence[Sequence[slice]], newline: NDArray[Any]) -> list[NDArray[Any]]:
    parts: list[NDArray[Any]] = []
    for paragraph in spans:
        parts += [values[span] for span in paragraph]
        parts.append(newline)
    return parts[:-1]
