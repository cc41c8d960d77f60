"""The pipeline of one document: raw text to articles, facts, removals and lineage, one step after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flows.decisions import Correction
from flows.decisions.corrections import correct
from flows.document import UNSTATED, Page, RawDocument, Tables
from flows.extract import extract_facts
from flows.extract.page.edges import read_page_edges
from flows.normalize import (
    fold_width,
    join_columns,
    mask_personal,
    remove_controls,
    remove_markup,
    repair_damage,
    to_simplified,
)
from flows.publishers import recognise_publisher
from flows.read.formats import PDF
from flows.rows import document_rows
from flows.segment import split_articles
from flows.strip import strip_boilerplate
from flows.text import Text

STEPS: tuple[Callable[[Page], Page], ...] = (
    repair_damage,  # pinyin damage with its annotations, mojibake
    remove_controls,  # invisible and control characters, entities
    remove_markup,  # tags left in the text
    to_simplified,  # Traditional passages only
    fold_width,  # one width for letters, digits and punctuation
    join_columns,  # lines that only a column's width ended
    recognise_publisher,  # its name, and the rules of its profile
    strip_boilerplate,  # each line kept, cut or taken out under a rule
    split_articles,  # kept lines to articles of paragraphs
    mask_personal,  # telephone, identity and account numbers of persons
)


def clean(document: RawDocument, corrections: Sequence[Correction] = ()) -> Tables:
    """All rows of one document, by table; a document with a reason gives only its row of `documents`.

    `corrections` are the document's own, from raw/corrections.yaml.

    Pure: the same document gives the same rows, in any process.

    Raises:
        ValueError: a step broke the conservation of characters; the document must be set aside.
    """
    page = Page(document, Text.of(document.text), reason=document.reason)
    if page.reason is None:
        page = correct(page, corrections)
        for step in STEPS:
            page = step(page)
    return to_rows(page)


def to_rows(page: Page) -> Tables:
    """The rows of a page after all steps, with the facts of its articles."""
    of_all = len(page.articles) == 1 or page.raw.media_type == PDF  # the running head of a printed page
    stated = page.raw.stated if of_all else UNSTATED
    edges = read_page_edges(page.lines, several=len(page.articles) > 1)
    return document_rows(page, [extract_facts(article, stated, edges, page.publisher) for article in page.articles])
