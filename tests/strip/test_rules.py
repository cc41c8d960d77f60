"""Every rule takes its `take` examples and leaves its `leave` examples."""

import re

import pytest

from flows.patterns import Rule
from flows.strip.lines import rule_form
from flows.strip.rules import rule_book

HAN = re.compile("[\u4e00-\u9fff]")

RULES = [rule for rule in rule_book().rules.values() if rule.line or rule.head or rule.part]


def takes(rule: Rule, example: str) -> bool:
    form = rule_form(example)
    return any(rule.parts(form)) if rule.part else rule.matches(form)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_takes_and_leaves_its_examples(rule: Rule) -> None:
    assert rule.take, "a rule needs an example of what it takes"
    assert rule.leave, "a rule needs an example of what it must leave"
    assert [example for example in rule.take if not takes(rule, example)] == []
    assert [example for example in rule.leave if takes(rule, example)] == []


@pytest.mark.parametrize("rule", rule_book().rules.values(), ids=lambda rule: rule.id)
def test_a_rule_tells_its_reason_in_both_languages(rule: Rule) -> None:
    assert rule.why_zh
    assert HAN.search(rule.why_zh)
    assert not HAN.search(rule.why)


HOSTILE = [
    "中",
    "a",
    "1",
    " ",
    "-",
    "·",
    "|",
    ">",
    "/",
    "[",
    "“",
    "1 ",
    "中 ",
    "1/",
    "打印",
    "首页",
    "字号",
    "2023-01-01",
    "12:30",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_rule_runs_away_on_a_long_line(rule: Rule) -> None:
    """A pattern that tries every way to split a run of one character would not come back from these."""
    for cue in ("", *sorted(rule.literals)[:3]):
        for run in HOSTILE:
            form = (cue + run * 2_000)[:2_000] + "!!"
            rule.matches(form)
            list(rule.parts(form))
            rule.goes_on(form)
