"""Runs: the alignment of texts, compressed, and nothing of it lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.lineage import find_runs
from flows.text import NOWHERE, Edit, Operation, Text

TEXTS = st.lists(
    st.builds(
        lambda raw, cut, edit: Text.concat([Text.of(raw).delete(cut).edit(edit), Text.inserted("++"), Text.of("")]),
        st.just("社工服务站开展活动"),
        st.sampled_from([[], [(0, 1)], [(2, 4)], [(1, 2), (5, 6)]]),
        st.sampled_from(
            [
                [],
                [Edit(0, 1, "新", Operation.SCRIPT)],
                [Edit(1, 1, "新", Operation.JOIN), Edit(2, 3, "abc", Operation.REPAIR)],
            ]
        ),
    )
    | st.builds(Text.of, st.sampled_from(["", "社", "社工"])),
    max_size=4,
)


@given(TEXTS)
def test_runs_spell_out_the_alignment(texts: list[Text]) -> None:
    at = [0] * len(texts)
    for owner, start, end, raw_start, raw_end, operation in zip(
        *(column.tolist() for column in find_runs(texts)), strict=True
    ):
        text = texts[owner]
        assert start == at[owner] < end
        assert (text.operation[start:end] == operation).all()
        if raw_start == NOWHERE:
            assert (text.start[start:end] == NOWHERE).all()
        else:
            assert (text.start[start], text.end[end - 1]) == (raw_start, raw_end)
            assert end - start in (1, raw_end - raw_start)
        at[owner] = end
    assert at == [len(text) for text in texts]


def test_a_text_that_nothing_was_done_to_is_one_run() -> None:
    texts = [Text.of("社工"), Text.of(""), Text.of("服务站")]
    assert [column.tolist() for column in find_runs(texts)] == [[0, 2], [0, 0], [2, 3], [0, 0], [2, 3], [0, 0]]
