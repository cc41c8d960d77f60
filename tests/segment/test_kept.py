"""What is kept of lines, and the text that it makes, are what `Text` gives line by line."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from flows.document import Cut, Line
from flows.segment.kept import join_paragraphs, keep
from flows.text import Text


@st.composite
def lines(draw: st.DrawFn) -> tuple[Text, list[Line]]:
    """A text without some of its raw characters, and its lines with parts that are cut out of them."""
    rows = draw(st.lists(st.text("社工 站。\u3000", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6))
    rows = [row.strip() for row in rows]
    text = Text.of("#" + "\n".join(rows)).delete([(0, 1)])
    made, start = [], 0
    for number, row in enumerate(rows):
        places = sorted(
            draw(st.lists(st.integers(start, start + len(row)), max_size=4).filter(lambda at: not len(at) % 2))
        )
        cuts = tuple(Cut(a, b, "credit", "made_up") for a, b in zip(places[::2], places[1::2], strict=True))
        made.append(Line(number, start, start + len(row), row, cuts=cuts))
        start += len(row) + 1
    return text, made


def whole(text: Text, line: Line) -> Text:
    """The text of a line without its cuts and the white space at its ends."""
    starts, ends = [line.start, *(cut.end for cut in line.cuts)], [*(cut.start for cut in line.cuts), line.end]
    return Text.concat(text[a:b] for a, b in zip(starts, ends, strict=True)).strip()


@given(lines())
def test_a_kept_line_is_its_parts_between_the_cuts(drawn: tuple[Text, list[Line]]) -> None:
    text, made = drawn
    for line in made:
        kept = keep(line, text.chars)
        assert kept.chars == whole(text, line).chars == "".join(text.chars[a:b] for a, b in kept.spans)


@given(lines(), st.randoms())
def test_joined_lines_are_aligned_as_each_of_them_is(drawn: tuple[Text, list[Line]], rng: Random) -> None:
    text, made = drawn
    made = [line for line in made if keep(line, text.chars).chars]
    assume(made)
    rng.shuffle(made)
    paragraphs = [made[:2], *([line] for line in made[2:])]
    joined = join_paragraphs(text, [[keep(line, text.chars) for line in paragraph] for paragraph in paragraphs])
    expected = Text.join("\n", [Text.concat(whole(text, line) for line in paragraph) for paragraph in paragraphs])
    assert joined.chars == expected.chars
    assert np.array_equal(joined.start, expected.start)
    assert np.array_equal(joined.end, expected.end)
    assert np.array_equal(joined.operation, expected.operation)
