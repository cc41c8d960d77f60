"""The worked questions of the card, pasted and run in the folder of a real release."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def answers(a_release: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The table that each question ends with; its chart is checked against the schema of Vega-Lite on the way."""
    monkeypatch.chdir(a_release)
    section = (a_release / "README.md").read_text(encoding="utf-8").split("## 例题")[1].split("\n## ")[0]
    found = []
    for code in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
        names: dict[str, Any] = {}
        exec(code, names)
        assert names["chart"].to_dict(validate=True)["mark"]
        found.append(names["answer"])
    return found


def test_the_questions_have_the_answers_of_the_five_documents(answers: list[Any]) -> None:
    licensed, subsidies, hosts, people, _ = answers
    rows = {(row.place, row.year): row.value for row in licensed.itertuples(index=False)}
    assert [value for (place, year), value in rows.items() if "闵行" in place and year == "2016"] == [1200]
    assert [value for (place, _), value in rows.items() if place.startswith("福建")] == [38000]
    highest = subsidies.set_index("city")["amount"].to_dict()
    assert highest == {"320600": 3000, "469000": 10000, "510600": 2000, "652900": 2000}
    assert hosts.set_index("host")["events"]["沈阳市民政局"] == 1
    assert people["articles"].max() >= 1
