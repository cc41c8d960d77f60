"""Whether the day of an article stands on its page."""

from datetime import date

import pytest

from flows.validate.evidence import states_day

DAY = date(2024, 5, 6)


@pytest.mark.parametrize(
    "text",
    ["05-06 10:20", "2024年5月6日", "20240506", "五月六日", "May 6, 2024", "2024-05-05T22:20Z", "5/5 22:20 UTC"],
)
def test_a_day_that_is_stated(text: str) -> None:
    assert states_day(DAY, text)


@pytest.mark.parametrize("text", ["2024-05-05 22:20", "5月16日", "May 16, 2024", "2024-05-04T22:20:00Z", "Mar 6"])
def test_a_day_that_is_not(text: str) -> None:
    assert not states_day(DAY, text)
