"""Why a row is not as it was: the page, a decision, a rule, a vocabulary, or the code; nothing is left unexplained.

Takedowns are a cause too, but nothing is told of them but the document and the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.making import Remade
from flows.corpus import Arrow

CAUSES = ("page", "correction", "exception", "rule", "vocabulary", "code", "unexplained")
"""In the order in which a reader looks for them."""

ORIGIN = frozenset({"path", "url", "fetched_at", "record_id", "record_offset", "media_type"})
"""Columns of documents that say how the page came here."""

OF_OTHERS = frozenset(
    {"duplicate_of", "near_duplicate_of", "similarity", "supersedes", "suspicion", "suspicions", "status", "reason"}
)
"""Columns that depend on other documents too."""

NAMED = 12
"""Rules, vocabularies or files of code that a cause names."""


class Cause(NamedTuple):
    """A cause, and by name what of it: rules, vocabularies, files of code."""

    cause: str
    because: tuple[str, ...] = ()


PAGE = Cause("page")


class Reasons(NamedTuple):
    """What may have changed rows between two releases. `pages` says whether a document came, went or was replaced."""

    remade: Remade = Remade()
    pages: bool = True

    def of_whole(self) -> Cause:
        """Of what is made of all documents."""
        return PAGE if self.pages else self.of_all()

    def of_all(self) -> Cause:
        """What changed for every document."""
        remade = self.remade
        if remade.code:
            return Cause("code", (*remade.code, *remade.vocabularies)[:NAMED])
        if remade.vocabularies:
            return Cause("vocabulary", remade.vocabularies[:NAMED])
        if remade.rules:
            return Cause("rule", remade.rules[:NAMED])
        return PAGE if self.pages else Cause("unexplained")


UNKNOWN = Reasons()
"""Of two corpora of which nothing more is known."""


class Causes:
    """The causes of what changed in one part."""

    def __init__(self, old: Arrow, new: Arrow, reasons: Reasons) -> None:
        sides = [set(side["documents"]["document_id"].to_pylist()) for side in (old, new)]
        self._both, self._reasons = sides[0] & sides[1], reasons
        self._rules = _rules_at_work(old["removals"], new["removals"], reasons.remade.rules)

    def of(self, document_id: str | None, table: str = "", columns: Collection[str] = ()) -> Cause:
        """Of one row: the document that it belongs to, and the columns that differ; none for a row that is in one
        release only."""
        remade = self._reasons.remade
        if document_id is None:
            return self._reasons.of_whole()
        if document_id not in self._both:
            return PAGE
        if table == "documents" and (not columns or ORIGIN.issuperset(columns)):
            return PAGE  # the same bytes in another place, or brought here again
        if document_id in remade.corrected:
            return Cause("correction")
        if document_id in remade.excepted:
            return Cause("exception")
        if self._reasons.pages and columns and OF_OTHERS.issuperset(columns):
            return PAGE
        if document_id in self._rules:
            return Cause("rule", self._rules[document_id])
        return self._reasons.of_all()


def _rules_at_work(old: pa.Table, new: pa.Table, changed: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Documents to those of the changed rules that took something off them that they did not take before, or take no
    more."""
    taken = [_taken(table, changed) for table in (old, new)]
    found: dict[str, set[str]] = defaultdict(set)
    for document_id, rule, _, _ in taken[0] ^ taken[1]:
        found[document_id].add(rule)
    return {document_id: tuple(sorted(names))[:NAMED] for document_id, names in found.items()}


def _taken(removals: pa.Table, rules: Collection[str]) -> set[tuple[Any, ...]]:
    if not rules:
        return set()
    mine = removals.filter(pc.is_in(removals["rule"], value_set=pa.array(sorted(rules), pa.string())))
    columns = (mine[name].to_pylist() for name in ("document_id", "rule", "raw_start", "raw_end"))
    return set(zip(*columns, strict=True))


def counted(causes: Iterable[str]) -> dict[str, int]:
    """How many rows by cause, in the order of CAUSES."""
    found: dict[str, int] = defaultdict(int)
    for cause in causes:
        found[cause] += 1
    return in_order(found)


def in_order(counts: Mapping[str, int]) -> dict[str, int]:
    """The causes that there are, in the order of CAUSES."""
    return {name: counts[name] for name in CAUSES if counts.get(name)}
