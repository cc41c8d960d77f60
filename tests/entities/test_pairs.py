"""Names of bodies and persons told apart: pairs of mentions over articles that were labelled by hand."""

from __future__ import annotations

import hashlib
from itertools import combinations

from flows.clean import clean
from flows.document import RawDocument, Row, Tables
from flows.state import PROJECT
from flows.yaml_files import read_yaml

PAGES = read_yaml(PROJECT / "tests" / "entities" / "pairs.yaml")
LEAST = 0.95


def cleaned(page: Row) -> Tables:
    text = f"{page['title']}\n\n{page['text']}\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return clean(RawDocument(digest[:16], "page.txt", digest, len(text.encode()), "text/plain", "utf-8", text))


def mentions() -> list[tuple[str, str | None, str]]:
    """Of each labelled name what it means, the id that the rows give it, and the name."""
    found = []
    for page in PAGES:
        tables = cleaned(page)
        ids = {row["name"]: row["organization_id"] for row in tables["organizations"]}
        ids |= {row["organization"]: row["organization_id"] for row in tables["people"] if row["organization"]}
        ids |= {row["name"]: row["person_id"] for row in tables["people"]}
        for name, meaning in page["means"].items():
            known = [full for full in ids if full == name or full.endswith(name)]
            found.append((meaning, ids[min(known, key=len)] if known else None, name))
    return found


def test_pairs_of_names_are_told_apart() -> None:
    assert len(PAGES) >= 60
    right = said = meant = 0
    for (one, one_id, _), (other, other_id, _) in combinations(mentions(), 2):
        same, together = one == other, one_id is not None and one_id == other_id
        right, said, meant = right + (same and together), said + together, meant + same
    precision, recall = right / said, right / meant
    assert 2 * precision * recall / (precision + recall) >= LEAST, (precision, recall)
    assert precision >= LEAST
