"""Articles that name one entity under several ids: counted once for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from flows.entities.gather import COLUMNS_OF_IDS, Part, issuers_told, rows_of


def repeats_told(part: Part, same: Mapping[str, str]) -> Counter[str]:
    """By entity how many times more the articles of a part were counted for it than there are, when the ids that they
    give are made those of `same`."""
    joined = {*same, *same.values()}
    ids: dict[str, set[str]] = defaultdict(set)
    for table, column in COLUMNS_OF_IDS:
        for article, entity in rows_of(part[table], "article_id", column):
            if entity in joined:
                ids[article].add(entity)
    for article, entity in issuers_told(part, ids.keys()):
        if entity in joined:
            ids[article].add(entity)
    surplus: Counter[str] = Counter()
    for found in ids.values():
        surplus.update({known: count - 1 for known, count in Counter(same.get(one, one) for one in found).items()})
    return +surplus
