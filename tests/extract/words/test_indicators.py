"""Indicators: the words read off their patterns, of which a sentence holds one where a pattern fits."""

from __future__ import annotations

import re

import pytest

from flows.extract.statistics.find import find_statistics
from flows.extract.words.indicators import Indicator, Pattern, indicators
from flows.extract.words.reading import Reading
from flows.trial.alternatives import alternatives


def texts(side: re.Pattern[str] | None) -> list[str]:
    """One text for each alternative of one side of a pattern."""
    pattern = side.pattern.removesuffix("$") if side else None
    return [one.text for one in alternatives(pattern, characters=True)] if pattern else [""]


@pytest.mark.parametrize("indicator", indicators().values(), ids=lambda one: one.id)
def test_where_a_pattern_fits_stands_one_of_its_literals(indicator: Indicator) -> None:
    for pattern in indicator.patterns:
        before, after = texts(pattern.before), texts(pattern.after)
        around = [*((one, after[0]) for one in before), *((before[0], one) for one in after)]
        held = [pair for pair in around if any(word in side for word in pattern.literals for side in pair)]
        assert held == around


def test_the_verb_before_a_list_is_no_part_of_the_words_looked_for() -> None:
    """慰问老人 stands nowhere in a list where the verb is said once."""
    rows = find_statistics(Reading("全年慰问困难家庭1200户、老人3400人。社工站开展活动。"))
    assert {(row["indicator"], row["value"]) for row in rows} >= {("elderly_served", 3400)}


def test_a_pattern_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="names no words"):
        _ = Pattern(re.compile(r"(?:[^，]{2})$"), None).literals


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("云溪区现有敬老院12家，由民政部门主管。", "elderly_care_institutions", 12),
        ("青禾社工开展社工骨干班12期。", "training_sessions", 12),
        (
            "嘉禾市给予一次性资助：助理社会工作师1500元、社会工作师3000元、高级社会工作师6000元。",
            "subsidy_amount",
            3000,
        ),
    ],
)
def test_what_no_list_of_words_named_is_read(text: str, indicator: str, value: int) -> None:
    assert (indicator, value) in {(row["indicator"], row["value"]) for row in find_statistics(Reading(text))}
