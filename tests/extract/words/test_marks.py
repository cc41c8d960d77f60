from hypothesis import given
from hypothesis import strategies as st

from flows.extract.words.marks import behind_last

MARKS = "，。]^-\n"
TEXTS = st.text(alphabet=MARKS + "社工 ", max_size=40)
PLACES = st.integers(0, 45)


@given(TEXTS, PLACES, PLACES)
def test_the_part_behind_the_last_mark_begins_where_a_look_at_each_mark_finds_it(text: str, a: int, b: int) -> None:
    place = behind_last(MARKS)
    assert place(text, a, b) == max(text.rfind(mark, a, b) for mark in MARKS) + 1
    assert place(text) == max(text.rfind(mark) for mark in MARKS) + 1
