"""Tries a profile on its fixture and its rules on their examples: adding a publisher adds its tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from flows.clean import clean
from flows.document import Origin, RawDocument, Row
from flows.extract.dates.stamps import CHINA
from flows.patterns import Rule
from flows.publishers.profile import Expected, Fixture, Profile
from flows.read.reader import read_bytes
from flows.strip.lines import rule_form


def differences(profile: Profile) -> Iterator[str]:
    """A sentence for everything in which the fixture's rows are not what the profile expects."""
    fixture = profile.fixture
    tables = clean(page_of(fixture))
    (document,), articles = tables["documents"], tables["articles"]
    yield from _unlike("publisher", document["publisher"], profile.name)
    if fixture.rights is not None:
        yield from _unlike("rights", document["rights"], fixture.rights)
    if document["reason"] is not None:
        yield f"the page is rejected: {document['reason']}"
    yield from _unlike("number of articles", len(articles), len(fixture.articles))
    for row, expected in zip(articles, fixture.articles, strict=False):
        yield from _article(row, expected)
    for words in fixture.absent:
        yield from (f"article {row['position']} holds {words!r}" for row in articles if words in row["text"])


def page_of(fixture: Fixture) -> RawDocument:
    """The fixture as a raw document that came from its address on its day, if it has them."""
    fetched = None if fixture.fetched is None else datetime.combine(fixture.fetched, time(12), CHINA)
    origin = Origin(url=fixture.url, fetched_at=fetched)
    return read_bytes(fixture.path.read_bytes(), fixture.path.name, origin)


def _article(row: Row, expected: Expected) -> Iterator[str]:
    name = f"article {row['position']}"
    yield from _unlike(f"{name}: title", row["title"], expected.title)
    if expected.date is not None:
        yield from _unlike(f"{name}: date", row["published_date"], expected.date)
    if expected.source is not None:
        yield from _unlike(f"{name}: source", row["source"], expected.source)
    if expected.authors is not None:
        yield from _unlike(f"{name}: authors", row["authors"], list(expected.authors))
    yield from _unlike(f"{name}: first words", row["text"][: len(expected.begins)], expected.begins)
    yield from _unlike(f"{name}: last words", row["text"][-len(expected.ends) :], expected.ends)


def _unlike(what: str, is_: object, should: object) -> Iterator[str]:
    if is_ != should:
        yield f"{what} is {is_!r}, expected {should!r}"


def wrong_examples(rule: Rule) -> Iterator[str]:
    """A sentence for every line that the rule must take and leaves, or must leave and takes."""
    yield from (f"{rule.id} must take {line!r}" for line in rule.take if not takes(rule, line))
    yield from (f"{rule.id} must leave {line!r}" for line in rule.leave if takes(rule, line))


def takes(rule: Rule, line: str) -> bool:
    """Whether a rule takes a line, or a part of it, wherever it stands on the page."""
    form = rule_form(line)
    return any(rule.parts(form)) if rule.part else rule.matches(form)
