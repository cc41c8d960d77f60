"""The comparison with other tools counts and draws what they told."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.benchmarks.quality_chart import quality_chart
from tests.benchmarks.side_by_side import ARTICLES, Sample, Told, behind, rows_of

PAGES = [Sample("a", "g", b"", "x"), Sample("b", "g", b"", "x"), Sample("c", "g", b"", "x")]
BODIES = {
    ARTICLES: [Told(1, 1, 0.9), Told(1, 0.4, 0.5), Told(1, 1, 0.8)],
    "jusText": [Told(1, 1, 0.95), Told(1, 1, 0.7), Told(0.5, 1, 0.1)],
    "magic-html": [Told(1, 1, 0.1), Told(1, 1, 0.9), Told(1, 1, 0.2)],
    "boilerpy3": [Told(1, 1, 0.1), Told(1, 1, 0.1), Told(1, 1, 1.0)],
}


def test_a_tool_is_ahead_where_the_best_of_the_rivals_is_by_more_than_a_tenth() -> None:
    assert behind(PAGES, BODIES) == [(0.9, 0.5, "magic-html", "b")]


def test_a_row_holds_speed_means_and_the_pages_lost_and_padded() -> None:
    row = next(row for row in rows_of(PAGES, {"jusText": 1.5}, BODIES) if row["tool"] == "jusText")
    assert (row["pages_a_second"], row["f1"], row["lost"], row["padded"]) == (2.0, 0.5833, 0, 1)


def test_the_chart_names_each_tool_once_at_its_place() -> None:
    rows = [{"tool": "a & b", "f1": 0.9, "pages_a_second": 10.0}, {"tool": "fast", "f1": 0.7, "pages_a_second": 900.0}]
    drawn = ElementTree.fromstring(quality_chart(rows))
    texts = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("a & b") == texts.count("fast") == 1
    slow, fast = (float(one.attrib["cx"]) for one in drawn.iter("{http://www.w3.org/2000/svg}circle"))
    assert slow < fast
