"""Text: whatever the edits, alignment holds, and kept and removed characters add up to the raw document."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.characters import code_points
from flows.document import Page, RawDocument
from flows.text import MANY, Edit, Operation, Text

CHARS = st.text(st.sampled_from("社會工作ab \n𠮷\ud800"), max_size=40)
OPERATIONS = st.sampled_from([Operation.SCRIPT, Operation.WIDTH, Operation.REPAIR])


@st.composite
def spans(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    """Spans of a text of this length, in order and apart."""
    bounds = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    return list(zip(bounds[::2], bounds[1::2], strict=False))


def assert_aligned(text: Text) -> None:
    """The arrays fit the characters, and no two characters share a raw one."""
    assert len(text.start) == len(text.end) == len(text.operation) == len(text.chars)
    assert ((text.start < 0) == (text.end < 0)).all()
    assert (text.end >= text.start).all()
    taken = [
        place for a, b in zip(text.start.tolist(), text.end.tolist(), strict=True) if a >= 0 for place in range(a, b)
    ]
    assert len(taken) == len(set(taken))


def covered(spans: list[tuple[int, int]]) -> list[int]:
    return [place for a, b in spans for place in range(a, b)]


@given(st.data(), CHARS)
def test_edits_keep_the_alignment(data: st.DataObject, raw: str) -> None:
    text = Text.of(raw)
    for _ in range(data.draw(st.integers(1, 4))):
        places = data.draw(spans(len(text)))
        edits = [Edit(a, b, data.draw(st.text("新x", max_size=3)), data.draw(OPERATIONS)) for a, b in places]
        expected, done = "", 0
        for edit in edits:
            expected += text.chars[done : edit.start] + edit.chars
            done = edit.end
        expected += text.chars[done:]
        try:
            edited = text.edit(edits)
        except ValueError:
            continue  # it would merge characters that are apart in the raw document
        text = edited
        assert text.chars == expected
        assert_aligned(text)


@given(st.data(), CHARS)
def test_kept_and_cut_add_up_to_the_raw_document(data: st.DataObject, raw: str) -> None:
    page = Page(RawDocument("0" * 16, "p", None, None, "text/plain", None, raw), Text.of(raw))
    for _ in range(3):
        page = page.cut(data.draw(spans(len(page.text))), "other", "test")
    kept = covered(page.text.raw_spans())
    gone = covered([(removal.raw_start, removal.raw_end) for removal in page.removals])
    assert sorted(kept + gone) == list(range(len(raw)))
    assert page.text.chars == "".join(raw[place] for place in kept)


@given(st.data(), CHARS)
def test_delete_is_an_edit_with_nothing(data: st.DataObject, raw: str) -> None:
    places = data.draw(spans(len(raw)))
    deleted = Text.of(raw).delete(places)
    edited = Text.of(raw).edit([Edit(a, b, "", Operation.KEEP) for a, b in places])
    assert (deleted.chars, deleted.start.tolist()) == (edited.chars, edited.start.tolist())


@given(st.data(), CHARS)
def test_slices_join_to_the_whole(data: st.DataObject, raw: str) -> None:
    cuts = [0, *sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=4))), len(raw)]
    text = Text.of(raw)
    whole = Text.concat(text[a:b] for a, b in pairwise(cuts))
    assert whole.chars == raw
    assert whole.start.tolist() == text.start.tolist()


@given(CHARS, CHARS)
def test_joined_text_keeps_each_part_s_places(first: str, second: str) -> None:
    raw = Text.of(first + second)
    moved = Text.join("\n", [raw[len(first) :], raw[: len(first)]])
    assert moved.chars == f"{second}\n{first}"
    assert_aligned(moved)
    assert covered(moved.raw_spans()) == list(range(len(first + second)))


@given(st.data(), CHARS)
def test_many_spans_at_once_are_those_of_each(data: st.DataObject, raw: str) -> None:
    text = Text.of(raw).delete(data.draw(spans(len(raw))))
    text = text.edit([Edit(a, b, "" if b > a else "新", Operation.JOIN) for a, b in data.draw(spans(len(text)))])
    places = data.draw(spans(len(text))) * MANY  # as many as take the other way
    singly = [text.raw_spans(*place) for place in places]
    assert text.each_raw_spans(places) == singly
    hulls = zip(*text.raw_hulls([start for start, _ in places], [end for _, end in places]), strict=True)
    assert [hull if hull[0] < hull[1] else None for hull in hulls] == [
        (own[0][0], own[-1][1]) if own else None for own in singly
    ]


@given(st.data(), CHARS)
def test_many_spans_of_a_text_out_of_order(data: st.DataObject, raw: str) -> None:
    cut = data.draw(st.integers(0, len(raw)))
    text = Text.concat([Text.of(raw)[cut:], Text.of(raw)[:cut]])
    places = data.draw(spans(len(text))) * MANY
    assert text.each_raw_spans(places) == [text.raw_spans(*place) for place in places]


def test_recode_marks_only_what_changed() -> None:
    text = Text.of("社會工作").recode("社会工作", Operation.SCRIPT)
    assert text.operation.tolist() == [0, 1, 0, 0]
    with pytest.raises(ValueError, match="4 characters"):
        text.recode("社", Operation.SCRIPT)


def test_an_edit_that_merges_takes_all_raw_characters() -> None:
    text = Text.of("a&amp;b").edit([Edit(1, 6, "&", Operation.REPAIR)])
    assert (text.chars, text.raw_spans(1, 2)) == ("a&b", [(1, 6)])


def test_an_edit_that_grows_puts_the_surplus_behind() -> None:
    text = Text.of("a…b").edit([Edit(1, 2, "……", Operation.WIDTH)])
    assert list(zip(text.start.tolist(), text.end.tolist(), strict=True)) == [(0, 1), (1, 2), (2, 2), (2, 3)]


def test_an_edit_by_join_deletes_and_inserts() -> None:
    text = Text.of("a<p>b").edit([Edit(1, 4, "\n", Operation.JOIN)])
    assert (text.chars, text.start.tolist(), text.end.tolist()) == ("a\nb", [0, -1, 4], [1, -1, 5])


@pytest.mark.parametrize("edits", [[(2, 1)], [(1, 3), (2, 4)], [(3, 9)]])
def test_bad_edits_are_refused(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Text.of("社會工作").edit([Edit(a, b, "x", Operation.REPAIR) for a, b in edits])
    with pytest.raises(ValueError, match="overlaps"):
        Text.of("社會工作").delete(edits)


def test_strip_drops_white_space_at_the_ends() -> None:
    assert str(Text.of("\u3000 社工 \n").strip()) == "社工"
    assert len(Text.of(" \n").strip()) == 0


def test_code_points_count_characters_beyond_the_first_plane_once() -> None:
    assert code_points("a𠮷\ud800").tolist() == [0x61, 0x20BB7, 0xD800]
