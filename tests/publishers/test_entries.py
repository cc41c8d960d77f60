"""A mistake in a profile is an error that names the file and the key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from flows.errors import SchemaError
from flows.publishers.entries import read_profile
from tests.publishers.profiles import RULE, known, profile, written

DAY = dt.date(2025, 1, 1)


def test_a_profile_of_the_least_is_read(tmp_path: Path) -> None:
    found = profile(tmp_path)
    assert (found.name, found.hosts, found.rules, found.has_dates) == ("qinghe网", ("qinghe.example",), (), False)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"names": None}, "lacks names"),
        ({"names": {"zh": "青禾网"}}, "names lacks en"),
        ({"nickname": "青"}, "has nickname, which is unknown"),
        ({"id": "other"}, "they must agree"),
        ({"hosts": ["http://qinghe.example/"]}, "hosts is 'http://qinghe.example/'"),
        ({"hosts": "qinghe.example"}, "hosts is no list"),
        ({"hosts": []}, "no page could ever be recognised"),
        ({"recognise": {"any": ["版权所有：青禾网"]}}, "recognise.any"),
        ({"recognise": {"any": ["青"]}}, "recognise.any"),
        ({"rights": {"default": "free", "why": "x"}}, "rights.default is 'free'"),
        ({"rights": {"default": "open"}}, "rights lacks why"),
        ({"rules": [{**RULE, "kind": "noise"}]}, "rules[0].kind is 'noise'"),
        ({"rules": [{**RULE, "line": "("}]}, "rules[0]: "),
        ({"rules": [{**RULE, "line": None}]}, "rules[0] needs one of line, head and part"),
        ({"rules": [{**RULE, "place": "left"}]}, "rules[0].place is 'left'"),
        ({"rules": [{**RULE, "leave": []}]}, "rules[0].leave is empty"),
        ({"rules": [{**RULE, "lines": "x"}]}, "unknown ['lines']"),
        ({"rules": [RULE, RULE]}, "the id qinghe.hotline stands twice"),
        ({"rules": [{**RULE, "from": "spring"}]}, "rules[0].from is 'spring'"),
        ({"rules": [{**RULE, "from": DAY, "until": DAY - dt.timedelta(1)}]}, "is before from"),
        ({"canary": {"dates": 1}}, "canary has dates"),
        ({"canary": {"date": 80}}, "canary.date is 80; it must be between 0 and 1"),
        ({"canary": {"pages": 0.5}}, "canary.pages is 0.5, which is no number"),
        ({"fixture": {"file": "gone.html", "articles": [{}]}}, "there is no such page"),
        ({"fixture": {"file": "../x.txt", "articles": [{}]}}, "there is no such page"),
        ({"fixture": {"file": "qinghe.txt", "articles": [{"title": "题"}]}}, "fixture.articles[0] lacks begins, ends"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    if changed.get("rules", [{}])[0].get("line", "") is None:
        changed["rules"][0].pop("line")
    with pytest.raises(SchemaError) as refused:
        profile(tmp_path, **changed)
    assert told in str(refused.value)
    assert str(refused.value).startswith(str(tmp_path / "qinghe.yaml"))
    assert "“A publisher”" in str(refused.value)


@pytest.mark.parametrize("text", ["- a\n- b\n", "", "id: [", "id: !!python/object:os.system x"])
def test_what_is_no_profile_at_all_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(SchemaError):
        read_profile(written(tmp_path, text))


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        ({"hosts": ["a.example"]}, "the host a.example"),
        ({"aliases": ["甲 报"]}, "the name 甲报"),
        ({"recognise": {"any": ["甲報版權所有"]}}, "the cue 甲报版权所有"),
    ],
)
def test_two_profiles_that_share_something_are_told(tmp_path: Path, shared: dict[str, Any], told: str) -> None:
    with pytest.raises(SchemaError, match=told):
        known(profile(tmp_path, "one", **shared), profile(tmp_path, "two", **shared))


def test_a_rule_holds_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    later = DAY + dt.timedelta(9)
    (dated,) = profile(tmp_path, rules=[{**RULE, "from": DAY, "until": later}]).rules
    assert [dated.holds_on(day) for day in (DAY, later)] == [True, True]
    assert [dated.holds_on(day) for day in (DAY - dt.timedelta(1), later + dt.timedelta(1), None)] == [False] * 3


def test_a_rule_without_days_always_holds(tmp_path: Path) -> None:
    (dated,) = profile(tmp_path, rules=[RULE]).rules
    assert dated.holds_on(None)
