"""Articles that stand in the corpus more than once."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def mark_duplicates(articles: pa.Table) -> pa.Table:
    """The articles with `duplicate_of` set wherever an earlier one, in the order of their ids, has the same text."""
    first = articles.group_by("text_sha256").aggregate([("article_id", "min")])
    place = pc.index_in(articles["text_sha256"], value_set=first["text_sha256"].combine_chunks())
    original = first["article_id_min"].take(place)
    again = pc.not_equal(original, articles["article_id"])
    column = pc.if_else(again, original, pa.scalar(None, pa.string()))
    index = articles.schema.get_field_index("duplicate_of")
    return articles.set_column(index, articles.schema.field(index), column)
