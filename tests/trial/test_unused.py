"""No new alternative is written that nothing reaches."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
import yaml

from flows.read import read
from flows.score.gold import project_sets
from flows.state import PROJECT
from flows.strip.rules import make_rule
from flows.trial import unused
from flows.trial.alternatives import alternatives, sample
from flows.trial.unused import texts_of, unreached

KNOWN = yaml.safe_load(Path(__file__).with_name("dead.yaml").read_text("utf-8"))


def beyond(dead: Counter[str], known: dict[str, int]) -> dict[str, int]:
    return {owner: count for owner, count in dead.items() if count > known.get(owner, 0)}


def test_each_new_alternative_has_a_page_or_an_example_that_reaches_it() -> None:
    gold = (read(page.raw, page.raw.parent) for one in project_sets() for page in one.pages)
    raw = (read(path, PROJECT / "raw") for path in sorted((PROJECT / "raw").glob("*.txt")))
    dead = Counter(one.owner for one in unreached(*texts_of(chain(gold, raw))))
    assert beyond(dead, KNOWN["never seen"]) == {}, "shegong rules --unused shows them"


RULE = {"id": "notice", "kind": "copyright", "why": "a notice", "line": "版权所有|保留所有权利|(?:侵权|盗用)必究"}


def test_an_alternative_that_nothing_reaches_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = make_rule(RULE)
    monkeypatch.setattr(unused, "rule_book", lambda: type("Book", (), {"rules": {"notice": rule}}))
    monkeypatch.setattr(unused, "load_vocabulary", lambda _: {"indicators": [], "phrases": {}})
    assert [one.choice for one in unreached(["版权所有"], [])] == ["保留所有权利", "侵权", "盗用"]


@pytest.mark.parametrize(
    ("pattern", "choices"),
    [
        ("甲|乙", ["甲", "乙"]),
        ("(?:甲|(?:乙|丙)丁)戊?", ["甲", "乙", "丙"]),
        ("(?:甲|乙){0,3}丙", ["甲", "乙"]),
        ("甲乙", [""]),
    ],
)
def test_each_choice_of_each_branch_is_an_alternative(pattern: str, choices: list[str]) -> None:
    found = alternatives(pattern, characters=True)
    assert [one.choice for one in found] == choices
    assert all(one.pattern.fullmatch(one.text) for one in found)


@pytest.mark.parametrize("pattern", [r"[^。]{2}甲\d{2,3}", r"(甲|乙乙)[一-丁]\s", r"(?=甲)[^\W]乙*", r".[^甲]"])
def test_a_sample_matches(pattern: str) -> None:
    assert re.fullmatch(pattern.replace("(?=甲)", ""), sample(re._parser.parse(pattern)))
