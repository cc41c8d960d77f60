"""Bodies and people of passages whose names were fixed before any code was run on them (`passages.yaml`)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from flows.extract.organizations.mentions import organizations_of
from flows.extract.people.find import find_people
from flows.extract.words.reading import Reading

FINDERS = {"organizations": organizations_of, "people": find_people}


@pytest.mark.parametrize(("kind", "precision", "recall"), [("organizations", 0.97, 0.94), ("people", 0.97, 0.9)])
def test_names_of_passages(kind: str, precision: float, recall: float) -> None:
    """What may be named or not counts for nothing, found or missed."""
    count: Counter[str] = Counter()
    wrong: list[str] = []
    for passage in yaml.safe_load(Path(__file__).with_name("passages.yaml").read_text(encoding="utf-8")):
        wanted, either = set(passage.get(kind, ())), set(passage.get("either", ()))
        found = {row["name"] for row in FINDERS[kind](Reading(passage["text"]))} - (either - wanted)
        count.update(wanted=len(wanted), found=len(found), right=len(found & wanted))
        wrong += [f"-{name}" for name in wanted - found] + [f"+{name}" for name in found - wanted]
    assert count["right"] >= precision * count["found"], wrong
    assert count["right"] >= recall * count["wanted"], wrong
