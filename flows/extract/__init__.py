"""Extracting: what an article states, as rows whose evidence is a span of its text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.document import UNSTATED, Article, Row, Stated
from flows.extract.citations import find_citations
from flows.extract.events.find import read_events
from flows.extract.events.hosts import name_in_full
from flows.extract.organizations.mentions import organizations_of
from flows.extract.page.edges import UNTOLD, PageEdges, with_edges
from flows.extract.page.metadata import Metadata, read_metadata
from flows.extract.page.source import heads_story, issuers
from flows.extract.page.stated import complete
from flows.extract.people.find import find_people
from flows.extract.regions.beside import of_own_city, region_beside
from flows.extract.regions.of_article import OfArticle, article_region
from flows.extract.statistics.find import find_statistics
from flows.extract.statistics.tables import find_tabled
from flows.extract.themes import find_themes
from flows.extract.topic import find_topic, is_on_topic
from flows.extract.words.gazetteer import Region
from flows.extract.words.indicators import is_plausible
from flows.extract.words.reading import Reading


@dataclass(frozen=True, slots=True)
class Facts:
    """What one article states. `tables` holds rows without article_id; `flags` tell a maintainer what looks wrong:
    "implausible:<indicator>" for a figure outside its indicator's plausible range."""

    metadata: Metadata
    region: Region | None
    region_basis: str | None
    tables: dict[str, list[Row]]
    on_topic: bool
    flags: tuple[str, ...] = ()


def extract_facts(
    article: Article, stated: Stated = UNSTATED, edges: PageEdges = UNTOLD, publisher: str | None = None
) -> Facts:
    """All facts of an article: from its text, and from the lines that were stripped around it.

    `stated` is what the page states of itself beside its visible text; it counts where that says nothing; `edges` is
    what the page's head and foot say of all its articles, and `publisher` the page's.
    """
    reading = Reading(article.text.chars, article.title.chars if article.title is not None else "")
    metadata = read_metadata([(note.kind, note.chars) for note in article.notes], reading.title, reading.text)
    metadata = complete(with_edges(metadata, edges), stated)
    if metadata.source is None and publisher and heads_story(publisher, [note.chars for note in article.notes]):
        metadata = replace(metadata, source=publisher)
    region, basis = _region(article, reading, [name for name in (metadata.source, publisher) if name])
    reading = replace(reading, day=metadata.published_date, region=region.code if region is not None else None)
    events, attended = read_events(reading)
    name_in_full(events, reading)
    statistics = find_statistics(reading, attended)
    statistics += find_tabled(reading, statistics)
    tables = {
        "people": find_people(reading),
        "organizations": organizations_of(reading),
        "events": events,
        "statistics": statistics,
        "citations": find_citations(reading),
        "themes": [*find_themes(reading), *find_topic(reading)],
    }
    flags = sorted({f"implausible:{row['indicator']}" for row in statistics if not is_plausible(row)})
    return Facts(metadata, region, basis, tables, is_on_topic(reading), tuple(flags))


def _region(article: Article, reading: Reading, names: list[str]) -> OfArticle:
    """The region of an article: by its title and text, else by its subtitle, else by what stands beside it; `names` are
    those of its source and publisher."""
    found = article_region(reading)
    if found.basis != "title" and article.subtitle is not None:
        below = article_region(replace(reading, title=f"{reading.title} {article.subtitle.chars}"))
        found = below if below.basis == "title" else found
    if found.region is None:
        names = [*names, *issuers([note.chars for note in article.notes])]
        datelines = "".join(note.chars for note in article.notes if note.kind == "dateline")
        return region_beside(reading, datelines, names)
    return of_own_city(reading, found, names)
