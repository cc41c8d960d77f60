"""The facts of one article beside those of its answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from flows.document import Row, Tables
from flows.score.gold import fold
from flows.score.tally import Count, Tally

OTHER = "other"
"""The indicator of a figure that the vocabulary has no name for: as good as none."""

ROLES = ("guided_by", "hosted_by", "organized_by", "co_organized_by")
WITH_EVIDENCE = ("people", "organizations", "events", "statistics", "citations")
SUMMED = ("region", "national")
"""Whose figures may be summed."""
NO_BASIS = "null"
NEAR = ("clause", "list", "sentence")
"""Bases of a region that stand in the figure's own sentence."""
CLOSE = 1e-6
"""Two values are the same within this part of them."""
SHORT_NAME = 4
"""A name of so many characters may stand for a longer one that holds it."""


def compare_facts(gold: dict[str, Any], article: Row, tables: Tables, complete: bool, tally: Tally) -> None:
    """Adds the facts of an article: what its answer leaves out is not asked. `complete`: the answer lists all
    organizations, so that surplus ones are wrong."""
    rows = {
        name: [row for row in tables.get(name, []) if row["article_id"] == article["article_id"]]
        for name in WITH_EVIDENCE
    }
    _compare_evidence(rows, article["text"] or "", tally)
    if "organizations" in gold:
        _compare_organizations(gold["organizations"], rows["organizations"], complete, tally)
    for table, compare in (
        ("people", _compare_people),
        ("events", _compare_events),
        ("statistics", _compare_statistics),
        ("citations", _compare_citations),
    ):
        if table in gold:
            compare(gold[table], rows[table], tally)


def _compare_evidence(rows: Tables, text: str, tally: Tally) -> None:
    for name, found in rows.items():
        for row in found:
            said = fold(row.get("quote") or row.get("name") or row.get("title"))
            span = fold(text[row["start"] : row["end"]])
            good = bool(span) and (said in span or span in said)
            tally.add("evidence", Count(right=1) if good else Count(wrong=1), f"{name}: {said} at {span[:60]}")


def _compare_people(gold: Sequence[dict[str, Any]], rows: Sequence[Row], tally: Tally) -> None:
    got: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        got[fold(row["name"])] += row.get("titles") or []
    want = {fold(person["name"]): person for person in gold}
    for name in sorted(tally.sets("people", set(got), set(want))):
        titles = fold("、".join(got[name]))
        for title in want[name].get("titles") or ():
            found = Count(right=1) if fold(title) in titles else Count(missing=1)
            tally.add("people title", found, f"{name}: {title} is not in {got[name]}")


def _compare_organizations(gold: Sequence[str], rows: Sequence[Row], complete: bool, tally: Tally) -> None:
    got = {fold(row["name"]) for row in rows}
    for name in gold:
        found = any(fold(name) in one or (one in fold(name) and len(one) >= SHORT_NAME) for one in got)
        tally.add("organization found", Count(right=1) if found else Count(missing=1), name)
    if complete:
        tally.sets("organization", got, {fold(name) for name in gold})


def _compare_events(gold: Sequence[dict[str, Any]], rows: Sequence[Row], tally: Tally) -> None:
    used = set[int]()
    for event in gold:
        likeness = [_alike(event["name"], row["name"]) for row in rows]
        best = max(range(len(rows)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] <= 0.5:
            tally.add("event", Count(missing=1), event["name"])
            continue
        used.add(best)
        row, name = rows[best], event["name"]
        tally.add("event", Count(right=1))
        _compare_event(event, row, name, tally)
    for number, row in enumerate(rows):
        if number not in used:
            tally.add("event", Count(extra=1), str(row["name"]))


def _compare_event(gold: dict[str, Any], row: Row, name: str, tally: Tally) -> None:
    """One event that was found: those of its columns that its answer fixes."""
    if "start_date" in gold:
        day = row["start_date"] and str(row["start_date"])[:10]
        tally.value("event date", day, gold["start_date"], day == gold["start_date"], name)
    if gold.get("place"):
        tally.value("event place", row["place"], gold["place"], fold(gold["place"]) in fold(row["place"]), name)
    for column in ("region", "attendance"):
        if column in gold:
            tally.value(f"event {column}", row[column], gold[column], row[column] == gold[column], name)
    for key in ROLES:
        if key in gold:
            bodies, right = [sorted({fold(body) for body in one.get(key) or ()}) or None for one in (row, gold)]
            tally.value("event roles", bodies, right, bodies == right, f"{key}: {name}")


def _alike(one: object, other: object) -> float:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()


def _compare_statistics(gold: Sequence[dict[str, Any]], rows: Sequence[Row], tally: Tally) -> None:
    used = set[int]()
    for figure in gold:
        number = next((n for n, row in enumerate(rows) if n not in used and _is_of(row, figure)), None)
        tally.add("statistic value", Count(right=1) if number is not None else Count(missing=1), figure["quote"])
        if number is not None:
            used.add(number)
            whole = _compare_statistic(figure, rows[number], tally)
            _compare_sum(figure, rows[number], whole, tally)
        elif figure["indicator"] != OTHER:
            tally.add("statistic row", Count(missing=1), figure["quote"])
            if is_summed(figure):
                tally.add("statistic sum", Count(missing=1), figure["quote"])
    for number, row in enumerate(rows):
        if number not in used:
            tally.add("statistic value", Count(extra=1), f"{row['indicator']}: {row['quote']}")
            if row["indicator"] != OTHER:
                tally.add("statistic row", Count(extra=1), f"{row['indicator']}: {row['quote']}")
            for field in _fields_of_sum(row):
                tally.add(field, Count(extra=1), f"{row['indicator']}: {row['quote']}")


def _compare_statistic(gold: dict[str, Any], row: Row, tally: Tally) -> bool:
    """One figure that was found: its columns, each by itself, and the row of a named indicator as a whole. Gives
    whether that is right in value, unit, indicator, region and time."""
    quote = gold["quote"]
    named, name = (None if one["indicator"] == OTHER else one["indicator"] for one in (row, gold))
    right = tally.value("statistic indicator", named, name, named == name, quote)
    for column in ("unit", "region", "qualifier", "subject"):
        if column == "region" and gold.get("region_free"):
            continue
        if column in row and gold.get(column, "") != "":  # the answer says something of it, be it null
            same = tally.value(f"statistic {column}", row[column], gold[column], row[column] == gold[column], quote)
            right &= same or column not in ("unit", "region")
            if row.get(f"{column}_basis"):
                by = f"statistic {column} by {row[f'{column}_basis']}"
                tally.value(by, row[column], gold[column], row[column] == gold[column], quote)
    if "as_of" in gold:
        time, day = row["as_of"], gold["as_of"]
        same = str(time)[: len(day or "")] == day
        right &= tally.value("statistic as_of", time, day, same, quote)
        if row.get("as_of_basis"):
            tally.value(f"statistic as_of by {row['as_of_basis']}", time, day, same, quote)
    if named or name:
        found = f"{named} {row['unit']} {row['region']} {row['as_of']}"
        asked = f"{name} {gold.get('unit')} {gold.get('region')} {gold.get('as_of')}"
        for field in ("statistic row", *(["statistic row near"] if _is_near(row) else [])):
            tally.add(field, Count(right=1) if right else Count(wrong=1), f"{found} for {asked}: {quote}")
    return right


def _compare_sum(gold: dict[str, Any], row: Row, whole: bool, tally: Tally) -> None:
    """One figure that was found, as it adds to a sum over regions: its whole row, and that it may be summed."""
    summed, right = is_summed(gold), whole and is_summed(gold)
    for field in _fields_of_sum(row):
        tally.add(field, Count(right=1) if right else Count(wrong=1), f"{row['indicator']}: {gold['quote']}")
    if summed and not is_summed(row):
        tally.add("statistic sum", Count(missing=1), gold["quote"])


def is_summed(figure: Mapping[str, Any]) -> bool:
    """Whether a row or an answer is one of a named indicator that may be summed; an answer that does not say whose the
    figure is counts as one."""
    return figure["indicator"] not in (None, OTHER) and figure.get("subject", SUMMED[0]) in SUMMED


def _fields_of_sum(row: Row) -> Iterator[str]:
    """The fields that a row counts in that may be summed; none for another."""
    if is_summed(row):
        yield "statistic sum"
        if _is_near(row):
            yield "statistic sum near"
        yield f"statistic sum by {row.get('region_basis') or NO_BASIS}, {row.get('as_of_basis') or NO_BASIS}"


def _is_near(row: Row) -> bool:
    """Whether the region and the time of a figure stand with it."""
    return row.get("region_basis") in NEAR and row.get("as_of_basis") in (None, "stated")


def _is_of(row: Row, gold: dict[str, Any]) -> bool:
    """Whether a row's figure is the one of the answer: the same value, at the same words."""
    value, quote, words = row["value"], fold(row["quote"]), fold(gold["quote"])
    if value is None or abs(value - gold["value"]) >= CLOSE * max(1, abs(gold["value"])):
        return False
    if quote in words or words in quote:
        return True
    return SequenceMatcher(None, quote, words, autojunk=False).find_longest_match().size >= min(5, len(words))


def _compare_citations(gold: Sequence[dict[str, Any]], rows: Sequence[Row], tally: Tally) -> None:
    got = {fold(row["title"]).strip("《》"): row for row in rows}
    want = {fold(citation["title"]): citation for citation in gold}
    for title in sorted(tally.sets("citation", set(got), set(want))):
        for column in ("kind", "issuer"):
            if column in want[title]:
                have, asked = got[title][column], want[title][column]
                tally.value(f"citation {column}", have, asked, fold(have) == fold(asked), title)
