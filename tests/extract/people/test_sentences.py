"""People and organizations of short made-up sentences, whose answers were fixed before the code saw them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.extract.organizations.mentions import find_organizations
from flows.extract.people.find import find_people
from flows.extract.words.reading import Reading

SENTENCES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


def found(text: str) -> tuple[set[str], set[str]]:
    organizations = find_organizations(Reading(text))
    return {row["name"] for row in find_people(Reading(text))}, {row["name"] for row in organizations}


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["text"][:12])
def test_each_sentence(sentence: dict[str, Any]) -> None:
    people, organizations = found(sentence["text"])
    wanted = {*sentence.get("people", ()), *sentence.get("organizations", ())}
    assert sorted((people | organizations) ^ wanted) == sentence.get("misses", [])


def test_precision_and_recall_over_all() -> None:
    for number, key, precision, recall in ((0, "people", 0.98, 0.93), (1, "organizations", 0.95, 0.97)):
        right = surplus = missed = 0
        for sentence in SENTENCES:
            names, wanted = found(sentence["text"])[number], set(sentence.get(key, ()))
            right, surplus, missed = (
                right + len(names & wanted),
                surplus + len(names - wanted),
                missed + len(wanted - names),
            )
        assert right / (right + surplus) >= precision, key
        assert right / (right + missed) >= recall, key
