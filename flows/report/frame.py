"""What every page of the report has: head, policy, language switch, links. And tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from flows.report.markup import Markup, element, html, join, words

ASSETS = Path(__file__).with_name("assets")
"""FILES: copied into the report."""

FILES = ("report.css", "report.js", "language.js")

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
"""Nothing inline runs and nothing is loaded but files beside the page, from disk too."""


def page(title: str, heading: Markup, body: Iterable[Markup], up: str = "", scripts: Sequence[str] = ()) -> str:
    """A whole page. `up` leads to the report's folder ("../" from a page below it); `scripts` are loaded last."""
    head = join(
        [
            element("meta", charset="utf-8"),
            Markup(f'<meta http-equiv="Content-Security-Policy" content="{html(POLICY)}">'),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="referrer", content="no-referrer"),
            element("title", title),
            element("link", rel="stylesheet", href=f"{up}report.css"),
            element("script", src=f"{up}language.js"),
        ],
        "\n",
    )
    sources = [f"{up}report.js", *scripts]
    parts = [_banner(up), element("main", element("h1", heading), *body, id="main")]
    loaded = [element("script", src=source, defer=True) for source in sources]
    whole = [element("head", Markup("\n"), head, *loaded), element("body", *parts)]
    return f'<!doctype html>\n<html lang="zh-Hans">\n{join(whole, chr(10))}\n</html>\n'


def _banner(up: str) -> Markup:
    links = [
        element("a", words("概览", "Overview"), href=f"{up}index.html"),
        element("a", words("文档", "Documents"), href=f"{up}documents.html"),
    ]
    choices = [
        element("button", label, type="button", data_language=code, aria_pressed="false", lang=lang)
        for label, code, lang in (("中文", "zh", "zh-Hans"), ("English", "en", "en"))
    ]
    switch = element("div", *choices, class_="languages", role="group", aria_label="语言 Language", hidden=True)
    skip = element("a", words("跳到正文", "Skip to content"), href="#main", class_="skip")
    return element("header", skip, element("nav", *links, aria_label="报告 Report"), switch)


def section(name: str, heading: Markup, *body: object) -> Markup:
    """A section with a heading that can be linked to."""
    return element("section", element("h2", heading), *body, id=name)


def table(
    head: Sequence[object], rows: Iterable[Sequence[object]], numeric: Sequence[int] = (), stacks: bool = False
) -> Markup:
    """A table that on a phone scrolls sideways or, of few rows with much in them, `stacks` its cells; `numeric` are the
    places of the columns of numbers."""

    def cells(row: Sequence[object], name: str, **attributes: object) -> Markup:
        marks = ("number" if place in numeric else None for place in range(len(row)))
        return join(element(name, cell, class_=mark, **attributes) for cell, mark in zip(row, marks, strict=True))

    top = element("thead", element("tr", cells(head, "th", scope="col")))
    body = element("tbody", join((element("tr", cells(row, "td")) for row in rows), "\n"))
    table_ = element("table", top, body, class_="stacks" if stacks else None)
    return element("div", table_, class_="scrolls", tabindex="0", role="group")


def folded(summary: object, *body: object, open_: bool = False) -> Markup:
    """A part that opens on demand, and on paper."""
    return element("details", element("summary", summary), *body, open=open_)


def lines(text: str) -> Markup:
    """A text with its line breaks."""
    return join((html(line) for line in text.split("\n")), "<br>")


def more(count: int, shown: int) -> Markup | None:
    """A sentence that counts what is not shown, if anything is not."""
    rest = count - shown
    return element("p", words(f"另有 {rest:,} 行未列出。", f"{rest:,} more rows not listed.")) if rest > 0 else None
