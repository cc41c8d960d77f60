"""The worked questions of the card have the right answers on a corpus whose answers are known."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.entities.corpus import CITIES, LICENSED, RIVAL, stories, tables
from tests.publish.releases import build


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("known"), len(list(stories())), tables=tables())


@pytest.fixture
def answers(release: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.chdir(release)
    section = (release / "README.md").read_text(encoding="utf-8").split("## 例题")[1].split("\n## ")[0]
    found = []
    for code in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
        names: dict[str, Any] = {}
        exec(code, names)
        names["chart"].to_dict(validate=True)
        found.append(names["answer"])
    return found


def test_the_answers_are_those_that_the_corpus_was_made_with(answers: list[Any]) -> None:
    licensed, _, hosts, people, conflicts = answers
    by_city = dict(zip(licensed["place"].str[3:], licensed["value"], strict=True))
    assert {city: by_city[city] for city in ("苏州市", "洛阳市")} == {
        city: LICENSED[city] for city in ("苏州市", "洛阳市")
    }
    events = dict(zip(hosts["host"], hosts["events"], strict=True))
    told = {f"{city}民政局": count for city, count in CITIES.items()}
    assert events == told | {"洛阳市民政局": CITIES["洛阳市"] + 1}  # the festival of three papers is one event
    heads = people[people["name"] == "张志华"]
    assert len(heads) == len(CITIES)  # namesakes in five cities
    assert heads["articles"].max() == CITIES["洛阳市"] + 3
    assert "王立强" not in set(people["name"])  # told of on no page about social work
    assert conflicts[["region", "low", "high"]].values.tolist() == [["320600", LICENSED["南通市"], RIVAL]]
