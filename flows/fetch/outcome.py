"""What came of a run, by source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from flows.errors import ShegongError
from flows.terminal.safe import safe

OUTCOMES = ("new", "changed", "copy", "unchanged", "known", "gone", "refused", "failed", "left")
"""What becomes of a page. new, changed: stored. copy: another address gave the same bytes before. unchanged: asked
for again, and the same. known: held, and not asked for. gone: status 404 or 410. refused: by robots.txt, or we may not
go there. failed: no answer to use. left: for the next run."""

COUNTED = frozenset({"known", "unchanged", "left"})
"""Those whose addresses are not listed."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source in one run. `pages` are (outcome, address, why) of all pages but those that are merely counted.
    `problem` says why nothing could be fetched; `note` why pages were left."""

    name: str
    counts: dict[str, int]
    pages: tuple[tuple[str, str, str], ...] = ()
    archives: tuple[str, ...] = ()
    problem: str | None = None
    note: str | None = None


def broken(name: str, error: object) -> SourceReport:
    """The report of a source whose run ended with an error of ours, or of the disk."""
    return SourceReport(name, dict.fromkeys(OUTCOMES, 0), problem=f"{type(error).__name__}: {error}")


@dataclass(slots=True)
class Tally:
    """Counts while a source is being fetched."""

    counts: Counter[str] = field(default_factory=Counter)
    pages: list[tuple[str, str, str]] = field(default_factory=list)
    in_a_row: int = 0
    """Failures since the last answer."""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    resting: dict[str, str] = field(default_factory=dict)
    """Hosts that cannot be asked any more in this run, and why."""

    def add(self, outcome: str, url: str, why: str = "") -> None:
        """One page."""
        self.counts[outcome] += 1
        if outcome not in COUNTED:
            self.pages.append((outcome, url, why))

    def report(self, name: str, archives: Iterable[str]) -> SourceReport:
        """The whole. It is a problem, too, if pages are due and no host could be asked for any."""
        tried = {outcome for outcome in self.counts.keys() - {"known", "left", "refused"} if self.counts[outcome]}
        problems, notes = list(self.problems), list(self.notes)
        if not problems and tried == {"failed"}:
            why = next(why for outcome, _, why in reversed(self.pages) if outcome == "failed")
            problems.append(f"none of {self.counts['failed']} pages could be fetched: {why}")
        elif not problems and not tried and self.counts["left"]:
            problems += self.resting.values()
        notes += (why for why in self.resting.values() if why not in problems)
        counts = {outcome: self.counts[outcome] for outcome in OUTCOMES}
        said = ("; ".join(texts) or None for texts in (problems, notes))
        return SourceReport(name, counts, tuple(self.pages), tuple(archives), *said)


@dataclass(frozen=True, slots=True)
class RunReport:
    """All sources of a run, in the order of sources.yaml. Times are UTC."""

    started_at: str
    ended_at: str
    sources: tuple[SourceReport, ...]

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources from which nothing could be fetched."""
        return tuple(source for source in self.sources if source.problem)

    def rows(self) -> list[dict[str, Any]]:
        """A row a source, for a table."""
        rows = []
        for source in self.sources:
            said = "; ".join(text for text in (source.problem, source.note) if text)
            rows.append({"source": source.name, **source.counts, "note": said})
        return rows

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self)


class CollectError(ShegongError):
    """From some sources nothing could be fetched."""

    exit_status = 1

    def __init__(self, report: RunReport, path: Path) -> None:
        said = "; ".join(safe(f"{source.name}: {source.problem}") for source in report.failed)
        problem = f"nothing could be fetched from {len(report.failed)} of {len(report.sources)} sources: {said}."
        super().__init__("sources_failed", problem, "What the others gave is kept; the next run tries again.", path)

    def __reduce__(self) -> tuple[type[ShegongError], tuple[str, str, str, str | None]]:
        return ShegongError, (self.code, self.problem, self.remedy, self.path)


def table(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Rows as lines for a terminal: numbers to the right, in columns."""
    names = list(rows[0]) if rows else []
    cells = [names, *([safe(str(row[name])) for name in names] for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(names))]
    lines = []
    for line in cells:
        first, *numbers, last = line
        middle = "  ".join(cell.rjust(width) for cell, width in zip(numbers, widths[1:-1], strict=True))
        lines.append(f"{first.ljust(widths[0])}  {middle}  {last}".rstrip())
    return lines
